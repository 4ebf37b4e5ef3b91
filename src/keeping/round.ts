import { asOrganisation } from '../platform/postgres/index.ts';
import { lookAgain, useOf, type Vault, verify } from '../vault/index.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Everything that is kept is read through, and compared with what was written, at least this often. */
export const ROUND = 30 * DAY;
/** Runs of the schedule an hour (`housekeeping.ts`). */
const RUNS = 6;
/** A round is planned for three weeks, and nothing is read again within one: there is time for a server that was away. */
const PLANNED = 21 * DAY;
const RESTED = 7 * DAY;
/** Bytes that a run may read in any case. */
const LEAST = 64 * 1024 * 1024;

/**
 * A step of the round: reads what was longest not read, as much as keeps the round in time, and again what was damaged.
 * @returns how many blobs were read, and how many damaged ones are whole again
 */
export const goRound = async (
  vault: Vault,
  organisationId: string,
): Promise<{ readonly read: number; readonly healed: number }> => {
  const now = vault.clock.now();
  const { stored } = await asOrganisation(vault.db, organisationId, (tx) =>
    useOf(tx, organisationId, new Date(now)),
  );
  const healed = await lookAgain(vault, organisationId, now - HOUR);
  const most = Math.max(LEAST, Math.ceil(stored / ((PLANNED / HOUR) * RUNS)));
  const { read } = await verify(vault, organisationId, now - RESTED, most);
  return { read, healed };
};
