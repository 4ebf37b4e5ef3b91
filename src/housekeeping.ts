import type { TaskList } from 'graphile-worker';

import { eraseKept } from './deadlines/index.ts';
import { DRAFTS_KEPT, forgetDrafts } from './forms/index.ts';
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
  urlOf,
} from './organisations/index.ts';
import type { Clock } from './platform/clock.ts';
import type { Logger } from './platform/logging.ts';
import { asOrganisation, type Database, openOwner } from './platform/postgres/index.ts';
import { remindReview } from './review/index.ts';
import { refreshLexicon } from './search/index.ts';
import { forgetAnswers } from './tickets/index.ts';
import { forgetTraces } from './traces/index.ts';

const DAY = 86_400_000;
/** How long an idempotency key gives its first answer again, and a notice is shown in the outbox. */
const ANSWERS_KEPT = 2 * DAY;
const NOTICES_KEPT = 90 * DAY;

/** What has to be done now and then in every organisation, and when. */
export const housekeeping = (deps: {
  readonly db: Database;
  readonly houses: Houses;
  readonly clock: Clock;
  readonly logger: Logger;
  /** The database's address, as its owner: who deletes an organisation is no server's role. */
  readonly databaseUrl: string;
  /** Where people reach this server. */
  readonly url: string;
}): { readonly tasks: TaskList; readonly cron: string } => {
  const { db, houses, clock, logger, databaseUrl, url } = deps;
  const everywhere = (work: (house: House) => Promise<unknown>) => async (): Promise<void> => {
    for (const { id } of await allOrganisations(db.app)) {
      const house = await houses.byId(id);
      if (house) await work(house);
    }
  };
  return {
    tasks: {
      lexicon: everywhere((house) => asOrganisation(db, house.id, (tx) => refreshLexicon(tx, house.id))),
      review: everywhere((house) => remindReview(db, house, urlOf({ url }, house), clock.now())),
      erase: everywhere((house) => eraseKept(db, house, clock.now())),
      end: async () => {
        const due = await dueDeletions(db.system, new Date(clock.now()));
        if (due.length === 0) return;
        const owner = openOwner(databaseUrl);
        try {
          for (const id of due) {
            await deleteWhole(owner, id);
            logger.info(
              { organisation: id },
              'An organisation was deleted, as its administrators had asked.',
            );
          }
        } finally {
          await owner.end();
        }
      },
      buckets: async () => void (await forgetFull(db.app, clock.now())),
      forget: everywhere((house) =>
        asOrganisation(db, house.id, async (tx) => {
          const now = clock.now();
          await forgetChallenges(tx, house.id, new Date(now));
          await forgetAttempts(tx, house.id, new Date(now));
          await forgetDrafts(tx, house.id, new Date(now - DRAFTS_KEPT));
          await forgetAnswers(tx, house.id, new Date(now - ANSWERS_KEPT));
          await forgetNotices(tx, house.id, new Date(now - NOTICES_KEPT));
          await forgetTraces(tx);
        }),
      ),
    },
    cron: [
      '*/5 * * * * lexicon',
      '17 3 * * * erase',
      '23 6 * * * review',
      '41 * * * * forget',
      '23 * * * * end',
      '*/10 * * * * buckets',
    ].join('\n'),
  };
};
