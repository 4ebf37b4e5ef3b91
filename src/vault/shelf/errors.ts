import { constants } from 'node:os';

/** There is no room left: of the disk, of a quota, of the bucket. Nothing of what was to be kept lies there. */
export class ShelfFull extends Error {
  override name = 'ShelfFull';
}

/** The shelf did not do what was asked: a broken disk, a refusal, nobody there. The server lives on. */
export class ShelfFailed extends Error {
  override name = 'ShelfFailed';
}

/** A mistake of whoever asks, not of the shelf: what lies there stays as it is. */
export class NameUsed extends Error {
  override name = 'NameUsed';
  constructor() {
    super('Something lies on the shelf under that name already.');
  }
}

export const nothingThere = (): ShelfFailed => new ShelfFailed('Nothing lies on the shelf under that name.');

/** What the system called it (`ENOENT`…), when it was the system that refused. */
export const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'syscall' in error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;

/** libuv has no name for EDQUOT; its number it passes on. */
const isFull = (error: unknown): boolean =>
  error instanceof Error &&
  'errno' in error &&
  [-constants.errno.ENOSPC, -constants.errno.EDQUOT].includes(error.errno as number);

/** Does something with the disk, and says in the shelf's own words how that went wrong. Other errors pass as they are. */
export const onDisk = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    const code = codeOf(error);
    if (code === undefined) throw error;
    if (isFull(error)) throw new ShelfFull(`There is no room left (${code}).`, { cause: error });
    throw new ShelfFailed(`The disk refused (${code}).`, { cause: error });
  }
};

/** What the work gives, or `other` where there is no such file or folder. */
export const unlessGone = async <T, O>(work: Promise<T>, other: O): Promise<T | O> => {
  try {
    return await work;
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(error) ?? '')) return other;
    throw error;
  }
};
