import { asOrganisation } from '../platform/postgres/index.ts';
import { faults, useOf, type Vault } from '../vault/index.ts';
import { careOf, keySince, totalsOf } from './store.ts';

/** How an organisation's files are kept. Sizes in bytes. */
export interface VaultState {
  /** Since when it can keep files; null while it has no recovery key. */
  readonly openSince: Date | null;
  readonly recipient: string | null;
  readonly recoveryMadeAt: Date | null;
  readonly recoveryKeptAt: Date | null;
  readonly files: number;
  readonly stored: number;
  readonly arriving: number;
  readonly quota: number | null;
  readonly damaged: { readonly [fault in 'missing' | 'corrupt' | 'unreadable']: number };
  /** All that is kept was read through since. */
  readonly verifiedSince: Date | null;
  readonly indexedAt: Date | null;
}

export const stateOf = (vault: Vault, organisationId: string): Promise<VaultState> =>
  asOrganisation(vault.db, organisationId, async (tx) => {
    const [key, care, totals, use, wrong] = await Promise.all([
      keySince(tx, organisationId),
      careOf(tx, organisationId),
      totalsOf(tx, organisationId),
      useOf(tx, organisationId, new Date(vault.clock.now())),
      faults(tx, organisationId),
    ]);
    const of = (fault: string): number => wrong.find((one) => one.fault === fault)?.count ?? 0;
    return {
      openSince: key?.createdAt ?? null,
      recipient: key?.recoveryRecipient ?? null,
      recoveryMadeAt: care.recoveryMadeAt ?? key?.createdAt ?? null,
      recoveryKeptAt: care.recoveryKeptAt,
      files: totals.files,
      ...use,
      damaged: { missing: of('missing'), corrupt: of('corrupt'), unreadable: of('unreadable') },
      verifiedSince: totals.oldest,
      indexedAt: care.indexAt,
    };
  });
