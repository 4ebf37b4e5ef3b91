import { z } from '@hono/zod-openapi';

import { type Actor, maySee, Refused } from '../engine/index.ts';
import { keysIfOpen } from '../downloads/index.ts';
import { endAnyLink, openLinks } from '../guests/index.ts';
import { record } from '../log/index.ts';
import type { House } from '../organisations/index.ts';
import { actorNames } from '../people/index.ts';
import { asOrganisation, type Tx } from '../platform/postgres/index.ts';
import { type Call, statesById } from '../tickets/index.ts';
import { traced } from '../traces/index.ts';
import type { Vault } from '../vault/index.ts';
import { shareSchema, stateOf, toOf } from './list.ts';
import { endLink, linkById, linksOfShares, visitsOfShares } from './open/store.ts';
import { endShare, openShares, shareById } from './store.ts';

/** More links than these are looked for on their tickets. */
const MOST = 300;

/** Something that lets somebody outside read: files that are shared, or a ticket that is followed. */
export const grantSchema = z
  .object({
    id: z.string(),
    kind: z.enum(['share', 'guest']),
    app: z.string(),
    ticket: z.string().nullable().openapi({ description: 'Its reference, to whoever sees it.' }),
    by: z.string(),
    to: z.array(z.string()).openapi({ description: 'Who is named; nobody: whoever has the link.' }),
    proof: shareSchema.shape.proof.nullable(),
    created: z.string(),
    expires: z.string().nullable(),
    used: z.string().nullable(),
    uses: z.number().int(),
    state: shareSchema.shape.state,
  })
  .openapi('Grant');
type Grant = z.output<typeof grantSchema>;

/**
 * Every link that lets somebody outside read, of the whole organisation or of who made them; the newest first.
 * @param by a member; `null` for all, which is for administrators
 */
export const listGrants = async (vault: Vault, call: Call, by: string | null): Promise<readonly Grant[]> => {
  const { house, now } = call;
  const keys = await keysIfOpen(vault, house.id);
  const { grants, states } = await asOrganisation(call.db, house.id, async (tx) => {
    const shares = await openShares(tx, house.id, by, new Date(now), MOST);
    const guests = await openLinks(tx, house.id, by, now, MOST);
    const ids = shares.map(({ id }) => id);
    const links = await linksOfShares(tx, house.id, ids);
    const visits = await visitsOfShares(tx, house.id, ids, MOST * 3);
    const makers = [...shares, ...guests].flatMap(({ createdBy }) => createdBy ?? []);
    const names = new Map((await actorNames(tx, house.id, makers)).map(({ id, name }) => [id, name]));
    const found: (Omit<Grant, 'ticket'> & { readonly ticketId: string })[] = [];
    for (const share of shares) {
      const own = visits.filter(({ shareId }) => shareId === share.id);
      const named = links.filter(({ shareId, revokedAt }) => shareId === share.id && revokedAt === null);
      found.push({
        id: share.id,
        kind: 'share',
        app: share.app,
        ticketId: share.ticketId,
        by: names.get(share.createdBy) ?? '',
        to: named.flatMap((link) => toOf(keys, link) ?? []),
        proof: share.proof,
        created: share.createdAt.toISOString(),
        expires: share.expiresAt.toISOString(),
        used: own[0]?.at.toISOString() ?? null,
        uses: own.length,
        state: await stateOf(tx, call, keys, share),
      });
    }
    for (const link of guests)
      found.push({
        id: link.id,
        kind: 'guest',
        app: link.app,
        ticketId: link.ticketId,
        by: names.get(link.createdBy ?? '') ?? '',
        to: [],
        proof: null,
        created: link.createdAt.toISOString(),
        expires: link.expiresAt?.toISOString() ?? null,
        used: link.lastUsedAt?.toISOString() ?? null,
        uses: link.uses,
        state: 'open',
      });
    const ticketIds = [...new Set(found.map(({ ticketId }) => ticketId))];
    return { grants: found, states: await statesById(tx, house.id, ticketIds) };
  });
  const seen = [...states.values()].filter((state) => {
    const definition = house.apps.get(state.app)?.definition;
    return definition !== undefined && maySee(definition, call.actor, state);
  });
  const named = await traced(
    call,
    seen.map((state) => ({ state })),
  );
  const references = new Map(named.map(({ state }) => [state.id, state.reference]));
  return grants
    .map(({ ticketId, ...grant }) => ({ ...grant, ticket: references.get(ticketId) ?? null }))
    .toSorted((a, b) => (a.created < b.created ? 1 : -1));
};

/** Ends a share, or the link of one who is named, or a guest's link. */
const end = async (
  tx: Tx,
  house: House,
  actor: Actor,
  id: string,
  mayEnd: (of: { readonly ticketId: string; readonly by: string | null }) => boolean,
  now: number,
): Promise<boolean> => {
  const at = new Date(now);
  const link = await linkById(tx, house.id, id);
  const share = await shareById(tx, house.id, link?.shareId ?? id);
  if (!share)
    return endAnyLink(
      tx,
      house.id,
      actor,
      id,
      ({ ticketId, createdBy }) => mayEnd({ ticketId, by: createdBy }),
      now,
    );
  if (!mayEnd({ ticketId: share.ticketId, by: share.createdBy })) return false;
  if (!(await (link ? endLink : endShare)(tx, house.id, id, at))) return false;
  const deed = { share: share.id, ticket: share.ticketId, ...(link && { link: id }) };
  await record(tx, house.id, 'share_ended', actor, deed, now);
  return true;
};

/** Ends a link at once: one's own or, for an administrator, any. @throws Refused `not_found` */
export const endGrant = async ({ db, house, actor, now }: Call, id: string): Promise<void> => {
  const isEnded = await asOrganisation(db, house.id, (tx) =>
    end(tx, house, actor, id, ({ by }) => actor.administrator || (by !== null && by === actor.id), now),
  );
  if (!isEnded) throw new Refused({ code: 'not_found' });
};

/** Ends what was shared of a ticket, at once: by whoever sees it. @throws Refused `not_found` */
export const endShareOf = async (
  { db, house, actor, now }: Call,
  ticketIn: (tx: Tx) => Promise<{ readonly id: string } | null>,
  id: string,
): Promise<void> => {
  const isEnded = await asOrganisation(db, house.id, async (tx) => {
    const ticket = await ticketIn(tx);
    return ticket !== null && end(tx, house, actor, id, ({ ticketId }) => ticketId === ticket.id, now);
  });
  if (!isEnded) throw new Refused({ code: 'not_found' });
};
