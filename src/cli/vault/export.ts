import { existsSync, readdirSync } from 'node:fs';
import { basename } from 'node:path';
import type { Command } from 'commander';

import {
  type Absent,
  bagOf,
  type Gathered,
  type Gathering,
  gatherTicket,
  infoOf,
  textPiece,
  ticketsWithFiles,
  writeFolder,
  writeZip,
} from '../../bags/index.ts';
import { system } from '../../engine/index.ts';
import { record } from '../../log/index.ts';
import { asOrganisation } from '../../platform/postgres/index.ts';
import { type Call, exportCsv } from '../../tickets/index.ts';
import type { Vault } from '../../vault/index.ts';
import { administer, appNamed, houseNamed } from '../administer.ts';
import { answer, describe, type Made } from '../command.ts';
import { startProgress } from '../progress.ts';
import { Failure, type Say, type Terminal } from '../terminal.ts';
import { seeingAll, vaultOf } from './office.ts';
import { sayBytes } from './sizes.ts';

interface Options {
  readonly organisation: string;
  readonly app?: string;
  readonly reference?: string;
  /** `--no-sealed` */
  readonly sealed: boolean;
  readonly json?: boolean;
}

/** Everything of an organisation or of an app: its tickets as CSV, and each that has files in a folder of its own. */
const gatherAll = async (
  vault: Vault,
  call: Call,
  app: string | undefined,
  how: Gathering,
): Promise<Gathered> => {
  const { house } = call;
  const apps = app === undefined ? [...house.apps.keys()] : [app];
  const pieces = [];
  const absent: Absent[] = [];
  for (const name of apps) {
    const rows = await Array.fromAsync(
      exportCsv(call, { app: name, filter: {}, sort: 'oldest', locale: how.locale }),
    );
    pieces.push(textPiece(`${name}.csv`, rows.join(''), call.now));
  }
  const tickets = await asOrganisation(call.db, house.id, (tx) =>
    ticketsWithFiles(tx, house.id, app ?? null),
  );
  for (const which of tickets.filter((one) => house.apps.has(one.app))) {
    const into = `${which.app}/${which.reference}/`;
    const gathered = await gatherTicket(vault, call, which, into, { ...how, alone: true });
    pieces.push(...gathered.pieces);
    absent.push(...gathered.absent);
  }
  return { pieces, absent };
};

const placeFor = (place: string, zip: boolean, say: Say): void => {
  const taken = zip ? existsSync(place) : existsSync(place) && readdirSync(place).length > 0;
  if (taken)
    throw new Failure(
      1,
      'folder_in_use',
      zip
        ? say(`${place} est déjà là.`, `${place} is there already.`)
        : say(`${place} n’est pas vide.`, `${place} is not empty.`),
    );
};

const sayDone = (
  place: string,
  done: { readonly files: number; readonly bytes: number; readonly absent: readonly Absent[] },
  say: Say,
): string => {
  const size = sayBytes(done.bytes, say);
  const left = done.absent.map(({ path, why }) => `  ${why}  ${path}\n`).join('');
  return (
    say(`${place} : ${done.files} fichiers, ${size}.\n`, `${place}: ${done.files} files, ${size}.\n`) +
    (left === '' ? '' : say('Pas dans le sac :\n', 'Not in the bag:\n') + left)
  );
};

const save = async (
  terminal: Terminal,
  vault: Vault,
  call: Call,
  place: string,
  options: Options,
  url: string,
  say: Say,
) => {
  const { app, reference } = options;
  const zip = place.endsWith('.zip');
  const progress = startProgress(terminal, 1);
  let bytes = 0;
  const reach = (more: number): void => progress.reach(0, sayBytes((bytes += more), say));
  try {
    // A zip has its manifests before it is written: what is damaged has to be known by then.
    const how = { locale: terminal.locale, url, whole: zip, reach: zip ? reach : () => {} };
    const gathered =
      app !== undefined && reference !== undefined
        ? await gatherTicket(vault, call, { app, reference }, '', how)
        : await gatherAll(vault, call, app, how);
    const what = [app, reference].filter((part) => part !== undefined).join('/');
    const info = infoOf(call.house, what, call.now);
    if (!zip) return await writeFolder(place, gathered, info, call.now, reach);
    const bag = bagOf(gathered, info, call.now);
    await writeZip(place, basename(place, '.zip'), bag);
    const payload = bag.files.filter(({ path }) => path.startsWith('data/'));
    return {
      absent: bag.absent,
      files: payload.length,
      bytes: payload.reduce((sum, { size }) => sum + size, 0),
    };
  } finally {
    progress.stop();
  }
};

/** Files and what they belong to, as a bag that is read without us. */
export const exportBag = (made: Made): Command => {
  const { say, terminal } = made;
  return describe(made, {
    usage: 'export <place>',
    does: say('les fichiers, en un sac BagIt', 'the files, as a BagIt bag'),
    examples: [
      'vigie vault export ./kerlann --organisation kerlann',
      'vigie vault export G-7.zip --organisation rade --app echange --reference E-0007',
    ],
    more: say(
      'Dans un dossier nouveau, ou en un .zip. Fiches en JSON et CSV, fichiers sous leur nom, sommes SHA-256 et SHA-512 :\nsha256sum -c manifest-sha256.txt. Les champs scellés (données personnelles) y sont, sauf avec --no-sealed.\nCe qui est en quarantaine, en attente ou abîmé n’y est pas, et est nommé ; sort avec 1 si quelque chose est abîmé.',
      'Into a new folder, or as a .zip. Tickets as JSON and CSV, files under their names, sums by SHA-256 and SHA-512:\nsha256sum -c manifest-sha256.txt. Sealed fields (personal data) are in it, unless --no-sealed is written.\nWhat is in quarantine, waiting or damaged is not, and is named; exits with 1 if anything is damaged.',
    ),
  })
    .requiredOption(
      '--organisation <name>',
      say('nom court de l’organisation', 'short name of the organisation'),
    )
    .option('--app <app>', say('une application', 'one app'))
    .option(
      '--reference <reference>',
      say('une fiche, avec ce qu’elle contient', 'one ticket, with what it holds'),
    )
    .option('--no-sealed', say('sans les champs scellés', 'without sealed fields'))
    .action((place: string, options: Options) => {
      if (options.reference !== undefined && options.app === undefined)
        throw new Failure(2, 'usage', say('--reference va avec --app.', '--reference goes with --app.'));
      placeFor(place, place.endsWith('.zip'), say);
      return administer(terminal, async (office) => {
        const house = await houseNamed(terminal, office, options.organisation);
        if (options.app !== undefined) appNamed(terminal, house, options.app);
        const vault = await vaultOf(office);
        const call = seeingAll(office, house, options.sealed);
        const { app = null, reference = null } = options;
        await asOrganisation(office.db, house.id, (tx) =>
          record(
            tx,
            house.id,
            'files_exported',
            system,
            { app, reference, sealed: options.sealed },
            call.now,
          ),
        );
        const done = await save(terminal, vault, call, place, options, office.config.url, say);
        if (done.absent.some(({ why }) => !['waiting', 'quarantined'].includes(why))) made.exit(1);
        answer(terminal, options.json, { place, ...done }, () => sayDone(place, done, say));
      });
    });
};
