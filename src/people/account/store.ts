import type { Tx } from '../../platform/postgres/index.ts';
import type { Assurance, Method } from '../assurance.ts';

export interface OwnSession {
  readonly id: string;
  readonly agent: string;
  readonly methods: readonly Method[];
  readonly assurance: Assurance;
  readonly createdAt: Date;
  readonly seenAt: Date;
}

/** Somebody's sessions that still open something. @param seenSince an older sign of life is one too few */
export const liveSessions = (
  tx: Tx,
  organisationId: string,
  memberId: string,
  at: Date,
  seenSince: Date,
): Promise<OwnSession[]> => tx<OwnSession[]>`
  select id, agent, methods, assurance, created_at as "createdAt", seen_at as "seenAt" from session
  where organisation_id = ${organisationId} and member_id = ${memberId} and revoked_at is null and expires_at > ${at}
    and seen_at >= ${seenSince}
  order by seen_at desc, id desc`;

export const revokeOwnSession = async (
  tx: Tx,
  organisationId: string,
  memberId: string,
  id: string,
  at: Date,
): Promise<boolean> => {
  const rows = await tx`
    update session set revoked_at = ${at}
    where organisation_id = ${organisationId} and id = ${id}::uuid and member_id = ${memberId} and revoked_at is null
    returning 1`;
  return rows.length > 0;
};

/** Ends all of somebody's sessions but one. */
export const revokeOtherSessions = (
  tx: Tx,
  organisationId: string,
  memberId: string,
  but: string,
  at: Date,
): Promise<unknown> => tx`
  update session set revoked_at = ${at}
  where organisation_id = ${organisationId} and member_id = ${memberId} and id <> ${but}::uuid and revoked_at is null`;
