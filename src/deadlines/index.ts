export { startDeadlines, type Deadlines } from './waker.ts';
export { eraseKept } from './erase.ts';
