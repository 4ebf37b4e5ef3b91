import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { ROUND, stateOf, type VaultState } from '../../keeping/index.ts';
import { allOrganisations } from '../../organisations/index.ts';
import type { Config } from '../../platform/config.ts';
import { anyKey, currentKeys, type Vault, VaultError } from '../../vault/index.ts';
import type { Office } from '../administer.ts';
import type { Say } from '../terminal.ts';
import { vaultOf } from '../vault/office.ts';
import { sayBytes } from '../vault/sizes.ts';
import type { Finding } from './checks.ts';

const OTHERS = 0o077;
const GIGABYTE = 1e9;

const modeOf = (path: string): number => statSync(path).mode & 0o777;

/** The master key where it is a file, and the folders where sealed files lie: for one account of the machine. */
export const checkVaultPlace = (
  { data, vault, masterKey, masterKeyCommand }: Config,
  say: Say,
): Finding[] => {
  const found: Finding[] = [];
  const key = join(data, 'master-key');
  if (masterKey !== undefined || masterKeyCommand !== undefined)
    found.push({
      check: 'master key',
      state: 'ok',
      says: say('donnée par l’environnement', 'given by the environment'),
    });
  else if (existsSync(key)) {
    const mode = modeOf(key);
    found.push(
      (mode & OTHERS) === 0
        ? { check: 'master key', state: 'ok', says: `${key} (${mode.toString(8)})` }
        : {
            check: 'master key',
            state: 'problem',
            says: `${key} (${mode.toString(8)})`,
            todo: say(
              `D’autres comptes de la machine la lisent, et ouvrent tous les fichiers : chmod 600 ${key}`,
              `Other accounts of the machine read it, and open every file: chmod 600 ${key}`,
            ),
          },
    );
  }
  if (vault.kind === 's3') return found;
  for (const folder of [vault.path ?? join(data, 'vault'), join(data, 'staging')].filter((path) =>
    existsSync(path),
  )) {
    const mode = modeOf(folder);
    if ((mode & OTHERS) !== 0)
      found.push({
        check: 'vault folder',
        state: 'warning',
        says: `${folder} (${mode.toString(8)})`,
        todo: say(
          `D’autres comptes de la machine y entrent ; ce qui y est reste scellé : chmod 700 ${folder}`,
          `Other accounts of the machine get in; what is there stays sealed: chmod 700 ${folder}`,
        ),
      });
  }
  return found;
};

type Known = VaultState & { readonly slug: string; readonly locked: boolean };

const opens = async (vault: Vault, id: string): Promise<boolean> => {
  try {
    await currentKeys(vault, id);
    return true;
  } catch (error) {
    if (error instanceof VaultError && error.code === 'locked') return false;
    if (error instanceof VaultError) return true;
    throw error;
  }
};

const slugs = (states: readonly Known[]): string => states.map(({ slug }) => slug).join(', ');

const checkRoom = async (vault: Vault, say: Say): Promise<Finding> => {
  const free = await vault.shelf.free();
  if (free === null) return { check: 'vault room', state: 'ok', says: say('un bucket S3', 'an S3 bucket') };
  const says = say(`${sayBytes(free, say)} libres`, `${sayBytes(free, say)} free`);
  return free < 2 * GIGABYTE
    ? {
        check: 'vault room',
        state: free < GIGABYTE / 4 ? 'problem' : 'warning',
        says,
        todo: say(
          'Faites de la place là où les fichiers sont gardés (VIGIE_VAULT) : bientôt, plus rien n’arrivera.',
          'Make room where files are kept (VIGIE_VAULT): soon nothing will arrive any more.',
        ),
      }
    : { check: 'vault room', state: 'ok', says };
};

const closedVaults = (says: string, say: Say): Finding => ({
  check: 'vault keys',
  state: 'warning',
  says,
  todo: say(
    'Personne n’a dit tenir leur clé de secours : Réglages, Coffre. Sans elle, une clé maîtresse perdue est la fin de leurs fichiers.',
    'Nobody has said that they hold their recovery key: Settings, Vault. Without it, a lost master key is the end of their files.',
  ),
});

const checkKeys = (states: readonly Known[], say: Say): Finding => {
  const locked = states.filter((one) => one.locked);
  if (locked.length > 0)
    return {
      check: 'vault keys',
      state: 'problem',
      says: slugs(locked),
      todo: say(
        'La clé maîtresse n’ouvre pas leurs fichiers : remettez la bonne (master-key d’une sauvegarde, ou VIGIE_MASTER_KEY).',
        'The master key does not open their files: put the right one back (master-key of a backup, or VIGIE_MASTER_KEY).',
      ),
    };
  const closed = states.filter(({ openSince }) => openSince === null);
  const unsaid = states.filter(
    ({ openSince, recoveryKeptAt }) => openSince !== null && recoveryKeptAt === null,
  );
  if (closed.length + unsaid.length > 0) return closedVaults(slugs([...closed, ...unsaid]), say);
  return {
    check: 'vault keys',
    state: 'ok',
    says: say('la clé maîtresse les ouvre', 'the master key opens them'),
  };
};

const checkFiles = (states: readonly Known[], now: number, say: Say): Finding => {
  const hurt = states.filter(({ damaged }) => damaged.missing + damaged.corrupt + damaged.unreadable > 0);
  if (hurt.length > 0)
    return {
      check: 'vault files',
      state: 'problem',
      says: slugs(hurt),
      todo: say(
        'Des fichiers gardés sont abîmés ou absents : vigie vault status les nomme. Remettez-les depuis une copie du coffre, puis vigie vault verify --all.',
        'Kept files are damaged or missing: vigie vault status names them. Put them back from a copy of the vault, then vigie vault verify --all.',
      ),
    };
  const oldest = states.flatMap(({ verifiedSince }) =>
    verifiedSince === null ? [] : [verifiedSince.getTime()],
  );
  const days = oldest.length === 0 ? 0 : Math.floor((now - Math.min(...oldest)) / 86_400_000);
  const says = say(`tous relus depuis ${days} jours au plus`, `all read within ${days} days`);
  return days * 86_400_000 > ROUND
    ? {
        check: 'vault files',
        state: 'warning',
        says,
        todo: say(
          'Le serveur ne les relit pas assez vite, ou ne tourne pas : vigie vault verify.',
          'The server does not read them fast enough, or does not run: vigie vault verify.',
        ),
      }
    : { check: 'vault files', state: 'ok', says };
};

/** Do the keys open, is there room, is what is kept whole? */
export const checkVault = async (office: Office, say: Say): Promise<Finding[]> => {
  const all = await allOrganisations(office.db.app);
  // Looking must not make a master key, or a folder.
  if (all.length > 0 && !(await anyKey(office.db.system)))
    return [closedVaults(all.map(({ slug }) => slug).join(', '), say)];
  if (all.length === 0) return [];
  let vault: Vault;
  try {
    vault = await vaultOf(office);
  } catch (error) {
    if (!(error instanceof VaultError)) throw error;
    return [{ check: 'vault keys', state: 'problem', says: error.code, todo: error.message }];
  }
  const states: Known[] = [];
  for (const { id, slug } of all)
    states.push({ ...(await stateOf(vault, id)), slug, locked: !(await opens(vault, id)) });
  return [checkKeys(states, say), checkFiles(states, Date.now(), say), await checkRoom(vault, say)];
};
