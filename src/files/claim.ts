import { type Actor, type AppDefinition, type Problem, Refused } from '../engine/index.ts';
import type { Tx } from '../platform/postgres/index.ts';
import { RELEASED } from './forget.ts';
import { stateAt } from './place.ts';
import { claimFiles, type FileRow, lockFiles, releaseFiles, setState } from './store.ts';

type Values = { readonly [name: string]: unknown };

const idsIn = (value: unknown): readonly string[] =>
  Array.isArray(value)
    ? value.flatMap((one: unknown) =>
        typeof one === 'object' && one !== null && 'id' in one && typeof one.id === 'string' ? [one.id] : [],
      )
    : [];

const filesFields = (definition: AppDefinition, values: Values): readonly string[] =>
  Object.keys(values).filter(
    (name) => Object.hasOwn(definition.fields, name) && definition.fields[name]?.is === 'files',
  );

/** Does a command name files? Then it needs more than one statement. */
export const writesFiles = (definition: AppDefinition, values: Values): boolean =>
  filesFields(definition, values).some((name) => idsIn(values[name]).length > 0);

/**
 * Theirs to name: loose and brought by themselves, or of this very field already. What was erased, or taken out so long
 * ago that it may be erased at any moment, is nobody's.
 */
const isTheirs = (file: FileRow, actor: Actor, ticketId: string, field: string, now: number): boolean =>
  file.ticketId === null
    ? actor.kind === 'system' ||
      (file.createdBy === actor.id && file.createdKind === actor.kind && actor.id !== null)
    : file.ticketId === ticketId &&
      file.field === field &&
      (file.releasedAt === null || file.releasedAt.getTime() > now - RELEASED);

/** Whether where it is put decides what becomes of it: it was looked at, and nothing else is wrong with it. */
const settles = ({ state, reason }: FileRow): boolean =>
  state === 'kept' || (state === 'quarantined' && (reason === 'health_data' || reason === 'not_accepted'));

/**
 * Gives the files that a command names to its ticket, and lets go of those that it no longer names. What is not there and
 * what is another's is refused alike.
 * @param before the values the ticket had, empty when it is opened
 * @param after those it has now, once the engine decided
 * @throws Refused `invalid` with `unknown_file` at the field
 */
export const keepFiles = async (
  tx: Tx,
  organisationId: string,
  definition: AppDefinition,
  ticket: { readonly id: string; readonly before: Values; readonly after: Values },
  actor: Actor,
  now: number,
): Promise<void> => {
  const problems: Problem[] = [];
  for (const field of filesFields(definition, { ...ticket.before, ...ticket.after })) {
    if (ticket.before[field] === ticket.after[field]) continue;
    const [had, has] = [idsIn(ticket.before[field]), idsIn(ticket.after[field])];
    const added = has.filter((id) => !had.includes(id));
    const gone = had.filter((id) => !has.includes(id));
    if (added.length > 0) {
      const found = await lockFiles(tx, organisationId, added);
      const theirs = new Set(
        found.filter((file) => isTheirs(file, actor, ticket.id, field, now)).map(({ id }) => id),
      );
      added.forEach((id) => {
        if (!theirs.has(id))
          problems.push({ path: `fields.${field}.${has.indexOf(id)}`, code: 'unknown_file' });
      });
      if (problems.length > 0) continue;
      await claimFiles(tx, organisationId, added, ticket.id, field);
      for (const file of found.filter(settles)) {
        const { state, reason } = stateAt(file, definition.classification, definition.fields[field]);
        if (state !== file.state) await setState(tx, organisationId, file.id, state, reason);
      }
    }
    if (gone.length > 0) await releaseFiles(tx, organisationId, gone, new Date(now));
  }
  if (problems.length > 0) throw new Refused({ code: 'invalid', problems });
};
