import { lastUsed } from '../platform/last-used.ts';
import { reading, readingById } from '../platform/postgres/index.ts';
import { stationsById } from './confined/store.ts';
import { hexOf } from './secret.ts';
import { type KeyRow, keysBy, type SessionRow, sessionsBy } from './store.ts';

/** Of so many the text is not read again while it stays the same. */
const MOST = 5_000;

/**
 * Reads what PostgreSQL told as one text. It is asked each time, and nearly always tells the same: then the same row is
 * given, and with it whatever was made of that row.
 */
const readOnce = <Row extends object>(read: (told: string) => Row): ((told: string) => Row) => {
  const known = lastUsed<Row>(MOST);
  return (told) => {
    const before = known.get(told);
    if (before) return before;
    const row = read(told);
    known.set(told, row);
    return row;
  };
};

/** As JSON has it: instants are text. */
type Written<Row> = {
  readonly [K in keyof Row]: Row[K] extends Date ? string : Date extends Row[K] ? string | null : Row[K];
};

const instantOrNull = (text: string | null): Date | null => (text === null ? null : new Date(text));

const sessionRow = readOnce((told): SessionRow => {
  const row = JSON.parse(told) as Written<SessionRow>;
  return {
    ...row,
    authenticatedAt: new Date(row.authenticatedAt),
    createdAt: new Date(row.createdAt),
    seenAt: new Date(row.seenAt),
    expiresAt: new Date(row.expiresAt),
    movedAt: instantOrNull(row.movedAt),
  };
});

const keyRow = readOnce((told): KeyRow => {
  const row = JSON.parse(told) as Written<KeyRow>;
  return { ...row, expiresAt: instantOrNull(row.expiresAt), lastUsedAt: instantOrNull(row.lastUsedAt) };
});

const byRound = new WeakMap<readonly string[], ReadonlyMap<string, string>>();

/** Of one secret that is presented many times at once, the hash is made once. */
const hashesOf = (secrets: readonly string[]): ReadonlyMap<string, string> => {
  const made = byRound.get(secrets);
  if (made) return made;
  const hashes = new Map<string, string>();
  for (const secret of secrets) if (!hashes.has(secret)) hashes.set(secret, hexOf(secret));
  byRound.set(secrets, hashes);
  return hashes;
};

/** A kind of row that is found by a secret, which is asked about by its hash. */
const bySecret = <Row extends { readonly hash: string }>(
  rowsBy: typeof sessionsBy,
  read: (told: string) => Row,
) =>
  reading(
    (tx, organisationId, secrets: readonly string[]) =>
      rowsBy(tx, organisationId, [...hashesOf(secrets).values()]),
    (secrets, rows) => {
      const hashes = hashesOf(secrets);
      const byHash = new Map(rows.map(({ told }) => read(told)).map((row) => [row.hash, row]));
      return secrets.map((secret) => byHash.get(hashes.get(secret) ?? ''));
    },
  );

/** The key of a secret. A program asks hundreds of things at once: one look serves them all. */
export const keyOf = bySecret(keysBy, keyRow);

/** The session of a secret, and whose it is. */
export const sessionOf = bySecret(sessionsBy, sessionRow);

/** A station by its id, unless it is revoked. */
export const stationOf = readingById(stationsById);
