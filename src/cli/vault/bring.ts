import type { Command } from 'commander';

import { bringBag, checkBag, type Wrong } from '../../bags/index.ts';
import { administer, appNamed, houseNamed } from '../administer.ts';
import { answer, describe, type Made } from '../command.ts';
import { startProgress } from '../progress.ts';
import { Failure, type Say } from '../terminal.ts';
import { seeingAll, vaultOf } from './office.ts';
import { sayBytes } from './sizes.ts';

interface Options {
  readonly organisation: string;
  readonly app: string;
  readonly reference: string;
  readonly field: string;
  readonly json?: boolean;
}

const WORDS: { readonly [code in Wrong['code']]: readonly [fr: string, en: string] } = {
  not_a_bag: ['ce dossier n’est pas un sac BagIt', 'this folder is not a BagIt bag'],
  no_manifest: [
    'le sac n’a ni manifest-sha256.txt ni manifest-sha512.txt',
    'the bag has neither manifest-sha256.txt nor manifest-sha512.txt',
  ],
  manifest: ['une ligne d’un manifeste ne se lit pas', 'a line of a manifest cannot be read'],
  fetch: ['une partie du sac est à chercher ailleurs', 'a part of the bag must be fetched from elsewhere'],
  link: ['n’est pas un fichier', 'is not a file'],
  absent: ['manque', 'is missing'],
  unlisted: ['n’est pas dans le manifeste', 'is not in the manifest'],
  changed: ['a changé', 'was changed'],
  oxum: [
    'le nombre ou la taille des fichiers n’est pas ce qui est annoncé',
    'the number or size of the files is not what was said',
  ],
};

const sayWrong = ({ code, path }: Wrong, say: Say): string => {
  const [fr, en] = WORDS[code];
  return `  ${path === '' ? '' : `${path}: `}${say(fr, en)}`;
};

/** Brings the files of a bag into a field of a ticket. */
export const importBag = (made: Made): Command => {
  const { say, terminal } = made;
  return describe(made, {
    usage: 'import <bag>',
    does: say(
      'les fichiers d’un sac BagIt, dans un champ d’une fiche',
      'the files of a BagIt bag, into a field of a ticket',
    ),
    examples: [
      'vigie vault import ./kerlann-2026 --organisation kerlann --app phototheque --reference P-0001 --field photos',
    ],
    more: say(
      'Un dossier (décompressez un zip d’abord). Les sommes sont vérifiées avant que rien ne soit gardé ; refait, rien ne vient deux fois.\nD’un sac de Vigie viennent les fichiers, pas les fiches. Ils sont examinés comme tout ce qui arrive.',
      'A folder (unpack a zip first). Sums are checked before anything is kept; done again, nothing comes twice.\nOf a bag of Vigie the files come, not the tickets. They are looked at like all that arrives.',
    ),
  })
    .requiredOption(
      '--organisation <name>',
      say('nom court de l’organisation', 'short name of the organisation'),
    )
    .requiredOption('--app <app>', say('l’application', 'the app'))
    .requiredOption('--reference <reference>', say('la fiche', 'the ticket'))
    .requiredOption('--field <field>', say('le champ, de type fichiers', 'the field, of files'))
    .action((bag: string, options: Options) =>
      administer(terminal, async (office) => {
        const house = await houseNamed(terminal, office, options.organisation);
        const { definition } = appNamed(terminal, house, options.app);
        const { app, reference, field } = options;
        if (!Object.hasOwn(definition.fields, field) || definition.fields[field]?.is !== 'files') {
          const known = Object.entries(definition.fields).flatMap(([name, { is }]) =>
            is === 'files' ? [name] : [],
          );
          throw new Failure(
            1,
            'unknown_field',
            say(
              `« ${field} » n’est pas un champ de fichiers de ${app}. Il y a : ${known.join(', ')}.`,
              `"${field}" is no field of files of ${app}. There is: ${known.join(', ')}.`,
            ),
          );
        }
        const progress = startProgress(terminal, 1);
        let bytes = 0;
        const reach = (more: number): void => progress.reach(0, sayBytes((bytes += more), say));
        try {
          const { payload, wrong } = await checkBag(bag, reach);
          if (wrong.length > 0)
            throw new Failure(
              1,
              'bad_bag',
              [
                say(`Rien n’est gardé : ${bag} ne va pas.`, `Nothing is kept: ${bag} is not right.`),
                ...wrong.map((one) => sayWrong(one, say)),
              ].join('\n'),
            );
          const call = seeingAll(office, house, true);
          const done = await bringBag(
            await vaultOf(office),
            call,
            { app, reference },
            field,
            bag,
            payload,
            reach,
          );
          answer(terminal, options.json, done, () =>
            say(
              `${reference} : ${done.added} fichiers ajoutés, ${done.known} déjà là.\n`,
              `${reference}: ${done.added} files added, ${done.known} there already.\n`,
            ),
          );
        } finally {
          progress.stop();
        }
      }),
    );
};
