import type { Mutant } from './mutant.ts';
import type { Tree } from './tree.ts';

/** So few are as well tried alone. */
const FEW = 2;

/**
 * Mutants that a test tells apart, put together: in a round, nothing is opened in two ways. Most tests that look at
 * everything cost the same whether one guard is gone or sixty. At least half of all that could be open is left shut: it
 * shows whether what is open shakes the rest.
 * @param known everything that a mutant could show
 */
export const roundsOf = (
  mutants: readonly Mutant[],
  known: ReadonlySet<string>,
): readonly (readonly Mutant[])[] => {
  const rounds: { readonly mutants: Mutant[]; readonly open: Set<string> }[] = [];
  for (const mutant of mutants) {
    const { killers, shows = [] } = mutant;
    if (shows.length === 0) continue;
    const fits = rounds.find(
      ({ mutants: there, open }) =>
        open.size + shows.length <= known.size / 2 &&
        there[0]?.killers[0] === killers[0] &&
        !shows.some((name) => open.has(name)),
    );
    const round = fits ?? { mutants: [], open: new Set() };
    if (!fits) rounds.push(round);
    round.mutants.push(mutant);
    for (const name of shows) round.open.add(name);
  }
  return rounds.map((round) => round.mutants);
};

/**
 * What a test calls open, and how. What merely broke may have been broken by another guard that is gone, but for who is
 * nobody: they are turned away before anything of a door can break, whatever else is gone, so theirs let them pass.
 */
const calledOpen = (says: string): readonly (readonly [name: string, how: string])[] =>
  [...says.matchAll(/^# open: (.+?) · (.*)$/gmu)]
    .map(([, name = '', how = '']) => [name, how] as const)
    .filter(([, how]) => how.startsWith('nobody: ') || !/\bbroke \(/u.test(how));

/** Why a test says that it failed: also where it does so in several lines. */
const reasonIn = (says: string): string =>
  /^ +error: (?:[|>]-?\n +)?(.*)$/mu.exec(says)?.[1] ?? 'nothing said';

const isLetIn = ([, how]: readonly [name: string, how: string]): boolean => /\blet in \(2/u.test(how);

/**
 * Those of a round that their test names. When it also names what nobody touched, what was opened has shaken the rest,
 * as when somebody ended the session of another: then only those count by which somebody was let in, for whoever is
 * shaken is kept out. The others of such a round are tried again by halves; who is not named at all is tried alone.
 * @param known everything that a mutant could show
 */
export const caughtTogether = async (
  tree: Tree,
  round: readonly Mutant[],
  known: ReadonlySet<string>,
  seconds: number,
): Promise<readonly Mutant[]> => {
  const killer = round[0]?.killers[0];
  if (killer === undefined || round.length <= FEW) return [];
  const { end, says } = await tree.withChanges(round, () => tree.run(killer, seconds));
  const named = calledOpen(says);
  const touched = new Set(round.flatMap(({ shows = [] }) => shows));
  const shaken = named.filter(([name]) => known.has(name) && !touched.has(name));
  const counts = shaken.some(isLetIn) ? [] : shaken.length > 0 ? named.filter(isLetIn) : named;
  const open = new Set(counts.map(([name]) => name));
  const caught = round.filter(({ shows = [] }) => shows.some((name) => open.has(name)));
  if (end === 'failed' && named.length > 0 && shaken.length === 0) return caught;
  const left = round.filter((mutant) => !caught.includes(mutant));
  console.log(
    `${round.length} at once: ${end}, ${caught.length} caught; ${left.length} again, ${
      named.length === 0
        ? `for none was named: ${reasonIn(says)}`
        : `for also ${[...new Set(shaken.map(([name]) => name))].join(', ')}`
    }`,
  );
  const half = Math.ceil(left.length / 2);
  for (const some of [left.slice(0, half), left.slice(half)])
    caught.push(...(await caughtTogether(tree, some, known, seconds)));
  return caught;
};
