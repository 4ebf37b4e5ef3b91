import type { Route } from './routes.ts';
import { UNGUARDED } from './unguarded.ts';

/** Where the list of doors is committed, so that a changed one is seen by whoever reviews. */
export const DOORS_PAGE = 'docs/doors.md';

const line = (cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;

const byPath = (a: Route, b: Route): number =>
  a.path < b.path ? -1 : a.path > b.path ? 1 : a.method < b.method ? -1 : 1;

const listed = (routes: readonly Route[], kind: Route['kind']): readonly string[] =>
  routes
    .filter((route) => route.kind === kind)
    .toSorted(byPath)
    .map(({ method, path, permit, summary }) =>
      line([method, `\`${path}\``, `**${permit}**`, summary.replaceAll('\n', ' ')]),
    );

/** The doors as a page: a line each. */
export const doorsPage = (routes: readonly Route[]): string =>
  [
    '# The doors',
    '',
    'Every way in and whom it lets in. Made by `vigie doors --write`, and red when stale: a changed line here is a changed',
    'door. *anyone*: also who is not signed in. *organisation*: a member or a key of it. *member*: a person. *app*: who has',
    'a role in the app of the path. *administrator*: who runs the organisation. *freshly*: who proved within a quarter of',
    'an hour who they are. *stations*, *guests*: also who unlocked a shared station, or holds a guest’s link. *drop*: who holds a link to put files, and',
    'nobody else. *share*: who holds a link to read files, and nobody else.',
    '',
    '## The API',
    '',
    '| | path | lets in | |',
    '| --- | --- | --- | --- |',
    ...listed(routes, 'api'),
    '',
    '## Pages',
    '',
    'Pages draw what the API gives to whoever asks; what they let in beyond that is nothing.',
    '',
    '| | path | lets in | |',
    '| --- | --- | --- | --- |',
    ...listed(routes, 'page'),
    '',
    '## Beside the doors',
    '',
    'Handlers that are no door, how many, and why none is needed. Anything else on the router fails the build.',
    '',
    '| | handlers | |',
    '| --- | --- | --- |',
    ...Object.entries(UNGUARDED).map(([route, [handlers, reason]]) =>
      line([`\`${route}\``, String(handlers), reason]),
    ),
    '',
  ].join('\n');
