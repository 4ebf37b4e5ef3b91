export { invite } from './invite.ts';
export { forgetChallenges } from './store.ts';
