import type { Tx } from '../platform/postgres/index.ts';

/** The tickets that a ticket holds or held, in their order. */
export const heldBy = (
  tx: Tx,
  organisationId: string,
  holderId: string,
): Promise<{ readonly app: string; readonly reference: string }[]> => tx<
  { app: string; reference: string }[]
>`
  select app, reference from ticket where organisation_id = ${organisationId} and holder_id = ${holderId} order by nth`;

/** The tickets that have files, of one app or of all. */
export const ticketsWithFiles = (
  tx: Tx,
  organisationId: string,
  app: string | null,
): Promise<{ readonly app: string; readonly reference: string }[]> => tx<
  { app: string; reference: string }[]
>`
  select t.app, t.reference from ticket t
  where t.organisation_id = ${organisationId} and (${app}::text is null or t.app = ${app})
    and exists (select from file f where f.organisation_id = ${organisationId} and f.ticket_id = t.id and f.released_at is null)
  order by t.app, t.created_at, t.id`;
