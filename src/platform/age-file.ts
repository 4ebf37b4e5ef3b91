/** Bytes of the longest head that is read: some two hundred people. */
export const LONGEST_HEAD = 64 * 1024;

const STANZA = /^-> (\S+)(?: \S+)*$/u;
const FULL = /^[A-Za-z0-9+/]{64}$/u;
const LAST = /^[A-Za-z0-9+/]{0,63}$/u;
const END = /^--- [A-Za-z0-9+/]{43}$/u;

/**
 * To whom an age file is sealed (https://age-encryption.org/v1): the kind of each of its stanzas, `X25519`, `scrypt`…
 * Opens nothing, and says nothing of whether it would open.
 * @param beginning of the file, `LONGEST_HEAD` bytes or all of it
 * @returns `null` for what is no age file
 */
export const stanzasOf = (beginning: Uint8Array): readonly string[] | null => {
  const text = Buffer.from(beginning.subarray(0, LONGEST_HEAD)).toString('latin1');
  const lines = text.split('\n');
  if (lines[0] !== 'age-encryption.org/v1') return null;
  const kinds: string[] = [];
  let at = 1;
  for (; at < lines.length; at += 1) {
    const kind = STANZA.exec(lines[at] ?? '')?.[1];
    if (kind === undefined) break;
    kinds.push(kind);
    do at += 1;
    while (FULL.test(lines[at] ?? ''));
    if (!LAST.test(lines[at] ?? '-')) return null;
  }
  // The last line ends where the payload begins.
  return kinds.length > 0 && END.test(lines[at] ?? '') && at < lines.length - 1 ? kinds : null;
};
