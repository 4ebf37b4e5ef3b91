import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Killer, Mutant } from './mutant.ts';
import type { Tree } from './tree.ts';

/** As many tests are tried first: most guards are missed by any of those that get there. */
const FIRST = 2;

/** Notes which conditions held during which test. */
const listening = (into: string): string => `
  import { writeFileSync } from 'node:fs';
  import { getTestContext } from 'node:test';
  const held = {};
  globalThis.vigieHeld = (condition) => (held[getTestContext()?.name ?? ''] ??= new Set()).add(condition);
  process.on('exit', () => {
    const all = Object.entries(held).map(([test, conditions]) => [test, [...conditions]]);
    writeFileSync(${JSON.stringify(into)}, JSON.stringify(all));
  });`;

/** A text whose conditions say when they hold: one inside another after it, where both begin at the same place. */
const speaking = (text: string, conditions: readonly (readonly [mutant: Mutant, at: number])[]): string => {
  const put = conditions.flatMap(([{ change }, at]) => [
    {
      where: change.start,
      length: change.end - change.start,
      text: `((v) => (v && globalThis.vigieHeld?.(${at}), v))(`,
    },
    { where: change.end, length: 0, text: ')' },
  ]);
  return put
    .toSorted((a, b) => b.where - a.where || a.length - b.length)
    .reduce((rest, one) => rest.slice(0, one.where) + one.text + rest.slice(one.where), text);
};

/** A condition that never holds, where it did, is noticed by no test in which it never held. */
const isNever = ({ change }: Mutant): boolean => change.with === 'false';

const only = (file: string, titles: readonly string[]): Killer => ({
  file,
  titles: `^(?:${titles.map((title) => RegExp.escape(title)).join('|')})$`,
});

/** A few tests first, then the others; the whole file where nobody knows which of its tests it was. */
const inTurn = (file: string, titles: readonly string[]): readonly Killer[] =>
  titles.includes('')
    ? [{ file }]
    : [titles.slice(0, FIRST), titles.slice(FIRST)]
        .filter((some) => some.length > 0)
        .map((some) => only(file, some));

export interface Reached {
  /** The mutants, each with those of its tests alone that get there: with none, nothing can notice it. */
  readonly mutants: readonly Mutant[];
  /** Tests that did not pass on the project as it is. */
  readonly broken: readonly string[];
}

/** Runs each test once, on the project as it is but for conditions that say when they hold, to spare those that never get there. */
export const whatReaches = async (
  tree: Tree,
  mutants: readonly Mutant[],
  seconds: number,
): Promise<Reached> => {
  const nevers = mutants.filter(isNever).map((mutant, at) => [mutant, at] as const);
  const numbers = new Map(nevers);
  const tests = new Map(nevers.flatMap(([{ killers }]) => killers).map((killer) => [killer.file, killer]));
  const folder = mkdtempSync(join(tmpdir(), 'vigie-reached-'));
  const seen = new Map<string, readonly (readonly [title: string, conditions: readonly number[]])[]>();
  const broken: string[] = [];
  try {
    const program = join(folder, 'listen.mjs');
    const said = join(folder, 'held.json');
    writeFileSync(program, listening(said));
    await tree.withTexts(
      new Map(
        [...new Set(nevers.map(([{ file }]) => file))].map((file) => [
          file,
          (text) =>
            speaking(
              text,
              nevers.filter(([mutant]) => mutant.file === file),
            ),
        ]),
      ),
      async () => {
        for (const [file, killer] of tests) {
          const { end, says } = await tree.run(killer, seconds, program);
          if (end !== 'passed') broken.push(`${file}: ${end}\n${says.slice(-20_000)}`);
          if (existsSync(said)) seen.set(file, JSON.parse(readFileSync(said, 'utf8')));
          rmSync(said, { force: true });
        }
      },
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const reaching = ({ file }: Killer, condition: number): readonly string[] =>
    (seen.get(file) ?? []).filter(([, conditions]) => conditions.includes(condition)).map(([title]) => title);
  return {
    broken,
    mutants: mutants.map((mutant) => {
      const condition = numbers.get(mutant);
      if (condition === undefined) return mutant;
      const killers = mutant.killers.map((killer) => inTurn(killer.file, reaching(killer, condition)));
      // The few of each file before the many of any.
      return { ...mutant, killers: [0, 1].flatMap((turn) => killers.flatMap((some) => some[turn] ?? [])) };
    }),
  };
};
