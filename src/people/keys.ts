import { Temporal } from 'temporal-polyfill';

import type { Actor } from '../engine/index.ts';
import { askAgain, record } from '../log/index.ts';
import type { House } from '../organisations/index.ts';
import { newId } from '../platform/ids.ts';
import { asOrganisation, type Database } from '../platform/postgres/index.ts';
import { type GivenRole, grantRef, readRole, refuse } from './manage.ts';
import { hashSecret, newSecret, writeKey } from './secret.ts';
import { insertKey, revokeKey } from './store.ts';

export interface KeyInput extends GivenRole {
  readonly name: string;
  readonly expires: Date | null;
}

/**
 * A new API key. Its text is given here and never again: only its hash is kept.
 * @param by who makes it and, when a member does, answers for it: it works as long as they could make it
 */
export const createKey = (
  db: Database,
  house: House,
  input: KeyInput,
  now: number,
  by: Actor | null = null,
): Promise<{ readonly id: string; readonly key: string }> =>
  asOrganisation(db, house.id, async (tx) => {
    const role = readRole(house, input);
    const secret = newSecret();
    const id = newId(now);
    const ownerId = by?.kind === 'member' ? by.id : null;
    await insertKey(
      tx,
      house.id,
      { id, secretHash: hashSecret(secret), name: input.name, ...role, expiresAt: input.expires, ownerId },
      new Date(now),
    );
    const expires = input.expires?.toISOString() ?? null;
    if (by) await record(tx, house.id, 'key_made', by, { key: id, ...grantRef(role), expires }, now);
    return { id, key: writeKey(house.id, secret) };
  });

/** Ends a key, at once. False when it had ended before, or never was. */
export const endKey = (db: Database, house: House, id: string, now: number, by: Actor): Promise<boolean> =>
  asOrganisation(db, house.id, async (tx) => {
    const ended = await revokeKey(tx, house.id, id, new Date(now));
    if (ended) await record(tx, house.id, 'key_revoked', by, { key: id }, now);
    if (ended) await askAgain(tx, house.id);
    return ended;
  });

const LONGEST = Temporal.Duration.from({ years: 1 });

/**
 * Until when a key works that is made on a page: a year, or a day before that. Longer, or for ever, only from the
 * command line.
 * @throws HttpProblem `bad_expiry`
 */
export const keyExpiry = (asked: string | undefined, now: number): Date => {
  const longest = Temporal.Instant.fromEpochMilliseconds(now)
    .toZonedDateTimeISO('UTC')
    .add(LONGEST).epochMilliseconds;
  const at = asked === undefined ? longest : Date.parse(asked);
  if (at > now && at <= longest) return new Date(at);
  throw refuse(
    422,
    'bad_expiry',
    'Une clé expire : à une date à venir, d’ici un an.',
    'A key expires: on a date to come, within a year.',
  );
};
