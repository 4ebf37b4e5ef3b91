import type { House } from '../organisations/index.ts';
import { type Assurance, atLeast, DEMANDS } from './assurance.ts';
import type { Caller } from './caller.ts';
import { withinStation } from './confined/station.ts';
import type { UnlockedRow } from './confined/store.ts';
import type { KeyRow, RoleRow, SessionRow } from './store.ts';

const NOTHING: ReadonlySet<string> = new Set();

/** Roles in apps that ask for more than this session gives are as if not held, until the person steps up. */
const withhold = (
  house: House,
  roles: readonly RoleRow[],
  assurance: Assurance,
): { readonly grants: readonly RoleRow[]; readonly withheld: ReadonlySet<string> } => {
  const enough = ({ app }: RoleRow): boolean =>
    atLeast(assurance, DEMANDS[house.apps.get(app)?.definition.classification ?? 'health'].assurance);
  const grants = roles.filter(enough);
  return grants.length === roles.length
    ? { grants, withheld: NOTHING }
    : { grants, withheld: new Set(roles.filter((role) => !enough(role)).map(({ app }) => app)) };
};

interface Made {
  readonly house: House;
  /** What else it was made of. */
  readonly of: string;
  readonly caller: Caller;
}

/** Who was made of a row last. The row is the same only while PostgreSQL tells the same of it. */
const lastOf = new WeakMap<KeyRow | SessionRow, Made>();

/** The same caller as before, if all they are made of is the same: what hangs on them need not be worked out again. */
const sameOr = (row: KeyRow | SessionRow, house: House, of: string, make: () => Caller): Caller => {
  const last = lastOf.get(row);
  if (last?.house === house && last.of === of) return last.caller;
  const caller = make();
  lastOf.set(row, { house, of, caller });
  return caller;
};

/** Who comes with a key that works. */
export const withKey = (house: House, key: KeyRow, locale: 'fr' | 'en'): Caller =>
  sameOr(key, house, locale, () => ({
    house,
    actor: {
      kind: 'key',
      id: key.id,
      grants: [{ app: key.app, role: key.role, siteId: key.siteId }],
      administrator: false,
    },
    member: null,
    locale,
    session: null,
    withheld: NOTHING,
    confined: null,
  }));

/** How sure a session is at a moment, which is in epoch milliseconds. */
interface Moment {
  readonly assurance: Assurance;
  readonly now: number;
}

const entered = (
  house: House,
  found: SessionRow,
  station: UnlockedRow | null,
  { assurance, now }: Moment,
): Caller => {
  const { id, name, email, locale, sessionId, methods, hasPasskey } = found;
  const { grants, withheld } = withhold(house, found.roles, assurance);
  // At a shared station nobody administers.
  const administrator = found.administrator && station === null;
  const moved = { ticketId: found.movedTicketId, at: found.movedAt };
  return {
    house,
    actor: {
      kind: 'member',
      id,
      grants: station ? grants.filter(({ app }) => app === station.app) : grants,
      administrator,
      ...(station && { station: station.id, within: withinStation(station, moved, now) }),
    },
    member: { id, name, email, locale, administrator },
    locale,
    session: {
      id: sessionId,
      hash: Buffer.from(found.hash, 'hex'),
      methods,
      assurance,
      authenticatedAt: found.authenticatedAt.getTime(),
      hasPasskey,
    },
    withheld,
    confined: station ? 'station' : null,
  };
};

/**
 * Who comes with a session that stands.
 * @param station the one that it unlocked
 */
export const withSession = (
  house: House,
  found: SessionRow,
  station: UnlockedRow | null,
  moment: Moment,
): Caller =>
  // What somebody sees at a station also hangs on the moment.
  station
    ? entered(house, found, station, moment)
    : sameOr(found, house, moment.assurance, () => entered(house, found, null, moment));
