import { type AppDefinition, system } from '../engine/index.ts';
import { record } from '../log/index.ts';
import type { House } from '../organisations/index.ts';
import { beginSession } from '../people/index.ts';
import { asOrganisation, type Database } from '../platform/postgres/index.ts';
import { isPin } from './pin.ts';
import {
  forgetTries,
  type Limits,
  lockStation,
  type Station,
  takeStationTry,
  takeTry,
  touchStation,
} from './store.ts';

/** Five wrong PINs, then a minute; five more, and only an administrator or the person's own strong sign-in helps. */
const LIMITS: Limits = {
  person: { pauseAfter: 5, lockAfter: 10 },
  station: { pauseAfter: 15 },
  pause: 60_000,
};
/** However busy the bench, one's PIN is asked again after this long, in milliseconds. */
const TOTAL = 4 * 3_600_000;

/** Roles that members can have in an app. */
export const memberRoles = (definition: AppDefinition | undefined): readonly string[] =>
  Object.entries(definition?.roles ?? {}).flatMap(([name, role]) => (role.guest ? [] : [name]));

interface Tried {
  readonly memberId: string;
  readonly pin: string;
  readonly userAgent: string | undefined;
}

/**
 * Unlocks a station for somebody. Every refusal is the same `null`, after as long: a wrong PIN, none, somebody who
 * does not work there, too many tries.
 * @returns the secret of the session that it is
 */
export const unlock = async (
  db: Database,
  house: House,
  pepper: Buffer,
  station: Station,
  { memberId, pin, userAgent }: Tried,
  now: number,
): Promise<string | null> => {
  const at = new Date(now);
  const definition = house.apps.get(station.app)?.definition;
  const roles = memberRoles(definition);
  const kept = await asOrganisation(db, house.id, async (tx) =>
    (await takeStationTry(tx, house.id, station.id, LIMITS, at))
      ? await takeTry(tx, house.id, station, roles, memberId, LIMITS, at)
      : undefined,
  );
  const right = await isPin(pepper, pin, kept ?? null);
  // A PIN is never enough where there is health data.
  if (!right || definition?.classification === 'health') {
    if (kept?.locked)
      await asOrganisation(db, house.id, (tx) =>
        record(tx, house.id, 'pin_locked', system, { member: memberId, station: station.id }, now),
      );
    return null;
  }
  return asOrganisation(db, house.id, async (tx) => {
    await forgetTries(tx, house.id, station.id, memberId);
    await lockStation(tx, house.id, station.id, at);
    await touchStation(tx, house.id, station.id, at);
    return beginSession(
      tx,
      house.id,
      {
        memberId,
        methods: ['pin'],
        assurance: 'low',
        userAgent,
        station: { id: station.id, total: TOTAL },
      },
      now,
    );
  });
};
