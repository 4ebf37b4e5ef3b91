import type { Classification } from '../engine/index.ts';

/** How sure we are of who a person is: `low` for a link, `strong` for a passkey with user verification. */
export type Assurance = 'low' | 'medium' | 'strong';

/** How somebody was recognised. */
export type Method = 'link' | 'passkey' | 'openid' | 'pin';

const ORDER: readonly Assurance[] = ['low', 'medium', 'strong'];

/** Is this at least that? What is needed is always compared so, never by equality. */
export const atLeast = (has: Assurance, needed: Assurance): boolean =>
  ORDER.indexOf(has) >= ORDER.indexOf(needed);

const HOUR = 3_600_000;
const MINUTE = 60_000;

/** What a classification asks of a session: times in milliseconds. */
interface Demands {
  readonly idle: number;
  readonly total: number;
  readonly assurance: Assurance;
}

/** The columns of the classification table that speak of sessions. */
export const DEMANDS: { readonly [C in Classification]: Demands } = {
  public: { idle: 12 * HOUR, total: 7 * 24 * HOUR, assurance: 'low' },
  internal: { idle: 12 * HOUR, total: 7 * 24 * HOUR, assurance: 'low' },
  health: { idle: 15 * MINUTE, total: 12 * HOUR, assurance: 'strong' },
};

/** How long proving who one is counts for what must be confirmed, in milliseconds. */
export const FRESHLY = 15 * MINUTE;
