import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const BYTES = 32;

const read = (path: string): Buffer | null => {
  try {
    return readFileSync(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
};

/**
 * What every PIN is hashed with, beside its salt: a million PINs are soon tried, but not by whoever has the database
 * and lacks this file. Made at the first start, mode 0600; processes that share a database share it too. Without the
 * one they were hashed with, every PIN is wrong, and people choose another.
 * @throws Error when what stands there is not one
 */
export const openPepper = (data: string): Buffer => {
  const path = join(data, 'pin-pepper');
  const own = `${path}.${process.pid}`;
  if (read(path) === null) {
    mkdirSync(data, { recursive: true });
    writeFileSync(own, randomBytes(BYTES), { mode: 0o600 });
    try {
      // Whole or not at all, and never in place of another's.
      linkSync(own, path);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    } finally {
      rmSync(own);
    }
  }
  const pepper = read(path);
  if (pepper?.length !== BYTES)
    throw new Error(
      `${path} is not the ${BYTES} bytes that PINs are hashed with: put back the file of a backup.`,
    );
  return pepper;
};
