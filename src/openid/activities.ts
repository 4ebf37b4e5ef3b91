import type { Provider } from './settings.ts';

type Claims = { readonly [name: string]: unknown };

/** More than anybody has: what goes beyond is not theirs. */
const MOST = 50;
const LONGEST = 200;

const isObject = (value: unknown): value is Claims =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Everything at a path such as `exercices.*.activities.*`, with all that it stands in, the nearest first. */
const walk = (
  value: unknown,
  [step, ...rest]: readonly string[],
  around: readonly Claims[],
): (readonly Claims[])[] => {
  const within = isObject(value) ? [value, ...around] : around;
  if (step === undefined) return isObject(value) ? [within] : [];
  if (step === '*') return Array.isArray(value) ? value.flatMap((one) => walk(one, rest, within)) : [];
  return isObject(value) && Object.hasOwn(value, step) ? walk(value[step], rest, within) : [];
};

const textOf = (value: unknown): string =>
  typeof value === 'string'
    ? value.replaceAll(/\s+/gu, ' ').trim()
    : typeof value === 'number'
      ? String(value)
      : '';

/** The professional activities that a provider knows of somebody, in words, each once. */
export const activitiesOf = (
  { activities }: Pick<Provider, 'activities'>,
  claims: Claims,
): readonly string[] => {
  if (!activities) return [];
  const labels = walk(claims, activities.path.split('.'), []).map((around) =>
    activities.label
      .map((name) => {
        // What an activity does not say itself, what it stands in may: the profession of a practice.
        const said = textOf(around.find((one) => textOf(one[name]) !== '')?.[name]);
        return activities.names[name]?.[said] ?? said;
      })
      .filter((part) => part !== '')
      .join(' · ')
      .slice(0, LONGEST),
  );
  return [...new Set(labels.filter((label) => label !== ''))].slice(0, MOST);
};

/** What a provider calls somebody, so that they recognise theirs; empty when it says nothing. */
export const labelOf = ({ label }: Pick<Provider, 'label'>, claims: Claims): string =>
  (label.map((name) => textOf(claims[name])).find((text) => text !== '') ?? '').slice(0, LONGEST);
