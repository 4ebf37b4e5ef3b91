import { rm } from 'node:fs/promises';
import { join } from 'node:path';

import { isUuid } from '../platform/ids.ts';
import type { Shelf } from './shelf/index.ts';

/**
 * Takes away everything that lies for an organisation: its blobs, its key and index, and what was still arriving. For
 * good: what is left of it are copies that others made. Doing it again does no harm.
 * @param staging the folder in which what arrives waits
 * @returns how many things lay on the shelf
 */
export const clearShelf = async (shelf: Shelf, staging: string, organisationId: string): Promise<number> => {
  if (!isUuid(organisationId)) throw new TypeError('An organisation is named by its UUID.');
  await rm(join(staging, organisationId), { recursive: true, force: true });
  // The key first: without it, and without a recovery key, what is left if this ends here opens to nobody.
  const names = [`${organisationId}/key.age`];
  for await (const { name } of shelf.list(`${organisationId}/`)) if (name !== names[0]) names.push(name);
  for (const name of names) await shelf.remove(name);
  return names.length;
};
