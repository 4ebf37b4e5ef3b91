import type { Actor } from '../engine/index.ts';
import { newId } from '../platform/ids.ts';
import { keepLaid, type Keys, type Laid, type Vault } from '../vault/index.ts';
import type { Tx } from '../platform/postgres/index.ts';
import type { About } from './about.ts';
import { insertFile } from './store.ts';

/**
 * A file that has arrived whole and lies on the shelf: from here on it is somebody's, and waits to be looked at.
 * @param said what its bringer says of it; sums come from what was laid
 * @param then what else belongs in the same transaction
 * @returns its id
 */
export const arrived = (
  vault: Vault,
  keys: Keys,
  laid: Laid,
  said: Omit<About, 'sha256' | 'crc32'>,
  by: Pick<Actor, 'kind' | 'id'>,
  then: (tx: Tx, fileId: string) => Promise<unknown> = async () => {},
): Promise<string> =>
  keepLaid(vault, keys, laid, async (tx, { blobId, size, sha256, crc32 }) => {
    const now = vault.clock.now();
    const id = newId(now);
    const about = keys.sealAbout(id, { ...said, sha256, crc32 });
    const file = { id, blobId, about, size, createdKind: by.kind, createdBy: by.id };
    await insertFile(tx, keys.organisationId, file, new Date(now));
    await then(tx, id);
    return id;
  });
