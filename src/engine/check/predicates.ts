import type { AnyPredicate, Comparison, Field, Scalar } from '../define.ts';
import type { Draft } from './draft.ts';
import { list, type Report } from './report.ts';

const ME = '$me';

/** What a value of this key must be; a list for names, a word for a type, `null` for nothing but `null`. */
type Wanted = readonly string[] | 'text' | 'number' | 'yes or no' | 'date' | 'date and time' | null;

const FRAME = ['$step', '$site', '$assignee', '$creator', '$open'];

const wantedOf = (field: Field): Wanted => {
  if (field.sealed) return null;
  switch (field.is) {
    case 'choice':
      return Object.keys(field.of);
    case 'text':
    case 'longtext':
    case 'phone':
    case 'email':
      return 'text';
    case 'number':
    case 'money':
      return 'number';
    case 'yesno':
      return 'yes or no';
    case 'date':
      return 'date';
    case 'datetime':
      return 'date and time';
    case 'place':
    case 'contact':
    case 'lines':
    case 'files':
      return null;
  }
};

const wantedAt = (draft: Draft, key: string): Wanted | undefined => {
  switch (key) {
    case '$step':
      return Object.keys(draft.steps);
    case '$assignee':
    case '$creator':
      return [ME];
    case '$open':
      return 'yes or no';
    case '$site':
      return null;
  }
  const field = draft.fields[key];
  return field ? wantedOf(field) : undefined;
};

const SUITS: {
  readonly [K in Exclude<Wanted, readonly string[] | null>]: readonly [(value: Scalar) => boolean, string];
} = {
  text: [(value) => typeof value === 'string', 'a text in quotes'],
  number: [(value) => typeof value === 'number', 'a number'],
  'yes or no': [(value) => typeof value === 'boolean', '`true` or `false`'],
  date: [
    (value) => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/u.test(value),
    "a date such as `'2026-03-29'`",
  ],
  'date and time': [
    (value) => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/u.test(value),
    "an instant such as `'2026-03-29T08:00:00.000Z'`",
  ],
};

const checkValue = (report: Report, path: string, key: string, wanted: Wanted, value: Scalar): void => {
  if (value === null) return;
  if (wanted === null) {
    const why = key.startsWith('$')
      ? 'has no name that a definition knows'
      : 'is sealed, or has nothing to compare with';
    report.add(
      path,
      `\`${key}\` ${why}: write \`null\` (it is empty) or \`{ not: null }\` (it is not).`,
      'null',
    );
  } else if (typeof wanted === 'string') {
    const [suits, what] = SUITS[wanted];
    if (!suits(value)) report.add(path, `\`${key}\` is never \`${JSON.stringify(value)}\`: write ${what}.`);
  } else if (typeof value !== 'string') {
    report.add(
      path,
      `\`${key}\` is never \`${JSON.stringify(value)}\`: write one of ${list(wanted)}.`,
      wanted.join(', '),
    );
  } else {
    report.known(path, `${key === '$step' ? 'step' : 'value'} of \`${key}\` called`, value, wanted);
  }
};

const checkComparison = (
  report: Report,
  path: string,
  key: string,
  wanted: Wanted,
  comparison: Comparison,
): void => {
  if (typeof comparison !== 'object' || comparison === null)
    return checkValue(report, path, key, wanted, comparison);
  if ('in' in comparison)
    return comparison.in.forEach((value, index) =>
      checkValue(report, `${path}.in.${index}`, key, wanted, value),
    );
  if ('not' in comparison) return checkValue(report, `${path}.not`, key, wanted, comparison.not);
  const sign = 'lt' in comparison ? 'lt' : 'gt';
  const bound = 'lt' in comparison ? comparison.lt : comparison.gt;
  if (wanted === 'number' || wanted === 'date' || wanted === 'date and time')
    checkValue(report, `${path}.${sign}`, key, wanted, bound);
  else report.add(`${path}.${sign}`, `\`${key}\` has no order: write \`{ in: [ … ] }\` or \`{ not: … }\`.`);
};

/** Conditions name fields and values that exist, and say something. */
export const checkPredicate = (draft: Draft, report: Report, path: string, predicate: AnyPredicate): void => {
  const alternatives = Array.isArray(predicate)
    ? predicate.map((one, index) => [`${path}.${index}`, one] as const)
    : [[path, predicate] as const];
  if (alternatives.length === 0)
    report.add(path, 'No ticket matches an empty list: write at least one condition.');
  for (const [at, one] of alternatives) {
    if (Object.keys(one).length === 0)
      report.add(at, 'Every ticket matches an empty condition: write at least one comparison.');
    for (const [key, comparison] of Object.entries(one as { readonly [key: string]: Comparison })) {
      const where = `${at}.${key}`;
      if (!report.known(where, 'field', key, [...Object.keys(draft.fields), ...FRAME])) continue;
      const wanted = wantedAt(draft, key);
      if (wanted !== undefined) checkComparison(report, where, key, wanted, comparison);
    }
  }
};
