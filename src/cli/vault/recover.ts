import { existsSync, readFileSync } from 'node:fs';
import type { Command } from 'commander';

import { type Recovered, recoverVault } from '../../vault/index.ts';
import { answer, describe, type Made } from '../command.ts';
import { startProgress } from '../progress.ts';
import { Failure, type Say } from '../terminal.ts';

interface Options {
  readonly identity: string;
  readonly json?: boolean;
}

/** The key in a file as people write it down: spaces and line breaks between, comments of age-keygen, small letters of a QR reader. */
const identityIn = (path: string, say: Say): string => {
  if (!existsSync(path))
    throw new Failure(1, 'no_identity', say(`Il n’y a pas de fichier ${path}.`, `There is no file ${path}.`));
  const lines = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => !line.trim().startsWith('#'));
  const [key] =
    /AGE-SECRET-KEY-1[0-9A-Z]{58}/u.exec(lines.join('').replaceAll(/\s/gu, '').toUpperCase()) ?? [];
  if (key !== undefined) return key;
  throw new Failure(
    1,
    'no_identity',
    say(
      `${path} ne contient pas de clé de secours (AGE-SECRET-KEY-1, puis 58 lettres et chiffres).`,
      `${path} holds no recovery key (AGE-SECRET-KEY-1, then 58 letters and digits).`,
    ),
  );
};

const WHY: { readonly [why in Recovered['failed'][number]['why']]: readonly [fr: string, en: string] } = {
  no_key: ['pas scellé pour cette clé', 'not sealed to this key'],
  corrupt: ['abîmé', 'damaged'],
  missing: ['absent', 'missing'],
  unreadable: ['illisible', 'unreadable'],
};

const sayDone = (done: Recovered, out: string, say: Say): string => {
  const failed = done.failed.map(({ blob, why }) => `  ${blob}: ${say(...WHY[why])}\n`).join('');
  return (
    say(
      `${out} : ${done.written} fichiers retrouvés, ${done.there} déjà là.\n`,
      `${out}: ${done.written} files recovered, ${done.there} there already.\n`,
    ) +
    (done.named < done.organisations
      ? say(
          'Sans index qui s’ouvre, les fichiers portent leur somme pour nom.\n',
          'Without an index that opens, files are called by their sums.\n',
        )
      : '') +
    (failed === ''
      ? ''
      : say(`${done.failed.length} ne s’ouvrent pas :\n`, `${done.failed.length} do not open:\n`) + failed)
  );
};

/** Opens a vault with a recovery key, without a database or a server. */
export const recover = (made: Made): Command => {
  const { say, terminal } = made;
  return describe(made, {
    usage: 'recover <vault> <out>',
    does: say('rouvre tout avec la clé de secours seule', 'opens everything with the recovery key alone'),
    examples: ['vigie vault recover ./data/vault ./retrouvé --identity cle.txt'],
    more: say(
      'Ni base, ni serveur : le dossier du coffre suffit (ou celui d’une organisation). Vérifie chaque fichier ; refait, reprend où il en était.\nSort avec 1 quand quelque chose ne s’ouvre pas.',
      'No database, no server: the folder of the vault is enough (or that of one organisation). Verifies every file; run again, goes on where it was.\nExits with 1 when something does not open.',
    ),
  })
    .requiredOption('--identity <file>', say('fichier de la clé de secours', 'file with the recovery key'))
    .action(async (vault: string, out: string, options: Options) => {
      const identity = identityIn(options.identity, say);
      if (!existsSync(vault))
        throw new Failure(
          1,
          'no_vault',
          say(`Il n’y a pas de dossier ${vault}.`, `There is no folder ${vault}.`),
        );
      let bar: ReturnType<typeof startProgress> | null = null;
      const done = await recoverVault(identity, vault, out, (count, total) => {
        bar ??= startProgress(terminal, total);
        bar.reach(count, `${count} / ${total}`);
      });
      (bar as ReturnType<typeof startProgress> | null)?.stop();
      if (done.organisations === 0)
        throw new Failure(
          1,
          'no_vault',
          say(`${vault} n’est pas le dossier d’un coffre.`, `${vault} is not the folder of a vault.`),
        );
      if (done.failed.length > 0) made.exit(1);
      answer(terminal, options.json, done, () => sayDone(done, out, say));
    });
};
