import type { Command } from 'commander';

import { system } from '../../engine/index.ts';
import { makeRecovery } from '../../keeping/index.ts';
import { record } from '../../log/index.ts';
import { urlOf } from '../../organisations/index.ts';
import { asOrganisation } from '../../platform/postgres/index.ts';
import { setQuota } from '../../vault/index.ts';
import { administer, houseNamed } from '../administer.ts';
import { answer, describe, type Made } from '../command.ts';
import { vaultOf } from './office.ts';
import { recoveryText } from './paper.ts';
import { readBytes, sayBytes } from './sizes.ts';

interface Options {
  readonly organisation: string;
  readonly json?: boolean;
}

const organisationOption = (made: Made): [string, string] => [
  '--organisation <name>',
  made.say('nom court de l’organisation', 'short name of the organisation'),
];

const showing = (made: Made, which: 'first' | 'another') => (options: Options) => {
  const { say, terminal } = made;
  return administer(terminal, async (office) => {
    const house = await houseNamed(terminal, office, options.organisation);
    const vault = await vaultOf(office);
    const key = await makeRecovery(vault, house, which, system, urlOf(office.config, house));
    const text = await recoveryText(house, key, say);
    answer(terminal, options.json, { organisation: house.slug, recoveryKey: key.identity }, () => text);
  });
};

/** Opens the vault of an organisation that has none yet. */
export const open = (made: Made): Command => {
  const { say } = made;
  return describe(made, {
    usage: 'open',
    does: say(
      'ouvre le coffre d’une organisation, et montre sa clé de secours une fois',
      'opens the vault of an organisation, and shows its recovery key once',
    ),
    examples: ['vigie vault open --organisation kerlann'],
  })
    .requiredOption(...organisationOption(made))
    .action(showing(made, 'first'));
};

/** Makes another recovery key. */
export const recovery = (made: Made): Command => {
  const { say } = made;
  return describe(made, {
    usage: 'recovery',
    does: say('une autre clé de secours, montrée une fois', 'another recovery key, shown once'),
    examples: ['vigie vault recovery --organisation kerlann'],
    more: say(
      'La nouvelle ouvre tout. L’ancienne ouvre encore ce qui a été gardé avec elle : ne la laissez pas traîner.\nTous les administrateurs sont prévenus.',
      'The new one opens everything. The former still opens what was kept under it: do not leave it lying about.\nAll administrators are told.',
    ),
  })
    .requiredOption(...organisationOption(made))
    .action(showing(made, 'another'));
};

/** The most that an organisation may keep. */
export const quota = (made: Made): Command => {
  const { say, terminal } = made;
  return describe(made, {
    usage: 'quota <size>',
    does: say('ce qu’une organisation peut garder au plus', 'the most that an organisation may keep'),
    examples: [
      'vigie vault quota 50GB --organisation kerlann',
      'vigie vault quota none --organisation kerlann',
    ],
    more: say(
      'Ce qui est déjà gardé le reste, même au-dessus. 1 Go fait un milliard d’octets, tels qu’ils sont sur le disque.',
      'What is kept already stays, also above it. 1 GB is a thousand million bytes, as they lie on the disk.',
    ),
  })
    .requiredOption(...organisationOption(made))
    .action((written: string, options: Options) => {
      const bytes = readBytes(written, say);
      return administer(terminal, async (office) => {
        const house = await houseNamed(terminal, office, options.organisation);
        await asOrganisation(office.db, house.id, async (tx) => {
          await setQuota(tx, house.id, bytes);
          await record(tx, house.id, 'quota_changed', system, { bytes }, Date.now());
        });
        answer(terminal, options.json, { organisation: house.slug, quota: bytes }, () =>
          bytes === null
            ? say(`${house.name} : sans quota.\n`, `${house.name}: no quota.\n`)
            : `${house.name}: ${sayBytes(bytes, say)}\n`,
        );
      });
    });
};
