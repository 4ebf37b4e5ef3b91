import { createHash } from 'node:crypto';
import { writeSync } from 'node:fs';

import { arrived, deleteFiles, forgetFiles } from '../../src/files/index.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { createLogger } from '../../src/platform/logging.ts';
import { asOrganisation, openDatabase } from '../../src/platform/postgres/index.ts';
import { currentKeys, lay, makeVault, openShelf, type Vault } from '../../src/vault/index.ts';
import type { Identity } from '../../src/vault/age/index.ts';

/** What somebody does with a vault, in a process that may be killed at any moment. */
export type Deed =
  { readonly keep: string; readonly bytes: number } | { readonly forget: string; readonly bytes: number };

export interface Job {
  readonly url: string;
  readonly data: string;
  readonly organisationId: string;
  readonly master: Identity;
  readonly deeds: readonly Deed[];
}

/** What it says once that is so: a line each. */
export type Word =
  | { readonly kept: string; readonly file: string; readonly bytes: number }
  | { readonly forgotten: string }
  | { readonly failed: string }
  /** The shelf could not be opened, and nothing was done. */
  | { readonly unopened: string }
  | { readonly finished: true };

/** The bytes that stand for a name, which whoever reads makes again. */
export const contentOf = (name: string, length: number): Buffer => {
  const seed = createHash('sha512').update(name).digest();
  return Buffer.alloc(length, seed);
};

// Synchronously: what was said has been said, whatever happens next.
const say = (word: Word): void => void writeSync(1, `${JSON.stringify(word)}\n`);

const carryOut = async (vault: Vault, organisationId: string, deed: Deed): Promise<void> => {
  if ('forget' in deed) {
    await asOrganisation(vault.db, organisationId, (tx) => deleteFiles(tx, organisationId, [deed.forget]));
    await forgetFiles(vault, organisationId);
    say({ forgotten: deed.forget });
    return;
  }
  const keys = await currentKeys(vault, organisationId);
  const laid = await lay(
    vault,
    keys,
    (async function* () {
      yield contentOf(deed.keep, deed.bytes);
    })(),
  );
  const by = { kind: 'system', id: null } as const;
  const file = await arrived(vault, keys, laid, { name: `${deed.keep}.bin`, folder: '' }, by);
  say({ kept: deed.keep, file, bytes: deed.bytes });
};

const work = async ({ url, data, organisationId, master, deeds }: Job): Promise<void> => {
  const shelf = await openShelf({ kind: 'folder', path: undefined }, data).catch((error: unknown) => {
    say({ unopened: error instanceof Error ? error.name : String(error) });
  });
  if (!shelf) return;
  const db = openDatabase({ url });
  const logger = createLogger('silent');
  const vault = makeVault({ db, shelf, staging: data, clock: systemClock, logger }, master);
  for (const deed of deeds)
    try {
      await carryOut(vault, organisationId, deed);
    } catch (error) {
      say({ failed: error instanceof Error ? error.name : String(error) });
    }
  say({ finished: true });
  await db.close();
};

const asked = process.argv[2];
if (asked !== undefined && import.meta.main) await work(JSON.parse(asked) as Job);
