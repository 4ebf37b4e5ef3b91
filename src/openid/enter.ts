import { z } from 'zod';

import type { House } from '../organisations/index.ts';
import { type Arrival, beginSession, hashSecret, memberById, revokeSession } from '../people/index.ts';
import { asOrganisation, type Database, type Tx } from '../platform/postgres/index.ts';
import { seal, unseal } from './seal.ts';
import { arrivalBy, type Attempt, dropAttempt, keepArrival, markSession } from './store.ts';

const arrivedSchema = z.object({
  memberId: z.string(),
  identityId: z.string(),
  assurance: z.enum(['low', 'medium', 'strong']),
  authenticatedAt: z.number(),
  activities: z.array(z.string()),
  idToken: z.string().nullable(),
});

/** Somebody who is known, before their session begins. */
export type Arrived = z.output<typeof arrivedSchema>;

export type Entered =
  | { readonly kind: 'session'; readonly secret: string; readonly next: string }
  /** Which of their activities they come in is theirs to say. */
  | { readonly kind: 'choose' };

/** What their browser says it is, and the session it had until now. */
export type Browser = Pick<Arrival, 'userAgent' | 'instead'>;

interface Arriving {
  readonly attempt: Attempt;
  readonly secret: string;
  readonly arrived: Arrived;
  readonly browser: Browser;
}

const start = async (
  tx: Tx,
  house: House,
  { attempt, secret, arrived, browser }: Arriving,
  activity: string | null,
  now: number,
): Promise<Entered> => {
  // Stepping up is a new session too: an identifier that was there before is worth no more than before.
  if (attempt.sessionHash !== null) await revokeSession(tx, house.id, attempt.sessionHash, new Date(now));
  const session = await beginSession(
    tx,
    house.id,
    { memberId: arrived.memberId, methods: ['openid'], assurance: arrived.assurance, ...browser },
    now,
  );
  await markSession(tx, house.id, hashSecret(session), {
    identityId: arrived.identityId,
    authenticatedAt: new Date(arrived.authenticatedAt),
    activity,
    hint: arrived.idToken === null ? null : seal(session, arrived.idToken),
    at: new Date(now),
  });
  await dropAttempt(tx, house.id, hashSecret(secret));
  return { kind: 'session', secret: session, next: attempt.next };
};

/** Begins a session, or waits for the person to say in which of their activities. */
export const enter = async (tx: Tx, house: House, arriving: Arriving, now: number): Promise<Entered> => {
  const { activities } = arriving.arrived;
  if (activities.length <= 1) return start(tx, house, arriving, activities[0] ?? null, now);
  const { secret, arrived } = arriving;
  await keepArrival(tx, house.id, hashSecret(secret), seal(secret, JSON.stringify(arrived)));
  return { kind: 'choose' };
};

const arrivalOf = async (
  tx: Tx,
  house: House,
  secret: string,
  now: number,
): Promise<{ readonly attempt: Attempt; readonly arrived: Arrived } | null> => {
  const kept = await arrivalBy(tx, house.id, hashSecret(secret), new Date(now));
  const opened = kept && unseal(secret, kept.arrival);
  return kept && typeof opened === 'string'
    ? { attempt: kept.attempt, arrived: arrivedSchema.parse(JSON.parse(opened)) }
    : null;
};

/** What somebody may choose among who has come back to this browser; `null` when nobody has, or too long ago. */
export const choices = (
  db: Database,
  house: House,
  secret: string,
  now: number,
): Promise<{
  readonly provider: string;
  readonly next: string;
  readonly activities: readonly string[];
} | null> =>
  asOrganisation(db, house.id, async (tx) => {
    const found = await arrivalOf(tx, house, secret, now);
    return (
      found && {
        provider: found.attempt.provider,
        next: found.attempt.next,
        activities: found.arrived.activities,
      }
    );
  });

/** Comes in, in one of the activities. `null` when there is no such, or nobody waits any more. */
export const choose = (
  db: Database,
  house: House,
  chosen: { readonly secret: string; readonly activity: number; readonly browser: Browser },
  now: number,
): Promise<Entered | null> =>
  asOrganisation(db, house.id, async (tx) => {
    const found = await arrivalOf(tx, house, chosen.secret, now);
    const activity = found?.arrived.activities[chosen.activity];
    if (!found || activity === undefined) return null;
    const member = await memberById(tx, house.id, found.arrived.memberId);
    if (!member || member.disabled) return null;
    return start(tx, house, { ...found, secret: chosen.secret, browser: chosen.browser }, activity, now);
  });
