import { z } from 'zod';

import type { Actor } from '../engine/index.ts';
import { type FileRow, filesById } from '../files/index.ts';
import { asOrganisation, type Tx } from '../platform/postgres/index.ts';
import { type Keys, keysWithin } from '../vault/index.ts';
import type { Desk } from './desk.ts';
import { type UploadRow, uploadById } from './store.ts';

/** Who brings bytes in, as the rows of uploads and files remember them; without an id it is nobody, and refused. */
export type Bringer = Pick<Actor, 'kind' | 'id'>;

/** What was said of an upload, sealed in its row. */
export const aboutUpload = z.object({
  /** As the tus client said it. */
  said: z.record(z.string(), z.string().nullable()),
  /** Its length is not known yet. */
  deferred: z.boolean().default(false),
  /** What it was put together from, as the client said it. */
  concat: z.string().optional(),
});
export type AboutUpload = z.output<typeof aboutUpload>;

/** An upload, opened. */
export interface Upload {
  readonly row: UploadRow;
  readonly keys: Keys;
  readonly about: AboutUpload;
  /** What it became, while it is there. */
  readonly file: FileRow | null;
}

export const opened = async (
  { vault }: Desk,
  tx: Tx,
  organisationId: string,
  row: UploadRow,
): Promise<Upload> => {
  const keys = await keysWithin(vault, tx, organisationId, row.keyId);
  const [file] = row.fileId === null ? [] : await filesById(tx, organisationId, [row.fileId]);
  return { row, keys, about: aboutUpload.parse(keys.openAbout(row.id, row.about)), file: file ?? null };
};

/** An upload of theirs; another's is as one that is not. */
export const uploadOf = (
  desk: Desk,
  organisationId: string,
  by: Bringer,
  id: string,
): Promise<Upload | null> =>
  asOrganisation(desk.vault.db, organisationId, async (tx) => {
    const row = await uploadById(tx, organisationId, id);
    const isTheirs = row !== null && by.id !== null && row.createdKind === by.kind && row.createdBy === by.id;
    return isTheirs ? opened(desk, tx, organisationId, row) : null;
  });

/**
 * Its time is over, what it became is gone, or a ticket has it: whoever wants to send it begins anew.
 * @param put the ticket has it because it was put there as it arrived: whoever lost the answer may ask again
 */
export const isOver = ({ vault }: Desk, { row, file }: Upload, put = false): boolean =>
  row.expiresAt.getTime() <= vault.clock.now() ||
  (row.fileId !== null && (file === null || (file.ticketId !== null && !put)));
