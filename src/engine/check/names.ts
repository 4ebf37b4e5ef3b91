import { asList, type Draft, sound } from './draft.ts';
import { list, type Report } from './report.ts';

const NAME = /^[a-z][A-Za-z0-9]*$/u;

/** An app is a folder and a part of an address: `echange-sante`. */
const APP = /^[a-z][A-Za-z0-9]*(-[a-z0-9]+)*$/u;

/** First words of the paths of the API and of the pages, where the name of an app stands too. */
const PATHS = [
  'account',
  'apps',
  'bags',
  'deeds',
  'deletion',
  'doors',
  'downloads',
  'drafts',
  'drop',
  'drops',
  'export',
  'files',
  'follow',
  'home',
  'invitation',
  'invitations',
  'keys',
  'late',
  'links',
  'me',
  'members',
  'notices',
  'openapi',
  'openid',
  'passkeys',
  'reads',
  'receipts',
  'reviews',
  'sealed',
  'search',
  'security',
  'session',
  'sessions',
  'set-aside',
  'settings',
  'share',
  'shared',
  'shares',
  'sign-in',
  'sign-in-links',
  'sites',
  'station',
  'stations',
  'stream',
  'tickets',
  'uploads',
  'vault',
];

/** Names that every JavaScript object already has. */
const INHERITED = new Set(Object.getOwnPropertyNames(Object.prototype));

const suggestion = (name: string): string => {
  const words = name
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .split(/[^A-Za-z0-9]+/u)
    .filter(Boolean);
  const joined = words.map(
    (word, index) =>
      (index === 0 ? word.charAt(0).toLowerCase() : word.charAt(0).toUpperCase()) + word.slice(1),
  );
  const written = joined.join('').replace(/^[0-9]+/u, '');
  return NAME.test(written) ? ` such as \`${written}\`` : '';
};

const checkName = (report: Report, path: string, name: string, allowed = NAME): void => {
  if (INHERITED.has(name)) report.add(path, `\`${name}\` is a word of JavaScript: write another name.`);
  else if (!allowed.test(name))
    report.add(
      path,
      `\`${name}\` cannot be a name: write letters and digits, beginning with a small letter${suggestion(name)}.`,
    );
};

/** Every name is one that a path, a query and a column head can carry. */
export const checkNames = (draft: Draft, report: Report): void => {
  const { app } = draft.rest;
  if (app !== undefined) {
    checkName(report, 'app', app, APP);
    if (PATHS.includes(app))
      report.add('app', `\`${app}\` is a path of the API: write another name for the app.`);
  }
  for (const section of ['fields', 'roles', 'steps', 'moves'] as const) {
    const names = Object.keys(draft[section]);
    for (const name of names) checkName(report, `${section}.${name}`, name);
    if (names.length === 0 && section !== 'moves')
      report.add(section, `There are no ${section}: write at least one.`);
  }
  if ('comment' in draft.fields)
    report.add(
      'fields.comment',
      '`comment` is what a move asks to say something: write another name for the field.',
    );
  for (const [name, field] of sound(draft.fields)) {
    if (field.is !== 'choice') continue;
    for (const choice of Object.keys(field.of)) checkName(report, `fields.${name}.of.${choice}`, choice);
  }
};

/** What was renamed says a name that nothing has any more, and that nothing else says. */
export const checkFormerNames = (draft: Draft, report: Report): void => {
  const sections: { readonly [path: string]: readonly (readonly [string, { readonly was?: string }])[] } = {
    fields: sound(draft.fields),
    roles: sound(draft.roles),
    steps: sound(draft.steps),
    ...Object.fromEntries(
      sound(draft.fields).flatMap(([name, field]) =>
        field.is === 'choice'
          ? [
              [
                `fields.${name}.of`,
                Object.entries(field.of).map(
                  ([choice, of]) => [choice, typeof of === 'object' && 'was' in of ? of : {}] as const,
                ),
              ],
            ]
          : [],
      ),
    ),
  };
  for (const [path, entries] of Object.entries(sections)) {
    const now = new Set(entries.map(([name]) => name));
    const said = new Map<string, string>();
    for (const [name, { was }] of entries) {
      if (was === undefined) continue;
      const where = `${path}.${name}.was`;
      const other = said.get(was);
      if (now.has(was)) report.add(where, `\`${was}\` still exists: remove it, or remove this \`was\`.`);
      else if (other) report.add(where, `\`${other}\` says that it was \`${was}\` too: keep one of the two.`);
      said.set(was, name);
    }
  }
};

/** A list that names one thing twice says nothing more. */
export const checkTwice = (report: Report, path: string, names: readonly string[]): void => {
  const twice = [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
  if (twice.length > 0)
    report.add(
      path,
      `${list(twice)} ${twice.length === 1 ? 'is' : 'are'} written twice: write each name once.`,
    );
};

/** Names in a list that the section does not have, or that are said twice. */
export const checkListed = (
  report: Report,
  path: string,
  what: string,
  named: string | readonly string[],
  known: object,
): void => {
  const names = asList(named);
  for (const [index, name] of names.entries())
    report.known(typeof named === 'string' ? path : `${path}.${index}`, what, name, Object.keys(known));
  checkTwice(report, path, names);
};
