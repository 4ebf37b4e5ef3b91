import { type Classification, Refused, type TicketState } from '../engine/index.ts';
import { carryFile, lockFiles } from '../files/index.ts';
import { record } from '../log/index.ts';
import { appOf } from '../organisations/index.ts';
import { HttpProblem, problem } from '../platform/http/problem.ts';
import { asOrganisation, type Tx } from '../platform/postgres/index.ts';
import { type Call, lockById, perform, seenByReference } from '../tickets/index.ts';
import { listIn } from './change.ts';
import type { Which } from './view.ts';

const STRICTNESS: { readonly [C in Classification]: number } = { public: 0, internal: 1, health: 2 };

const LOWERED =
  'Cet espace protège moins que celui où le fichier est : il n’y va pas. / That space protects less than the one the file is in: it does not go there.';
const INFECTED = 'Ce fichier est infecté : il ne va nulle part. / This file is infected: it goes nowhere.';

const isLowered = (call: Call, from: string, to: string): boolean =>
  STRICTNESS[appOf(call.house, to).definition.classification] <
  STRICTNESS[appOf(call.house, from).definition.classification];

/** Both tickets, held in the order of their ids, so that two who move files across do not wait for each other. */
const both = async (
  tx: Tx,
  call: Call,
  from: Which,
  to: Which,
): Promise<readonly [TicketState, TicketState]> => {
  const found = [await seenByReference(tx, call, from), await seenByReference(tx, call, to)];
  const [source, target] = found;
  if (!source || !target) throw new Refused({ code: 'not_found' });
  for (const id of [source.id, target.id].toSorted()) await lockById(tx, call.house.id, id);
  return [source, target];
};

/**
 * Moves a file to a field of another ticket, in one transaction: taken out of one and put into the other by somebody who
 * may do both. There it is looked at again, and given to nobody before. A space that protects less takes nothing.
 * @throws Refused `not_found`, `forbidden`, `invalid`; HttpProblem 409 `classification_lowered`, `infected`
 */
export const moveFile = async (
  given: Call,
  from: Which,
  file: { readonly id: string; readonly field: string },
  to: Which & { readonly field: string },
): Promise<TicketState> => {
  // Two commands: a key of one would be taken for the answer of the other.
  const call = { ...given, once: null };
  if (!call.house.apps.has(to.app)) throw new Refused({ code: 'not_found' });
  return asOrganisation(call.db, call.house.id, async (tx) => {
    const [source, target] = await both(tx, call, from, to);
    if (isLowered(call, source.app, target.app))
      throw new HttpProblem(problem(409, 'classification_lowered', LOWERED));
    const [row] = await lockFiles(tx, call.house.id, [file.id]);
    if (row?.reason === 'infected') throw new HttpProblem(problem(409, 'infected', INFECTED));
    await perform(tx, call, from, (_tx, state) => {
      const had = listIn(state, file.field);
      const left = had.filter(({ id }) => id !== file.id);
      if (left.length === had.length) throw new Refused({ code: 'not_found' });
      return {
        type: 'edit',
        version: state.version,
        fields: { [file.field]: left.length > 0 ? left : null },
        carried: { to: target.id },
      };
    });
    await carryFile(tx, call.house.id, file.id, { ticketId: target.id, field: to.field }, new Date(call.now));
    const moved = await perform(tx, call, to, (_tx, state) => ({
      type: 'edit',
      version: state.version,
      fields: { [to.field]: [...listIn(state, to.field), { id: file.id }] },
      carried: { from: source.id },
    }));
    const said = { file: file.id, from: source.id, to: target.id };
    await record(tx, call.house.id, 'file_moved', call.actor, said, call.now);
    return moved;
  });
};
