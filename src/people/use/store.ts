import type { Tx } from '../../platform/postgres/index.ts';

/** The last day on which somebody did something in an app. */
export const keepUse = (
  tx: Tx,
  organisationId: string,
  use: { readonly memberId: string; readonly app: string; readonly day: string },
) => tx`
  insert into app_use as u (organisation_id, member_id, app, day)
  values (${organisationId}, ${use.memberId}, ${use.app}, ${use.day}::text::date)
  on conflict (organisation_id, member_id, app) do update set day = greatest(u.day, excluded.day)`;
