import type { ActorRef, Json } from '../engine/index.ts';
import type { Tx } from '../platform/postgres/index.ts';

/** What is asked of the deeds; absent means all. */
export interface Narrowed {
  /** Who did it, or to whom it was done. */
  readonly person?: string | undefined;
  readonly types?: readonly string[] | undefined;
  /** The id of the last that was shown. */
  readonly before?: string | undefined;
}

/** Something that was done to the organisation itself. */
export interface DeedRow {
  readonly id: string;
  readonly type: string;
  readonly at: Date;
  readonly actor: ActorRef;
  readonly body: { readonly [name: string]: Json };
}

const narrowed = (tx: Tx, { person, types, before }: Narrowed) => tx`
  ${person === undefined ? tx`true` : tx`(e.actor ->> 'id' = ${person} or e.body ->> 'member' = ${person})`}
  and ${types === undefined || types.length === 0 ? tx`true` : tx`e.type = any(${types as string[]}::text[])`}
  and ${before === undefined ? tx`true` : tx`e.id < ${before}::uuid`}`;

/** The deeds of an organisation, the newest first. */
export const deedsOf = (
  tx: Tx,
  organisationId: string,
  asked: Narrowed,
  limit: number,
): Promise<DeedRow[]> => tx<DeedRow[]>`
  select e.id, e.type, e.at, e.actor, e.body from event e
  where e.organisation_id = ${organisationId} and e.ticket_id is null and ${narrowed(tx, asked)}
  order by e.id desc limit ${limit}`;

/** The types of deeds there are here, also those that only another part knows. */
export const deedTypes = async (tx: Tx, organisationId: string): Promise<string[]> => {
  const rows = await tx<{ type: string }[]>`
    select distinct type from event where organisation_id = ${organisationId} and ticket_id is null order by type`;
  return rows.map(({ type }) => type);
};

/** What these ids are called: members, keys and sites. */
export const namesOf = (
  tx: Tx,
  organisationId: string,
  ids: readonly string[],
): Promise<{ id: string; name: string }[]> => tx<{ id: string; name: string }[]>`
  select id, name from member where organisation_id = ${organisationId} and id = any(${ids as string[]}::uuid[])
  union all
  select id, name from api_key where organisation_id = ${organisationId} and id = any(${ids as string[]}::uuid[])
  union all
  select id, name from site where organisation_id = ${organisationId} and id = any(${ids as string[]}::uuid[])`;
