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

/** What a test calls open; what merely broke may have been broken by another guard that is gone. */
const calledOpen = (says: string): ReadonlySet<string> =>
  new Set(
    [...says.matchAll(/^# open: (.+?) · (.*)$/gmu)]
      .filter(([, , why = '']) => !/\bbroke \(/u.test(why))
      .map(([, name = '']) => name),
  );

/**
 * Those of a round that their test names. When it names what nobody touched, or says nothing, what was opened has shaken
 * the rest: each half is tried by itself. Who is not named is not caught: they are tried alone.
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
  const touched = new Set(round.flatMap(({ shows = [] }) => shows));
  const named = calledOpen(says);
  const shaken = [...named].filter((name) => known.has(name) && !touched.has(name));
  if (end !== 'failed' || named.size === 0 || shaken.length > 0) {
    console.log(
      `${round.length} at once: ${end}, ${shaken.length > 0 ? `also ${shaken.join(', ')}` : `${named.size} named`}`,
    );
    const half = Math.ceil(round.length / 2);
    const halves = [round.slice(0, half), round.slice(half)];
    const caught: Mutant[] = [];
    for (const one of halves) caught.push(...(await caughtTogether(tree, one, known, seconds)));
    return caught;
  }
  return round.filter(({ shows = [] }) => shows.some((name) => named.has(name)));
};
