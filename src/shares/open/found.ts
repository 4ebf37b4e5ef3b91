import type { Actor } from '../../engine/index.ts';
import { keysIfOpen } from '../../downloads/index.ts';
import type { House } from '../../organisations/index.ts';
import { actorNames, type Caller, type Frame, REFUSED, type Visit } from '../../people/index.ts';
import { asOrganisation } from '../../platform/postgres/index.ts';
import type { Vault } from '../../vault/index.ts';
import { aboutShare, type Named, namedSchema, type Standing, standing } from '../standing.ts';
import { shareById, type ShareRow } from '../store.ts';
import { linkById, type LinkRow } from './store.ts';

/** A share that stands, and the link by which somebody came to it. */
export interface Found {
  readonly share: ShareRow;
  readonly link: LinkRow;
  readonly named: Named | null;
  readonly message: string | null;
  /** Who shares. */
  readonly by: string;
  readonly standing: Standing;
  /** Who reads, for traces: the link, or the member who proved to be. */
  readonly actor: Actor;
}

const readerOf = ({ id, memberId }: LinkRow, visit: Visit | null): Actor => ({
  ...(visit?.proof === 'member' ? { kind: 'member', id: memberId } : { kind: 'share', id }),
  grants: [],
  administrator: false,
});

/** A share whose downloads are used up is opened no more; what is open goes on to its end. */
const isUsedUp = ({ most, downloads }: ShareRow): boolean => most !== null && most > 0 && downloads >= most;

/**
 * The share of a link, if it stands: asked again at every request.
 * @returns `null` for what never was, is over, was ended, or ended with the right it came from
 */
export const foundBy = async (
  vault: Vault,
  frame: Pick<Frame, 'db' | 'clock'>,
  house: House,
  {
    shareId,
    linkId,
    visit,
  }: { readonly shareId: string; readonly linkId: string; readonly visit: Visit | null },
): Promise<Found | null> => {
  const keys = await keysIfOpen(vault, house.id);
  return asOrganisation(frame.db, house.id, async (tx) => {
    const [share, link] = [await shareById(tx, house.id, shareId), await linkById(tx, house.id, linkId)];
    if (!keys || !share || !link || link.revokedAt !== null) return null;
    const stands = await standing(tx, frame.db, house, keys, share, frame.clock.now());
    if (!stands || (visit === null && isUsedUp(share))) return null;
    const [maker] = await actorNames(tx, house.id, [share.createdBy]);
    return {
      share,
      link,
      named: link.about === null ? null : namedSchema.parse(keys.openAbout(link.id, link.about)),
      message:
        share.about === null
          ? null
          : (aboutShare.parse(keys.openAbout(share.id, share.about)).message ?? null),
      by: maker?.name ?? '',
      standing: stands,
      actor: readerOf(link, visit),
    };
  });
};

/**
 * The share of whoever holds a link to it.
 * @throws HttpProblem 401, the same for what never was, is over, was ended, or ended with the right it came from
 */
export const found = async (vault: Vault, frame: Frame, { house, share }: Caller): Promise<Found> => {
  const held = share && (await foundBy(vault, frame, house, share));
  if (!held) throw REFUSED();
  return held;
};

/** The same, once they opened it. */
export const opened = async (
  vault: Vault,
  frame: Frame,
  caller: Caller,
): Promise<Found & { readonly visit: Visit }> => {
  const visit = caller.share?.visit;
  if (!visit) throw REFUSED();
  return { ...(await found(vault, frame, caller)), visit };
};
