import type { Sink } from './export.ts';

const BLOCK = 512;
/** A file of a tar says its length first, so it is held in memory: never more bytes than this, or one page of rows. */
const LONGEST = 8 * 1024 * 1024;

const octal = (value: number, width: number): string => `${value.toString(8).padStart(width - 1, '0')}\0`;

/** The header of one file, as POSIX.1-1988 (ustar) has it. */
const headerOf = (name: string, size: number, at: number): Buffer => {
  const header = Buffer.alloc(BLOCK);
  header.write(name, 0, 100, 'utf8');
  header.write(octal(0o600, 8), 100);
  header.write(octal(0, 8), 108);
  header.write(octal(0, 8), 116);
  header.write(octal(size, 12), 124);
  header.write(octal(Math.floor(at / 1000), 12), 136);
  header.write('        ', 148);
  header.write('0', 156);
  header.write('ustar\x0000', 257);
  header.write(
    octal(
      header.reduce((sum, byte) => sum + byte, 0),
      7,
    ),
    148,
  );
  return header;
};

const padded = (size: number): Buffer => Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK);

/**
 * An export as one tar, in a folder, to be sent while it is made.
 * @param out takes the next bytes, and resolves when there is room for more
 */
export const tarSink = (folder: string, at: number, out: (bytes: Buffer) => Promise<void>): Sink => {
  let name: string | null = null;
  let waiting: Buffer[] = [];

  const flush = async (): Promise<void> => {
    if (name === null) return;
    const body = Buffer.concat(waiting);
    waiting = [];
    await out(Buffer.concat([headerOf(`${folder}/${name}`, body.length, at), body, padded(body.length)]));
  };
  return {
    longest: LONGEST,
    begin: async (next) => {
      await flush();
      name = next;
    },
    write: (chunk) => {
      waiting.push(chunk);
      return Promise.resolve();
    },
    end: async () => {
      await flush();
      await out(Buffer.alloc(2 * BLOCK));
    },
  };
};
