/** What no system may be asked to write in a name: control characters, and what Windows keeps for itself. */
const FORBIDDEN = /[\p{Cc}\u2028\u2029<>:"/\\|?*]/gu;
/** Invisible characters that show a name other than it is: `exe.fdp` written from right to left ends in `.pdf`. */
const DECEIVING = /[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu;
/** Names of devices on Windows, whatever follows the first dot. */
const RESERVED = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³]) *(?:\.|$)/iu;

/** File systems take 255 bytes; what is left is for a number that tells doubles apart. */
const LONGEST_NAME = 235;
const LONGEST_EXTENSION = 20;
/** PATH_MAX of Linux, less the folder in which it will stand. */
const LONGEST_PATH = 3500;

/**
 * A name under which a file can be written on Windows, macOS and Linux, that shows what it is and leads nowhere else.
 *
 * @param name whatever somebody called a file; `/` and `\` are replaced like other forbidden characters
 * @returns not empty, at most 235 bytes in UTF-8, in NFC; a safe name is returned as it is. Never throws.
 *
 * Source: "Naming Files, Paths, and Namespaces", learn.microsoft.com; Unicode TR 36 and CVE-2021-42574 on direction.
 */
export const safeName = (name: string): string => {
  const plain = trimmed(name.toWellFormed().replace(DECEIVING, '').normalize('NFC').replace(FORBIDDEN, '_'));
  const named = plain === '' ? '_' : plain;
  return shortened(RESERVED.test(named) ? `_${named}` : named);
};

/**
 * A path, with `/`, of safe names only: it stays within the folder where it is unpacked. Drives, roots, `.` and `..`
 * are left out, and of a path of more than 3,500 bytes its first folders.
 *
 * @returns never empty; a safe path is returned as it is. Never throws.
 */
export const safePath = (path: string): string => {
  const names = cleaned(path);
  let length = names.reduce((sum, name) => sum + Buffer.byteLength(name) + 1, -1);
  while (length > LONGEST_PATH) length -= Buffer.byteLength(names.shift() ?? '') + 1;
  return names.join('/');
};

/**
 * Safe paths, no two of which are the same file on any system: capitals and ways of writing accents do not count.
 * A file that comes later under the same name gets ` (2)`, and so does one that is called like a folder.
 *
 * @param paths as people wrote them
 * @returns as many, in the same order; what is safe and unique already is returned as it is
 */
export const uniquePaths = (paths: readonly string[]): string[] => {
  const all = paths.map((path) => cleaned(path));
  const taken = new Set<string>();
  const counts = new Map<string, number>();
  for (const names of all)
    for (let depth = 1; depth < names.length; depth += 1) taken.add(alike(names.slice(0, depth).join('/')));
  // What is free comes first to those who wrote it themselves: "a (2)" keeps its name beside two of "a".
  const written = new Set(all.map((names) => alike(names.join('/'))));
  return all.map((names) => {
    const path = names.join('/');
    const key = alike(path);
    let unique = path;
    let count = counts.get(key) ?? 1;
    while (taken.has(alike(unique)) || (unique !== path && written.has(alike(unique))))
      unique = numbered(path, (count += 1));
    counts.set(key, count);
    taken.add(alike(unique));
    return unique;
  });
};

const cleaned = (path: string): string[] => {
  const names = path.split(/[/\\]/).filter((name) => !['', '.', '..'].includes(name.trim()));
  if (/^[a-z]:$/i.test(names[0] ?? '')) names.shift();
  return names.length === 0 ? ['_'] : names.map(safeName);
};

const alike = (path: string): string => path.normalize('NFC').toUpperCase().toLowerCase();

/** `scan.tar` and 2 make `scan (2).tar`. */
const numbered = (path: string, count: number): string => {
  const dot = path.lastIndexOf('.');
  return dot > path.lastIndexOf('/') + 1
    ? `${path.slice(0, dot)} (${count})${path.slice(dot)}`
    : `${path} (${count})`;
};

/** Windows drops dots and spaces at the end, so that two names would be one. */
const trimmed = (name: string): string => name.trim().replace(/[.\s]+$/u, '');

const shortened = (name: string): string => {
  if (Buffer.byteLength(name) <= LONGEST_NAME) return name;
  const dot = name.lastIndexOf('.');
  const extension = dot > 0 && Buffer.byteLength(name.slice(dot)) <= LONGEST_EXTENSION ? name.slice(dot) : '';
  let room = LONGEST_NAME - Buffer.byteLength(extension);
  let kept = '';
  for (const character of name) {
    room -= Buffer.byteLength(character);
    if (room < 0) break;
    kept += character;
  }
  return `${trimmed(kept)}${extension}`;
};
