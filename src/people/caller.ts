import type { Actor } from '../engine/index.ts';
import type { House } from '../organisations/index.ts';
import { HttpProblem, problem } from '../platform/http/problem.ts';
import type { Assurance, Method } from './assurance.ts';
import type { Member } from './store.ts';

/** A session in use. */
export interface Session {
  readonly id: string;
  /** Of its secret. */
  readonly hash: Buffer;
  readonly methods: readonly Method[];
  readonly assurance: Assurance;
  /** When the person last proved who they are, epoch milliseconds. */
  readonly authenticatedAt: number;
  /** Whether the person has a passkey: then nothing less proves who they are. */
  readonly hasPasskey: boolean;
}

/** The link of a share that somebody holds, and what they opened with it. */
export interface Shared {
  readonly shareId: string;
  readonly linkId: string;
  /** `null` until they proved what the share asks for. */
  readonly visit: Visit | null;
}

/** From when somebody opened a share until it is closed again. */
export interface Visit {
  readonly id: string;
  readonly proof: 'link' | 'passphrase' | 'code' | 'member';
  readonly at: Date;
}

/** Who is at the door, once let in. */
export interface Caller {
  readonly house: House;
  readonly actor: Actor;
  /** The person, when it is one. */
  readonly member: Member | null;
  readonly locale: 'fr' | 'en';
  readonly session: Session | null;
  /** Apps in which they have a role that this session is not sure enough for: they may step up. */
  readonly withheld: ReadonlySet<string>;
  /** Confined callers pass only where a route says that they do. */
  readonly confined: 'station' | 'guest' | 'drop' | 'share' | null;
  /** By which share they come, when they come by one. */
  readonly share?: Shared;
}

/** The person and the session of a route that asks for a member. @throws HttpProblem when it is neither */
export const personOf = ({
  member,
  session,
}: Caller): { readonly member: Member; readonly session: Session } => {
  if (!member || !session) throw new HttpProblem(problem(404, 'not_found'));
  return { member, session };
};
