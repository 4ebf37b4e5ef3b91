export { openPepper } from './pepper.ts';
