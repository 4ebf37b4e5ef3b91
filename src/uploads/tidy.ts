import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { asOrganisation } from '../platform/postgres/index.ts';
import { isUuid } from '../platform/ids.ts';
import type { Desk } from './desk.ts';
import { folderOf } from './desk.ts';
import { finish } from './finish.ts';
import { dropPieces, reachOf } from './pieces.ts';
import { deleteExpired, unfinished, waitingAmong } from './store.ts';
import { type Bringer, opened } from './upload.ts';

/** What nobody has touched for so long was left by a process that ended. */
const LEFT = 15 * 60_000;

const touched = async (path: string): Promise<number | null> => {
  try {
    return (await stat(path)).mtimeMs;
  } catch {
    return null;
  }
};

/** What lies in the staging folder for nobody. */
const sweep = async (desk: Desk, organisationId: string): Promise<void> => {
  const folder = join(desk.vault.staging, organisationId);
  const there = (await readdir(folder).catch(() => [])).filter(isUuid);
  const waiting = new Set(
    await asOrganisation(desk.vault.db, organisationId, (tx) => waitingAmong(tx, organisationId, there)),
  );
  for (const id of there) {
    const at = await touched(join(folder, id));
    if (!waiting.has(id) && at !== null && Date.now() - at > LEFT)
      await rm(join(folder, id), { recursive: true, force: true });
  }
};

/**
 * Ends what is whole and was left by a process that was killed, and takes away what has expired.
 * @returns how many became files
 */
export const tidyUploads = async (desk: Desk, organisationId: string): Promise<number> => {
  const { vault } = desk;
  const now = new Date(vault.clock.now());
  const expired = await asOrganisation(vault.db, organisationId, (tx) =>
    deleteExpired(tx, organisationId, now),
  );
  for (const id of expired) await dropPieces(desk, organisationId, id);
  const waiting = await asOrganisation(vault.db, organisationId, (tx) => unfinished(tx, organisationId, now));
  let ended = 0;
  for (const row of waiting) {
    const at = await touched(folderOf(desk, organisationId, row.id));
    if (at === null || Date.now() - at < LEFT) continue;
    const upload = await asOrganisation(vault.db, organisationId, (tx) =>
      opened(desk, tx, organisationId, row),
    );
    const { createdKind: kind, createdBy } = row;
    // What follows from a stranger's is known where their link is: it is ended when they ask for it.
    if (upload.about.deferred || (kind !== 'member' && kind !== 'key')) continue;
    const by: Bringer = { kind, id: createdBy };
    try {
      const reach = await reachOf(desk, upload.keys, row.id);
      if ((await finish(desk, upload, reach, by)) !== null) ended += 1;
    } catch (error) {
      vault.logger.warn({ err: error, upload: row.id }, 'An upload that is whole could not be ended.');
    }
  }
  await sweep(desk, organisationId);
  return ended;
};
