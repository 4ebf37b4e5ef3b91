import type { TicketFile } from '../api/types.ts';
import type { Messages } from '../messages/index.ts';

/** `page 2, line 14` as the guard says it, in the reader’s language. */
export const placeIn = (m: Messages, where: string): string =>
  where
    .split(', ')
    .map((part) => {
      if (part === 'whole file') return m.held.whole;
      const [, word = '', number = ''] = /^([a-z]+) (\d+)$/u.exec(part) ?? [];
      return m.held.places[word]?.(Number(number)) ?? part;
    })
    .join(', ');

/** So many places are named; how many more there are is said. */
const NAMED = 5;

/** What was found, a line each, what proves before what makes one ask. */
export const findingsIn = (
  m: Messages,
  findings: TicketFile['findings'],
): readonly { readonly what: string; readonly where: string }[] =>
  [
    ...Map.groupBy(
      findings.toSorted((a, b) => Number(a.strength !== 'strong') - Number(b.strength !== 'strong')),
      ({ rule, strength }) => `${strength} ${rule}`,
    ).values(),
  ].map((same) => {
    const what = m.held.rules[same[0]?.rule ?? ''] ?? m.held.otherRule;
    const places = same.slice(0, NAMED).map(({ where }) => placeIn(m, where));
    return {
      what: same[0]?.strength === 'strong' ? what : m.held.sign(what),
      where: [places.join(' ; '), ...(same.length > NAMED ? [m.held.more(same.length - NAMED)] : [])].join(
        ' ',
      ),
    };
  });

/** What nobody looked into, in words. */
export const unseenIn = (m: Messages, { warnings }: Pick<TicketFile, 'warnings'>): readonly string[] => [
  ...new Set(
    warnings.flatMap((warning) =>
      warning.startsWith('no_preview') ? [m.held.noPreview] : (m.held.unseen[warning] ?? []),
    ),
  ),
];
