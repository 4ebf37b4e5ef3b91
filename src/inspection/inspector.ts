import { allOrganisations, type House, type Houses } from '../organisations/index.ts';
import {
  dueToLook,
  type FileRow,
  holdLonger,
  insertRendition,
  lockFiles,
  lookLater,
  placeOfFile,
  type Reason,
  setLooked,
  setState,
} from '../files/index.ts';
import { system } from '../engine/index.ts';
import { record } from '../log/index.ts';
import { asOrganisation, type Tx } from '../platform/postgres/index.ts';
import { currentKeys, keep, type Keys, VaultError } from '../vault/index.ts';
import { look, type Looked, type Lookers, type Place } from './look.ts';

/** Looks at files as they arrive. */
export interface Inspector {
  /** Something has arrived there. */
  nudge(organisationId: string): void;
  /** Resolves when everything that is due was looked at. */
  looked(): Promise<void>;
  stop(): Promise<void>;
}

interface Deps extends Lookers {
  readonly houses: Houses;
  readonly committed: () => void;
}

const BATCH = 10;
/** How long a file is one server's to look at: after that it is anybody's, for that server was killed. */
const LEASE = 60_000;
/** Milliseconds after which a server that lives says that it is still at them. */
const RENEW = 5_000;
/** Milliseconds between two looks at all organisations, for what another server left. */
const EVERY = 30_000;
/** What cannot be looked at is tried again ever later, at most every four hours: a scanner may be away for a weekend. */
const FIRST = 60_000;
/** What has failed so often by itself, for about a day, is not tried again. */
const TRIES = 12;

const nextTry = (now: number, tries: number): Date => new Date(now + FIRST * 2 ** Math.min(tries, 8));

/** Where a file was when somebody began to look at it. */
interface Found {
  readonly ticketId: string | null;
  readonly field: string | null;
  readonly place: Place | null;
}

const findPlace = async (tx: Tx, house: House, id: string): Promise<Found> => {
  const kept = await placeOfFile(tx, house.id, id);
  if (!kept) return { ticketId: null, field: null, place: null };
  const definition = house.apps.get(kept.app)?.definition;
  const { ticketId, field, onlySealed } = kept;
  return {
    ticketId,
    field,
    place: definition ? { definition, field: definition.fields[field], onlySealed } : null,
  };
};

const quarantined = (
  tx: Tx,
  house: House,
  { id, ticketId }: FileRow,
  reason: Reason | null,
  now: number,
): Promise<unknown> =>
  record(tx, house.id, 'file_quarantined', system, { file: id, reason, ticket: ticketId }, now);

const write = async (
  deps: Deps,
  house: House,
  keys: Keys,
  row: FileRow,
  { ticketId, field }: Found,
  looked: Looked,
): Promise<void> => {
  const { vault } = deps;
  for (const { kind, bytes, type } of looked.made)
    await keep(
      vault,
      keys,
      (async function* () {
        yield bytes;
      })(),
      (tx, { blobId, size, sha256, crc32 }) =>
        insertRendition(tx, house.id, row.id, {
          kind,
          blobId,
          size,
          type,
          about: keys.sealAbout(`${row.id}/${kind}`, { sha256, crc32 }),
        }),
    );
  await asOrganisation(vault.db, house.id, async (tx) => {
    // Held: whoever puts it somewhere at this moment has done so, or waits and decides by what is written here.
    const [now] = await lockFiles(tx, house.id, [row.id]);
    if (!now) return;
    const at = vault.clock.now();
    const about = keys.sealAbout(row.id, looked.about);
    // Somebody put it somewhere meanwhile: what was decided for elsewhere counts for nothing there.
    if ((now.ticketId !== ticketId || now.field !== field) && looked.reason !== 'infected') {
      const undecided = { ...looked, state: 'waiting', reason: null, about, lookAt: new Date(at) } as const;
      await setLooked(tx, house.id, row.id, undecided);
      return;
    }
    const lookAt = looked.again ? nextTry(at, row.tries) : null;
    await setLooked(tx, house.id, row.id, { ...looked, about, lookAt });
    if (looked.state === 'quarantined' && (row.state !== 'quarantined' || row.reason !== looked.reason))
      await quarantined(tx, house, now, looked.reason, at);
  });
  deps.committed();
};

