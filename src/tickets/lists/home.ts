import { type AppDefinition, sightOf } from '../../engine/index.ts';
import { asOrganisation, type Tx } from '../../platform/postgres/index.ts';
import type { Call } from '../call.ts';
import type { TicketView } from '../show.ts';
import { MOST } from './board.ts';
import { countLateness, countOpen, type Filter, type ListedRow, listTickets } from './store.ts';
import { holdingApps, readAll, showAll, sightsOf } from './view.ts';

const SHOWN = 20;

export interface Home {
  readonly apps: readonly { readonly app: string; readonly counts: { readonly [name: string]: number } }[];
  readonly late: readonly TicketView[];
  readonly waiting: readonly TicketView[];
  readonly mine: readonly TicketView[];
}

/** Steps of an app whose work is that of a role the actor has. */
const waitingSteps = (definition: AppDefinition, roles: ReadonlySet<string>): readonly string[] =>
  Object.entries(definition.steps)
    .filter(([, step]) => step.waits?.some((role) => roles.has(role)))
    .map(([name]) => name);

/** What somebody should know first: what is late, what waits for their role, what they have taken. */
export const homeOf = (call: Call, locale: 'fr' | 'en'): Promise<Home> => {
  const { house, actor } = call;
  const sights = sightsOf(call);
  const apps = [...house.apps.values()].filter(({ definition }) => sightOf(definition, actor).length > 0);
  const holding = holdingApps(house);
  const page = (tx: Tx, filter: Filter, of = sights): PromiseLike<readonly ListedRow[]> =>
    listTickets(tx, house.id, actor, {
      sights: of,
      filter,
      sort: 'due',
      after: null,
      limit: SHOWN,
      holding,
    });

  return asOrganisation(call.db, house.id, async (tx) => {
    if (sights.length === 0) return { apps: [], late: [], waiting: [], mine: [] };
    const waits = apps.map(({ app, definition }) => {
      const roles = new Set(actor.grants.filter((grant) => grant.app === app).map((grant) => grant.role));
      return { app, steps: waitingSteps(definition, roles) };
    });
    const openSteps = apps.flatMap(({ app, definition }) =>
      Object.entries(definition.steps)
        .filter(([, step]) => !step.end)
        .map(([step]) => ({ app, step })),
    );
    const [counts, open, late, mine, ...waiting] = await Promise.all([
      countLateness(tx, house.id, actor, sights, {}, MOST + 1),
      countOpen(tx, house.id, actor, sights, openSteps, MOST + 1),
      page(tx, { lateness: ['late', 'stuck', 'will be late'] }),
      actor.id === null ? [] : page(tx, { assignee: actor.id, open: true }),
      ...waits
        .filter(({ steps }) => steps.length > 0)
        .map(({ app, steps }) =>
          page(
            tx,
            { steps, assignee: null },
            sights.filter((sight) => sight.app === app),
          ),
        ),
    ]);
    const view = async (rows: readonly ListedRow[]): Promise<TicketView[]> =>
      showAll(call, locale, await readAll(call, rows, tx), tx);
    return {
      apps: apps.map(({ app }) => ({
        app,
        counts: {
          open: open.find((row) => row.app === app)?.count ?? 0,
          ...Object.fromEntries(
            counts.filter((row) => row.app === app).map((row) => [row.lateness, Math.min(row.count, MOST)]),
          ),
        },
      })),
      late: await view(late),
      waiting: await view(
        waiting
          .flat()
          .toSorted((a, b) => a.due_at.getTime() - b.due_at.getTime())
          .slice(0, SHOWN),
      ),
      mine: await view(mine),
    };
  });
};
