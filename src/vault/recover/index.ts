import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { appendFile, copyFile, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { fileTypeFromBuffer } from 'file-type';

import { uniquePaths } from '../../platform/zip/index.ts';
import { AgeError, openStream } from '../age/index.ts';
import { type IndexLine, indexOf, keysOfLying, type Lying, organisationsIn } from './found.ts';

/** Why a blob was not recovered: no key opens it, it is damaged, or it is not there. */
type Why = 'no_key' | 'corrupt' | 'missing' | 'unreadable';

export interface Recovered {
  /** Written now, and there already from an earlier run. */
  readonly written: number;
  readonly there: number;
  /** Organisations whose index told names. */
  readonly named: number;
  readonly organisations: number;
  readonly failed: readonly { readonly blob: string; readonly why: Why }[];
}

/** Bytes by which a type is told. */
const BEGINNING = 4100;
/** What was recovered, so that a second run goes on where the first ended. */
const JOURNAL = '.recovered.jsonl';

interface Plain {
  readonly size: number;
  readonly sha256: string;
  readonly beginning: Buffer;
}

/** Opens a blob into a file that is new, whole when this resolves. @throws AgeError */
const openInto = async (blob: string, keys: readonly string[], path: string): Promise<Plain> => {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const file = await open(path, 'w', 0o600);
  const hash = createHash('sha256');
  let size = 0;
  let beginning = Buffer.alloc(0);
  try {
    for await (const bytes of openStream(createReadStream(blob), keys)) {
      hash.update(bytes);
      size += bytes.length;
      if (beginning.length < BEGINNING) beginning = Buffer.concat([beginning, bytes.subarray(0, BEGINNING)]);
      await file.writeFile(bytes);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { size, sha256: hash.digest('hex'), beginning };
};

/** What a file may be called of which nothing is known. */
const nameByContent = async ({ sha256, beginning }: Plain): Promise<string> => {
  const known = await fileTypeFromBuffer(beginning).catch(() => undefined);
  const isText = !beginning.includes(0) && beginning.length > 0;
  return `${sha256}.${known?.ext ?? (isText ? 'txt' : 'bin')}`;
};

const whyOf = (error: unknown): Why => {
  if (error instanceof AgeError) return error.code === 'no_key' ? 'no_key' : 'corrupt';
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ENOENT' ? 'missing' : 'unreadable';
};

/** `app/reference/field/folder/name`, each as safe as a path must be. */
const pathOf = (line: IndexLine): string =>
  [line.app ?? 'loose', line.reference, line.field, ...line.folder.split('/'), line.name]
    .filter((part) => part !== undefined && part !== null && part !== '')
    .join('/');

const sizeAt = async (path: string): Promise<number | null> =>
  (await stat(path).catch(() => null))?.size ?? null;

/** The paths that an earlier run wrote for a blob, with the size of each. */
const journalOf = async (out: string): Promise<Map<string, { path: string; size: number }[]>> => {
  const done = new Map<string, { path: string; size: number }[]>();
  const text = await readFile(join(out, JOURNAL), 'utf8').catch(() => '');
  for (const line of text.split('\n')) {
    // The last line may have been cut.
    if (!line.endsWith('}')) continue;
    const { blob, path, size } = JSON.parse(line) as { blob: string; path: string; size: number };
    done.set(blob, [...(done.get(blob) ?? []), { path, size }]);
  }
  return done;
};

interface Wanted {
  readonly blob: string;
  /** Where its content goes; null where only the content says. */
  readonly paths: readonly string[] | null;
  readonly sha256: string | undefined;
}

/** Each blob once, with all the places its content has. Without an index, every blob; with it, what was only made is left. */
const wantedOf = (lying: Lying, index: readonly IndexLine[] | null): readonly Wanted[] => {
  const named = (index ?? []).filter(({ made, name }) => made === undefined && name !== undefined);
  const paths = uniquePaths(named.map((line) => pathOf(line)));
  const byBlob = new Map<string, { paths: string[]; sha256: string | undefined }>();
  named.forEach((line, at) => {
    const one = byBlob.get(line.blob) ?? { paths: [], sha256: line.sha256 };
    one.paths.push(paths[at] ?? line.blob);
    byBlob.set(line.blob, one);
  });
  const made = new Set((index ?? []).flatMap((line) => (line.made === undefined ? [] : [line.blob])));
  const unknown = lying.blobs.filter((blob) => !byBlob.has(blob) && !made.has(blob));
  return [
    ...[...byBlob].map(([blob, one]) => ({ blob, ...one })),
    ...unknown.map((blob) => ({ blob, paths: null, sha256: undefined })),
  ];
};

const recoverOne = async (
  lying: Lying,
  keys: readonly string[],
  { blob, paths, sha256 }: Wanted,
  out: string,
): Promise<readonly { readonly path: string; readonly size: number }[]> => {
  const half = join(out, '.part');
  try {
    const plain = await openInto(join(lying.folder, blob), keys, half);
    if (sha256 !== undefined && plain.sha256 !== sha256) throw new AgeError('corrupt', 'another content');
    const targets = paths ?? [`unnamed/${await nameByContent(plain)}`];
    for (const [at, path] of targets.entries()) {
      const target = join(out, path);
      await mkdir(dirname(target), { recursive: true, mode: 0o700 });
      if (at < targets.length - 1) await copyFile(half, target);
      else await rename(half, target);
    }
    return targets.map((path) => ({ path, size: plain.size }));
  } finally {
    await rm(half, { force: true });
  }
};

/**
 * Opens what lies in the folder of a vault with a recovery key alone: no database, no server, nothing but the blobs.
 * Names and folders come from the index beside them; without one, files are called by their SHA-256, with an ending by
 * content. Each is verified, written whole or not at all; run again, it goes on where it ended.
 * @param identity the recovery key, `AGE-SECRET-KEY-1…`; the master key of the server does as well
 * @param out a folder; of several organisations, each gets one of its own in it
 * @param reach told after each blob: how many are done, of how many
 */
export const recoverVault = async (
  identity: string,
  folder: string,
  out: string,
  reach: (done: number, total: number) => void = () => {},
): Promise<Recovered> => {
  const all = await organisationsIn(folder);
  const total = all.reduce((sum, { blobs }) => sum + blobs.length, 0);
  const failed: { blob: string; why: Why }[] = [];
  let [written, there, named, done] = [0, 0, 0, 0];
  for (const lying of all) {
    const into = all.length === 1 ? out : join(out, lying.organisationId);
    await mkdir(into, { recursive: true, mode: 0o700 });
    const keys = await keysOfLying(lying, identity);
    const index = await indexOf(lying, keys);
    if (index) named += 1;
    const journal = await journalOf(into);
    for (const wanted of wantedOf(lying, index)) {
      const before = journal.get(wanted.blob) ?? [];
      const sizes = await Promise.all(before.map(({ path }) => sizeAt(join(into, path))));
      const isThere =
        before.length > 0 &&
        before.every(({ size }, at) => sizes[at] === size) &&
        (wanted.paths ?? []).every((path) => before.some((one) => one.path === path));
      if (isThere) there += 1;
      else
        try {
          const now = await recoverOne(lying, keys, wanted, into);
          const lines = now.map((one) => `${JSON.stringify({ blob: wanted.blob, ...one })}\n`);
          await appendFile(join(into, JOURNAL), lines.join(''), { mode: 0o600 });
          written += now.length;
        } catch (error) {
          failed.push({ blob: `${lying.organisationId}/${wanted.blob}`, why: whyOf(error) });
        }
      reach((done += 1), total);
    }
  }
  return { written, there, named, organisations: all.length, failed };
};
