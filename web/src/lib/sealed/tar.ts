/** One file in a tar (POSIX.1-2001 pax), so that `age -d … | tar x` gives it back with its own name. */

const BLOCK = 512;
/** The most that the old head of a tar says of a length, in bytes. */
const OCTAL = 0o77777777777;
const encoder = new TextEncoder();

const put = (head: Uint8Array, at: number, text: string): void => head.set(encoder.encode(text), at);
const octal = (value: number, width: number): string => value.toString(8).padStart(width - 1, '0');

const headOf = (name: string, size: number, kind: '0' | 'x', at: number): Uint8Array<ArrayBuffer> => {
  const head = new Uint8Array(BLOCK);
  put(head, 0, name);
  put(head, 100, '0000600');
  put(head, 108, '0000000');
  put(head, 116, '0000000');
  put(head, 124, octal(Math.min(size, OCTAL), 12));
  put(head, 136, octal(Math.max(0, Math.floor(at / 1000)), 12));
  put(head, 148, ' '.repeat(8));
  put(head, 156, kind);
  put(head, 257, 'ustar');
  put(head, 263, '00');
  put(
    head,
    148,
    `${octal(
      head.reduce((sum, byte) => sum + byte, 0),
      7,
    )}\0 `,
  );
  return head;
};

const paddingOf = (size: number): number => (BLOCK - (size % BLOCK)) % BLOCK;

/** `19 path=Été.txt\n`: its own length first, counted in. */
const record = (key: string, value: string): string => {
  const rest = encoder.encode(` ${key}=${value}\n`).length;
  let length = rest + String(rest).length;
  length = rest + String(length).length;
  return `${length} ${key}=${value}\n`;
};

/** The file as a tar of one; nothing is read before it is asked for. */
export const tarOf = (file: File): Blob => {
  const pax = encoder.encode(record('path', file.name) + record('size', String(file.size)));
  return new Blob([
    headOf('pax', pax.length, 'x', file.lastModified),
    pax,
    new Uint8Array(paddingOf(pax.length)),
    // For a tar that knows no pax.
    headOf(file.name.replaceAll(/[^\w.-]/gu, '_').slice(-99), file.size, '0', file.lastModified),
    file,
    new Uint8Array(paddingOf(file.size) + 2 * BLOCK),
  ]);
};

export interface Entry {
  readonly name: string;
  readonly content: Blob;
}

const textAt = (bytes: Uint8Array, from: number, to: number): string => {
  const end = bytes.subarray(from, to).indexOf(0);
  return new TextDecoder().decode(bytes.subarray(from, end < 0 ? to : from + end));
};

/** What moves or hides text, and what leads to a folder: whoever sealed the file chose its name. */
const plainName = (name: string): string =>
  (name.split(/[/\\]/u).at(-1) ?? '').replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '').trim() || 'sans-nom';

const paxOf = (body: string): ReadonlyMap<string, string> =>
  new Map([...body.matchAll(/^\d+ ([^=\n]+)=(.*)$/gmu)].map(([, key = '', value = '']) => [key, value]));

/** The files in a tar. @throws Error when it is none, or is cut */
export const untar = async (tar: Blob): Promise<readonly Entry[]> => {
  const entries: Entry[] = [];
  let pax: ReadonlyMap<string, string> = new Map();
  for (let at = 0; at + BLOCK <= tar.size;) {
    const head = new Uint8Array(await tar.slice(at, at + BLOCK).arrayBuffer());
    at += BLOCK;
    if (head.every((byte) => byte === 0)) return entries;
    if (textAt(head, 257, 262) !== 'ustar') throw new Error('This is no tar.');
    const size = Number(pax.get('size') ?? Number.parseInt(textAt(head, 124, 136), 8));
    if (!Number.isSafeInteger(size) || size < 0 || at + size > tar.size) throw new Error('This tar is cut.');
    const content = tar.slice(at, at + size);
    const kind = textAt(head, 156, 157);
    if (kind === 'x') pax = paxOf(await content.text());
    else {
      if (kind === '0' || kind === '')
        entries.push({ name: plainName(pax.get('path') ?? textAt(head, 0, 100)), content });
      pax = new Map();
    }
    at += size + paddingOf(size);
  }
  throw new Error('This tar is cut.');
};
