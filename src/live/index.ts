export { streamRoutes } from './stream.ts';
