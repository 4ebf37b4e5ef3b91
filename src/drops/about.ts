import { z } from 'zod';

import type { Tx } from '../platform/postgres/index.ts';
import { keysWithin, type Vault } from '../vault/index.ts';

/** What its maker wrote for whoever brings. */
const written = z.object({ title: z.string(), note: z.string().optional() });
export type Written = z.output<typeof written>;

/** Who they said they are, and what they wrote. */
const said = z.object({ name: z.string().optional(), message: z.string().optional() });
export type Said = z.output<typeof said>;

interface Sealed {
  readonly id: string;
  readonly about: Buffer | null;
  readonly keyId: string;
}

const open = async <T>(
  vault: Vault,
  tx: Tx,
  organisationId: string,
  { id, about, keyId }: Sealed,
  schema: z.ZodType<T>,
): Promise<T | null> => {
  if (about === null) return null;
  const keys = await keysWithin(vault, tx, organisationId, keyId);
  return schema.parse(keys.openAbout(id, about));
};

/** `null` once it was erased. @throws VaultError */
export const writtenOf = (
  vault: Vault,
  tx: Tx,
  organisationId: string,
  drop: Sealed,
): Promise<Written | null> => open(vault, tx, organisationId, drop, written);

/** `null` once it was erased. @throws VaultError */
export const saidOf = (vault: Vault, tx: Tx, organisationId: string, deposit: Sealed): Promise<Said | null> =>
  open(vault, tx, organisationId, deposit, said);
