import { randomBytes } from 'node:crypto';

import { asOrganisation, type Database } from '../platform/postgres/index.ts';
import { type Challenge, insertChallenge, takeChallenge } from './store.ts';

/** How long a person has to answer, in milliseconds. */
export const PATIENCE = 5 * 60_000;
const BYTES = 32;

/** What a challenge is for, and whose. */
export type About = Omit<Challenge, 'challenge'>;

export const newChallenge = (): Buffer<ArrayBuffer> => randomBytes(BYTES);

/** A new challenge, kept until it is answered or too late. */
export const challenge = async (
  db: Database,
  organisationId: string,
  about: About,
  now: number,
): Promise<Buffer<ArrayBuffer>> => {
  const made = newChallenge();
  await asOrganisation(db, organisationId, (tx) =>
    insertChallenge(tx, organisationId, { ...about, challenge: made }, new Date(now + PATIENCE)),
  );
  return made;
};

/** What a browser says that it answers; `null` when that cannot be read. */
const saidChallenge = (clientDataJSON: string): string | null => {
  try {
    const said = JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString()) as { challenge?: unknown };
    return typeof said.challenge === 'string' ? said.challenge : null;
  } catch {
    return null;
  }
};

/**
 * The challenge that an answer is for, when we asked it for this purpose and of this person, and nobody answered it
 * before. It is gone afterwards, whatever the answer is worth: nobody tries twice.
 */
export const answered = async (
  db: Database,
  organisationId: string,
  about: About,
  clientDataJSON: string,
  now: number,
): Promise<string | null> => {
  const said = saidChallenge(clientDataJSON);
  if (said === null) return null;
  const taken = await asOrganisation(db, organisationId, (tx) =>
    takeChallenge(tx, organisationId, { ...about, challenge: Buffer.from(said, 'base64url') }, new Date(now)),
  );
  return taken ? said : null;
};
