import { z } from '@hono/zod-openapi';

import { Refused, type TicketState } from '../engine/index.ts';
import { keysIfOpen, readable } from '../downloads/index.ts';
import type { House } from '../organisations/index.ts';
import { actorNames } from '../people/index.ts';
import { asOrganisation, type Tx } from '../platform/postgres/index.ts';
import { type Call, seenByReference } from '../tickets/index.ts';
import type { Keys, Vault } from '../vault/index.ts';
import { type LinkRow, linksOfShares, visitsOfShares } from './open/store.ts';
import { aboutShare, addressOf, namedSchema, standing } from './standing.ts';
import { type ShareRow, sharesOf } from './store.ts';

/** More than anybody reads of a ticket. */
const SHARES = 100;
const VISITS = 300;

export const shareSchema = z
  .object({
    id: z.string(),
    fields: z.array(z.string()),
    folder: z.string().nullable(),
    file: z.object({ id: z.string(), name: z.string().nullable() }).nullable(),
    proof: z.enum(['link', 'passphrase', 'code', 'member']),
    metadata: z.enum(['kept', 'stripped']),
    watermark: z.boolean(),
    message: z.string().nullable(),
    by: z.string(),
    created: z.string(),
    expires: z.string(),
    downloads: z.number().int(),
    most: z.number().int().nullable(),
    state: z.enum(['open', 'revoked', 'expired', 'used_up', 'over']),
    links: z.array(z.object({ id: z.string(), to: z.string().nullable(), revoked: z.boolean() })),
    visits: z.array(
      z.object({
        id: z.string(),
        at: z.string(),
        to: z.string().nullable(),
        proof: z.string(),
        took: z.array(z.string().nullable()).openapi({ description: 'Names of files; null: all, as a zip.' }),
      }),
    ),
  })
  .openapi('Share');

/** The address or the number that is named with a link. */
export const toOf = (keys: Keys | null, { id, about }: Pick<LinkRow, 'id' | 'about'>): string | null =>
  about === null || !keys ? null : addressOf(namedSchema.parse(keys.openAbout(id, about)));

/** Whether a share opens now. */
export const stateOf = async (
  tx: Tx,
  call: Call,
  keys: Keys | null,
  share: ShareRow,
): Promise<z.output<typeof shareSchema>['state']> => {
  if (share.revokedAt !== null) return 'revoked';
  if (share.expiresAt.getTime() <= call.now) return 'expired';
  if (share.most !== null && share.most > 0 && share.downloads >= share.most) return 'used_up';
  return (await standing(tx, call.db, call.house, keys, share, call.now)) ? 'open' : 'over';
};

const namesOf = async (tx: Tx, house: House, ids: readonly string[]) =>
  new Map((await actorNames(tx, house.id, ids)).map(({ id, name }) => [id, name]));

/** What was shared of a ticket, with whom, and who opened it when: for whoever sees the ticket. @throws Refused `not_found` */
export const listShares = async (
  vault: Vault,
  call: Call,
  which: { readonly app: string; readonly reference: string },
): Promise<{
  readonly state: TicketState;
  readonly shares: readonly z.output<typeof shareSchema>[];
}> => {
  const { house } = call;
  const keys = await keysIfOpen(vault, house.id);
  return asOrganisation(call.db, house.id, async (tx) => {
    const state = await seenByReference(tx, call, which);
    if (!state) throw new Refused({ code: 'not_found' });
    const shares = await sharesOf(tx, house.id, state.id, SHARES);
    if (shares.length === 0) return { state, shares: [] };
    const ids = shares.map(({ id }) => id);
    const links = await linksOfShares(tx, house.id, ids);
    const visits = await visitsOfShares(tx, house.id, ids, VISITS);
    const makers = await namesOf(
      tx,
      house,
      shares.map(({ createdBy }) => createdBy),
    );
    // What somebody may not read, they are not told the name of.
    const read = new Map(
      (await readable(tx, keys, call, state)).map(({ row, about }) => [row.id, about.name]),
    );
    const to = new Map(links.map((link) => [link.id, toOf(keys, link)]));
    const shown = [];
    for (const share of shares)
      shown.push({
        id: share.id,
        fields: [...share.fields],
        folder: share.folder,
        file: share.fileId === null ? null : { id: share.fileId, name: read.get(share.fileId) ?? null },
        proof: share.proof,
        metadata: share.metadata,
        watermark: share.watermark,
        message:
          share.about === null || !keys
            ? null
            : (aboutShare.parse(keys.openAbout(share.id, share.about)).message ?? null),
        by: makers.get(share.createdBy) ?? '',
        created: share.createdAt.toISOString(),
        expires: share.expiresAt.toISOString(),
        downloads: share.downloads,
        most: share.most,
        state: await stateOf(tx, call, keys, share),
        links: links
          .filter(({ shareId }) => shareId === share.id)
          .map(({ id, revokedAt }) => ({ id, to: to.get(id) ?? null, revoked: revokedAt !== null })),
        visits: visits
          .filter(({ shareId }) => shareId === share.id)
          .map(({ id, at, linkId, proof, took }) => ({
            id,
            at: at.toISOString(),
            to: to.get(linkId) ?? null,
            proof,
            took: took.map((file) => (file === null ? null : (read.get(file) ?? '…'))),
          })),
      });
    return { state, shares: shown };
  });
};
