export { longtext } from './text.ts';
