import { aboutSchema } from '../files/index.ts';
import { asOrganisation } from '../platform/postgres/index.ts';
import { currentKeys, type Keys, layIndex, type Vault, VaultError } from '../vault/index.ts';
import { careOf, type Indexed, indexedOf, indexPage, setIndexed } from './store.ts';

/** What files are called is written down anew at the most so often. */
const SELDOM = 3_600_000;
const PAGE = 1000;
const FIRST = '00000000-0000-0000-0000-000000000000';

/** What one file says in the index, and what was made of it; the shelf's names, without the organisation's. */
const linesOf = function* (keys: Keys, row: Indexed): Generator<string> {
  const { name, folder, sha256 } = aboutSchema.parse(keys.openAbout(row.id, row.about));
  const own = (blob: string): string => blob.slice(blob.indexOf('/') + 1);
  const { app, reference, field, size } = row;
  yield JSON.stringify({ blob: own(row.blob), name, folder, app, reference, field, sha256, size });
  for (const { kind, blob } of row.made)
    yield JSON.stringify({ blob: own(blob), made: kind, of: own(row.blob) });
};

async function* lines(vault: Vault, keys: Keys): AsyncGenerator<string> {
  for (let after = FIRST; ;) {
    const rows = await asOrganisation(vault.db, keys.organisationId, (tx) =>
      indexPage(tx, keys.organisationId, after, PAGE),
    );
    for (const row of rows) yield* linesOf(keys, row);
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = last.id;
  }
}

/**
 * Writes beside an organisation's blobs what they are called, sealed to the same keys, when that has changed since.
 * @param atOnce also within the hour: what was erased must not go on standing there
 * @returns whether it was written
 */
export const indexNames = async (vault: Vault, organisationId: string, atOnce = false): Promise<boolean> => {
  const { care, of } = await asOrganisation(vault.db, organisationId, async (tx) => ({
    care: await careOf(tx, organisationId),
    of: await indexedOf(tx, organisationId),
  }));
  const now = vault.clock.now();
  if (of === care.indexOf) return false;
  if (!atOnce && care.indexAt !== null && now - care.indexAt.getTime() < SELDOM) return false;
  try {
    const keys = await currentKeys(vault, organisationId);
    await layIndex(vault, keys, lines(vault, keys));
  } catch (error) {
    if (error instanceof VaultError && error.code === 'closed') return false;
    throw error;
  }
  await asOrganisation(vault.db, organisationId, (tx) => setIndexed(tx, organisationId, of, new Date(now)));
  return true;
};
