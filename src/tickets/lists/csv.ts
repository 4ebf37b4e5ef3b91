import { stringify } from 'csv-stringify/sync';

import { asText, fieldKinds, type Json, may, readingInGeneral, Refused } from '../../engine/index.ts';
import { appOf } from '../../organisations/index.ts';
import { traceFile } from '../../traces/index.ts';
import type { Call } from '../call.ts';
import type { TicketView } from '../show.ts';
import { listPage, type ListInput } from './list.ts';

const PAGE = 500;

/** A cell that a spreadsheet would take for a formula begins with an apostrophe (OWASP, CSV injection). */
export const safeCell = (text: string): string =>
  /^[=+\-@\t\r]/u.test(text) && !/^[+-]?\d+([.,]\d+)?$/u.test(text) ? `'${text}` : text;

const FRAME = [
  'reference',
  'step',
  'site',
  'assignee',
  'lateness',
  'due',
  'promise',
  'created',
  'closed',
] as const;

/**
 * The caller's tickets as CSV, in chunks: a header, then a page of rows at a time.
 * UTF-8 with its mark, because spreadsheets guess otherwise.
 * @throws Refused `forbidden` when no role of the caller exports; HttpProblem `no_trace` before anything is given
 */
export async function* exportCsv(
  call: Call,
  input: Omit<ListInput, 'limit' | 'after'> & { readonly app: string },
): AsyncGenerator<string> {
  const { definition } = appOf(call.house, input.app);
  if (!may(definition, call.actor, 'exports')) throw new Refused({ code: 'forbidden' });
  const reading = readingInGeneral(definition, call.actor);
  const names = Object.keys(definition.fields).filter((name) => reading(name) === 'shown');
  const cell = (ticket: TicketView, name: string): string => {
    const field = definition.fields[name];
    const value = ticket.fields[name];
    if (!field || value === undefined) return '';
    return safeCell(
      field.is === 'choice' ? asText(value as Json) : fieldKinds[field.is].toText(value as Json, field),
    );
  };
  const reader: Call = { ...call, way: 'export' };
  await traceFile(reader, input.app);
  yield `\ufeff${stringify([[...FRAME, ...names]])}`;
  let after: string | null = null;
  do {
    const page = await listPage(reader, { ...input, limit: PAGE, after });
    yield stringify(
      page.tickets.map((ticket) => [
        ...FRAME.map((column) =>
          column === 'assignee' ? (ticket.assignee?.name ?? '') : (ticket[column] ?? ''),
        ).map(safeCell),
        ...names.map((name) => cell(ticket, name)),
      ]),
    );
    after = page.next;
  } while (after !== null);
}
