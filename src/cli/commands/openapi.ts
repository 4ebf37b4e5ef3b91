import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { answer, describe, type Made } from '../command.ts';
import { ROOT } from '../project.ts';

interface Options {
  readonly write?: boolean;
  readonly json?: boolean;
}

/** Nothing that a route needs to answer: here they only say what they are. */
const NOTHING = {} as never;

/** What the server's own routes say of themselves, without a server. */
const documentOf = async (): Promise<object> => {
  const { openDoors } = await import('../../http.ts');
  const doors = openDoors(
    {
      db: NOTHING,
      clock: NOTHING,
      houses: NOTHING,
      limits: NOTHING,
      url: '',
      stopping: NOTHING,
      committed: () => {},
    },
    NOTHING,
  );
  return (await (await doors.request('/api/v1/openapi.json')).json()) as object;
};

const BANNER = '// Made from openapi.json by `npm run vigie -- openapi --write`: not to be edited.\n';

/** `openapi.json` and the client's types, as they are to be committed. */
export const openApiFiles = async (): Promise<
  readonly { readonly path: string; readonly text: string }[]
> => {
  // A tool of whoever works on Vigie: an installation does not have it.
  const { default: typesOf, astToString } = await import('openapi-typescript');
  const document = await documentOf();
  const types = astToString(await typesOf(structuredClone(document) as Parameters<typeof typesOf>[0]));
  return [
    { path: 'openapi.json', text: `${JSON.stringify(document, null, 2)}\n` },
    { path: 'client/generated.ts', text: `${BANNER}${types}` },
  ];
};

/** The API as OpenAPI, and the client's types made from it. */
export const openapi = (made: Made): Command => {
  const { say, terminal } = made;
  return describe(made, {
    usage: 'openapi',
    does: say(
      'l’API en OpenAPI 3.1, et les types du client',
      'the API as OpenAPI 3.1, and the client’s types',
    ),
    examples: ['vigie openapi --write', 'vigie openapi --json > openapi.json'],
    more: say(
      'Sans --write, dit ce qui n’est plus à jour, et sort avec 1 s’il y en a. Avec --json, écrit le document.',
      'Without --write, says what is stale, and exits with 1 when something is. With --json, writes the document.',
    ),
  })
    .option(
      '--write',
      say('écrire openapi.json et client/generated.ts', 'write openapi.json and client/generated.ts'),
    )
    .action(async (options: Options) => {
      if (options.json && !options.write) return answer(terminal, true, await documentOf(), () => '');
      const files = await openApiFiles();
      const stale = files.filter(({ path, text }) => {
        const file = join(ROOT, path);
        return !existsSync(file) || readFileSync(file, 'utf8') !== text;
      });
      if (options.write) for (const { path, text } of stale) writeFileSync(join(ROOT, path), text);
      else if (stale.length > 0) made.exit(1);
      answer(terminal, options.json, { written: stale.map(({ path }) => path) }, () =>
        stale.length === 0
          ? say('Tout est à jour.\n', 'All is up to date.\n')
          : stale
              .map(({ path }) =>
                options.write
                  ? say(`${path} écrit.\n`, `${path} written.\n`)
                  : say(`${path} n’est plus à jour.\n`, `${path} is stale.\n`),
              )
              .join(''),
      );
    });
};
