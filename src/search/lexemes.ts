/**
 * How words, apps, references and times are written in the index.
 *
 * Every lexeme begins with four digits taken from its organisation's id. They keep the lists of each
 * organisation apart inside one GIN index; that two organisations might share them costs a little time, never
 * a wrong answer, as the organisation of every row is checked as well.
 */
import { wholeReference, wordsOf } from './plain.ts';
import { stretchesOf } from './time.ts';

/** Where a word stands: A in the reference or the heading, B in a field, C in a comment. */
export type Weight = 'A' | 'B' | 'C';

export const markLength = 4;

/** PostgreSQL takes a vector of at most a megabyte; a ticket of more words than this is found by the first. */
const mostWords = 8_000;

const markOf = (organisationId: string): string => organisationId.slice(-markLength).toLowerCase();

export const lexeme = (organisationId: string, word: string): string => markOf(organisationId) + word;

export const appWord = (app: string): string => `=${app}`;
export const referenceWord = (whole: string): string => `#${whole}`;

export interface TicketText {
  readonly ticketId: string;
  readonly app: string;
  readonly heading: string;
  readonly reference: string;
  /** What the searchable fields say. Nothing sealed, and nothing a role that sees the ticket may not read. */
  readonly fields: readonly string[];
  readonly comments: readonly string[];
  readonly createdAt: Date;
}

/** The words of a ticket, each with the weight of the best place where it stands. */
const weightedWords = (ticket: TicketText): Map<string, Weight> => {
  const words = new Map<string, Weight>();
  const add = (text: string, weight: Weight): void => {
    for (const word of wordsOf(text)) {
      if (words.size >= mostWords) return;
      if (!words.has(word)) words.set(word, weight);
    }
  };
  add(ticket.reference, 'A');
  // Each reference is unlike any other: kept as one word only where it does not fill the lexicon.
  words.delete(wholeReference(ticket.reference));
  add(ticket.heading, 'A');
  for (const text of ticket.fields) add(text, 'B');
  for (const text of ticket.comments) add(text, 'C');
  return words;
};

/**
 * A ticket as the text of a tsvector, and its words that belong in the lexicon. Words are letters and digits
 * alone (plain.ts), so there is nothing to escape.
 */
export const vectorOf = (organisationId: string, ticket: TicketText): { vector: string; words: string[] } => {
  const words = weightedWords(ticket);
  const bare = [
    appWord(ticket.app),
    referenceWord(wholeReference(ticket.reference)),
    ...stretchesOf(ticket.createdAt),
  ];
  const mark = markOf(organisationId);
  let vector = '';
  for (const word of bare) vector += `'${mark}${word}' `;
  for (const [word, weight] of words) vector += `'${mark}${word}':1${weight} `;
  return { vector, words: [...words.keys()] };
};

/** Reads the text of a tsvector back into words; what stands there without a weight has none. */
export const readVector = (text: string): Map<string, Weight | undefined> => {
  const words = new Map<string, Weight | undefined>();
  for (const [, found = '', weight] of text.matchAll(/'([^']*)'(?::\d+([ABC]))?/g)) {
    words.set(found.slice(markLength), weight as Weight | undefined);
  }
  return words;
};
