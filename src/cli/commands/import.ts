import { createReadStream, readFileSync, statSync } from 'node:fs';
import type { Command } from 'commander';
import type { House, Installed } from '../../organisations/index.ts';
import {
  analyze,
  checkColumns,
  type ImportMap,
  importTickets,
  type MapError,
  openCsv,
  readImportMap,
  type Rejected,
} from '../../tickets/import/index.ts';
import { administer, appNamed, houseNamed, siteNamed } from '../administer.ts';
import { answer, describe, type Made } from '../command.ts';
import { startProgress } from '../progress.ts';
import { openRejected, placeOfRejected } from '../rejected.ts';
import { Failure } from '../terminal.ts';

interface Options {
  readonly map: string;
  readonly organisation: string;
  readonly site?: string;
  readonly encoding?: string;
  readonly rejected?: string;
  readonly json?: boolean;
}

/** Wrong rows told on the terminal; the file has them all. */
const TOLD = 20;

const refusedMap = (path: string, errors: readonly MapError[]): Failure =>
  new Failure(
    1,
    'wrong_map',
    `${path}:\n${errors.map((error) => `  ${error.path || 'map'}: ${error.message}`).join('\n')}`,
  );

const fileOf = <T>({ say }: Made, path: string, read: () => T): T => {
  try {
    return read();
  } catch (error) {
    if (error instanceof SyntaxError) throw new Failure(1, 'not_json', `${path}: ${error.message}`);
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw new Failure(
      1,
      'no_file',
      say(`${path} ne peut pas être lu : ${error.message}`, `${path} cannot be read: ${error.message}`),
    );
  }
};

/** The map, which must be right before a row is read. */
const mapOf = (made: Made, installed: Installed, path: string): ImportMap => {
  const written: unknown = fileOf(made, path, () => JSON.parse(readFileSync(path, 'utf8')));
  const read = readImportMap(written, installed.definition);
  if (!read.ok) throw refusedMap(path, read.errors);
  if (installed.definition.reference.includes('{holder}'))
    throw new Failure(
      1,
      'held',
      made.say(
        'Les tickets de cette application sont tenus par d’autres : un fichier ne dit pas lesquels.',
        'Tickets of this app are held by others: a file does not say by which.',
      ),
    );
  return read.map;
};

/** The site of every row: as written, as the map says, or the only one. */
const siteOf = (made: Made, house: House, map: ImportMap, written: string | undefined): string | null => {
  const slug = written ?? map.site;
  return slug === undefined && house.sites.length === 1
    ? (house.sites[0]?.id ?? null)
    : siteNamed(made.terminal, house, slug);
};

/** Rows of a CSV become tickets, with the times they had. */
export const importFile = (made: Made): Command => {
  const { say, terminal } = made;
  return describe(made, {
    usage: 'import <app> <file>',
    does: say('importer les lignes d’un CSV, avec leurs dates', 'import the rows of a CSV, with their dates'),
    examples: ['vigie import voirie requests.csv --map apps/voirie/311-map.json --organisation kerlann'],
    more: say(
      'Importer deux fois n’importe rien deux fois ; un import interrompu reprend où il en était. Les lignes refusées vont,\navec leur numéro et leur raison, dans FICHIER.rejected.csv, qu’on peut corriger et importer à son tour (sortie 1).',
      'Importing twice imports nothing twice; an import that was stopped goes on where it was. Rows that are refused go,\nwith their line and reason, to FILE.rejected.csv, which can be corrected and imported in its turn (exit 1).',
    ),
  })
    .requiredOption('--map <file>', say('comment lire les colonnes (JSON)', 'how to read the columns (JSON)'))
    .requiredOption(
      '--organisation <name>',
      say('nom court de l’organisation', 'short name of the organisation'),
    )
    .option(
      '--site <site>',
      say('nom court du site de toutes les lignes', 'short name of the site of every row'),
    )
    .option(
      '--encoding <name>',
      say('windows-1252, utf-16le… ; sinon UTF-8', 'windows-1252, utf-16le…; UTF-8 otherwise'),
    )
    .option('--rejected <file>', say('où mettre les lignes refusées', 'where rejected rows go'))
    .action((app: string, path: string, options: Options) =>
      administer(terminal, async (office) => {
        const house = await houseNamed(terminal, office, options.organisation);
        const installed = appNamed(terminal, house, app);
        const map = mapOf(made, installed, options.map);
        const siteId = siteOf(made, house, map, options.site);
        const size = fileOf(made, path, () => statSync(path).size);
        const source = createReadStream(path);
        const file = await openCsv(source, options.encoding);
        const missing = checkColumns(map, file.header);
        if (missing.length > 0) throw refusedMap(options.map, missing);

        const wrong: Rejected[] = [];
        const kept = openRejected(options.rejected ?? placeOfRejected(path), file.header);
        const bar = startProgress(terminal, size);
        const target = {
          house,
          installed,
          siteId,
          closedStep: map.closed?.step,
          now: Date.now(),
          locale: terminal.locale,
        };
        const counts = await importTickets(office.db, target, map, file, ({ imported, known }, rejected) => {
          kept.add(rejected);
          wrong.push(...rejected.slice(0, Math.max(0, TOLD - wrong.length)));
          bar.reach(
            source.bytesRead,
            say(`${imported} importés, ${known} déjà là`, `${imported} imported, ${known} already there`),
          );
        }).finally(() => bar.stop());
        const rejectedFile = await kept.close().catch((error: Error) => {
          throw new Failure(
            1,
            'rejected_file',
            say(
              `Les lignes refusées n’ont pas pu être gardées (${error.message}). Dites où : --rejected FICHIER.`,
              `The rejected rows could not be kept (${error.message}). Say where: --rejected FILE.`,
            ),
          );
        });
        // A planner that still knows an empty table answers slowly until it is told.
        if (counts.imported > 0) await analyze(office.owner);

        if (counts.rejected > 0) made.exit(1);
        for (const { line, reasons } of options.json ? [] : wrong)
          terminal.err(
            say(`ligne ${line} : ${reasons.join(' ; ')}\n`, `line ${line}: ${reasons.join('; ')}\n`),
          );
        if (!options.json && counts.rejected > wrong.length)
          terminal.err(
            say(
              `… et ${counts.rejected - wrong.length} autres\n`,
              `… and ${counts.rejected - wrong.length} more\n`,
            ),
          );
        answer(terminal, options.json, { ...counts, rejectedFile }, () =>
          [
            say(
              `${counts.imported} importés, ${counts.known} déjà là, ${counts.rejected} refusés`,
              `${counts.imported} imported, ${counts.known} already there, ${counts.rejected} rejected`,
            ),
            ...(rejectedFile === null
              ? []
              : [say(`, à corriger dans ${rejectedFile}`, `, to be corrected in ${rejectedFile}`)]),
            '\n',
          ].join(''),
        );
      }),
    );
};
