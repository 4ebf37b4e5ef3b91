export type { Strict } from './kinds.ts';
export { type Limits, openLimits } from './limits.ts';
export { forgetFull } from './store.ts';
