export { handShares } from './leaving.ts';
export { forgetShares } from './store.ts';
