import { Refused } from '../engine/index.ts';
import { ticketFiles } from '../downloads/index.ts';
import { HttpProblem, problem } from '../platform/http/problem.ts';
import { asOrganisation } from '../platform/postgres/index.ts';
import type { Call } from '../tickets/index.ts';
import { currentKeys, type Vault } from '../vault/index.ts';
import { writeReceiptFor } from './write.ts';

interface Said {
  readonly field: string;
  /** Whom the files of the field were given to, or whom they came from. */
  readonly other: { readonly to: string } | { readonly from: string };
}

const nothing = (): HttpProblem =>
  new HttpProblem(
    problem(
      409,
      'nothing_to_hand_over',
      'Ce champ n’a aucun fichier qui puisse être remis. / This field has no file that can be handed over.',
    ),
  );

/**
 * A member states that they handed the files of a field over, or received them: on a key, by a courier, across the desk.
 * What is not found clean is handed over by nobody; what came is stated as it came.
 * @throws Refused `not_found`; HttpProblem `nothing_to_hand_over`
 */
export const handOver = async (
  vault: Vault,
  frame: { readonly url: string },
  call: Call,
  which: { readonly app: string; readonly reference: string },
  { field, other }: Said,
): Promise<{ readonly id: string; readonly text: string }> => {
  const { state, files } = await ticketFiles(vault, call, which);
  const leaves = 'to' in other;
  const named = files.filter(({ row }) => row.field === field && (!leaves || row.state === 'kept'));
  if (named.length === 0) {
    // A field that they do not read is one that is not there.
    if (!files.some(({ row }) => row.field === field)) throw new Refused({ code: 'not_found' });
    throw nothing();
  }
  const keys = await currentKeys(vault, call.house.id);
  const { id: ticket, reference } = state;
  return asOrganisation(call.db, call.house.id, (tx) =>
    writeReceiptFor(tx, keys, frame, call.house, {
      ticket: { id: ticket, reference },
      fields: [field],
      kind: leaves ? 'handed-over' : 'received',
      direction: leaves ? 'out' : 'in',
      from: leaves ? call.house.name : other.from,
      to: leaves ? other.to : call.house.name,
      files: named.map(({ row, about }) => ({ name: about.name, size: row.size, sha256: about.sha256 })),
      at: call.now,
      by: call.actor,
    }),
  );
};
