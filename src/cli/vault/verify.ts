import type { Command } from 'commander';

import { damagedPlaces, ROUND, stateOf } from '../../keeping/index.ts';
import { asOrganisation } from '../../platform/postgres/index.ts';
import { verify as readThrough } from '../../vault/index.ts';
import { administer } from '../administer.ts';
import { answer, describe, type Made } from '../command.ts';
import { startProgress } from '../progress.ts';
import { vaultOf } from './office.ts';
import { sayBytes } from './sizes.ts';
import { housesOf, sayPlaces } from './status.ts';

interface Options {
  readonly organisation?: string;
  readonly all?: boolean;
  readonly json?: boolean;
}

interface Checked {
  readonly organisation: string;
  readonly read: number;
  readonly damaged: Awaited<ReturnType<typeof damagedPlaces>>;
}

/** Bytes between two looks at how far it is. */
const STEP = 256 * 1024 * 1024;

/** Reads what is kept through to its end, and compares it with what came. */
export const verify = (made: Made): Command => {
  const { say, terminal } = made;
  return describe(made, {
    usage: 'verify',
    does: say('relit les fichiers gardés jusqu’au bout', 'reads kept files through to their end'),
    examples: ['vigie vault verify', 'vigie vault verify --organisation argentique --all'],
    more: say(
      `Ceux que le serveur n’a pas relus depuis ${ROUND / 86_400_000} jours ; tous avec --all. Sort avec 1 quand un fichier est abîmé ou absent.`,
      `Those that the server has not read for ${ROUND / 86_400_000} days; all of them with --all. Exits with 1 when a file is damaged or missing.`,
    ),
  })
    .option('--organisation <name>', say('une seule', 'one only'))
    .option('--all', say('tous, même relus hier', 'all of them, also those read yesterday'))
    .action((options: Options) =>
      administer(terminal, async (office) => {
        const vault = await vaultOf(office);
        const houses = await housesOf(terminal, office, options.organisation);
        const before = Date.now() - (options.all ? 0 : ROUND);
        const checked: Checked[] = [];
        for (const { id, slug } of houses) {
          const { stored } = await stateOf(vault, id);
          const progress = startProgress(terminal, stored);
          let files = 0;
          for (let bytes = 0; ; bytes += STEP) {
            const { read } = await readThrough(vault, id, before, STEP);
            if (read === 0) break;
            files += read;
            progress.reach(bytes, `${slug} · ${sayBytes(bytes, say)}`);
          }
          progress.stop();
          const places = await asOrganisation(office.db, id, (tx) => damagedPlaces(tx, id, 1000));
          checked.push({ organisation: slug, read: files, damaged: places });
        }
        if (checked.some(({ damaged }) => damaged.length > 0)) made.exit(1);
        answer(terminal, options.json, { organisations: checked }, () =>
          checked
            .map(({ organisation, read, damaged }) =>
              damaged.length === 0
                ? say(
                    `${organisation} : ${read} relus, rien d’abîmé.\n`,
                    `${organisation}: ${read} read, nothing damaged.\n`,
                  )
                : say(
                    `${organisation} : ${read} relus ; abîmés :\n`,
                    `${organisation}: ${read} read; damaged:\n`,
                  ) + sayPlaces(damaged, say),
            )
            .join(''),
        );
      }),
    );
};
