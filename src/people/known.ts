import { lastUsed } from '../platform/last-used.ts';
import { type Reachable, reading, readingBy } from '../platform/postgres/index.ts';
import { stationsById } from './confined/store.ts';
import { hexOf } from './secret.ts';
import { keysBy, keyStamps, sessionsBy, sessionStamps, type Stamped } from './store.ts';

/** Of so many it is kept what was read of them. */
const MOST = 5_000;

/** Reads the rows of hashes, at most one each. */
type RowsBy<Row extends object> = Parameters<typeof reading<string, Row, Row | undefined>>[0];

/**
 * Of each secret it is asked every time whether it stands, and which versions of its rows there are. What they say is
 * read when these are others than before: nearly never. Then the same row is given, and with it whatever was made of it.
 */
const stamped = <Row extends Stamped>(stampsBy: RowsBy<Stamped>, rowsBy: RowsBy<Row>) => {
  const rowOf = readingBy('hash', rowsBy);
  const byDatabase = new WeakMap<object, ReturnType<typeof lastUsed<Row>>>();
  const knownOf = ({ app }: Reachable): ReturnType<typeof lastUsed<Row>> => {
    const found = byDatabase.get(app);
    if (found) return found;
    const known = lastUsed<Row>(MOST);
    byDatabase.set(app, known);
    return known;
  };
  const readAnew = async (db: Reachable, organisationId: string, hash: string): Promise<Row | undefined> => {
    const row = await rowOf(db, organisationId, hash);
    if (row) knownOf(db).set(hash, row);
    return row;
  };
  const standing = reading<string, Stamped, Row | undefined>(
    (tx, organisationId, hashes) => stampsBy(tx, organisationId, [...new Set(hashes)]),
    (hashes, stamps, db, organisationId) => {
      const known = knownOf(db);
      const rows = new Map(
        stamps.map(({ hash, stamp }) => {
          const before = known.get(hash);
          return [hash, before?.stamp === stamp ? before : readAnew(db, organisationId, hash)];
        }),
      );
      return hashes.map((hash) => rows.get(hash));
    },
  );
  return (db: Reachable, organisationId: string, secret: string): Promise<Row | undefined> =>
    standing(db, organisationId, hexOf(secret));
};

/** The key of a secret. A program asks hundreds of things at once: one look serves them all. */
export const keyOf = stamped(keyStamps, keysBy);

/** The session of a secret, and whose it is. */
export const sessionOf = stamped(sessionStamps, sessionsBy);

/** A station by its id, unless it is revoked. */
export const stationOf = readingBy('id', stationsById);
