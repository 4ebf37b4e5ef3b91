/** Finds the tickets that answer what one remembers. */
import type { Fragment, Tx } from '../platform/postgres/index.ts';
import { answering, type Depth } from './answer.ts';
import { type Cue, cuesOf } from './cues.ts';
import { expand, mistypedOnce, nearOf } from './expand.ts';
import { isNumber } from './plain.ts';
import { byWorth, type Hit, judge, tells, type Wanted } from './rank.ts';
import * as store from './store.ts';

export interface Search {
  readonly organisationId: string;
  /** As somebody typed it. */
  readonly text: string;
  /** Only tickets of these apps. */
  readonly apps?: readonly string[];
  /** A condition on the ticket, under the name `t`: which ones the actor may see. Others take no place. */
  readonly visible?: Fragment | undefined;
  readonly limit: number;
  /** ms since 1970: what "hier" is counted from. */
  readonly now: number;
  /** Where days begin and end: `Europe/Paris`. */
  readonly timeZone: string;
}

/** With fewer hits than this, one cue may be left out. */
const tooLittle = 5;
/** A number that the lexicon does not count. */
const rareNumber = 50;

/** The best tickets for what somebody typed, with why each was found. Nothing typed finds nothing. */
export const search = async (tx: Tx, asked: Search): Promise<{ hits: Hit[] }> => {
  const cues = cuesOf(asked.text, asked.now, asked.timeZone);
  if (cues.length === 0 || asked.limit < 1 || asked.apps?.length === 0) return { hits: [] };
  const words = [
    ...new Set(
      cues.flatMap(({ word, pieces }) => [...(word === undefined ? [] : [word]), ...(pieces ?? [])]),
    ),
  ];
  const { known, tickets } = await store.knownWords(tx, asked.organisationId, words);

  const hits = new Map<string, Hit>();
  const enough = (): boolean => hits.size >= asked.limit;
  const best = (): { hits: Hit[] } => ({ hits: [...hits.values()].toSorted(byWorth).slice(0, asked.limit) });
  /** Looks for `wanted`; a hit is judged by all the cues of `whole`. Says whether there were but few. */
  const look = async (
    wanted: readonly Wanted[],
    whole: readonly Wanted[],
    depth: Depth = 'all',
  ): Promise<boolean> => {
    const found = await answering(tx, { ...asked, wanted, whole, depth, tickets });
    for (const candidate of found) {
      const hit = judge(whole, candidate, asked.timeZone);
      if (hit && hit.missing.length <= whole.length - wanted.length) hits.set(hit.ticketId, hit);
    }
    return found.length < asked.limit;
  };

  // As typed, when every word is known; what is old waits for the next step, which finds it too.
  const exact = cues.map((cue) => wantedBy(inOneGo(cue), known, []));
  const sure = exact.map(isPossible);
  const certain = exact.every(({ cue, frequency }) => cue.days || frequency * mistypedOnce >= tickets);
  let together = Infinity;
  if (sure.every(Boolean)) {
    if (await look(exact, exact, 'recent')) together = rarest(exact);
    // Of a rare word there may be one that is meant instead. A reference found whole is all that was asked for.
    if ((certain && enough()) || (hits.size > 0 && cues.length === 1 && cues[0]?.whole !== undefined))
      return best();
  }
  /** Words that came rarely together do so still when a few that are like them are added. */
  const depthFor = (wanted: readonly Wanted[]): Depth =>
    together < Infinity && rarest(wanted) <= 2 * together ? 'few' : 'all';
  // As it may have been meant: first only where what was typed is no known word.
  const looked = cues.flatMap(({ word }) => (word === undefined ? [] : [word]));
  const near = await store.nearWords(tx, asked.organisationId, looked.map(nearOf));
  const loose = cues.map((cue) => wantedBy(cue, known, near));
  const possible = loose.filter(isPossible);
  if (possible.length === loose.length) {
    if (!sure.every(Boolean) && sure.some(Boolean)) {
      await look(
        loose.map((one, at) => (sure[at] ? (exact[at] ?? one) : one)),
        loose,
      );
    }
    if (!certain || !enough()) await look(loose, loose, depthFor(loose));
  } else if (possible.length > 0) {
    // Without what nothing answers.
    const typed = exact.filter((_, at) => possible.includes(loose[at] as Wanted));
    if (typed.every(isPossible) && (await look(typed, loose, 'recent'))) together = rarest(typed);
    if (!enough()) await look(possible, loose, depthFor(possible));
  }
  // And with one more left out, the cue that tells least first.
  if (hits.size < tooLittle && possible.length > 1) {
    for (const left of possible.toSorted((a, b) => tells(a) - tells(b))) {
      await look(
        possible.filter((one) => one !== left),
        loose,
      );
      if (enough()) break;
    }
  }
  return best();
};

const isPossible = ({ cue, frequency }: Wanted): boolean => frequency > 0 || cue.days !== undefined;

const rarest = (wanted: readonly Wanted[]): number => Math.min(...wanted.map(({ frequency }) => frequency));

/** A code as it is written without spaces: first looked for so, as its pieces alone stand in many tickets. */
const inOneGo = (cue: Cue): Cue => {
  if (cue.word === undefined) return cue;
  const { pieces: _, ...rest } = cue;
  return rest;
};

/** A cue with the words that may be meant, and in about how many tickets they stand; 0 when in none known. */
const wantedBy = (
  cue: Cue,
  known: ReadonlyMap<string, store.LexiconWord>,
  near: readonly store.NearWord[],
): Wanted => {
  const { word, pieces, whole, days } = cue;
  const count = (one: string): number => known.get(one)?.frequency ?? (isNumber(one) ? rareNumber : 0);
  const expansions =
    word === undefined
      ? []
      : expand(
          word,
          known.get(word),
          near.filter(({ to }) => to === word),
        );
  const together = pieces?.length ? Math.min(...pieces.map(count)) : 0;
  const own = whole !== undefined ? 1 : word === undefined || known.has(word) ? 0 : count(word);
  const frequency = expansions.reduce((sum, one) => sum + one.frequency, together + own);
  return { cue, expansions, frequency: days ? Infinity : frequency };
};
