import { randomInt } from 'node:crypto';

import type { House } from '../../organisations/index.ts';
import { type Caller, giveVisit, hashSecret, lastsOf, newSecret, REFUSED } from '../../people/index.ts';
import type { DoorContext, Frame } from '../../people/index.ts';
import { HttpProblem, problem } from '../../platform/http/problem.ts';
import { newId } from '../../platform/ids.ts';
import { asOrganisation } from '../../platform/postgres/index.ts';
import type { Vault } from '../../vault/index.ts';
import { sendCodeTo, type Post } from '../post.ts';
import { isPassphrase } from '../passphrase.ts';
import type { Proof } from '../policy.ts';
import { addressOf } from '../standing.ts';
import { found, type Found } from './found.ts';
import { countTry, forgetTries, insertVisit, setCode, useCode } from './store.ts';

const MINUTE = 60_000;
/** How long a code can be used. */
const CODE = 15 * MINUTE;
/** Between two codes. */
const CODE_EVERY = MINUTE;
const DIGITS = 8;
/** Wrong tries, and how long one then waits. */
const TRIES = 5;
const PAUSE = 15 * MINUTE;

const waits = (until: Date, now: number): HttpProblem => {
  const seconds = Math.max(1, Math.ceil((until.getTime() - now) / 1000));
  return new HttpProblem(
    problem(
      429,
      'wait',
      'Trop d’essais : attendez un peu, puis réessayez. / Too many tries: wait a little, then try again.',
      { seconds },
    ),
    { 'retry-after': String(seconds) },
  );
};

const WRONG = (): HttpProblem =>
  new HttpProblem(
    problem(
      403,
      'wrong',
      'Ce n’est pas cela. Vérifiez, puis réessayez. / That is not it. Check it, then try again.',
    ),
  );

/** A code is of this link alone: without its secret, nothing says which codes could be right. */
const salted = (secret: string, code: string): Buffer => hashSecret(`${secret} ${code}`);

/** The secret by which they came. @throws HttpProblem the same as for whoever is not known */
const secretOf = (c: DoorContext): string => {
  const secret = /^Share +([\w-]+)$/iu.exec(c.req.header('authorization') ?? '')?.[1];
  if (secret === undefined) throw REFUSED();
  return secret;
};

/** Sends a code to the address or the number that is named. @throws HttpProblem `wait`, `not_sent` */
export const sendCode = async (
  vault: Vault,
  frame: Frame,
  post: Post,
  c: DoorContext,
  caller: Caller,
): Promise<void> => {
  const { house } = caller;
  const now = frame.clock.now();
  const { share, link, named } = await found(vault, frame, caller);
  if (share.proof !== 'code' || !named) throw REFUSED();
  const code = String(randomInt(10 ** DIGITS)).padStart(DIGITS, '0');
  const isSet = await asOrganisation(frame.db, house.id, (tx) =>
    setCode(
      tx,
      house.id,
      link.id,
      { salted: salted(secretOf(c), code), until: new Date(now + CODE) },
      { at: new Date(now), since: new Date(now - CODE_EVERY) },
    ),
  );
  if (!isSet) throw waits(new Date(now + CODE_EVERY), now);
  if (
    !(await sendCodeTo(post, house, addressOf(named), `${code.slice(0, 4)} ${code.slice(4)}`, caller.locale))
  )
    throw new HttpProblem(
      problem(
        503,
        'not_sent',
        'Le code n’a pas pu être envoyé. Réessayez dans une minute. / The code could not be sent. Try again in a minute.',
      ),
    );
};

/** Looks at what was given, once the try is counted. @throws HttpProblem `wait`, `wrong` */
const prove = async (
  frame: Frame,
  house: House,
  secret: string,
  { share, link }: Found,
  given: { readonly code?: string | undefined; readonly passphrase?: string | undefined },
): Promise<void> => {
  if (share.proof === 'link') return;
  const now = frame.clock.now();
  const until = await asOrganisation(frame.db, house.id, (tx) =>
    countTry(tx, house.id, link.id, { most: TRIES, now: new Date(now), pause: new Date(now + PAUSE) }),
  );
  if (until !== null) throw waits(until, now);
  const typed = (given.code ?? '').replaceAll(/\D/gu, '');
  const isRight =
    share.proof === 'code'
      ? await asOrganisation(frame.db, house.id, (tx) =>
          useCode(tx, house.id, link.id, salted(secret, typed), new Date(now)),
        )
      : share.passphrase !== null && (await isPassphrase(given.passphrase ?? '', share.passphrase));
  if (!isRight) throw WRONG();
  await asOrganisation(frame.db, house.id, (tx) => forgetTries(tx, house.id, link.id));
};

/** Writes down that it was opened, and gives the browser what it is shown the files with. */
export const openVisit = async (
  frame: Frame,
  c: DoorContext,
  house: House,
  { share, link }: Found,
  { proof, sessionId }: { readonly proof: Proof; readonly sessionId: string | null },
): Promise<void> => {
  const now = frame.clock.now();
  const secret = newSecret();
  const visit = {
    id: newId(now),
    shareId: share.id,
    linkId: link.id,
    secretHash: hashSecret(secret),
    proof,
    sessionId,
  };
  await asOrganisation(frame.db, house.id, (tx) => insertVisit(tx, house.id, visit, new Date(now)));
  giveVisit(c, frame.url, link.id, { secret, lasts: lastsOf(proof) });
};

/** Opens a share, for whoever proves what it asks for. @throws HttpProblem `wait`, `wrong`; 401 once it is used up */
export const openShare = async (
  vault: Vault,
  frame: Frame,
  c: DoorContext,
  caller: Caller,
  given: { readonly code?: string | undefined; readonly passphrase?: string | undefined },
): Promise<void> => {
  const held = await found(vault, frame, caller);
  await prove(frame, caller.house, secretOf(c), held, given);
  await openVisit(frame, c, caller.house, held, { proof: held.share.proof, sessionId: null });
};
