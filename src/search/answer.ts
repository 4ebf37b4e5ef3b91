/** Which tickets answer all of some cues: by the way that is short for how often their words come. */
import { FOREVER, type Fragment, type Tx } from '../platform/postgres/index.ts';
import { appWord, lexeme, readVector, referenceWord } from './lexemes.ts';
import type { Candidate, Wanted } from './rank.ts';
import * as store from './store.ts';
import { newestOf, recentStretches, stretchesBetween } from './time.ts';

/** So many of the newest tickets that answer are compared. */
const candidates = 100;
/** What stands in fewer tickets than this is read whole; in more, the newest first. */
const few = 500;
/** What stands in this share of all tickets is found among the newest, looked through without any index. */
const frequent = 0.1;
const newest = 1_500;
/** Going eight months back pays for what stands in this share of all; for less, one may as well read all. */
const worthMonths = 0.02;
/** Beside a word that comes so much more often, one that is like it adds little but the cost of looking. */
const drowned = 0.005;

/**
 * When what is wanted stands in many tickets: `recent` goes some weeks or months back, `all` to the oldest, in
 * steps. `few` reads all that answer in one step: for what is known to come rarely together.
 */
export type Depth = 'recent' | 'all' | 'few';

interface Asked {
  readonly organisationId: string;
  readonly visible?: Fragment | undefined;
  readonly apps?: readonly string[];
  readonly limit: number;
  readonly now: number;
  /** What the tickets must answer. */
  readonly wanted: readonly Wanted[];
  /** What they are then judged by. */
  readonly whole: readonly Wanted[];
  readonly depth: Depth;
  /** About how many there are. */
  readonly tickets: number;
}

/** The newest tickets that answer. */
export const answering = async (tx: Tx, asked: Asked): Promise<Candidate[]> => {
  const { organisationId, wanted } = asked;
  const limit = Math.max(candidates, asked.limit);
  const scope = { organisationId, visible: asked.visible };
  const what = { wanted: lexemesOf(organisationId, asked.whole), limit };
  const rarest = Math.min(...wanted.map(({ frequency }) => frequency));
  const said = wanted.some(({ cue }) => cue.days);

  if (rarest >= few && rarest >= frequent * asked.tickets && !said && asked.depth !== 'few') {
    const rows = await store.amongNewest(tx, scope, { ...what, query: queryOf(asked, wanted), newest });
    if (rows.length >= limit) return rows.map(candidate);
  }
  const oneStep = rarest < few || asked.depth === 'few';
  const windows = oneStep
    ? [{ query: queryOf(asked, wanted), before: FOREVER }]
    : said
      ? windowsOfDays(asked)
      : windowsOfAll(asked, rarest);
  return (await store.amongWindows(tx, scope, { ...what, windows })).map(candidate);
};

const candidate = ({ ticketId, createdAt, had }: store.FoundTicket): Candidate => ({
  ticketId,
  createdAt,
  words: readVector(had),
});

/** Words that stand everywhere: the last days first, then the last weeks, the last months, all. */
const windowsOfAll = (asked: Asked, rarest: number): store.Window[] => {
  const wanted = asked.wanted.map(withoutDrowned);
  const [days, weeks, months] = recentStretches(asked.now);
  // For words together the months are as long to read as all: what the last weeks lack is left to the next step.
  const together = asked.depth === 'recent' && wanted.length > 1;
  const steps = [days, weeks, ...(rarest >= worthMonths * asked.tickets && !together ? [months] : [])];
  let before = FOREVER;
  const windows = steps.flatMap((step): store.Window[] => {
    if (!step) return [];
    const window = { query: queryOf(asked, wanted, step.words), before };
    before = new Date(step.from);
    return [window];
  });
  return asked.depth === 'recent' ? windows : [...windows, { query: queryOf(asked, wanted), before }];
};

/** Every rare word among the ways to answer makes the index look at tickets of all times. */
const withoutDrowned = (one: Wanted): Wanted => {
  const expansions = one.expansions.filter(({ frequency }) => frequency >= drowned * one.frequency);
  if (expansions.length === 0) return one;
  const { word: _, ...cue } = one.cue;
  return { ...one, cue, expansions };
};

/** A day among the cues: the newest of such days first, then all of them, then tickets in which it is written. */
const windowsOfDays = (asked: Asked): store.Window[] => {
  const day = asked.wanted.find(({ cue }) => cue.days);
  const days = day?.cue.days ?? [];
  const others = asked.wanted.filter((one) => one !== day).map(withoutDrowned);
  let before = FOREVER;
  const windows = [1 / 64, 1 / 8, 1].flatMap((share): store.Window[] => {
    const spans = newestOf(days, share);
    const from = new Date(Math.min(...spans.map((span) => span.from)));
    if (from >= before) return [];
    const window = { query: queryOf(asked, others, stretchesBetween(spans)), before };
    before = from;
    return [window];
  });
  const written = day &&
    (day.cue.word !== undefined || day.cue.pieces?.length) && { ...day, cue: { ...day.cue, days: [] } };
  return written ? [...windows, { query: queryOf(asked, [...others, written]), before: FOREVER }] : windows;
};

/** A tsquery: all that is wanted, each in any of its ways; within the apps asked for, and some stretches of time. */
const queryOf = (
  { organisationId, apps }: Asked,
  wanted: readonly Wanted[],
  stretches?: readonly string[],
): string => {
  const quote = (word: string): string => `'${lexeme(organisationId, word)}'`;
  const anyOf = (words: readonly string[]): string => `(${words.map(quote).join(' | ')})`;
  const ways = (one: Wanted): string => {
    const pieces = one.cue.pieces?.length ? [`(${one.cue.pieces.map(quote).join(' & ')})`] : [];
    return `(${[...[...wordsOf(one), ...stretchesBetween(one.cue.days ?? [])].map(quote), ...pieces].join(' | ')})`;
  };
  return [
    ...wanted.map(ways),
    ...(stretches ? [anyOf(stretches)] : []),
    ...(apps ? [anyOf(apps.map(appWord))] : []),
  ].join(' & ');
};

/** Words any of which answers a cue by itself. */
const wordsOf = ({ cue, expansions }: Wanted): string[] => {
  const words = new Set(expansions.map(({ word }) => word));
  if (cue.word !== undefined) words.add(cue.word);
  if (cue.whole !== undefined) words.add(referenceWord(cue.whole));
  return [...words];
};

/** The lexemes that tell which of the cues a ticket answers. */
const lexemesOf = (organisationId: string, wanted: readonly Wanted[]): string[] => {
  const words = new Set(wanted.flatMap((one) => [...wordsOf(one), ...(one.cue.pieces ?? [])]));
  return [...words].map((word) => lexeme(organisationId, word));
};
