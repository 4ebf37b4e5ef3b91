import type { Draft } from './draft.ts';
import { list, type Report } from './report.ts';

const WORDS = ['yyyy', 'seq', 'holder', 'nth'];

/** A reference can be read aloud, typed in an address, and is never given twice. */
export const checkReference = (draft: Draft, report: Report): void => {
  const { reference, holds, app } = draft.rest;
  if (reference !== undefined) {
    const words = [...reference.matchAll(/\{([^}]*)\}/gu)].map(([, word = '']) => word);
    const letters = reference.replaceAll(/\{[^}]*\}/gu, '');
    for (const word of words) report.known('reference', 'word to fill in called', word, WORDS);
    if (!words.includes('seq') && !words.includes('nth'))
      report.add(
        'reference',
        'Every ticket would have the same reference: write `{seq}` in it, such as `T-{seq}`.',
      );
    if (words.includes('nth') && !words.includes('holder'))
      report.add(
        'reference',
        '`{nth}` counts in the holder and starts again in the next: write `{holder}-{nth}`.',
      );
    if (!/^[A-Za-z0-9.-]*$/u.test(letters))
      report.add(
        'reference',
        `\`${reference}\` could not stand in an address: write letters, digits, \`-\` and \`.\` around ${list(WORDS.map((word) => `{${word}}`))}.`,
      );
    if (reference.includes('}{'))
      report.add('reference', 'Two numbers side by side cannot be told apart: write a `-` between them.');
  }
  if (holds && holds.app === app)
    report.add('holds.app', 'Tickets do not hold tickets of their own app: name another app.');
};
