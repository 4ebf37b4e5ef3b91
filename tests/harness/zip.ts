import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { crc32 } from 'node:zlib';

import type { PlannedZip, ZipEntry } from '../../src/platform/zip/index.ts';

/** When every file of these tests was changed. */
const modified = Date.UTC(2026, 10, 22, 9, 30, 14);

/** A file of this content, given in chunks of this many bytes. */
export const holding = (name: string, content: string | Uint8Array, chunk = 7): ZipEntry => {
  const bytes = Buffer.from(content);
  return {
    name,
    size: bytes.length,
    crc32: crc32(bytes),
    modified,
    async *read(from, to) {
      for (let at = from; at < to; at += chunk) yield bytes.subarray(at, Math.min(at + chunk, to));
    },
  };
};

/** As long as one wants, and only what is asked for is ever made. Its CRC-32 is not that of zeros. */
export const zeros = (name: string, size: number): ZipEntry => ({
  ...holding(name, ''),
  size,
  async *read(from, to) {
    for (let at = from; at < to; at += 2 ** 16) yield Buffer.alloc(Math.min(2 ** 16, to - at));
  },
});

export const bytesOf = async (zip: PlannedZip, from = 0, to = zip.size): Promise<Buffer> =>
  Buffer.concat(await Array.fromAsync(zip.read(from, to)));

/** A folder for one test. */
export const folderFor = (t: TestContext): string => {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-zip-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
};
