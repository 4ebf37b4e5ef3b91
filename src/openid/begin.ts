import type { House } from '../organisations/index.ts';
import { hashSecret, newSecret } from '../people/index.ts';
import { asOrganisation, type Database } from '../platform/postgres/index.ts';
import { ON_THE_WAY } from './secrets.ts';
import { type Attempt, attemptBy, insertAttempt, isInvitation } from './store.ts';

/**
 * Somebody sets out for a provider.
 * @returns the secret that only their browser gets; `null` where an invitation no longer opens
 */
export const begin = (
  db: Database,
  house: House,
  attempt: Omit<Attempt, 'createdAt'>,
  now: number,
): Promise<string | null> =>
  asOrganisation(db, house.id, async (tx) => {
    const at = new Date(now);
    if (attempt.linkHash !== null && !(await isInvitation(tx, house.id, attempt.linkHash, at))) return null;
    const secret = newSecret();
    await insertAttempt(
      tx,
      house.id,
      hashSecret(secret),
      { ...attempt, createdAt: at },
      new Date(now + ON_THE_WAY),
    );
    return secret;
  });

/** An attempt that this browser began and that has not come back. */
export const underWay = (
  db: Database,
  house: House,
  secret: string,
  now: number,
): Promise<Attempt | undefined> =>
  asOrganisation(db, house.id, (tx) => attemptBy(tx, house.id, hashSecret(secret), new Date(now)));
