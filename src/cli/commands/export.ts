import { createWriteStream, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import type { House } from '../../organisations/index.ts';
import { exportCsv } from '../../tickets/index.ts';
import { administer, appNamed, houseNamed, type Office } from '../administer.ts';
import { answer, describe, type Made } from '../command.ts';
import { Failure } from '../terminal.ts';
import { seeingAll } from '../vault/office.ts';

interface Options {
  readonly organisation: string;
  readonly out?: string;
  readonly all?: string;
  readonly sealed?: boolean;
  readonly json?: boolean;
}

/** The tickets of an app as an administrator of the machine exports them: all of them. */
const rowsOf = (
  office: Office,
  house: House,
  app: string,
  sealed: boolean,
  locale: 'fr' | 'en',
): AsyncGenerator<string> =>
  exportCsv(seeingAll(office, house, sealed), { app, filter: {}, sort: 'oldest', locale });

/** A file that is there whole, or not at all; for its owner's eyes. */
const save = async (rows: AsyncGenerator<string>, path: string): Promise<void> => {
  const half = `${path}.${process.pid}.part`;
  try {
    await pipeline(Readable.from(rows), createWriteStream(half, { mode: 0o600 }));
    renameSync(half, path);
  } finally {
    rmSync(half, { force: true });
  }
};

/** Every ticket of an app as CSV. */
export const exportApp = (made: Made): Command => {
  const { say, terminal } = made;
  return describe(made, {
    usage: 'export [app]',
    does: say('tous les tickets d’une application, en CSV', 'every ticket of an app, as CSV'),
    examples: [
      'vigie export voirie --organisation kerlann --out voirie.csv',
      'vigie export --organisation argentique --all ./sauvegarde',
    ],
    more: say(
      'Les champs scellés (données personnelles) n’y sont pas, sauf avec --sealed : le fichier est alors à garder comme elles.\nUn tableur ne prend aucune case pour une formule.',
      'Sealed fields (personal data) are left out, unless --sealed is written: the file is then to be kept as they are.\nNo cell is one that a spreadsheet takes for a formula.',
    ),
  })
    .requiredOption(
      '--organisation <name>',
      say('nom court de l’organisation', 'short name of the organisation'),
    )
    .option(
      '--out <file>',
      say('dans ce fichier ; sinon sur la sortie standard', 'into this file; otherwise to standard output'),
    )
    .option('--all <folder>', say('toutes les applications, un fichier chacune', 'every app, a file each'))
    .option('--sealed', say('avec les champs scellés', 'with sealed fields'))
    .action((app: string | undefined, options: Options) => {
      if ((app === undefined) === (options.all === undefined))
        throw new Failure(
          2,
          'usage',
          say('Nommez une application, ou un dossier avec --all.', 'Name an app, or a folder with --all.'),
        );
      return administer(terminal, async (office) => {
        const house = await houseNamed(terminal, office, options.organisation);
        const { all, out, sealed = false } = options;
        const names = app === undefined ? [...house.apps.keys()] : [appNamed(terminal, house, app).app];
        const paths = names.flatMap((name) =>
          all !== undefined ? [[name, join(all, `${name}.csv`)]] : out !== undefined ? [[name, out]] : [],
        );
        if (all !== undefined) mkdirSync(all, { recursive: true, mode: 0o700 });
        for (const [name = '', path = ''] of paths)
          await save(rowsOf(office, house, name, sealed, terminal.locale), path);
        if (paths.length > 0)
          return answer(terminal, options.json, { files: paths.map(([, path]) => path), sealed }, () =>
            paths.map(([, path]) => `${path}\n`).join(''),
          );
        for await (const chunk of rowsOf(office, house, app ?? '', sealed, terminal.locale)) {
          terminal.out(chunk);
          await terminal.drained();
        }
      });
    });
};
