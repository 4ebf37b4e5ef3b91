/** From the word somebody typed to the words of the organisation's lexicon they may have meant. */
import { isNumber } from './plain.ts';
import { soundEnglish, soundFrench } from './phonetic.ts';
import type { LexiconWord, NearWord, Neighbourhood } from './store.ts';

export type How = 'exact' | 'start' | 'typo' | 'sound' | 'day';

export interface Expansion {
  readonly word: string;
  readonly how: How;
  /** From 0, another word, to 1, the same. */
  readonly likeness: number;
  /** In about how many tickets. */
  readonly frequency: number;
}

/** Each query word becomes at most this many. */
const most = 8;
/** Who writes a word mistypes it once in so many times: one that comes so much more often is the one meant. */
export const mistypedOnce = 1000;
/** A rarer word leaves room on the page for the one that may be meant. */
const fillsThePage = 10;
const shortestStart = 3;
const shortestTypo = 4;

/** What to look for in the lexicon near a word. */
export const nearOf = (word: string): Neighbourhood => ({
  word,
  start: word.length >= (isNumber(word) ? 2 : shortestStart) ? word : null,
  typo: word.length >= shortestTypo && !isNumber(word) ? word : null,
  soundFr: soundFrench(word),
  soundEn: soundEnglish(word),
});

/**
 * How many letters to insert, drop, replace or swap with their neighbour to make one word of the other
 * (optimal string alignment distance).
 */
export const distance = (one: string, other: string): number => {
  let older: number[] = [];
  let previous = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const same = one[i - 1] === other[j - 1];
      let least = Math.min(
        (previous[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (previous[j - 1] ?? 0) + (same ? 0 : 1),
      );
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
        least = Math.min(least, (older[j - 2] ?? 0) + 1);
      }
      row.push(least);
    }
    older = previous;
    previous = row;
  }
  return previous[other.length] ?? 0;
};

/** Undefined when nobody would take one word for the other. */
const likenessOf = (typed: string, { word, how }: NearWord): number | undefined => {
  if (how === 'start') return 0.6 + (0.35 * typed.length) / word.length;
  const apart = distance(typed, word);
  const share = 1 - apart / Math.max(typed.length, word.length);
  if (how === 'typo')
    return apart <= (typed.length < 6 ? 1 : typed.length < 9 ? 2 : 3) ? 0.95 * share : undefined;
  // The English key has no vowels: it needs more of the letters on its side.
  return share >= (soundFrench(typed) === soundFrench(word) ? 0.4 : 0.5) ? 0.5 + 0.35 * share : undefined;
};

/** Whether what was typed is a word only because many others have mistyped this one in the same way. */
const isMeant = (
  typed: string,
  known: LexiconWord | undefined,
  { word, how, frequency }: NearWord,
): boolean =>
  known !== undefined &&
  known.frequency >= fillsThePage &&
  frequency >= mistypedOnce * known.frequency &&
  how === 'typo' &&
  distance(typed, word) === 1;

/** The words that may be meant, the likeliest first; the word itself only when the lexicon has it. */
export const expand = (
  typed: string,
  known: LexiconWord | undefined,
  near: readonly NearWord[],
): Expansion[] => {
  const best = new Map<string, Expansion>();
  for (const candidate of near) {
    const { word, how, frequency } = candidate;
    const likeness = isMeant(typed, known, candidate) ? 1 : likenessOf(typed, candidate);
    if (likeness === undefined || word === typed) continue;
    if ((best.get(word)?.likeness ?? 0) < likeness) best.set(word, { word, how, likeness, frequency });
  }
  // Among words as like, the one that comes more often is the likelier to be meant.
  const worth = ({ likeness, frequency }: Expansion): number => likeness + 0.02 * Math.log10(1 + frequency);
  const others = [...best.values()].toSorted((a, b) => worth(b) - worth(a));
  const exact: Expansion[] = known
    ? [{ word: typed, how: 'exact', likeness: 1, frequency: known.frequency }]
    : [];
  return [...exact, ...others].slice(0, most);
};
