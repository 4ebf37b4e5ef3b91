import type { Actor } from '../engine/index.ts';
import { record } from '../log/index.ts';
import { invitationFor, memberById } from '../people/index.ts';
import { HttpProblem, problem } from '../platform/http/problem.ts';
import { asOrganisation, type Database } from '../platform/postgres/index.ts';
import { tellOf } from './words.ts';

const DAY = 86_400_000;

interface Given {
  readonly memberId: string;
  /** How long it can be used: 1 to 7. */
  readonly days: number;
}

/** An invitation that was made, for whoever carries it. */
export interface Invitation {
  readonly url: string;
  readonly name: string;
  readonly email: string;
  readonly locale: 'fr' | 'en';
}

/**
 * Invites somebody to make a passkey: the first, or one after they lost theirs. Written down, and told to them.
 * @param base where people reach this server
 * @throws HttpProblem `not_found` for somebody who may not come in
 */
export const invite = (
  db: Database,
  house: { readonly id: string; readonly slug: string; readonly name: string },
  base: string,
  { memberId, days }: Given,
  actor: Actor,
  now: number,
): Promise<Invitation> =>
  asOrganisation(db, house.id, async (tx) => {
    const member = await memberById(tx, house.id, memberId);
    if (!member || member.disabled)
      throw new HttpProblem(problem(404, 'not_found', 'Personne de ce nom ici. / Nobody of that name here.'));
    const given = { memberId, lasts: days * DAY, by: actor.id };
    const url = await invitationFor(tx, house, base, given, now);
    await record(tx, house.id, 'invited', actor, { member: memberId, days }, now);
    await tellOf(tx, house, base, member, 'invited', '', now);
    return { url, name: member.name, email: member.email, locale: member.locale };
  });
