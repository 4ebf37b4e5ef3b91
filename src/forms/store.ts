import type { Tx } from '../platform/postgres/index.ts';

export interface Draft {
  readonly actorId: string | null;
  readonly form: { readonly [name: string]: string | readonly string[] };
  readonly problem: unknown;
}

export const insertDraft = (
  tx: Tx,
  organisationId: string,
  id: string,
  draft: Draft,
  at: Date,
): Promise<unknown> => tx`
  insert into draft (organisation_id, id, actor_id, form, problem, created_at)
  values (${organisationId}, ${id}, ${draft.actorId}, ${JSON.stringify(draft.form)}::text::jsonb,
    ${JSON.stringify(draft.problem)}::text::jsonb, ${at})`;

export const draftById = async (
  tx: Tx,
  organisationId: string,
  id: string,
  since: Date,
): Promise<Draft | undefined> => {
  const [row] = await tx<Draft[]>`
    select actor_id as "actorId", form, problem from draft
    where organisation_id = ${organisationId} and id = ${id} and created_at > ${since}`;
  return row;
};

export const forgetDrafts = (tx: Tx, organisationId: string, before: Date): Promise<unknown> => tx`
  delete from draft where organisation_id = ${organisationId} and created_at < ${before}`;
