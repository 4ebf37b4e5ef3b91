import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { exposureMatrix, matrixPath } from '../../engine/matrix.ts';
import { answer, describe, type Made } from '../command.ts';
import { appHere, appsHere, ROOT } from '../project.ts';
import { Failure } from '../terminal.ts';

interface Options {
  readonly write?: boolean;
  readonly json?: boolean;
}

/** Who reads and does what in each app, as it is committed beside its definition. */
export const matrix = (made: Made): Command => {
  const { say, terminal } = made;
  return describe(made, {
    usage: 'matrix [apps...]',
    does: say(
      'qui lit et fait quoi dans chaque application : les tables à relire',
      'who reads and does what in each app: the tables to review',
    ),
    examples: ['vigie matrix', 'vigie matrix voirie --write'],
    more: say(
      'Sans --write, dit lesquelles ne sont plus à jour, et sort avec 1 s’il y en a.',
      'Without --write, says which are stale, and exits with 1 when one is.',
    ),
  })
    .option('--write', say('les écrire', 'write them'))
    .action(async (names: readonly string[], options: Options) => {
      const stale: string[] = [];
      const here = appsHere();
      for (const name of names.length > 0 ? names : here) {
        if (!here.includes(name))
          throw new Failure(
            2,
            'unknown_app',
            say(
              `Il n’y a pas d’application « ${name} ». Il y a : ${here.join(', ')}.`,
              `There is no app "${name}". There is: ${here.join(', ')}.`,
            ),
          );
        const definition = await appHere(name);
        const path = matrixPath(definition);
        const text = exposureMatrix(definition);
        const file = join(ROOT, path);
        if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;
        stale.push(path);
        if (options.write) writeFileSync(file, text);
      }
      if (stale.length > 0 && !options.write) made.exit(1);
      answer(terminal, options.json, { [options.write ? 'written' : 'stale']: stale }, () =>
        stale.length === 0
          ? say('Toutes les tables sont à jour.\n', 'Every table is up to date.\n')
          : stale
              .map((path) =>
                options.write
                  ? say(`${path} écrit : relisez-le.\n`, `${path} written: review it.\n`)
                  : say(`${path} n’est plus à jour.\n`, `${path} is stale.\n`),
              )
              .join(''),
      );
    });
};
