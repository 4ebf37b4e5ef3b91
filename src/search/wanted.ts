/** From a cue to what is looked for. */
import type { Cue } from './cues.ts';
import { expand } from './expand.ts';
import { isNumber } from './plain.ts';
import type { Wanted } from './rank.ts';
import type { LexiconWord, NearWord } from './store.ts';

/** A number that the lexicon does not count comes in about so many tickets. */
const rareNumber = 50;

/** Whether any ticket may answer. */
export const isPossible = ({ cue, frequency }: Wanted): boolean => frequency > 0 || cue.days !== undefined;

/** In about how many tickets the rarest stands. */
export const rarest = (wanted: readonly Wanted[]): number =>
  Math.min(...wanted.map(({ frequency }) => frequency));

/** A code as it is written without spaces: first looked for so, as its pieces alone stand in many tickets. */
export const inOneGo = (cue: Cue): Cue => {
  if (cue.word === undefined) return cue;
  const { pieces: _, ...rest } = cue;
  return rest;
};

/** A cue with the words that may be meant, and in about how many tickets they stand; 0 when in none known. */
export const wantedBy = (
  cue: Cue,
  known: ReadonlyMap<string, LexiconWord>,
  near: readonly NearWord[],
): Wanted => {
  const { word, pieces, whole, days } = cue;
  const count = (one: string): number => known.get(one)?.frequency ?? (isNumber(one) ? rareNumber : 0);
  const like = near.filter(({ to }) => to === word);
  const expansions = word === undefined ? [] : expand(word, known.get(word), like);
  const together = pieces?.length ? Math.min(...pieces.map(count)) : 0;
  const own = whole !== undefined ? 1 : word === undefined || known.has(word) ? 0 : count(word);
  const frequency = expansions.reduce((sum, one) => sum + one.frequency, together + own);
  return { cue, expansions, frequency: days ? Infinity : frequency };
};
