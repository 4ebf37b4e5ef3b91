import type { Actor } from '../engine/index.ts';
import type { House } from '../organisations/index.ts';
import type { Member } from './store.ts';

/** Who is at the door, once let in. */
export interface Caller {
  readonly house: House;
  readonly actor: Actor;
  /** The person, when it is one. */
  readonly member: Member | null;
  readonly locale: 'fr' | 'en';
  /** Hash of the session's secret, when there is one. */
  readonly session: Buffer | null;
}
