export { type Assurance, atLeast, FRESHLY, type Method } from './assurance.ts';
export { authenticate } from './authenticate.ts';
export { type Carry, carryByMail } from './carry.ts';
export { linkFor, signOut } from './sign-in.ts';
export { createKey, endKey } from './keys.ts';
export { addMember, endAccess, everyRole, type GivenRole, grantRef, readRole, refuse } from './manage.ts';
export { stayWith } from './confined/station.ts';
export { hashSecret, newSecret } from './secret.ts';
export { AFTER_END as GUESTS_AFTER_END } from './confined/guest.ts';
export { lastsOf } from './confined/share.ts';
export { actorNow } from './standing.ts';
export { type Caller, personOf, type Session, type Shared, type Visit } from './caller.ts';
export { cookieName, giveVisit, giveSession, sessionSecret } from './cookie.ts';
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
  NOT_FOUND,
  type Permit,
  REFUSED,
  stepUp,
  type Vars,
} from './door.ts';
export {
  actorNames,
  administrators,
  anyoneEntered,
  type Member,
  memberByEmail,
  memberById,
  membersOf,
  membersWithRole,
  revokeKey,
  revokeSession,
  useLink,
} from './store.ts';
export { revokeOtherSessions } from './account/store.ts';
