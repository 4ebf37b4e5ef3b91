/** What one remembers: a query cut into cues, each of which a ticket may answer in one of several ways. */
import { dayAt } from './days.ts';
import { type Chunk, chunks, isEmptyWord } from './plain.ts';
import type { Span } from './time.ts';

/** More than this nobody remembers; a pasted page is searched by how it begins. */
const longestQuery = 400;
const mostCues = 8;

export interface Cue {
  /** As it was typed. */
  readonly text: string;
  /** The word looked for, exactly and nearly. Absent when only its pieces or a day can answer. */
  readonly word?: string;
  /** Words that answer it together: `c` and `41` for C41. */
  readonly pieces?: readonly string[];
  /** The reference it may be, written whole. */
  readonly whole?: string;
  /** When the ticket may have been opened. */
  readonly days?: readonly Span[];
}

const cuesOfChunk = ({ text, pieces, code }: Chunk): Cue[] => {
  if (code !== undefined) return [{ text, word: code, pieces, whole: code }];
  const only = pieces[0];
  if (pieces.length === 1 && only !== undefined) return [{ text, word: only }];
  return pieces.map((word) => ({ text: word, word }));
};

const dayCue = (said: readonly Chunk[], spans: readonly Span[]): Cue => {
  const text = said.map((one) => one.text).join(' ');
  const pieces = said.flatMap((one) => one.pieces).filter((word) => !isEmptyWord(word));
  const [only] = pieces;
  return pieces.length === 1 && only !== undefined
    ? { text, word: only, days: spans }
    : { text, pieces, days: spans };
};

/** @param now ms since 1970 */
export const cuesOf = (query: string, now: number, timeZone: string): Cue[] => {
  const said = chunks(query.slice(0, longestQuery));
  const cues: Cue[] = [];
  for (let at = 0; at < said.length;) {
    const day = dayAt(said, at, now, timeZone);
    if (day) cues.push(dayCue(said.slice(at, at + day.length), day.spans));
    else cues.push(...cuesOfChunk(said[at] as Chunk));
    at += day?.length ?? 1;
  }
  const telling = cues.filter(({ word, days }) => days || word === undefined || !isEmptyWord(word));
  const kept = telling.length > 0 ? telling : cues;
  return [...new Map(kept.map((cue) => [cue.word ?? cue.text, cue])).values()].slice(0, mostCues);
};
