import { may, Refused, type TicketState } from '../engine/index.ts';
import { record } from '../log/index.ts';
import { appOf } from '../organisations/index.ts';
import { actorNames, hashSecret, newSecret } from '../people/index.ts';
import { HttpProblem, problem } from '../platform/http/problem.ts';
import { newId } from '../platform/ids.ts';
import { asOrganisation, type Tx } from '../platform/postgres/index.ts';
import { type Call, seenByReference } from '../tickets/index.ts';
import { insertLink, linkById, type LinkRow, linksOf, revokeLink } from './store.ts';

interface Which {
  readonly app: string;
  readonly reference: string;
}

const refuse = (status: number, code: string, fr: string, en: string): HttpProblem =>
  new HttpProblem(problem(status, code, `${fr} / ${en}`));

const seen = async (tx: Tx, call: Call, which: Which): Promise<TicketState> => {
  const state = await seenByReference(tx, call, which);
  if (!state) throw new Refused({ code: 'not_found' });
  return state;
};

export interface Invited {
  readonly id: string;
  /** 256 bits: given here and never again. */
  readonly secret: string;
}

/**
 * A link to one ticket, for somebody who has no account: made by whoever may comment on it.
 * @throws Refused `not_found`, `forbidden`; HttpProblem `unknown_role` when no link can have it
 */
export const makeLink = (call: Call, which: Which, role: string, expiresAt: Date | null): Promise<Invited> =>
  asOrganisation(call.db, call.house.id, async (tx) => {
    const state = await seen(tx, call, which);
    const { definition } = appOf(call.house, which.app);
    if (!may(definition, call.actor, 'comments', state)) throw new Refused({ code: 'forbidden' });
    if (!Object.hasOwn(definition.roles, role) || !definition.roles[role]?.guest)
      throw refuse(
        422,
        'unknown_role',
        `« ${role} » n’est pas un rôle de lien de suivi.`,
        `"${role}" is not a role of a guest's link.`,
      );
    // An app that was raised to health since: a link proves nothing of who has it.
    if (definition.classification === 'health') throw new Refused({ code: 'forbidden' });
    if (expiresAt !== null && expiresAt.getTime() <= call.now)
      throw refuse(422, 'expired', 'Cette date est passée.', 'This date has passed.');
    const secret = newSecret();
    const link = {
      id: newId(call.now),
      secretHash: hashSecret(secret),
      ticketId: state.id,
      app: which.app,
      role,
      createdBy: call.actor.id,
      expiresAt,
    };
    await insertLink(tx, call.house.id, link, new Date(call.now));
    const expires = expiresAt?.toISOString() ?? null;
    await record(
      tx,
      call.house.id,
      'guest_invited',
      call.actor,
      { guest: link.id, ticket: state.id, role, expires },
      call.now,
    );
    return { id: link.id, secret };
  });

/** The links to a ticket, for whoever sees it, with the names of who made them. */
export const listLinks = (
  call: Call,
  which: Which,
): Promise<readonly (LinkRow & { readonly by: string })[]> =>
  asOrganisation(call.db, call.house.id, async (tx) => {
    const links = await linksOf(tx, call.house.id, (await seen(tx, call, which)).id);
    const makers = links.flatMap(({ createdBy }) => createdBy ?? []);
    const names = new Map((await actorNames(tx, call.house.id, makers)).map(({ id, name }) => [id, name]));
    return links.map((link) => ({ ...link, by: names.get(link.createdBy ?? '') ?? '' }));
  });

const end = async (tx: Tx, call: Call, ticketId: string, id: string): Promise<void> => {
  if (!(await revokeLink(tx, call.house.id, ticketId, id, new Date(call.now))))
    throw new Refused({ code: 'not_found' });
  await record(tx, call.house.id, 'guest_revoked', call.actor, { guest: id, ticket: ticketId }, call.now);
};

/** Ends a link at once: by whoever sees its ticket. */
export const endLink = (call: Call, which: Which, id: string): Promise<void> =>
  asOrganisation(call.db, call.house.id, async (tx) => end(tx, call, (await seen(tx, call, which)).id, id));

/**
 * Ends a link of any ticket, for whom `mayEnd` says so.
 * @returns whether there was one to end
 */
export const endAnyLink = async (
  tx: Tx,
  organisationId: string,
  actor: Call['actor'],
  id: string,
  mayEnd: (link: { readonly ticketId: string; readonly createdBy: string | null }) => boolean,
  now: number,
): Promise<boolean> => {
  const link = await linkById(tx, organisationId, id);
  if (!link || !mayEnd(link)) return false;
  if (!(await revokeLink(tx, organisationId, link.ticketId, id, new Date(now)))) return false;
  await record(tx, organisationId, 'guest_revoked', actor, { guest: id, ticket: link.ticketId }, now);
  return true;
};

/** Ends one's own link. */
export const endOwnLink = (call: Call): Promise<void> =>
  asOrganisation(call.db, call.house.id, async (tx) => {
    const { id, within } = call.actor;
    if (id === null || within?.ticketId === undefined) throw new Refused({ code: 'not_found' });
    await end(tx, call, within.ticketId, id);
  });
