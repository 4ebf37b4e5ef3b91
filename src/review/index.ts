export { remindReview } from './due.ts';
