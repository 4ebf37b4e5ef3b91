import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A test that says which requirements it shows. */
export interface Tagged {
  /** From the root of the project. */
  readonly file: string;
  readonly title: string;
  readonly ids: readonly string[];
}

const FOLDERS = '{src,apps,client,tests,scripts}/**/*.test.ts';
const ANY = /^\s*\/[/*]+\s*asvs\b/iu;
const TAG = /^\s*\/\/ asvs((?: \d+\.\d+\.\d+)+)$/u;
/** A test that runs: `test.skip(` is none. Its title is its first argument. */
const TEST = /^\s*(?:await )?(?:t\.)?(?:test|it)\(\s*(['"`])((?:\\.|(?!\1).)+)\1/su;

/**
 * The tags of a file's tests: `// asvs 6.2.1 7.4.2`, alone on the line above the test.
 * @throws Error with file and line, for a comment that looks like a tag and is none
 */
export const tagsIn = (file: string, text: string): readonly Tagged[] => {
  const lines = text.split('\n');
  return lines.flatMap((line, index) => {
    if (!ANY.test(line)) return [];
    const ids = TAG.exec(line)?.[1]?.trim().split(' ');
    const test = TEST.exec(lines.slice(index + 1, index + 3).join('\n'));
    const where = `${file}:${index + 1}`;
    if (!ids) throw new Error(`${where}: a tag is written "// asvs 6.2.1 7.4.2".`);
    if (!test) throw new Error(`${where}: a tag stands on the line above a test.`);
    return [{ file, title: (test[2] ?? '').replaceAll(/\\(.)/gu, '$1'), ids }];
  });
};

/** The tags of all tests of the project. @throws Error for what looks like a tag and is none */
export const allTags = (root: string): readonly Tagged[] =>
  globSync(FOLDERS, { cwd: root, exclude: ['**/node_modules/**', '**/fixtures/**'] })
    .toSorted((a, b) => (a < b ? -1 : 1))
    .flatMap((file) => tagsIn(file, readFileSync(join(root, file), 'utf8')));
