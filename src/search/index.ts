/** Search as one remembers: typos, half words, sounds, days and several cues at once, and why each ticket was found. */
export type { How } from './expand.ts';
export type { TicketText } from './lexemes.ts';
export { indexTickets, refreshLexicon } from './lexicon.ts';
export { search, type Search } from './query.ts';
export type { Hit, Reason } from './rank.ts';
