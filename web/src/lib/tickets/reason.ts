import type { Ticket, Why } from '../api/types.ts';
import type { Words } from '../words/words.svelte.ts';

/** One reason in words: what is or was due, and when. */
const said = (why: Why, ticket: Ticket, words: Words): string => {
  const { m } = words;
  if (why.code === 'stuck') return why.openMinutes === undefined ? '' : m.why.still(why.openMinutes);
  if (!why.due) return '';
  const when = words.moment(why.due, ticket.site);
  if (why.code !== 'step') return m.why.promised(when);
  return Date.parse(why.due) < words.now ? m.why.wasExpected(when) : m.why.expected(when);
};

/** Why a ticket stands as it stands, in the few words a person would say. Empty when there is nothing to say. */
export const reason = (ticket: Ticket, words: Words): string => {
  const { m } = words;
  const moment = (iso: string): string => words.moment(iso, ticket.site);
  if (ticket.closed) return m.why.closed(moment(ticket.closed));
  const [worst] = ticket.why;
  if (worst) {
    const short =
      worst.code === 'forecast' && worst.openMinutes !== undefined
        ? `, ${m.why.short(worst.openMinutes)}`
        : '';
    return said(worst, ticket, words) + short;
  }
  if (!ticket.due) return '';
  return ticket.promise === ticket.due
    ? m.why.promised(moment(ticket.due))
    : m.why.expected(moment(ticket.due));
};

/** The same at length, for the ticket's own page: every reason, with the open time over or left. */
export const reasons = (ticket: Ticket, words: Words): readonly string[] => {
  const { m } = words;
  const [worst, ...others] = ticket.closed ? [] : ticket.why;
  const measure = ({ code, due, openMinutes }: Why): string => {
    if (openMinutes === undefined || code === 'stuck' || code === 'forecast' || !due) return '';
    return Date.parse(due) < words.now ? m.why.over(openMinutes) : m.why.left(openMinutes);
  };
  const all = [
    reason(ticket, words),
    ...(worst ? [measure(worst)] : []),
    ...others.map((why) => said(why, ticket, words)),
  ];
  return [...new Set(all.filter((part) => part !== ''))];
};
