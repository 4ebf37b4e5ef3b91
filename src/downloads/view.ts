import { z } from '@hono/zod-openapi';

import { readingOf, Refused, type TicketState } from '../engine/index.ts';
import { type About, aboutSchema, type FileRow, filesOfTicket, renditionsOf } from '../files/index.ts';
import { appOf } from '../organisations/index.ts';
import { actorNames } from '../people/index.ts';
import { HttpProblem, problem } from '../platform/http/problem.ts';
import { asOrganisation, type Tx } from '../platform/postgres/index.ts';
import { type Call, seenByReference } from '../tickets/index.ts';
import { currentKeys, type Keys, type Vault } from '../vault/index.ts';

/** A file, and what is known of it. */
export interface Known {
  readonly row: FileRow;
  readonly about: About;
  /** What it can be looked at as. */
  readonly previews: readonly ('small' | 'large')[];
  /** The name of whoever said that it is no health data. */
  readonly clearedBy: string;
}

export interface Which {
  readonly app: string;
  readonly reference: string;
}

export const aboutOf = (keys: Keys, row: Pick<FileRow, 'id' | 'about'>): About =>
  aboutSchema.parse(keys.openAbout(row.id, row.about));

/** Says of files of a ticket whether this actor reads the field that each is in. */
export const shownTo = (call: Call, state: TicketState): ((file: FileRow) => boolean) => {
  const { definition } = appOf(call.house, state.app);
  const reading = readingOf(definition, call.actor, state);
  return ({ field }) =>
    field !== null && Object.hasOwn(definition.fields, field) && reading(field) === 'shown';
};

/**
 * The files of a ticket that this actor reads, in the order of the fields and of what is in them.
 * @param only one of them, when no other is asked for
 */
export const readable = async (
  tx: Tx,
  keys: Keys | null,
  call: Call,
  state: TicketState,
  only?: string,
): Promise<readonly Known[]> => {
  const { definition } = appOf(call.house, state.app);
  const shown = shownTo(call, state);
  const [all, early] = await Promise.all([
    filesOfTicket(tx, call.house.id, state.id),
    only === undefined ? null : renditionsOf(tx, call.house.id, [only]),
  ]);
  const rows = all.filter((row) => (only === undefined || row.id === only) && shown(row));
  if (rows.length === 0 || !keys) return [];
  const ids = rows.map(({ id }) => id);
  const made = early ?? (await renditionsOf(tx, call.house.id, ids));
  const values = { ...state.fields, ...state.sealed };
  const fields = Object.keys(definition.fields);
  const place = ({ field, id }: FileRow): number => {
    const value = values[field ?? ''];
    const nth = Array.isArray(value)
      ? value.findIndex((one) => typeof one === 'object' && one !== null && 'id' in one && one.id === id)
      : -1;
    return fields.indexOf(field ?? '') * 1e6 + (nth < 0 ? 1e5 : nth);
  };
  const known = rows
    .toSorted((a, b) => place(a) - place(b))
    .map((row) => ({ row, about: aboutOf(keys, row) }));
  const judges = known.flatMap(({ about }) => (about.cleared ? [about.cleared.by] : []));
  const people = judges.length > 0 ? await actorNames(tx, call.house.id, judges) : [];
  const names = new Map(people.map(({ id, name }) => [id, name]));
  return known.map(({ row, about }) => ({
    row,
    about,
    clearedBy: names.get(about.cleared?.by ?? '') ?? '',
    previews: (['small', 'large'] as const).filter((kind) =>
      made.some((one) => one.fileId === row.id && one.kind === kind),
    ),
  }));
};

/** Keys, when the organisation has any: without, it has no files. */
export const keysIfOpen = async (vault: Vault, organisationId: string, tx?: Tx): Promise<Keys | null> => {
  try {
    return await currentKeys(vault, organisationId, tx);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'closed') return null;
    throw error;
  }
};

/** A ticket and its files, or `only` one of them, to whoever sees both. @throws Refused `not_found` */
export const ticketFiles = async (
  vault: Vault,
  call: Call,
  which: Which,
  only?: string,
): Promise<{ readonly state: TicketState; readonly files: readonly Known[] }> =>
  asOrganisation(call.db, call.house.id, async (tx) => {
    const [keys, state] = await Promise.all([
      keysIfOpen(vault, call.house.id, tx),
      seenByReference(tx, call, which),
    ]);
    if (!state) throw new Refused({ code: 'not_found' });
    return { state, files: await readable(tx, keys, call, state, only) };
  });

const AWAY: { readonly [state in 'waiting' | 'quarantined']: readonly [code: string, detail: string] } = {
  waiting: [
    'being_checked',
    'Ce fichier est en cours de vérification : réessayez dans un instant. / This file is being checked: try again in a moment.',
  ],
  quarantined: [
    'quarantined',
    'Ce fichier est en quarantaine : il n’est donné à personne. / This file is in quarantine: it is given to nobody.',
  ],
};

/** @throws HttpProblem 409 `being_checked`, `quarantined`: what was not found clean is given to nobody */
export const mustBeKept = ({ row }: Pick<Known, 'row'>): void => {
  if (row.state === 'kept') return;
  const [code, detail] = AWAY[row.state];
  throw new HttpProblem(problem(409, code, detail, { reason: row.reason }));
};

export const fileSchema = z
  .object({
    id: z.string(),
    field: z.string(),
    name: z.string(),
    folder: z.string(),
    size: z.number(),
    type: z.string().nullable().openapi({ description: 'By its content; null until it was looked at.' }),
    state: z.enum(['waiting', 'kept', 'quarantined']),
    reason: z.string().nullable(),
    warnings: z.array(z.string()),
    findings: z.array(z.object({ rule: z.string(), strength: z.string(), where: z.string() })),
    cleared: z
      .object({ at: z.string(), by: z.string(), reason: z.string() })
      .nullable()
      .openapi({ description: 'Held back for health data, and released by whom and with which reason.' }),
    sha256: z.string(),
    previews: z.array(z.enum(['small', 'large'])),
    picture: z
      .object({
        width: z.number(),
        height: z.number(),
        takenAt: z.string().nullable(),
        place: z.object({ lat: z.number(), lng: z.number() }).nullable(),
        camera: z.string().nullable(),
      })
      .nullable()
      .openapi({ description: 'Found in the photo.' }),
    created: z.string(),
  })
  .openapi('File');

export const showFile = ({ row, about, previews, clearedBy }: Known): z.output<typeof fileSchema> => ({
  id: row.id,
  field: row.field ?? '',
  name: about.name,
  folder: about.folder,
  size: row.size,
  type: row.type,
  state: row.state,
  reason: row.reason,
  warnings: [...row.warnings],
  findings: about.findings ?? [],
  cleared: about.cleared ? { at: about.cleared.at, by: clearedBy, reason: about.cleared.reason } : null,
  sha256: about.sha256,
  previews: [...previews],
  picture: about.picture
    ? (({ width, height, takenAt, place, camera }) => ({ width, height, takenAt, place, camera }))(
        about.picture,
      )
    : null,
  created: row.createdAt.toISOString(),
});
