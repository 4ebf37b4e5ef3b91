import { appOf } from '../../organisations/index.ts';
import { asOrganisation } from '../../platform/postgres/index.ts';
import type { Call } from '../call.ts';
import type { TicketView } from '../show.ts';
import { boardCards, countLateness, countSteps, type Filter } from './store.ts';
import { holdingApps, readAll, showAll, sightsOf } from './view.ts';

/** A board counts no further: more cards on one step is one message, "500+". */
export const MOST = 500;

export interface Board {
  readonly steps: readonly {
    readonly step: string;
    readonly count: number;
    readonly capped: boolean;
    readonly tickets: readonly TicketView[];
  }[];
  readonly totals: { readonly [lateness: string]: number };
}

/** Every step with its first cards: what is due first; of the ended steps, what ended last. */
export const boardOf = async (
  call: Call,
  input: {
    readonly app: string;
    readonly filter: Filter;
    readonly limit: number;
    readonly locale: 'fr' | 'en';
  },
): Promise<Board> => {
  const { definition } = appOf(call.house, input.app);
  const names = Object.keys(definition.steps);
  const sights = sightsOf(call, [input.app]);
  const own = sights[0]?.sights ?? [];
  if (own.length === 0)
    return { steps: names.map((step) => ({ step, count: 0, capped: false, tickets: [] })), totals: {} };
  const ended = names.filter((name) => definition.steps[name]?.end);
  const open = names.filter((name) => !definition.steps[name]?.end);
  return asOrganisation(call.db, call.house.id, async (tx) => {
    const [counts, cards, late] = await Promise.all([
      countSteps(tx, call.house.id, call.actor, input.app, own, input.filter, names, MOST + 1),
      boardCards(
        tx,
        call.house.id,
        call.actor,
        input.app,
        own,
        input.filter,
        { open, ended },
        input.limit,
        holdingApps(call.house, sights),
      ),
      countLateness(tx, call.house.id, call.actor, sights, input.filter, MOST + 1),
    ]);
    const views = await showAll(call, input.locale, await readAll(call, cards, tx), tx);
    const count = (step: string): number => counts.find((column) => column.step === step)?.count ?? 0;
    return {
      steps: names
        .filter((step) => !definition.steps[step]?.retired || count(step) > 0)
        .map((step) => ({
          step,
          count: Math.min(count(step), MOST),
          capped: count(step) > MOST,
          tickets: views.filter((ticket) => ticket.step === step),
        })),
      totals: Object.fromEntries(late.map((row) => [row.lateness, Math.min(row.count, MOST)])),
    };
  });
};
