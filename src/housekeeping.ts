import type { TaskList } from 'graphile-worker';

import { eraseKept } from './deadlines/index.ts';
import { DRAFTS_KEPT, forgetDrafts } from './forms/index.ts';
import { forgetNotices } from './notices/index.ts';
import { allOrganisations, type House, type Houses } from './organisations/index.ts';
import type { Clock } from './platform/clock.ts';
import { asOrganisation, type Database } from './platform/postgres/index.ts';
import { refreshLexicon } from './search/index.ts';
import { forgetAnswers } from './tickets/index.ts';

const DAY = 86_400_000;
/** How long an idempotency key gives its first answer again, and a notice is shown in the outbox. */
const ANSWERS_KEPT = 2 * DAY;
const NOTICES_KEPT = 90 * DAY;

/** What has to be done now and then in every organisation, and when. */
export const housekeeping = (deps: {
  readonly db: Database;
  readonly houses: Houses;
  readonly clock: Clock;
}): { readonly tasks: TaskList; readonly cron: string } => {
  const { db, houses, clock } = deps;
  const everywhere = (work: (house: House) => Promise<unknown>) => async (): Promise<void> => {
    for (const { id } of await allOrganisations(db.app)) {
      const house = await houses.byId(id);
      if (house) await work(house);
    }
  };
  return {
    tasks: {
      lexicon: everywhere((house) => asOrganisation(db, house.id, (tx) => refreshLexicon(tx, house.id))),
      erase: everywhere((house) => eraseKept(db, house, clock.now())),
      forget: everywhere((house) =>
        asOrganisation(db, house.id, async (tx) => {
          const now = clock.now();
          await forgetDrafts(tx, house.id, new Date(now - DRAFTS_KEPT));
          await forgetAnswers(tx, house.id, new Date(now - ANSWERS_KEPT));
          await forgetNotices(tx, house.id, new Date(now - NOTICES_KEPT));
        }),
      ),
    },
    cron: ['*/5 * * * * lexicon', '17 3 * * * erase', '41 * * * * forget'].join('\n'),
  };
};
