import { mkdirSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import type { Sink } from './export.ts';

/** An export as a folder of files, for its owner's eyes alone. */
export const folderSink = (folder: string): Sink => {
  let file: FileHandle | null = null;
  const close = async (): Promise<void> => {
    await file?.sync();
    await file?.close();
    file = null;
  };
  return {
    longest: Infinity,
    begin: async (name) => {
      await close();
      const path = join(folder, name);
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      file = await open(path, 'wx', 0o600);
    },
    write: async (chunk) => {
      await file?.write(chunk);
    },
    end: close,
  };
};
