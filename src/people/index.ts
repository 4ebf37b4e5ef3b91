export { type Assurance, atLeast, FRESHLY, type Method } from './assurance.ts';
export { authenticate } from './authenticate.ts';
export { type Carry, carryByMail } from './carry.ts';
export { linkFor, signOut } from './sign-in.ts';
export { createKey, endKey } from './keys.ts';
export { addMember, endAccess, everyRole, type GivenRole, grantRef, readRole, refuse } from './manage.ts';
export { stayWith } from './confined/station.ts';
export { hashSecret, newSecret } from './secret.ts';
export { type Caller, personOf, type Session } from './caller.ts';
export { cookieName, giveSession, sessionSecret } from './cookie.ts';
export { doorOf } from './declared.ts';
export { invitationFor, invited, type Invited, useInvitation } from './invitation.ts';
export { agentOf, type Arrival, beginSession } from './session.ts';
export {
  callerOf,
  checkOrigin,
  door,
  type DoorContext,
  type Doors,
  type Frame,
  houseAt,
  type Permit,
  stepUp,
  type Vars,
} from './door.ts';
export {
  actorNames,
  administrators,
  anyoneEntered,
  type Member,
  memberById,
  membersOf,
  membersWithRole,
  revokeKey,
  revokeSession,
  useLink,
} from './store.ts';
export { revokeOtherSessions } from './account/store.ts';
