import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';

import { newIdentity, recipientOf, type Identity } from './age/index.ts';
import { VaultError } from './errors.ts';

/** From where the master key comes: its own words, a command that prints it, or the file of the data folder. */
export interface MasterSource {
  readonly key: string | undefined;
  readonly command: string | undefined;
  /** The data folder. */
  readonly data: string;
}

/** Seconds that a command has to print the key: it may ask a hardware token, or another machine. */
const PATIENCE = 60;
const WHERE = 'master-key';

const read = (path: string): string | null => {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
};

/** Whole or not at all, and never in place of another's; on the disk before anything is sealed to it. */
const write = (folder: string, text: string): void => {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, WHERE);
  const own = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  const file = openSync(own, 'wx', 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  try {
    linkSync(own, path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    rmSync(own);
  }
  const opened = openSync(folder, 'r');
  try {
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
};

const printed = (command: string): string => {
  const { status, stdout } = spawnSync('/bin/sh', ['-c', command], {
    encoding: 'utf8',
    timeout: PATIENCE * 1000,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  if (status !== 0)
    throw new VaultError(
      'locked',
      `VIGIE_MASTER_KEY_COMMAND printed no key: it ended with ${status ?? 'a signal, or after a minute'}.`,
    );
  return stdout;
};

const IDENTITY = /^AGE-SECRET-KEY-1[0-9A-Z]+$/u;

/** The line of a key file that is the key, as `age-keygen` writes them. */
const lineOf = (text: string): string | undefined =>
  text
    .split('\n')
    .map((line) => line.trim())
    .find((line) => IDENTITY.test(line));

/**
 * The key that opens the keys of all organisations: an age identity. Without a variable it is the file `master-key` of
 * the data folder, made at the first start, mode 0600; processes that share a database share it too.
 * @param needed whether something was sealed to a master key before: then no new one is made
 * @throws VaultError `locked` when there is none to be had, or what is there is none
 */
export const openMaster = async (source: MasterSource, needed: boolean): Promise<Identity> => {
  const path = join(source.data, WHERE);
  const given = source.key ?? (source.command === undefined ? undefined : printed(source.command));
  if (given === undefined && read(path) === null) {
    if (needed)
      throw new VaultError(
        'locked',
        `Files were kept under a master key, and ${path} is not there: put it back from a backup, or set VIGIE_MASTER_KEY. ` +
          'Without it, recovery keys alone open what was kept.',
      );
    const made = await newIdentity();
    write(
      source.data,
      `# The master key of this installation: without it, no file opens here.\n${made.identity}\n`,
    );
  }
  const identity = lineOf(given ?? read(path) ?? '');
  if (identity === undefined)
    throw new VaultError(
      'locked',
      `${given === undefined ? path : 'The master key that was given'} is no age identity (AGE-SECRET-KEY-1…, as age-keygen prints it).`,
    );
  return { identity, recipient: await recipientOf(identity) };
};
