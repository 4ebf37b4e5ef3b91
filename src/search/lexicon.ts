/** Keeps the words of tickets, and the lexicon of the words there are. */
import type { Tx } from '../platform/postgres/index.ts';
import { markLength, type TicketText, vectorOf } from './lexemes.ts';
import { soundEnglish, soundFrench } from './phonetic.ts';
import { isNumber } from './plain.ts';
import * as store from './store.ts';

/** A word that comes so often in one batch of tickets is counted at once: an import needs no refresh to be searched fast. */
const manyInBatch = 4;
/** A number that comes in so many tickets is a word (`400`); others are found, but suggested to nobody. */
const manyInAll = 100;

const counted = (word: string, frequency: number): store.CountedWord => ({
  word,
  frequency,
  soundFr: soundFrench(word),
  soundEn: soundEnglish(word),
});

/** Each ticket once, as it was given last, in one order everywhere: two writers of the same tickets wait for each other rather than forever. */
const inOrder = (rows: readonly TicketText[]): TicketText[] =>
  [...new Map(rows.map((row) => [row.ticketId, row])).values()].toSorted((a, b) =>
    a.ticketId < b.ticketId ? -1 : 1,
  );

/**
 * Makes tickets findable by their text, at once and under any of their words, and puts words never seen into
 * the lexicon. Given again, a ticket is found by its new text alone.
 * @param rows new and changed tickets; up to a few thousand at a time
 * @param opened others, as they were when they were opened: where one has changed since, its newer words stay
 */
export const indexTickets = async (
  tx: Tx,
  organisationId: string,
  rows: readonly TicketText[],
  opened: readonly TicketText[] = [],
): Promise<void> => {
  const frequencies = new Map<string, number>();
  const written = (ticket: TicketText) => {
    const { vector, words } = vectorOf(organisationId, ticket);
    for (const word of words) frequencies.set(word, (frequencies.get(word) ?? 0) + 1);
    return { ticketId: ticket.ticketId, createdAt: ticket.createdAt, vector };
  };
  const [changed, fresh] = [inOrder(rows).map(written), inOrder(opened).map(written)];
  if (changed.length + fresh.length === 0) return;
  const words = [...frequencies].filter(([word, frequency]) => !isNumber(word) || frequency >= manyInBatch);
  await Promise.all([
    changed.length > 0 && store.upsertWords(tx, organisationId, changed, true),
    fresh.length > 0 && store.upsertWords(tx, organisationId, fresh, false),
    store.addWords(
      tx,
      organisationId,
      words.map(([word, frequency]) => counted(word, frequency)),
      manyInBatch,
    ),
    store.noteChanged(tx, organisationId, changed.length + fresh.length),
  ]);
};

/**
 * Counts the words of an organisation anew, all of them, once a tenth of its tickets were written since the last
 * time; cheap to ask often. New words do not wait for it, as they enter the lexicon with their ticket. What it
 * brings is frequencies, whose order of magnitude is enough, and the end of words that no ticket has any more.
 * Counting only what changed would need the former words of every ticket for the same; counting by
 * tenths reads each ticket about ten times in all, and a million in seconds.
 */
export const refreshLexicon = async (tx: Tx, organisationId: string): Promise<void> => {
  const age = await store.lexiconAge(tx, organisationId);
  if (!age || age.changed === 0 || age.changed * 10 < age.tickets) return;
  const missing = await store.recountWords(tx, organisationId, markLength, manyInAll);
  const words = missing.map(({ word, frequency }) => counted(word, frequency));
  if (words.length > 0) await store.addWords(tx, organisationId, words, manyInBatch);
  await store.noteCounted(tx, organisationId, age.changed);
};
