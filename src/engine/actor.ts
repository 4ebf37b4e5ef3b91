/** Who acts. A site of `null` is every site. */
export interface Grant {
  readonly app: string;
  readonly role: string;
  readonly siteId: string | null;
}

/**
 * To what an actor is confined: of what their roles let them see and do, only what is inside, and never to edit,
 * assign or export. A shared station has its steps, a guest's link its ticket.
 */
export interface Within {
  readonly app: string;
  /** Only tickets that stand at these. */
  readonly steps?: readonly string[];
  readonly siteId?: string;
  readonly ticketId?: string;
  /** The one field of it in which a drop puts files; it reads none, not even this one. */
  readonly field?: string;
  /** A ticket they have just taken away from these steps: still seen, so that it can be brought back, and nothing more. */
  readonly justMoved?: string;
  /** May open tickets, when a role of theirs does. */
  readonly opens?: true;
}

export interface Actor {
  /**
   * A `drop` is somebody without an account who brings files by a link: they put, and never read. A `share` is somebody who
   * reads files by a link, by what its maker may: they have no role.
   */
  readonly kind: 'member' | 'key' | 'guest' | 'drop' | 'share' | 'system' | 'import';
  /** A member's, a key's or a link's id, or that of a deposit; the frame itself has none. */
  readonly id: string | null;
  readonly grants: readonly Grant[];
  readonly administrator: boolean;
  /** The shared station at which a member acts. */
  readonly station?: string;
  readonly within?: Within;
}

/** What an event remembers of who did it: the name is looked up when it is read, so that it can be erased. */
export interface ActorRef {
  readonly kind: Actor['kind'];
  readonly id: string | null;
  readonly station?: string;
}

export const actorRef = ({ kind, id, station }: Actor): ActorRef => ({
  kind,
  id,
  ...(station !== undefined && { station }),
});

/** The frame itself: deadlines, held tickets, erasure. It has no role, and makes only what the definition says it makes. */
export const system: Actor = { kind: 'system', id: null, grants: [], administrator: false };

/** Brings in what another system recorded, with its times. */
export const importer: Actor = { kind: 'import', id: null, grants: [], administrator: false };

/** Whoever acts on tickets without seeing them: the frame, an import, and a drop, which may only put. */
export const actsUnseen = ({ kind }: Pick<Actor, 'kind'>): boolean =>
  kind === 'system' || kind === 'import' || kind === 'drop';
