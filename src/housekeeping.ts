import type { TaskList } from 'graphile-worker';

import { eraseKept } from './deadlines/index.ts';
import { forgetFiles } from './files/index.ts';
import { endLeftDeposits } from './drops/index.ts';
import { DRAFTS_KEPT, forgetDrafts } from './forms/index.ts';
import { goRound, indexNames, raiseAlarm } from './keeping/index.ts';
import { forgetNotices } from './notices/index.ts';
import { forgetAttempts } from './openid/index.ts';
import { forgetChallenges } from './passkeys/index.ts';
import { forgetFull } from './limits/index.ts';
import {
  allOrganisations,
  deleteWhole,
  dueDeletions,
  type House,
  type Houses,
  shelfCleared,
  shelvesToClear,
  urlOf,
} from './organisations/index.ts';
import type { Clock } from './platform/clock.ts';
import type { Logger } from './platform/logging.ts';
import { asOrganisation, type Database, openOwner } from './platform/postgres/index.ts';
import { remindReview } from './review/index.ts';
import { forgetShares } from './shares/index.ts';
import { refreshLexicon } from './search/index.ts';
import { forgetAnswers } from './tickets/index.ts';
import { forgetTraces } from './traces/index.ts';
import { clearShelf, sweep, type Vault } from './vault/index.ts';
import { type Desk, tidyUploads } from './uploads/index.ts';

const DAY = 86_400_000;
/** How long an idempotency key gives its first answer again, and a notice is shown in the outbox. */
const ANSWERS_KEPT = 2 * DAY;
const NOTICES_KEPT = 90 * DAY;
/** How long what was shared, with whom and who opened it is shown after its end. */
const SHARES_KEPT = 365 * DAY;

/** What has to be done now and then in every organisation, and when. */
export const housekeeping = (deps: {
  readonly db: Database;
  readonly houses: Houses;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly vault: Vault;
  /** The database's address, as its owner: who deletes an organisation is no server's role. */
  readonly databaseUrl: string;
  /** Where people reach this server. */
  readonly url: string;
  readonly desk: Desk;
}): { readonly tasks: TaskList; readonly cron: string } => {
  const { db, houses, clock, logger, vault, databaseUrl, url, desk } = deps;
  const everywhere = (work: (house: House) => Promise<unknown>) => async (): Promise<void> => {
    for (const { id } of await allOrganisations(db.app)) {
      const house = await houses.byId(id);
      if (house) await work(house);
    }
  };
  /** The same, where what is wrong with one organisation's files must not hold up the others'. */
  const everywhereAlone = (work: (house: House) => Promise<unknown>) =>
    everywhere((house) =>
      work(house).catch((error: unknown) => {
        logger.error(
          { err: error, organisation: house.id },
          'The files of an organisation could not be seen to.',
        );
      }),
    );
  return {
    tasks: {
      lexicon: everywhere((house) => asOrganisation(db, house.id, (tx) => refreshLexicon(tx, house.id))),
      review: everywhere((house) => remindReview(db, house, urlOf({ url }, house), clock.now())),
      erase: everywhere(async (house) => {
        // What was erased must not go on standing in the index that lies beside the blobs.
        if ((await eraseKept(vault, house, clock.now())) > 0) await indexNames(vault, house.id, true);
      }),
      // What nobody used or took out long ago goes.
      files: everywhereAlone(async (house) => {
        await forgetFiles(vault, house.id);
        await indexNames(vault, house.id);
      }),
      sweep: everywhereAlone((house) => sweep(vault, house.id)),
      verify: everywhereAlone(async (house) => {
        await goRound(vault, house.id);
        await raiseAlarm(vault, house, urlOf({ url }, house));
      }),
      end: async () => {
        const due = await dueDeletions(db.system, new Date(clock.now()));
        const owner = openOwner(databaseUrl);
        try {
          for (const id of due) {
            await deleteWhole(owner, id);
            logger.info(
              { organisation: id },
              'An organisation was deleted, as its administrators had asked.',
            );
          }
          for (const id of await shelvesToClear(owner)) {
            await clearShelf(vault.shelf, vault.staging, id);
            await shelfCleared(owner, id);
          }
        } finally {
          await owner.end();
        }
      },
      uploads: everywhere(async (house) => {
        await tidyUploads(desk, house.id);
        await endLeftDeposits(desk.vault, { url }, house);
      }),
      buckets: async () => void (await forgetFull(db.app, clock.now())),
      forget: everywhere((house) =>
        asOrganisation(db, house.id, async (tx) => {
          const now = clock.now();
          await forgetChallenges(tx, house.id, new Date(now));
          await forgetAttempts(tx, house.id, new Date(now));
          await forgetDrafts(tx, house.id, new Date(now - DRAFTS_KEPT));
          await forgetAnswers(tx, house.id, new Date(now - ANSWERS_KEPT));
          await forgetNotices(tx, house.id, new Date(now - NOTICES_KEPT));
          await forgetShares(tx, house.id, new Date(now - SHARES_KEPT));
          await forgetTraces(tx);
        }),
      ),
    },
    cron: [
      '*/5 * * * * lexicon',
      '17 3 * * * erase',
      '23 6 * * * review',
      '11 * * * * files',
      '37 4 * * * sweep',
      '*/10 * * * * verify',
      '41 * * * * forget',
      '23 * * * * end',
      '*/10 * * * * buckets',
      '*/15 * * * * uploads',
    ].join('\n'),
  };
};
