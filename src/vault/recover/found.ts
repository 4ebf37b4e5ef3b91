import { readdir, readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { z } from 'zod';

import { AgeError, openBytes } from '../age/index.ts';
import { isName } from '../shelf/names.ts';

/** What lies for one organisation in the folder of a vault. */
export interface Lying {
  readonly organisationId: string;
  readonly folder: string;
  /** Blobs by their name below the folder: `3f/3f0a….age`. */
  readonly blobs: readonly string[];
  /** The newest last. */
  readonly indexes: readonly string[];
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u;

const below = async (folder: string): Promise<string[]> =>
  (await readdir(folder, { withFileTypes: true })).map(({ name }) => name).toSorted();

const lyingIn = async (folder: string): Promise<Lying> => {
  const organisationId = basename(folder);
  const names = await below(folder);
  const blobs: string[] = [];
  for (const two of names.filter((name) => /^[0-9a-f]{2}$/u.test(name)))
    for (const name of await below(join(folder, two)))
      if (isName(`${organisationId}/${two}/${name}`)) blobs.push(`${two}/${name}`);
  return {
    organisationId,
    folder,
    blobs,
    indexes: names.filter((name) => /^index-\d{14}\.age$/u.test(name)),
  };
};

/** The organisations in the folder of a vault, or the one whose folder it is. */
export const organisationsIn = async (folder: string): Promise<readonly Lying[]> => {
  const root = resolve(folder);
  const folders = UUID.test(basename(root))
    ? [root]
    : (await below(root)).filter((name) => UUID.test(name)).map((name) => join(root, name));
  return Promise.all(folders.map(lyingIn));
};

const line = z.object({
  blob: z.string(),
  name: z.string().optional(),
  folder: z.string().default(''),
  app: z.string().nullish(),
  reference: z.string().nullish(),
  field: z.string().nullish(),
  sha256: z.string().optional(),
  size: z.number().optional(),
  /** A preview, or a picture without its metadata: made from another, and made again at need. */
  made: z.string().optional(),
});
export type IndexLine = z.output<typeof line>;

const isNotOpened = (error: unknown): boolean => error instanceof AgeError;

/** What opens the blobs: the key that was given, and the organisation's own, which it opens. */
export const keysOfLying = async (lying: Lying, identity: string): Promise<readonly string[]> => {
  try {
    const wrapped = await readFile(join(lying.folder, 'key.age'));
    return [identity, (await openBytes(wrapped, [identity])).toString('utf8').trim()];
  } catch (error) {
    if (!isNotOpened(error) && !(error instanceof Error && 'code' in error && error.code === 'ENOENT'))
      throw error;
    return [identity];
  }
};

/** What the blobs are called: by the newest index that opens; `null` where none does. */
export const indexOf = async (
  lying: Lying,
  keys: readonly string[],
): Promise<readonly IndexLine[] | null> => {
  for (const name of lying.indexes.toReversed())
    try {
      const text = (await openBytes(await readFile(join(lying.folder, name)), keys)).toString('utf8');
      return text
        .split('\n')
        .filter((one) => one !== '')
        .map((one) => line.parse(JSON.parse(one)));
    } catch (error) {
      if (!isNotOpened(error)) throw error;
    }
  return null;
};
