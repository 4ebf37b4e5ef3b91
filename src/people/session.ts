import { askAgain } from '../log/index.ts';
import { newId } from '../platform/ids.ts';
import type { Tx } from '../platform/postgres/index.ts';
import { type Assurance, DEMANDS, type Method } from './assurance.ts';
import { hashSecret, newSecret } from './secret.ts';
import { insertSession, revokeSession } from './store.ts';

/** Who came in, how, and by what. */
export interface Arrival {
  readonly memberId: string;
  readonly methods: readonly Method[];
  readonly assurance: Assurance;
  /** What the browser says it is. */
  readonly userAgent: string | undefined;
  /** The shared station that they unlocked, and for how many milliseconds at most. */
  readonly station?: { readonly id: string; readonly total: number };
  /** The secret of the session that this browser had until now: it ends. */
  readonly instead?: string | undefined;
}

const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/Edg/u, 'Edge'],
  [/Firefox|FxiOS/u, 'Firefox'],
  [/Chrome|CriOS/u, 'Chrome'],
  [/Safari/u, 'Safari'],
];
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/Android/u, 'Android'],
  [/iPhone|iPad/u, 'iOS'],
  [/Windows/u, 'Windows'],
  [/Mac OS/u, 'macOS'],
  [/Linux/u, 'Linux'],
];

/** `Firefox · Android`: enough to recognise one's own, and no more is kept. */
export const agentOf = (userAgent: string | undefined): string =>
  [BROWSERS, SYSTEMS]
    .flatMap((known) => known.find(([sign]) => sign.test(userAgent ?? ''))?.[1] ?? [])
    .join(' · ');

/**
 * A new session, with an identifier of its own: nobody goes on with one that was there before.
 * @returns its secret, which is kept nowhere
 */
export const beginSession = async (
  tx: Tx,
  organisationId: string,
  arrival: Arrival,
  now: number,
): Promise<string> => {
  const secret = newSecret();
  if (arrival.instead !== undefined) {
    const ended = await revokeSession(tx, organisationId, hashSecret(arrival.instead), new Date(now));
    if (ended) await askAgain(tx, organisationId);
  }
  await insertSession(tx, organisationId, {
    id: newId(now),
    secretHash: hashSecret(secret),
    memberId: arrival.memberId,
    methods: arrival.methods,
    assurance: arrival.assurance,
    agent: agentOf(arrival.userAgent),
    at: new Date(now),
    expiresAt: new Date(now + (arrival.station?.total ?? DEMANDS.internal.total)),
    stationId: arrival.station?.id ?? null,
  });
  return secret;
};
