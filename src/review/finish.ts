import type { Actor } from '../engine/index.ts';
import { askAgain, record } from '../log/index.ts';
import { administrators, grantRef, refuse, revokeKey } from '../people/index.ts';
import { asOrganisation, type Database, type Tx } from '../platform/postgres/index.ts';
import { finishReview, type LineRow, linesOf, lockReview, takeAdministration, takeRole } from './store.ts';

export const notOpen = () =>
  refuse(
    404,
    'not_found',
    'Cette revue n’existe pas, ou est terminée.',
    'There is no such review, or it is finished.',
  );

/** What was done in one review. */
interface Done {
  readonly kept: number;
  readonly removed: number;
}

/** Takes one right away, if it is still there, and writes the deed. */
const remove = async (
  tx: Tx,
  organisationId: string,
  review: string,
  line: LineRow,
  by: Actor,
  now: number,
): Promise<void> => {
  const { memberId, keyId, app, role, siteId } = line;
  if (line.kind === 'key' && keyId !== null && (await revokeKey(tx, organisationId, keyId, new Date(now))))
    await record(tx, organisationId, 'key_revoked', by, { key: keyId, review }, now);
  if (memberId === null) return;
  if (line.kind === 'administrator' && (await takeAdministration(tx, organisationId, memberId)))
    await record(tx, organisationId, 'administrator_taken', by, { member: memberId, review }, now);
  if (line.kind !== 'role' || app === null || role === null) return;
  if (await takeRole(tx, organisationId, memberId, { app, role, siteId }))
    await record(
      tx,
      organisationId,
      'roles_changed',
      by,
      { member: memberId, given: [], taken: [grantRef({ app, role, siteId })], review },
      now,
    );
};

/**
 * Ends a review: what was answered `remove` is taken away, a deed each.
 * @throws HttpProblem `not_found`, `unanswered`, `last_administrator`: then nothing is taken away
 */
export const finish = (
  db: Database,
  organisationId: string,
  review: string,
  by: Actor,
  now: number,
): Promise<Done> =>
  asOrganisation(db, organisationId, async (tx) => {
    const admins = await administrators(tx, organisationId);
    if (!(await lockReview(tx, organisationId, review))) throw notOpen();
    const lines = await linesOf(tx, organisationId, review);
    const open = lines.filter(({ answer }) => answer === null).length;
    if (open > 0)
      throw refuse(
        409,
        'unanswered',
        `Il reste ${open} droits sans réponse : gardez ou retirez chacun.`,
        `${open} rights have no answer yet: keep or remove each.`,
      );
    const removed = lines.filter(({ answer }) => answer === 'remove');
    const leaving = removed.flatMap(({ kind, memberId }) => (kind === 'administrator' ? [memberId] : []));
    if (admins.every((id) => leaving.includes(id)))
      throw refuse(
        409,
        'last_administrator',
        'Il ne resterait personne pour administrer.',
        'Nobody would be left to administer.',
      );
    for (const line of removed) await remove(tx, organisationId, review, line, by, now);
    await finishReview(tx, organisationId, review, by.id, new Date(now));
    const done = { kept: lines.length - removed.length, removed: removed.length };
    await askAgain(tx, organisationId);
    await record(tx, organisationId, 'review_finished', by, { review, ...done }, now);
    return done;
  });
