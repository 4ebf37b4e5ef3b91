import { readingOf, Refused, type TicketState } from '../engine/index.ts';
import { type Known, readable } from '../downloads/index.ts';
import { appOf } from '../organisations/index.ts';
import { actorNames } from '../people/index.ts';
import { asOrganisation } from '../platform/postgres/index.ts';
import { type Call, seenByReference } from '../tickets/index.ts';
import { currentKeys, type Vault, VaultError } from '../vault/index.ts';
import { saidOf, type Said, writtenOf, type Written } from './about.ts';
import { mayAsk } from './standing.ts';
import { type DepositRow, depositsOfDrop, type DropRow, dropsOfTicket, filesOfDeposits } from './store.ts';

/** What one person brought: those of its files that are still there. */
export interface Brought {
  readonly row: DepositRow;
  readonly said: Said | null;
  readonly files: readonly Known[];
}

export interface Listed {
  readonly drop: DropRow;
  readonly written: Written | null;
  /** The name of its maker. */
  readonly by: string;
  readonly deposits: readonly Brought[];
}

/** The drops of a ticket and what came by each, to whoever reads the field; and where this caller may make one. */
export const listDrops = async (
  vault: Vault,
  call: Call,
  which: { readonly app: string; readonly reference: string },
): Promise<{
  readonly state: TicketState;
  readonly drops: readonly Listed[];
  readonly fields: readonly string[];
}> => {
  const { house, actor } = call;
  const keys = await currentKeys(vault, house.id).catch((error: unknown) => {
    // Without keys there are neither files nor drops.
    if (error instanceof VaultError && error.code === 'closed') return null;
    throw error;
  });
  return asOrganisation(call.db, house.id, async (tx) => {
    const state = await seenByReference(tx, call, which);
    if (!state) throw new Refused({ code: 'not_found' });
    const { definition } = appOf(house, state.app);
    const reading = readingOf(definition, actor, state);
    const shown = (name: string): boolean =>
      Object.hasOwn(definition.fields, name) && reading(name) === 'shown';
    const fields = keys && state.closedAt === null ? Object.keys(definition.fields) : [];
    const rows = (await dropsOfTicket(tx, house.id, state.id)).filter(({ field }) => shown(field));
    const known = new Map(
      (rows.length > 0 ? await readable(tx, keys, call, state) : []).map((one) => [one.row.id, one]),
    );
    const makers = await actorNames(
      tx,
      house.id,
      rows.map(({ createdBy }) => createdBy),
    );
    const drops: Listed[] = [];
    for (const drop of rows) {
      const deposits = await depositsOfDrop(tx, house.id, drop.id);
      const files = await filesOfDeposits(
        tx,
        house.id,
        deposits.map(({ id }) => id),
      );
      const brought: Brought[] = [];
      for (const row of deposits)
        brought.push({
          row,
          said: await saidOf(vault, tx, house.id, row),
          files: files.flatMap(({ id, deposit }) => (deposit === row.id ? (known.get(id) ?? []) : [])),
        });
      drops.push({
        drop,
        written: await writtenOf(vault, tx, house.id, drop),
        by: makers.find(({ id }) => id === drop.createdBy)?.name ?? '',
        deposits: brought,
      });
    }
    return { state, drops, fields: fields.filter((name) => mayAsk(definition, actor, state, name)) };
  });
};
