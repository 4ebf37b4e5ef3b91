/** How well a ticket answers a query, and why. */
import type { Cue } from './cues.ts';
import { localDay } from './days.ts';
import type { Expansion, How } from './expand.ts';
import { referenceWord, type Weight } from './lexemes.ts';

const weights: { readonly [weight in Weight]: number } = { A: 1, B: 0.9, C: 0.75 };
const dayWeight = 0.9;

/** A cue with the words that may be meant by it. */
export interface Wanted {
  readonly cue: Cue;
  readonly expansions: readonly Expansion[];
  /** In about how many tickets an answer to it stands. */
  readonly frequency: number;
}

/** A ticket that answers the index, with those of the words looked for that it has. */
export interface Candidate {
  readonly ticketId: string;
  readonly createdAt: Date;
  readonly words: ReadonlyMap<string, Weight | undefined>;
}

export interface Reason {
  /** The cue, as it was typed. */
  readonly word: string;
  /** What stands in the ticket instead: a plain word, a reference in one piece, or a day (`2026-03-12`). */
  readonly found: string;
  readonly how: How;
}

export interface Hit {
  readonly ticketId: string;
  /** From 0 to 1: 1 when every cue stands as typed in the reference or the heading. */
  readonly score: number;
  readonly why: readonly Reason[];
  /** The cues nothing in this ticket answers. */
  readonly missing: readonly string[];
}

interface Answer {
  readonly value: number;
  readonly found: string;
  readonly how: How;
}

/** What a cue tells: a rare word much, one that stands everywhere little. */
export const tells = ({ cue, frequency }: Wanted): number =>
  1 / (cue.days ? 2 : 1 + Math.log10(1 + frequency));

const answer = ({ cue, expansions }: Wanted, candidate: Candidate, timeZone: string): Answer | undefined => {
  const { words } = candidate;
  const valueOf = (word: string): number => weights[words.get(word) ?? 'A'];
  const answers: Answer[] = [];
  for (const { word, how, likeness } of expansions) {
    if (words.has(word)) answers.push({ value: likeness * valueOf(word), found: word, how });
  }
  if (cue.word !== undefined && words.has(cue.word))
    answers.push({ value: valueOf(cue.word), found: cue.word, how: 'exact' });
  if (cue.whole !== undefined && words.has(referenceWord(cue.whole)))
    answers.push({ value: 1, found: cue.whole, how: 'exact' });
  if (cue.pieces?.length && cue.pieces.every((word) => words.has(word))) {
    answers.push({
      value: 0.97 * Math.min(...cue.pieces.map(valueOf)),
      found: cue.pieces.join(' '),
      how: 'exact',
    });
  }
  const at = candidate.createdAt.getTime();
  if (cue.days?.some(({ from, to }) => at >= from && at < to)) {
    answers.push({ value: dayWeight, found: localDay(at, timeZone), how: 'day' });
  }
  return answers.toSorted((a, b) => b.value - a.value)[0];
};

/** @returns undefined when the ticket answers nothing after all (the index knows days only roughly). */
export const judge = (wanted: readonly Wanted[], candidate: Candidate, timeZone: string): Hit | undefined => {
  const why: Reason[] = [];
  const missing: string[] = [];
  let score = 0;
  let whole = 0;
  for (const one of wanted) {
    const told = tells(one);
    const best = answer(one, candidate, timeZone);
    whole += told;
    if (best) {
      score += told * best.value;
      why.push({ word: one.cue.text, found: best.found, how: best.how });
    } else missing.push(one.cue.text);
  }
  if (why.length === 0) return undefined;
  return { ticketId: candidate.ticketId, score: Math.round((1000 * score) / whole) / 1000, why, missing };
};

/** The best first, the newest first among equals: a ticket's id sorts by its time. */
export const byWorth = (a: Hit, b: Hit): number => b.score - a.score || (a.ticketId < b.ticketId ? 1 : -1);
