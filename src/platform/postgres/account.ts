import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';

/** As whom PostgreSQL runs. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/**
 * A number that no distribution gives out (between the ranges of Debian and of systemd), so that the
 * cluster is nobody else's: services that share the account `nobody` could read each other's files.
 */
const OWN_ACCOUNT: Account = { uid: 60_653, gid: 60_653 };

/** PostgreSQL refuses to run as root. As root, this is the account it runs under; otherwise undefined: our own. */
export function accountFor(cluster: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const owner = statSync(cluster, { throwIfNoEntry: false });
  // A cluster made by an ordinary user and now started by root goes on as that user's.
  const account = owner === undefined || owner.uid === 0 ? OWN_ACCOUNT : { uid: owner.uid, gid: owner.gid };
  const test = spawnSync('/bin/sh', ['-c', 'exit 0'], { ...account, cwd: '/' });
  if (test.error !== undefined) {
    throw new Error(
      'PostgreSQL refuses to run as root, and this system does not let Vigie start it as another user ' +
        `(${test.error.message}). Start Vigie as an ordinary user, or give it a PostgreSQL with DATABASE_URL.`,
    );
  }
  return account;
}

/** `initdb`, unlike the server, wants an account with a name; `nobody` has one on every system. */
export function namedAccount(): Account {
  const [uid, gid] = ['-u', '-g'].map((option) =>
    Number(spawnSync('id', [option, 'nobody'], { encoding: 'utf8' }).stdout || NaN),
  );
  if (!uid || !gid || Number.isNaN(uid + gid)) {
    throw new Error(
      'PostgreSQL is set up as the user "nobody", which this system does not have. Create it, or start Vigie as an ordinary user.',
    );
  }
  return { uid, gid };
}

/** Whether an account can do with a path what `test` checks: `-x`, `-w`, `-r`. Asked of the kernel itself. */
export function can(account: Account, check: '-x' | '-w' | '-r', path: string): boolean {
  return (
    spawnSync('/bin/sh', ['-c', `test ${check} "$1"`, 'sh', path], { ...account, cwd: '/' }).status === 0
  );
}
