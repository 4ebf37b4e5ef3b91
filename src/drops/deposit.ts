import { randomUUID } from 'node:crypto';

import { aboutSchema, filesById } from '../files/index.ts';
import type { House } from '../organisations/index.ts';
import type { Frame } from '../people/index.ts';
import { asOrganisation, type Tx } from '../platform/postgres/index.ts';
import { depositReceipt, writeReceiptFor } from '../receipts/index.ts';
import { statesById } from '../tickets/index.ts';
import { currentKeys, type Keys, type Vault } from '../vault/index.ts';
import { saidOf, type Said } from './about.ts';
import { nameMissing, nothingCame } from './refusals.ts';
import {
  closeDeposit,
  type DepositRow,
  type DropRow,
  dropById,
  filesOfDeposits,
  insertDeposit,
  lockDeposit,
} from './store.ts';

/** What a receipt calls whoever did not say who they are. */
const UNNAMED = 'Sans nom / Unnamed';

/**
 * Somebody begins to bring files: who they say they are is sealed, and what comes is theirs.
 * @returns its id, random: whoever has it goes on with it
 * @throws HttpProblem 422 `invalid` without a name where one is asked for
 */
export const beginDeposit = async (
  vault: Vault,
  organisationId: string,
  drop: DropRow,
  { name, message }: Said,
): Promise<string> => {
  if (drop.names && name === undefined) throw nameMissing();
  const keys = await currentKeys(vault, organisationId);
  const id = randomUUID();
  const said: Said = { ...(name && { name }), ...(drop.messages && message && { message }) };
  await asOrganisation(vault.db, organisationId, (tx) =>
    insertDeposit(tx, organisationId, {
      id,
      dropId: drop.id,
      about: keys.sealAbout(id, said),
      keyId: keys.id,
      createdAt: new Date(vault.clock.now()),
    }),
  );
  return id;
};

const receive = async (
  vault: Vault,
  frame: Pick<Frame, 'url'>,
  house: House,
  tx: Tx,
  keys: Keys,
  deposit: DepositRow,
): Promise<string> => {
  const now = vault.clock.now();
  const ids = (await filesOfDeposits(tx, house.id, [deposit.id])).map(({ id }) => id);
  const rows = (await filesById(tx, house.id, ids)).toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
  const drop = await dropById(tx, house.id, deposit.dropId);
  const ticket = drop && (await statesById(tx, house.id, [drop.ticketId])).get(drop.ticketId);
  if (rows.length === 0 || !ticket) throw nothingCame();
  const said = await saidOf(vault, tx, house.id, deposit);
  const { text } = await writeReceiptFor(tx, keys, frame, house, {
    ticket,
    fields: [drop.field],
    kind: 'received',
    direction: 'in',
    from: said?.name ?? UNNAMED,
    to: house.name,
    files: rows.map((row) => {
      const { name, sha256 } = aboutSchema.parse(keys.openAbout(row.id, row.about));
      return { name, size: row.size, sha256 };
    }),
    at: now,
    by: { kind: 'drop', id: deposit.id },
  });
  await closeDeposit(tx, house.id, deposit.id, new Date(now));
  return text;
};

/**
 * Ends a deposit: what came of it is stated, signed, for both sides. Again, the same text.
 * @returns `null` when there is no such deposit, or what its receipt said was erased
 * @throws HttpProblem 409 `nothing_came`
 */
export const endDeposit = async (
  vault: Vault,
  frame: Pick<Frame, 'url'>,
  house: House,
  dropId: string,
  depositId: string,
): Promise<string | null> => {
  // Before the transaction: to wait for another connection while holding one is how all come to wait for each other.
  const keys = await currentKeys(vault, house.id);
  return asOrganisation(vault.db, house.id, async (tx) => {
    const deposit = await lockDeposit(tx, house.id, dropId, depositId);
    if (!deposit) return null;
    return deposit.closedAt === null
      ? receive(vault, frame, house, tx, keys, deposit)
      : depositReceipt(vault, tx, house.id, deposit.id);
  });
};
