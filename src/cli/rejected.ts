import { accessSync, constants, createWriteStream, rmSync, type WriteStream } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { finished } from 'node:stream/promises';
import { stringify } from 'csv-stringify/sync';
import type { Rejected } from '../tickets/import/index.ts';

/** Rows that were not imported, beside the file they come from. */
export interface RejectedFile {
  add(rows: readonly Rejected[]): void;
  /** The path, when there is something in it. */
  close(): Promise<string | null>;
}

/** Beside the file or, where this account may not write there, in the folder it is in. */
export const placeOfRejected = (path: string): string => {
  const beside = `${path}.rejected.csv`;
  try {
    accessSync(dirname(resolve(beside)), constants.W_OK);
    return beside;
  } catch {
    return basename(beside);
  }
};

/**
 * Writes them as they come, with their line and what is wrong, in a file that can be corrected and imported in its
 * turn. What an earlier import had left there goes: it would tell of rows that are right by now.
 */
export const openRejected = (path: string, header: readonly string[]): RejectedFile => {
  let file: WriteStream | null = null;
  let failure: Error | null = null;
  return {
    add: (rows) => {
      if (rows.length === 0) return;
      if (file === null) {
        file = createWriteStream(path, { mode: 0o600 });
        // Told when it is closed: what can be imported is, even when the rest cannot be kept.
        file.on('error', (error) => (failure = error));
        file.write(`\ufeff${stringify([['line', 'reason', ...header]])}`);
      }
      file.write(stringify(rows.map(({ line, reasons, record }) => [line, reasons.join('; '), ...record])));
    },
    close: async () => {
      if (file === null) {
        rmSync(path, { force: true });
        return null;
      }
      if (failure === null) {
        file.end();
        await finished(file).catch((error: Error) => (failure = error));
      }
      if (failure !== null) throw failure;
      return path;
    },
  };
};