/** One file. What fails is tried again; a damaged one is not given out meanwhile. */
const lookAt = async (deps: Deps, house: House, row: FileRow): Promise<void> => {
  const { vault } = deps;
  try {
    const keys = await currentKeys(vault, house.id);
    const found = await asOrganisation(vault.db, house.id, (tx) => findPlace(tx, house, row.id));
    await write(deps, house, keys, row, found, await look(deps, keys, row, found.place));
  } catch (error) {
    const code = error instanceof VaultError ? error.code : 'failed';
    vault.logger.error({ organisation: house.id, file: row.id, code }, 'A file could not be looked at.');
    const later = nextTry(vault.clock.now(), row.tries);
    await asOrganisation(vault.db, house.id, (tx) => lookLater(tx, house.id, row.id, later, row.tries + 1));
  }
};

/** It ended each server that looked at it, or failed by itself each time. */
const isHopeless = ({ state, tries }: FileRow): boolean => state === 'waiting' && tries >= TRIES;

/** Keeps what this server is at from the others, however long it takes. @returns what ends that */
const holding = (deps: Deps, organisationId: string, rows: readonly FileRow[], from: Date): (() => void) => {
  const ids = rows.map(({ id }) => id);
  let until = from;
  const renew = async (): Promise<void> => {
    const next = new Date(deps.vault.clock.now() + LEASE);
    await asOrganisation(deps.vault.db, organisationId, (tx) =>
      holdLonger(tx, organisationId, ids, until, next),
    );
    until = next;
  };
  // One that fails is made good by the next; when none succeeds, another server looks as well, which does no harm.
  const timer = setInterval(() => void renew().catch(() => {}), RENEW);
  timer.unref();
  return () => clearInterval(timer);
};

/** Takes what is due, for this server alone, and looks at it. @returns how many there were */
const round = async (deps: Deps, organisationId: string): Promise<number> => {
  const { vault, houses } = deps;
  const house = await houses.byId(organisationId);
  if (!house) return 0;
  const now = vault.clock.now();
  const until = new Date(now + LEASE);
  const due = await asOrganisation(vault.db, organisationId, async (tx) => {
    const rows = await dueToLook(tx, organisationId, new Date(now), BATCH);
    for (const row of rows) {
      const hopeless = isHopeless(row);
      await lookLater(tx, organisationId, row.id, hopeless ? null : until, row.tries + 1);
      if (!hopeless) continue;
      await setState(tx, organisationId, row.id, 'quarantined', 'not_scanned');
      await quarantined(tx, house, row, 'not_scanned', now);
    }
    return rows;
  });
  const release = holding(deps, organisationId, due, until);
  for (const row of due) if (!isHopeless(row)) await lookAt(deps, house, row);
  release();
  return due.length;
};

export const startInspector = (deps: Deps): Inspector => {
  const waiting = new Set<string>();
  let stopped = false;
  let working: Promise<void> = Promise.resolve();

  const work = async (): Promise<void> => {
    for (const organisationId of waiting) {
      waiting.delete(organisationId);
      try {
        // What was put elsewhere while somebody looked is due again at once.
        while (!stopped && (await round(deps, organisationId)) > 0);
      } catch (error) {
        deps.vault.logger.error({ err: error }, 'Files could not be looked at.');
      }
    }
  };
  const go = (): Promise<void> => (working = working.then(work));
  const all = async (): Promise<void> => {
    for (const { id } of await allOrganisations(deps.vault.db.app)) waiting.add(id);
    await go();
  };
  const quietly = (): void => void all().catch(() => {});
  const timer = setInterval(quietly, EVERY);
  timer.unref();
  quietly();
  return {
    nudge: (organisationId) => {
      waiting.add(organisationId);
      void go();
    },
    looked: all,
    stop: async () => {
      stopped = true;
      clearInterval(timer);
      await working;
    },
  };
};
