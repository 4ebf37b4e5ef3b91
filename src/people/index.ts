export { authenticate } from './authenticate.ts';
export { type Carry, carryByMail } from './carry.ts';
export { linkFor } from './sign-in.ts';
export { addMember, createKey, type GivenRole } from './manage.ts';
export type { Caller } from './caller.ts';
export {
  callerOf,
  checkOrigin,
  door,
  type DoorContext,
  type Doors,
  type Frame,
  type Permit,
  type Vars,
} from './door.ts';
export { actorNames, anyoneEntered, type Member, memberById, membersOf, membersWithRole } from './store.ts';
