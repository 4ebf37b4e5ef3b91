import type { House } from '../../organisations/index.ts';
import { localeOf } from '../../platform/http/locale.ts';
import { isUuid } from '../../platform/ids.ts';
import { type Database, inOrganisation } from '../../platform/postgres/index.ts';
import { DEMANDS } from '../assurance.ts';
import type { Caller, Visit } from '../caller.ts';
import { hashSecret } from '../secret.ts';
import { shareLinkBy, touchVisit, visitBy } from './store.ts';

/** How long a share stays open in the browser in which it was opened, in milliseconds. */
export const VISIT = 24 * 3_600_000;
const TOUCH = 60_000;

interface Presented {
  readonly acceptLanguage: string | undefined;
  readonly link?: string | undefined;
  visitOf?(linkId: string): string | undefined;
}

/** How long a visit lasts: where a member proved who they are, as long as a session does where there is health data. */
export const lastsOf = (proof: Visit['proof']): number => (proof === 'member' ? DEMANDS.health.total : VISIT);

/** What was opened, while that counts; of a member, in the very session in which they proved who they are. */
const visitNow = async (
  db: Database,
  organisationId: string,
  linkId: string,
  secret: string,
  session: () => Promise<Caller | null>,
  now: number,
): Promise<Visit | null> => {
  const [found] = await inOrganisation(db, organisationId, (tx) =>
    visitBy(tx, organisationId, linkId, hashSecret(secret)),
  );
  if (!found || now - found.at.getTime() > lastsOf(found.proof)) return null;
  const idle = now - found.seenAt.getTime();
  if (found.proof === 'member') {
    if (idle > DEMANDS.health.idle || (await session())?.session?.id !== found.sessionId) return null;
    if (idle > TOUCH)
      await inOrganisation(db, organisationId, (tx) =>
        touchVisit(tx, organisationId, found.id, new Date(now)),
      );
  }
  return found;
};

/**
 * Whoever holds a link to files, by its secret or by the cookie of whoever opened it. `null` alike for a link that never
 * was, was revoked, or is over. Whether its maker may still share is asked where the files are.
 * @param session who is signed in, in the same browser
 */
export const byShare = async (
  db: Database,
  house: House,
  secret: string | undefined,
  { acceptLanguage, link, visitOf }: Presented,
  session: () => Promise<Caller | null>,
  now: number,
): Promise<Caller | null> => {
  if (secret === undefined && (link === undefined || !isUuid(link) || visitOf?.(link) === undefined))
    return null;
  const by =
    secret === undefined
      ? { secretHash: null, id: link ?? null }
      : { secretHash: hashSecret(secret), id: null };
  const [found] = await inOrganisation(db, house.id, (tx) => shareLinkBy(tx, house.id, by, new Date(now)));
  if (!found) return null;
  const shown = visitOf?.(found.linkId);
  const visit = shown === undefined ? null : await visitNow(db, house.id, found.linkId, shown, session, now);
  // Without its secret, a link is nothing but by what was opened with it.
  if (secret === undefined && visit === null) return null;
  return {
    house,
    actor: { kind: 'share', id: found.linkId, grants: [], administrator: false },
    member: null,
    locale: localeOf(acceptLanguage),
    session: null,
    withheld: new Set(),
    confined: 'share',
    share: { shareId: found.shareId, linkId: found.linkId, visit },
  };
};
