import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import { administer, type Office, settingsOf } from '../administer.ts';
import { answer, describe, type Made } from '../command.ts';
import { APPS } from '../doors/apps.ts';
import { withOwnServer } from '../doors/here.ts';
import { openLine } from '../doors/line.ts';
import { DOORS_PAGE, doorsPage } from '../doors/page.ts';
import { doorsReport } from '../doors/report.ts';
import { everyRoute, type Router } from '../doors/routes.ts';
import { removeOrganisations } from '../doors/remove.ts';
import { leftBehind } from '../doors/store.ts';
import { walkDoors, type Walk } from '../doors/walk.ts';
import { makeWorld, PREFIX } from '../doors/world.ts';
import { startProgress } from '../progress.ts';
import { ROOT } from '../project.ts';
import { Failure } from '../terminal.ts';

interface Options {
  readonly url?: string;
  readonly straight?: boolean;
  readonly list?: boolean;
  readonly write?: boolean;
  readonly json?: boolean;
}

const CONNECTIONS = 16;

/** The page of doors: is it that of the routes, and does every route say whom it lets in? */
const listDoors = (made: Made, { routes, strays }: Router, options: Options): void => {
  const { say, terminal } = made;
  const file = join(ROOT, DOORS_PAGE);
  const text = doorsPage(routes);
  const stale = !existsSync(file) || readFileSync(file, 'utf8') !== text;
  if (options.write && stale) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  if (strays.length > 0 || (stale && !options.write)) made.exit(1);
  answer(
    terminal,
    options.json,
    {
      routes: routes.map(({ method, path, permit, summary }) => ({ method, path, permit, summary })),
      strays,
      stale,
    },
    () => {
      const undeclared = strays.map(({ route, says }) => `✗ ${route}: ${says}\n`).join('');
      const state = !stale
        ? say(`${DOORS_PAGE} est à jour.\n`, `${DOORS_PAGE} is up to date.\n`)
        : options.write
          ? say(`${DOORS_PAGE} écrit : relisez-le.\n`, `${DOORS_PAGE} written: review it.\n`)
          : say(
              `✗ ${DOORS_PAGE} n’est plus à jour : vigie doors --write, puis relisez ce qui change.\n`,
              `✗ ${DOORS_PAGE} is stale: vigie doors --write, then look at what changes.\n`,
            );
      return `${say(`${routes.length} routes.`, `${routes.length} routes.`)} ${undeclared === '' ? '' : `\n${undeclared}`}${state}`;
    },
  );
};

interface Walked {
  readonly walk: Walk;
  readonly calls: number;
}

/** Makes two throwaway organisations, tries every door, and takes them away whatever happens. */
const tryDoors = async (
  { terminal, say }: Made,
  office: Office,
  {
    url,
    origin,
    router,
    crooked,
  }: { readonly url: string; readonly origin: string; readonly router: Router; readonly crooked: boolean },
): Promise<Walked> => {
  const line = openLine(url, CONNECTIONS);
  const made: string[] = [];
  const bar = startProgress(terminal, 100);
  try {
    const pages = (await line.send({ method: 'GET', path: '/favicon.svg', headers: {} })).status === 200;
    if (!pages)
      terminal.err(
        say(
          'Les pages ne sont pas construites : l’API seule est essayée.\n',
          'The pages are not built: only the API is tried.\n',
        ),
      );
    const workshop = await makeWorld(office, line, origin, made);
    const walk = await walkDoors(
      workshop,
      router.routes.filter(({ kind }) => pages || kind !== 'page'),
      { crooked, progress: (done, of, name) => bar.reach((100 * done) / of, say(...name)) },
    );
    return { walk, calls: line.sent() };
  } finally {
    bar.stop();
    line.close();
    await removeOrganisations(
      office.owner,
      [...made, ...(await leftBehind(office.owner, PREFIX))],
      Object.values(APPS).map(({ app }) => app),
    );
  }
};

/** Tries every door of a running server as everybody who should not pass, and says what opened. */
export const doors = (made: Made): Command => {
  const { say, terminal } = made;
  return describe(made, {
    usage: 'doors',
    does: say(
      'essaie chaque porte comme chacun, et dit ce qui s’est ouvert',
      'tries every door as everybody, and says what opened',
    ),
    examples: ['vigie doors', 'vigie doors --url https://vigie.example.org', 'vigie doors --write'],
    more: say(
      'Fait deux organisations jetables dans la base de cette installation, y essaie chaque route comme chaque visiteur, puis les enlève. Sans --url, démarre un serveur à côté. Sort avec 1 si quelque chose s’est ouvert ou n’a pas pu être essayé.',
      'Makes two throwaway organisations in the database of this installation, tries every route there as every caller, then takes them away. Without --url, starts a server of its own beside. Exits with 1 when something opened or could not be tried.',
    ),
  })
    .option(
      '--url <url>',
      say(
        'un serveur de cette base, ou le proxy devant lui',
        'a server of this database, or the proxy in front of it',
      ),
    )
    .option(
      '--straight',
      say('sans les adresses tordues : plus court', 'without crooked paths and headers: shorter'),
    )
    .option('--list', say(`${DOORS_PAGE} est-il à jour ?`, `is ${DOORS_PAGE} up to date?`))
    .option('--write', say(`écrire ${DOORS_PAGE}`, `write ${DOORS_PAGE}`))
    .action(async (options: Options) => {
      const router = everyRoute();
      if (options.list || options.write) return listDoors(made, router, options);
      const { url } = options;
      if (url !== undefined && !/^https?:$/u.test(URL.canParse(url) ? new URL(url).protocol : ''))
        throw new Failure(
          2,
          'bad_url',
          say(`--url ${url} : écrivez http://… ou https://…`, `--url ${url}: write http://… or https://…`),
        );
      const crooked = options.straight !== true;
      const { walk, calls } =
        url === undefined
          ? await withOwnServer(terminal, (office, own) =>
              tryDoors(made, office, { url: own, origin: own, router, crooked }),
            )
          : await administer(terminal, (office) => {
              const given = terminal.environment['VIGIE_URL'];
              const origin = given ? settingsOf(terminal).url : new URL(url).origin;
              return tryDoors(made, office, { url, origin, router, crooked });
            });
      if (walk.open.length > 0 || walk.untried.length > 0) made.exit(1);
      answer(
        terminal,
        options.json,
        {
          calls,
          routes: walk.rows.length,
          callers: walk.callers.map((name) => say(...name)),
          open: walk.open,
          untried: walk.untried,
          matrix: walk.rows.map(({ route, verdicts }) => ({
            method: route.method,
            path: route.path,
            permit: route.permit,
            verdicts,
          })),
        },
        () => doorsReport(walk, calls, say),
      );
    });
};
