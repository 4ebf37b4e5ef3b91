export { type Way, wayOf } from './policy.ts';
export { forgetTraces } from './store.ts';
export { traced, type Traced, traceFile } from './trace.ts';
