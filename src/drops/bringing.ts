import { accepts } from '../engine/index.ts';
import { type Caller, type Frame, REFUSED } from '../people/index.ts';
import { asOrganisation } from '../platform/postgres/index.ts';
import type { Bringing } from './put.ts';
import { notTaken } from './refusals.ts';
import { type Standing, standing } from './standing.ts';

/**
 * The drop that this caller holds, asked again: its maker's right may have gone since.
 * @throws HttpProblem 401, as for a link that never was
 */
export const dropOf = async (frame: Frame, { house, actor }: Caller): Promise<Standing> => {
  const there = await asOrganisation(frame.db, house.id, (tx) =>
    standing(tx, house, actor.id ?? '', frame.clock.now()),
  );
  if (!there) throw REFUSED();
  return there;
};

/** Whoever brings with a deposit, as files and events remember them. */
export const bringingWith = (
  frame: Pick<Frame, 'clock'>,
  { house, actor }: Pick<Caller, 'house' | 'actor'>,
  deposit: string,
): Bringing => ({
  house,
  dropId: actor.id ?? '',
  actor: { ...actor, id: deposit },
  now: frame.clock.now(),
});

/**
 * Refuses what says itself that it is of a kind that is not taken, before its bytes come; what it is by its content is
 * found out once they have.
 * @param type as a browser says it; empty when it does not know
 * @throws HttpProblem 415 `not_accepted`
 */
export const mustBeTaken = ({ drop, field }: Pick<Standing, 'drop' | 'field'>, type: string): void => {
  if (drop.sealed && type !== 'application/age') throw notTaken();
  if (type !== '' && type !== 'application/octet-stream' && !accepts(field, type)) throw notTaken();
};
