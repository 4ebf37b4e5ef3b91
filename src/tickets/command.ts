import { keepContacts } from '../contacts/index.ts';
import { actsUnseen, type Command, decide, maySee, Refused, type TicketState } from '../engine/index.ts';
import { keepFiles } from '../files/index.ts';
import { appOf, type Installed, openTimeAt } from '../organisations/index.ts';
import { asOrganisation, type Tx, unlessDeadlocked } from '../platform/postgres/index.ts';
import { firstAnswer } from './answer.ts';
import type { Call } from './call.ts';
import { answered, heldCount, lockById, lockByReference, updateTicket } from './store.ts';
import { AlreadyAnswered, writing } from './write.ts';

/** Which ticket: by reference as people say it, or by id as the log does. */
export type Which = { readonly app: string; readonly reference: string } | { readonly id: string };

/** A command, made once the ticket is locked; what it needs to read, it reads in this transaction. */
export type MakeCommand = (tx: Tx, state: TicketState, installed: Installed) => Promise<Command> | Command;

const lock = (tx: Tx, organisationId: string, which: Which): Promise<TicketState | null> =>
  'id' in which
    ? lockById(tx, organisationId, which.id)
    : lockByReference(tx, organisationId, which.app, which.reference);

/** What the engine makes of a command on the locked ticket, written; the caller's transaction commits it. */
export const perform = async (tx: Tx, call: Call, which: Which, make: MakeCommand): Promise<TicketState> => {
  const organisationId = call.house.id;
  const state = await lock(tx, organisationId, which);
  if (!state) throw new Refused({ code: 'not_found' });
  const installed = appOf(call.house, state.app);
  // Before anything is read for it: what is not theirs to see is refused as what is not there, and as fast.
  if (!actsUnseen(call.actor) && !maySee(installed.definition, call.actor, state))
    throw new Refused({ code: 'not_found' });
  // Asked after the lock: a retry that waited for the first attempt sees what it wrote.
  if (call.once && (await answered(tx, organisationId, call.once.key))) throw new AlreadyAnswered();
  const command = await make(tx, state, installed);
  const heldOpen = installed.definition.holds ? (await heldCount(tx, organisationId, state.id)).open : 0;
  const kept =
    'fields' in command
      ? {
          ...command,
          fields: await keepContacts(tx, call.house, installed.definition, command.fields, call.now),
        }
      : command;
  const siteId = kept.type === 'edit' && kept.siteId !== undefined ? kept.siteId : state.siteId;
  const decision = decide(installed.definition, state, kept, {
    actor: call.actor,
    now: call.now,
    open: openTimeAt(call.house, siteId, call.now, state.createdAt),
    heldOpen,
  });
  if ('refusal' in decision) throw new Refused(decision.refusal);
  await keepFiles(
    tx,
    organisationId,
    installed.definition,
    {
      id: state.id,
      before: { ...state.fields, ...state.sealed },
      after: { ...decision.state.fields, ...decision.state.sealed },
    },
    call.actor,
    // What is erased is not to be put back.
    kept.type === 'erase' ? 0 : call.now,
  );
  const written = writing(installed, decision.event, decision.state, call.once);
  if (!(await updateTicket(tx, organisationId, written))) throw new AlreadyAnswered();
  return decision.state;
};

/**
 * Makes a command on a ticket, in its own transaction.
 * @throws Refused with what is wrong; KeyReused
 */
export const command = async (call: Call, which: Which, make: MakeCommand): Promise<TicketState> => {
  try {
    return await unlessDeadlocked(() =>
      asOrganisation(call.db, call.house.id, (tx) => perform(tx, call, which, make)),
    );
  } catch (error) {
    if (!(error instanceof AlreadyAnswered)) throw error;
    const first = await firstAnswer(call);
    if (!first) throw error;
    return first;
  }
};
