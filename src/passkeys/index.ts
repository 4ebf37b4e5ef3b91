export { invite } from './invite.ts';
export { forgetChallenges } from './store.ts';
export { partyOf } from './party.ts';
export { passkeysOf } from './store.ts';
