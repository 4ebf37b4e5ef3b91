import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { temporaryFolder } from './cluster.ts';

const PROGRAM = '/usr/bin/age';

/** Why the ordinary `age` cannot be asked, if it cannot. */
export const cannotAge = existsSync(PROGRAM) ? false : 'Debian’s age is not installed';

/** What `age` wrote for all of these recipients. */
export const sealWithAge = (plain: Uint8Array, recipients: readonly string[]): Buffer =>
  age(
    recipients.flatMap((recipient) => ['-r', recipient]),
    plain,
  );

/** What `age` read, with an identity and nothing of ours. Throws what it said when it did not. */
export const openWithAge = (file: Uint8Array, identity: string, t: TestContext): Buffer => {
  const key = join(temporaryFolder('vigie-age-', t), 'key.txt');
  writeFileSync(key, `${identity}\n`, { mode: 0o600 });
  return age(['-d', '-i', key], file);
};

const age = (args: readonly string[], input: Uint8Array): Buffer => {
  const { status, stdout, stderr, error } = spawnSync(PROGRAM, args, { input, maxBuffer: 2 ** 30 });
  if (error) throw error;
  if (status !== 0) throw new Error(`age: ${stderr.toString()}`);
  return stdout;
};
