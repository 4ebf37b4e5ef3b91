/** Who acts. A site of `null` is every site. */
export interface Grant {
  readonly app: string;
  readonly role: string;
  readonly siteId: string | null;
}

export interface Actor {
  readonly kind: 'member' | 'key' | 'system' | 'import';
  /** A member's or a key's id; the frame itself has none. */
  readonly id: string | null;
  readonly grants: readonly Grant[];
  readonly administrator: boolean;
}

/** What an event remembers of who did it: the name is looked up when it is read, so that it can be erased. */
export interface ActorRef {
  readonly kind: Actor['kind'];
  readonly id: string | null;
}

export const actorRef = (actor: Actor): ActorRef => ({ kind: actor.kind, id: actor.id });

/** The frame itself: deadlines, held tickets, erasure. It has no role, and makes only what the definition says it makes. */
export const system: Actor = { kind: 'system', id: null, grants: [], administrator: false };

/** Brings in what another system recorded, with its times. */
export const importer: Actor = { kind: 'import', id: null, grants: [], administrator: false };
