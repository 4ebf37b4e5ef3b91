import { execFile, execFileSync, spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { finished } from 'node:stream/promises';
import { promisify } from 'node:util';

import { changed, type Killer, type Mutant } from './mutant.ts';

/** How a test ended on a tree. */
export type End = 'passed' | 'failed' | 'too long';

/** As much of what a test says is kept, from its end, in characters. */
const SAID = 4_000_000;

/** A copy of the project in a temporary folder: the one that is worked on is never touched. */
export interface Tree {
  readonly folder: string;
  /** @param also a program to import before the test */
  run(killer: Killer, seconds: number, also?: string): Promise<{ readonly end: End; readonly says: string }>;
  /** Does something while these files read otherwise. */
  withTexts<T>(edits: ReadonlyMap<string, (text: string) => string>, work: () => Promise<T>): Promise<T>;
  /** Does something while these guards are gone. */
  withChanges<T>(mutants: readonly Mutant[], work: () => Promise<T>): Promise<T>;
  /** What a program prints that may import what is there. */
  print(program: string): Promise<string>;
  /** Tries the tests of a mutant, cheapest first; the one that noticed, or `null` when it survives them all. */
  tryMutant(mutant: Mutant, seconds: number): Promise<Killer | null>;
  remove(): void;
}

/** What is linked instead: packages, for they are large and not ours, and the pages as they were built, where they were. */
const LINKED = ['node_modules', 'web/build'];

/** Copies what git knows of, and what it does not ignore. */
export const copyTree = (root: string): Tree => {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'vigie-mutate-'));
  const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  });
  for (const file of files.split('\0').filter((name) => name !== '' && existsSync(join(root, name)))) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(join(root, file), join(folder, file));
  }
  for (const name of LINKED.filter((one) => existsSync(join(root, one))))
    symlinkSync(join(root, name), join(folder, name));

  // A test that believes itself inside another one runs nothing, and passes.
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const run: Tree['run'] = async ({ file, titles }, seconds, also) => {
    const child = spawn(
      process.execPath,
      [
        '--test-reporter=tap',
        ...(also === undefined ? [] : [`--import=${also}`]),
        ...(titles === undefined ? [] : [`--test-name-pattern=${titles}`]),
        file,
      ],
      // A group of its own: what a test started ends with it.
      { cwd: folder, detached: true, stdio: ['ignore', 'pipe', 'ignore'], env },
    );
    let says = '';
    child.stdout.on('data', (part: Buffer) => (says = (says + part.toString()).slice(-SAID)));
    let end: End = 'passed';
    const timer = setTimeout(() => {
      end = 'too long';
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    }, seconds * 1000);
    const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
    clearTimeout(timer);
    await finished(child.stdout).catch(() => {});
    return { end: end === 'passed' && code !== 0 ? 'failed' : end, says };
  };

  const withTexts: Tree['withTexts'] = async (edits, work) => {
    const texts = new Map([...edits.keys()].map((file) => [file, readFileSync(join(folder, file), 'utf8')]));
    for (const [file, text] of texts) writeFileSync(join(folder, file), edits.get(file)?.(text) ?? text);
    try {
      return await work();
    } finally {
      for (const [file, text] of texts) writeFileSync(join(folder, file), text);
    }
  };
  const withChanges: Tree['withChanges'] = (mutants, work) => {
    const of = (file: string) => mutants.filter((mutant) => mutant.file === file).map(({ change }) => change);
    return withTexts(new Map(mutants.map(({ file }) => [file, (text) => changed(text, of(file))])), work);
  };

  return {
    folder,
    run,
    withTexts,
    withChanges,
    print: (program) => {
      const asked = promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], {
        cwd: folder,
        env,
        maxBuffer: SAID,
      });
      return asked.then(({ stdout }) => stdout);
    },
    tryMutant: (mutant, seconds) =>
      withChanges([mutant], async () => {
        for (const killer of mutant.killers) {
          if (!existsSync(join(folder, killer.file))) continue;
          // A test that no longer ends has noticed too.
          if ((await run(killer, seconds)).end !== 'passed') return killer;
        }
        return null;
      }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
};
