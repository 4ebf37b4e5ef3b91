import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkDefinition, type DefinitionError } from '../check.ts';

/** A library of tools that lends to its members: right in every part. */
export const library = {
  app: 'tools',
  title: { fr: 'Outils', en: 'Tools' },
  noun: { one: { fr: 'prêt', en: 'loan' }, many: { fr: 'prêts', en: 'loans' } },
  reference: 'T-{yyyy}-{seq}',
  classification: 'internal',
  keep: '6 months',
  heading: ['tool'],
  opening: ['tool', 'size', 'borrower', 'until'],
  promise: { field: 'until' },
  risk: '4h',
  fields: {
    tool: { is: 'text', label: 'Tool', required: true, search: true },
    size: {
      is: 'choice',
      label: 'Size',
      of: { small: 'Small', large: { label: 'Large', was: 'big' } },
      required: true,
    },
    weight: { is: 'number', label: 'Weight', min: 0, max: 50, unit: 'kg' },
    borrower: { is: 'contact', label: 'Borrower', sealed: true },
    email: { is: 'email', label: 'Email' },
    until: { is: 'date', label: 'Until' },
    broken: { is: 'yesno', label: 'Broken' },
    where: { is: 'place', label: 'Where' },
  },
  roles: {
    keeper: { label: 'Keeper', sees: 'all', reveals: ['borrower'], edits: 'all', opens: true },
    helper: {
      label: 'Helper',
      sees: [{ size: 'small' }, { $creator: '$me' }],
      hides: ['weight'],
      edits: ['broken'],
    },
  },
  steps: {
    asked: { label: 'Asked', start: true, due: '1d', waits: ['keeper'] },
    packed: { label: 'Packed', due: '4h', stuck: '2h', takes: '30m' },
    lent: { label: 'Lent' },
    back: { label: 'Back', end: true },
  },
  routes: {
    by: 'size',
    of: { small: ['asked', 'lent', 'back'], large: ['asked', 'packed', 'lent', 'back'] },
  },
  moves: {
    next: {
      label: 'Next',
      from: ['asked', 'packed', 'lent'],
      to: '$next',
      by: ['keeper', 'helper'],
      main: true,
    },
    refuse: { label: 'Refuse', from: 'asked', to: 'back', by: 'keeper', asks: ['comment!', 'broken'] },
  },
  notify: [
    { on: 'late', to: 'field:borrower', subject: '{reference} is late' },
    { on: 'move:refuse', to: 'keeper' },
  ],
};

/** A copy of the library with what stands at `path` replaced; `undefined` removes it. */
export const withValue = (path: string, value: unknown): unknown => {
  const copy = structuredClone(library) as unknown;
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  const holder = keys.reduce<unknown>(
    (inner, key) => (inner as Record<string, unknown>)[key],
    copy,
  ) as Record<string, unknown>;
  if (value === undefined) delete holder[last];
  else holder[last] = value;
  return copy;
};

export const errorsOf = (value: unknown): readonly DefinitionError[] => {
  const checked = checkDefinition(value);
  return checked.ok ? [] : checked.errors;
};

/** What is wrong, where to write it, what to write there, where the error is said, and what it says. */
export type Wrong = readonly [sentence: string, path: string, value: unknown, where: string, says: RegExp];

/** One test a line: the maker who writes this is told so, there, in a sentence. */
export const tellsOf = (wrong: readonly Wrong[]): void => {
  for (const [sentence, path, value, where, says] of wrong)
    test(`the maker is told of ${sentence}`, () => {
      const errors = errorsOf(withValue(path, value));
      const there = errors.filter((error) => error.path === where);
      assert.ok(
        there.some(({ message }) => says.test(message)),
        `expected ${where} to say ${says}, but got:\n${errors.map((error) => `${error.path}  ${error.message}`).join('\n')}`,
      );
      for (const { message } of errors)
        assert.match(message, /^[A-Z`].*[.?]$/u, 'a sentence, with what to write after the colon');
    });
};
