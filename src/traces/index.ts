export { type Way, wayOf } from './policy.ts';
export { forgetTraces } from './store.ts';
export { traced, type Traced, traceBytes, traceFile } from './trace.ts';
