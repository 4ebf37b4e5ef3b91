import { z } from 'zod';

import { type Actor, may, maySee, readingOf, type TicketState } from '../engine/index.ts';
import { type Known, readable } from '../downloads/index.ts';
import type { House } from '../organisations/index.ts';
import { actorNow } from '../people/index.ts';
import type { Database, Tx } from '../platform/postgres/index.ts';
import { statesById } from '../tickets/index.ts';
import type { Keys } from '../vault/index.ts';
import { mayOpenBy } from './policy.ts';
import type { ShareRow } from './store.ts';

/** What a share is of. */
export type Scope = Pick<ShareRow, 'fields' | 'folder' | 'fileId'>;

const name = z.string().optional();
/** Whoever is named, as it is sealed with their link: by a mail address, or a number that takes short messages. */
export const namedSchema = z.union([
  z.object({ email: z.string(), name }),
  z.object({ phone: z.string(), name }),
]);
export type Named = z.output<typeof namedSchema>;

/** The address or the number of whoever is named. */
export const addressOf = (named: Named): string => ('email' in named ? named.email : named.phone);

/** What is sealed with a share. */
export const aboutShare = z.object({ message: z.string().optional() });

/** The files of a ticket that a share is of, and that were found clean. */
export const within = (files: readonly Known[], { fields, folder, fileId }: Scope): readonly Known[] =>
  files.filter(
    ({ row, about }) =>
      row.state === 'kept' &&
      row.field !== null &&
      fields.includes(row.field) &&
      (fileId === null || row.id === fileId) &&
      (folder === null || about.folder === folder || about.folder.startsWith(`${folder}/`)),
  );

/** A share that stands, and what it gives now. */
export interface Standing {
  readonly share: ShareRow;
  readonly state: TicketState;
  readonly maker: Actor;
  readonly files: readonly Known[];
}

/**
 * Asks again whether a share stands: that its maker is still let in, still sees the ticket and may still speak of it to
 * people outside, still reads these fields; that the app is installed, that what it asks for is enough for how it is
 * classified today, and that its files are there and clean.
 * @returns `null` when any of it is no more: it ends with the right it came from
 */
export const standing = async (
  tx: Tx,
  db: Database,
  house: House,
  keys: Keys | null,
  share: ShareRow,
  now: number,
): Promise<Standing | null> => {
  if (share.revokedAt !== null || share.expiresAt.getTime() <= now || !keys) return null;
  const definition = house.apps.get(share.app)?.definition;
  if (!definition || !mayOpenBy(definition.classification, share.proof)) return null;
  const by = { kind: share.createdKind, id: share.createdBy };
  const maker = await actorNow(tx, house.id, by, now);
  const state = (await statesById(tx, house.id, [share.ticketId])).get(share.ticketId);
  if (!maker || !state || !maySee(definition, maker, state) || !may(definition, maker, 'comments', state))
    return null;
  const reading = readingOf(definition, maker, state);
  const shown = (field: string): boolean =>
    Object.hasOwn(definition.fields, field) && reading(field) === 'shown';
  if (!share.fields.some(shown)) return null;
  const files = within(await readable(tx, keys, { db, house, actor: maker, now, once: null }, state), share);
  return share.fileId !== null && files.length === 0 ? null : { share, state, maker, files };
};
