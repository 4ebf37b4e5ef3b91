import type { Json } from '../engine/index.ts';
import { isUuid } from '../platform/ids.ts';
import type { Tx } from '../platform/postgres/index.ts';
import { type DeedRow, namesOf } from './store.ts';

/** The ids that a deed speaks of, however deep. */
const idsIn = (value: Json): readonly string[] => {
  if (typeof value === 'string') return isUuid(value) ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap((inner) => idsIn(inner));
};

/** Deeds with the names of today of whom and what they speak of: names are nowhere in the log itself. */
export const showDeeds = async (tx: Tx, organisationId: string, rows: readonly DeedRow[]) => {
  const ids = rows.flatMap(({ actor, body }) => [...(actor.id === null ? [] : [actor.id]), ...idsIn(body)]);
  const names = new Map(
    (await namesOf(tx, organisationId, [...new Set(ids)])).map(({ id, name }) => [id, name]),
  );
  return rows.map(({ id, type, at, actor, body }) => ({
    id,
    type,
    at: at.toISOString(),
    actor: { kind: actor.kind, id: actor.id, name: (actor.id !== null && names.get(actor.id)) || '' },
    body,
    names: Object.fromEntries(idsIn(body).flatMap((one) => (names.has(one) ? [[one, names.get(one)]] : []))),
  }));
};
