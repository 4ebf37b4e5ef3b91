import { createHash } from 'node:crypto';
import { payloadPath, writtenPath } from './paths.ts';
import { type BagInfo, infoLines } from './info.ts';

/** A file to be kept, of which the sums are known. */
export interface BagFile {
  /** Below `data/`, with `/`; written in the folder under exactly this name. */
  readonly path: string;
  /** In bytes. */
  readonly size: number;
  /** In lower-case hexadecimal. */
  readonly sha256: string;
  readonly sha512: string;
}

/** A file that says what the bag is. */
export interface TagFile {
  /** From the top of the bag. */
  readonly path: string;
  readonly bytes: Buffer;
}

const SUMS = ['sha256', 'sha512'] as const;

/**
 * The tag files of a bag, which stand beside its folder `data/` and say what must be in it: `bagit.txt`,
 * `bag-info.txt`, a manifest and a tag manifest each for SHA-256 and SHA-512. `sha256sum -c manifest-sha256.txt`
 * verifies a bag, except files whose name holds a line break or `%`, which the standard has written otherwise.
 *
 * @returns the same bytes for the same bag, the tag manifests last; `Payload-Oxum` is counted here
 * @throws TypeError on a path that leads out of `data/` or comes twice, a sum or size that is none, a label or date
 *   that the standard does not know
 *
 * Source: RFC 8493, The BagIt File Packaging Format (V1.0).
 */
export const bagEntries = ({
  payload,
  info,
}: {
  readonly payload: readonly BagFile[];
  readonly info: BagInfo;
}): TagFile[] => {
  const files = payload.map((file) => ({ ...checked(file), path: payloadPath(file.path) }));
  const doubled = new Set<string>();
  for (const { path } of files) {
    if (doubled.has(path)) throw new TypeError('Two files of a bag have the same path.');
    doubled.add(path);
  }
  const octets = files.reduce((sum, { size }) => sum + BigInt(size), 0n);
  const tags = [
    tagFile('bagit.txt', ['BagIt-Version: 1.0', 'Tag-File-Character-Encoding: UTF-8']),
    tagFile('bag-info.txt', infoLines(info, `${octets}.${files.length}`)),
    ...SUMS.map((sum) => tagFile(`manifest-${sum}.txt`, manifest(files, sum))),
  ];
  const summed = tags.map(({ path, bytes }) => ({
    path,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    sha512: createHash('sha512').update(bytes).digest('hex'),
  }));
  return [...tags, ...SUMS.map((sum) => tagFile(`tagmanifest-${sum}.txt`, manifest(summed, sum)))];
};

const manifest = (
  files: readonly Pick<BagFile, 'path' | 'sha256' | 'sha512'>[],
  sum: (typeof SUMS)[number],
): string[] => files.map((file) => `${file[sum]}  ${writtenPath(file.path)}`);

const tagFile = (path: string, lines: readonly string[]): TagFile => ({
  path,
  bytes: Buffer.from(lines.map((line) => `${line}\n`).join('')),
});

const checked = (file: BagFile): BagFile => {
  if (!Number.isSafeInteger(file.size) || file.size < 0) throw new TypeError('A size is a whole number.');
  if (!/^[0-9a-f]{64}$/.test(file.sha256)) throw new TypeError('A SHA-256 is 64 hexadecimal digits.');
  if (!/^[0-9a-f]{128}$/.test(file.sha512)) throw new TypeError('A SHA-512 is 128 hexadecimal digits.');
  return file;
};
