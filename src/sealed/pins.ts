import { type Caller, personOf } from '../people/index.ts';
import { HttpProblem, problem } from '../platform/http/problem.ts';
import type { Tx } from '../platform/postgres/index.ts';
import { fingerprintOf } from './read.ts';
import { currentEscrow, currentKeys, pin, pinsOf } from './store.ts';

/** What the escrow is called among what is pinned; no member's id looks like it. */
export const ESCROW = 'escrow';

/** The keys that may be sealed to, as this member has come to know them. */
export const directory = async (tx: Tx, caller: Caller) => {
  const { house } = caller;
  const pins = await pinsOf(tx, house.id, personOf(caller).member.id);
  const escrow = await currentEscrow(tx, house.id);
  return {
    people: (await currentKeys(tx, house.id)).map(({ id, memberId, name, recipient, createdAt }) => ({
      id: memberId,
      name,
      recipient,
      key: id,
      created: createdAt.toISOString(),
      pinned: pins.get(memberId) ?? null,
    })),
    escrow: escrow && {
      id: escrow.id,
      recipient: escrow.recipient,
      created: escrow.createdAt.toISOString(),
      pinned: pins.get(ESCROW) ?? null,
    },
  };
};

/**
 * Remembers whose key somebody has come to know: what they saw must be what there is.
 * @throws HttpProblem 404; 409 `key_changed`
 */
export const pinKey = async (
  tx: Tx,
  caller: Caller,
  whose: string,
  fingerprint: string,
  now: number,
): Promise<void> => {
  const { house } = caller;
  const recipient =
    whose === ESCROW
      ? (await currentEscrow(tx, house.id))?.recipient
      : (await currentKeys(tx, house.id)).find(({ memberId }) => memberId === whose.toLowerCase())?.recipient;
  if (recipient === undefined) throw new HttpProblem(problem(404, 'not_found'));
  const current = fingerprintOf(recipient);
  if (current.toString('hex') !== fingerprint)
    throw new HttpProblem(
      problem(
        409,
        'key_changed',
        'Cette clé vient de changer : rechargez la page et comparez à nouveau. / This key has just changed: reload the page and compare again.',
      ),
    );
  await pin(tx, house.id, personOf(caller).member.id, whose.toLowerCase(), current, new Date(now));
};
