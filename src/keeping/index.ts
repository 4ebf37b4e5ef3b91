export { raiseAlarm } from './alarm.ts';
export { indexNames } from './names.ts';
export { makeRecovery } from './recovery.ts';
export { goRound, ROUND } from './round.ts';
export { stateOf, type VaultState } from './state.ts';
export { damagedPlaces } from './store.ts';
