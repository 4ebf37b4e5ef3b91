import { Refused, type TicketState } from '../engine/index.ts';
import { appOf } from '../organisations/index.ts';
import { type Call, changeTicket } from '../tickets/index.ts';
import type { Which } from './view.ts';

/** What is in a field of files. */
export const listIn = (state: TicketState, field: string): readonly { readonly id: string }[] => {
  const value = state.fields[field] ?? state.sealed[field];
  return Array.isArray(value) ? (value as readonly { readonly id: string }[]) : [];
};

/** Adds files that were uploaded to a field, after those it has. @throws Refused `not_found`, `forbidden`, `invalid` */
export const addFiles = (
  call: Call,
  which: Which,
  field: string,
  ids: readonly string[],
): Promise<TicketState> =>
  changeTicket(call, which, (_tx, state) => {
    const had = listIn(state, field);
    const fresh = ids.filter((id) => !had.some((one) => one.id === id));
    return { [field]: [...had, ...fresh.map((id) => ({ id }))] };
  });

/** Takes files out of a field: for thirty days they can be put back. @throws Refused `not_found`, `forbidden` */
export const removeFile = (call: Call, which: Which, id: string): Promise<TicketState> =>
  changeTicket(call, which, (_tx, state) => {
    const { definition } = appOf(call.house, state.app);
    const field = Object.keys(definition.fields).find((name) =>
      listIn(state, name).some((one) => one.id === id),
    );
    if (field === undefined) throw new Refused({ code: 'not_found' });
    const left = listIn(state, field).filter((one) => one.id !== id);
    return { [field]: left.length > 0 ? left : null };
  });
