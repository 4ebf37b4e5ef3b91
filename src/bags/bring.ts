import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { z } from 'zod';

import { addFiles, ticketFiles } from '../downloads/index.ts';
import { arrived, deleteFiles } from '../files/index.ts';
import { asOrganisation } from '../platform/postgres/index.ts';
import type { Call } from '../tickets/index.ts';
import { collect, currentKeys, lay, useOf, type Vault, VaultError } from '../vault/index.ts';
import type { Found } from './check.ts';

export interface Brought {
  readonly added: number;
  /** They were in the field already. */
  readonly known: number;
  /** What a bag of ours says beside its files: tickets, receipts. */
  readonly papers: number;
}

const ticketJson = z.object({ files: z.array(z.object({ sha256: z.string() })) });

/** The sums of what a bag of ours says that it brought: what was made beside it for the way is made again. */
const listedIn = async (folder: string): Promise<ReadonlySet<string> | null> => {
  const text = await readFile(join(folder, 'data/ticket.json'), 'utf8');
  try {
    return new Set(ticketJson.parse(JSON.parse(text)).files.map(({ sha256 }) => sha256));
  } catch {
    // Somebody else's, who calls a file so too.
    return null;
  }
};

/** Where a file of a bag goes: of one of ours, what stands below `files/<field>/`; of others, everything. */
const placesOf = async (folder: string, payload: readonly Found[]) => {
  const ours = payload.some(({ path }) => path === 'ticket.json') ? await listedIn(folder) : null;
  return payload.flatMap((found) => {
    if (ours && !ours.has(found.sha256)) return [];
    const names = (ours ? /^files\/[^/]+\/(.+)$/u.exec(found.path)?.[1] : found.path)?.split('/');
    const name = names?.pop();
    return names && name !== undefined ? [{ found, name, folder: names.join('/') }] : [];
  });
};

/**
 * Brings the files of a bag that was checked into a field of a ticket; what is there already, under the same name and with
 * the same content, stays as it is: run twice, it brings nothing twice.
 * @throws Refused when the field does not take them; VaultError; then nothing of it stays
 */
export const bringBag = async (
  vault: Vault,
  call: Call,
  which: { readonly app: string; readonly reference: string },
  field: string,
  folder: string,
  payload: readonly Found[],
  reach: (bytes: number) => void = () => {},
): Promise<Brought> => {
  const { id } = call.house;
  const { files } = await ticketFiles(vault, call, which);
  const keyOf = (name: string, inside: string, sha256: string): string => `${sha256} ${inside}/${name}`;
  const there = new Set(
    files
      .filter(({ row }) => row.field === field)
      .map(({ about }) => keyOf(about.name, about.folder, about.sha256)),
  );
  const places = await placesOf(folder, payload);
  const wanted = places.filter((one) => !there.has(keyOf(one.name, one.folder, one.found.sha256)));
  const use = await asOrganisation(vault.db, id, (tx) => useOf(tx, id, new Date(call.now)));
  const coming = wanted.reduce((sum, { found }) => sum + found.size, 0);
  if (use.quota !== null && use.stored + use.arriving + coming > use.quota)
    throw new VaultError('full', 'It would be more than the quota of the organisation.');
  const keys = await currentKeys(vault, id);
  const ids: string[] = [];
  try {
    for (const { found, name, folder: inside } of wanted) {
      const laid = await lay(vault, keys, createReadStream(join(folder, 'data', found.path)));
      // Somebody wrote in the bag after it was checked.
      if (laid.sha256 !== found.sha256) {
        await vault.shelf.remove(laid.name);
        throw new VaultError('corrupt', `${found.path} was changed after it was checked.`);
      }
      ids.push(await arrived(vault, keys, laid, { name, folder: inside }, call.actor));
      reach(found.size);
    }
    if (ids.length > 0) await addFiles(call, which, field, ids);
  } catch (error) {
    await asOrganisation(vault.db, id, (tx) => deleteFiles(tx, id, ids));
    await collect(vault, id);
    throw error;
  }
  return {
    added: ids.length,
    known: places.length - wanted.length,
    papers: payload.length - places.length,
  };
};
