import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What is wrong with a bag: a code for programs, the path it is about, where it is about one. */
export interface Wrong {
  readonly code:
    'not_a_bag' | 'no_manifest' | 'manifest' | 'fetch' | 'link' | 'absent' | 'unlisted' | 'changed' | 'oxum';
  readonly path: string;
}

/** A file of the payload, as it was found whole. */
export interface Found {
  /** Below `data/`. */
  readonly path: string;
  readonly size: number;
  readonly sha256: string;
}

const SUMS = ['sha256', 'sha512'] as const;
type Sum = (typeof SUMS)[number];
/** Manifests of the largest bags are shorter; what pretends to a longer one would fill the memory. */
const LONGEST = 256 * 1024 * 1024;
const WORST = 20;

const text = async (folder: string, name: string): Promise<string | null> => {
  const path = join(folder, name);
  const found = await lstat(path).catch(() => null);
  return found?.isFile() && found.size <= LONGEST ? readFile(path, 'utf8') : null;
};

/** RFC 8493, section 2.1.3: line breaks and percent signs are written as in URLs; other software leaves `%` as it is. */
const readPath = (written: string): string =>
  written.replaceAll(/%(0A|0D|25)/giu, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

const leadsBelow = (path: string): boolean =>
  !path.includes('\0') && path.split('/').every((name) => !['', '.', '..'].includes(name));

/** The sums of a manifest by path; `null` for a line that is none, or a path that leads elsewhere. */
const manifest = (content: string, sum: Sum): ReadonlyMap<string, string> | null => {
  const sums = new Map<string, string>();
  for (const line of content.split(/\r?\n|\r/u)) {
    if (line === '') continue;
    const [, hex = '', written = ''] = /^([0-9a-fA-F]+)[ \t]+\*?(?:\.\/)?(.+)$/u.exec(line) ?? [];
    const path = readPath(written);
    if (hex.length !== (sum === 'sha256' ? 64 : 128) || !leadsBelow(path) || sums.has(path)) return null;
    sums.set(path, hex.toLowerCase());
  }
  return sums;
};

/** Every file below a folder, with `/`; links and whatever else is no file come with a size of -1. */
async function* filesBelow(folder: string, below = ''): AsyncGenerator<{ path: string; size: number }> {
  const entries = await readdir(join(folder, below), { withFileTypes: true });
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = `${below}${entry.name}`;
    if (entry.isDirectory()) yield* filesBelow(folder, `${path}/`);
    else yield { path, size: entry.isFile() ? (await lstat(join(folder, path))).size : -1 };
  }
}

const sumsOf = async (path: string): Promise<{ readonly [sum in Sum]: string }> => {
  const hashes = { sha256: createHash('sha256'), sha512: createHash('sha512') };
  for await (const bytes of createReadStream(path) as AsyncIterable<Buffer>)
    for (const sum of SUMS) hashes[sum].update(bytes);
  return { sha256: hashes.sha256.digest('hex'), sha512: hashes.sha512.digest('hex') };
};

type Manifests = readonly { readonly sum: Sum; readonly listed: ReadonlyMap<string, string> }[];

const manifestsOf = async (folder: string, kind: 'manifest' | 'tagmanifest'): Promise<Manifests | null> => {
  const found = [];
  for (const sum of SUMS) {
    const content = await text(folder, `${kind}-${sum}.txt`);
    if (content === null) continue;
    const listed = manifest(content, sum);
    if (!listed) return null;
    found.push({ sum, listed });
  }
  return found;
};

/** The files of a manifest, those that are there and those that are not; what is no file is refused. */
const compare = async (
  folder: string,
  files: readonly { readonly path: string; readonly size: number }[],
  manifests: Manifests,
  complete: boolean,
  reach: (bytes: number) => void,
): Promise<{ readonly found: readonly Found[]; readonly wrong: readonly Wrong[] }> => {
  const wrong: Wrong[] = [];
  const found: Found[] = [];
  const there = new Set(files.map(({ path }) => path));
  for (const { listed } of manifests)
    for (const path of listed.keys()) if (!there.has(path)) wrong.push({ code: 'absent', path });
  for (const { path, size } of files) {
    if (size < 0) wrong.push({ code: 'link', path });
    else if (complete && !manifests.every(({ listed }) => listed.has(path)))
      wrong.push({ code: 'unlisted', path });
    else if (manifests.some(({ listed }) => listed.has(path))) {
      const sums = await sumsOf(join(folder, path));
      reach(size);
      if (manifests.every(({ sum, listed }) => (listed.get(path) ?? sums[sum]) === sums[sum]))
        found.push({ path: path.slice('data/'.length), size, sha256: sums.sha256 });
      else wrong.push({ code: 'changed', path });
    }
    if (wrong.length >= WORST) break;
  }
  return { found, wrong };
};

/**
 * Checks a bag in a folder, whoever made it: everything that its manifests of SHA-256 and SHA-512 list is there and
 * whole, nothing else is in `data/`, and no path leads out of it. Reads every file once; writes nothing.
 * @returns the payload when nothing is wrong; otherwise what is, the first twenty things
 *
 * Source: RFC 8493, sections 3 and 5 (a bag that is complete and valid, and what a careful reader refuses).
 */
export const checkBag = async (
  folder: string,
  reach: (bytes: number) => void = () => {},
): Promise<{ readonly payload: readonly Found[]; readonly wrong: readonly Wrong[] }> => {
  const no = (code: Wrong['code'], path = ''): { payload: readonly Found[]; wrong: readonly Wrong[] } => ({
    payload: [],
    wrong: [{ code, path }],
  });
  const head = await text(folder, 'bagit.txt');
  const isBag =
    head !== null &&
    /^\uFEFF?BagIt-Version: (?:1\.0|0\.97)\r?\nTag-File-Character-Encoding: UTF-8/u.test(head);
  if (!isBag || !(await lstat(join(folder, 'data')).catch(() => null))?.isDirectory()) return no('not_a_bag');
  // What must first be fetched from elsewhere is not here.
  if ((await lstat(join(folder, 'fetch.txt')).catch(() => null)) !== null) return no('fetch', 'fetch.txt');
  const manifests = await manifestsOf(folder, 'manifest');
  const tags = await manifestsOf(folder, 'tagmanifest');
  if (!manifests || !tags) return no('manifest');
  if (manifests.length === 0) return no('no_manifest');
  const all = await Array.fromAsync(filesBelow(folder));
  const inData = all.filter(({ path }) => path.startsWith('data/'));
  const outside = all.filter(({ path }) => !path.startsWith('data/'));
  const oxum = /^Payload-Oxum: (\d+)\.(\d+)\s*$/mu.exec((await text(folder, 'bag-info.txt')) ?? '');
  const bytes = inData.reduce((sum, { size }) => sum + Math.max(0, size), 0);
  const { found, wrong } = await compare(folder, inData, manifests, true, reach);
  const tagged = await compare(folder, outside, tags, false, () => {});
  const mismatch = oxum !== null && (Number(oxum[1]) !== bytes || Number(oxum[2]) !== inData.length);
  const every = [
    ...wrong,
    ...tagged.wrong,
    ...(mismatch ? [{ code: 'oxum' as const, path: 'bag-info.txt' }] : []),
  ];
  return { payload: every.length > 0 ? [] : found, wrong: every };
};
