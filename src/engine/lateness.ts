/**
 * Where a ticket stands in time. Whatever may be said of it holds from one instant until another, and both
 * are known beforehand: the answer is what holds now, the next look is at the next of those instants.
 */
import { addOpen, latestStart, openBetween, type OpenTime } from './calendar.ts';
import type { AppDefinition, OpenSpan } from './define.ts';
import { OutOfCalendar } from './errors.ts';
import type { Lateness, Standing, TicketState } from './state.ts';
import { routeOf } from './steps.ts';

export interface Why {
  readonly code: 'promise' | 'step' | 'stuck' | 'forecast';
  /** What was, is or will be missed; nothing, for a ticket that is stuck. */
  readonly dueAt?: number;
  /**
   * Open time in ms: since `dueAt`, left before it, by which the forecast misses it, or since anything
   * happened (`stuck`). It moves with the clock, and is left out where the calendar does not reach.
   */
  readonly openMs?: number;
}

export interface Assessment extends Standing {
  /** All that holds, worst first. */
  readonly why: readonly Why[];
}

/** Instants are epoch milliseconds; `updatedAt` is that of the last event by a hand. */
interface Question extends Clock {
  readonly definition: AppDefinition;
  readonly ticket: Pick<
    TicketState,
    'step' | 'stepAt' | 'updatedAt' | 'promiseAt' | 'fields' | 'closedAt'
  > & {
    readonly openedAt: number;
  };
}

interface Clock {
  readonly open: OpenTime;
  readonly now: number;
}

/** Something that holds from an instant on, and until another. `from` is BEYOND when the calendar cannot tell. */
interface Claim {
  readonly lateness: Exclude<Lateness, 'on time'>;
  readonly why: Pick<Why, 'code' | 'dueAt'>;
  readonly openMs: () => number;
  readonly from: number;
  readonly until: number;
}

const BEYOND = Infinity;
const SEVERITY = { late: 0, stuck: 1, 'will be late': 2, 'at risk': 3 };

/**
 * How late a ticket is at `now` and why, the earliest instant that is due (of its step and its promise), and
 * the next instant at which the answer may change without any event: until then nothing but `openMs` does.
 * O(log n) in the calendar.
 *
 * What happened before the calendar counts from its beginning. What is due after its end is not due yet: the
 * end is then an instant to look again, with the calendar of that time.
 * @throws OutOfCalendar when the calendar does not cover `now`, unless the ticket is closed.
 */
export function assess(question: Question): Assessment {
  const { definition, ticket, open, now } = question;
  if (ticket.closedAt !== null) return { lateness: 'on time', dueAt: null, wakeAt: null, why: [] };
  const { from, to } = open.covers;
  if (!(now >= from && now < to))
    throw new OutOfCalendar(`the calendar does not cover ${now}, make one that does`);

  const step = definition.steps[ticket.step];
  const stepDue = step?.due === undefined ? null : endOf(open, ticket.stepAt, step.due);
  const claims = [
    ...dueClaims(question, 'promise', ticket.promiseAt, ticket.openedAt, definition.risk),
    ...dueClaims(question, 'step', stepDue, ticket.stepAt, definition.risk),
    ...stuckClaims(question, ticket.updatedAt, step?.stuck),
    ...forecastClaims(question, ticket.promiseAt, ticket.stepAt, step?.takes, laterTakes(definition, ticket)),
  ];
  const holding = claims.filter((claim) => claim.from <= now && now < claim.until).toSorted(worstFirst);
  const changes = claims
    .flatMap((claim) =>
      claim.from === BEYOND ? [to] : claim.from < claim.until ? [claim.from, claim.until] : [],
    )
    .filter((at) => at > now);
  return {
    lateness: holding[0]?.lateness ?? 'on time',
    dueAt: finite(Math.min(stepDue ?? Infinity, ticket.promiseAt ?? Infinity)),
    wakeAt: finite(Math.min(...changes)),
    why: holding.map(({ why, openMs }) => ({
      ...why,
      ...within<Pick<Why, 'openMs'>>(() => ({ openMs: openMs() }), {}),
    })),
  };
}

/** Late from `dueAt` on, at risk before: when less open time is left than `risk`, or a fifth of what was allowed. */
function dueClaims(
  { open, now }: Clock,
  code: 'promise' | 'step',
  dueAt: number | null,
  since: number,
  risk: OpenSpan | undefined,
): Claim[] {
  if (dueAt === null) return [];
  const late: Claim = {
    lateness: 'late',
    why: { code, dueAt },
    openMs: () => openBetween(open, covered(open, dueAt), now),
    from: dueAt,
    until: Infinity,
  };
  if (dueAt <= now) return [late];
  const allowed = () => Math.floor(openBetween(open, covered(open, since), dueAt) / 5);
  const from = within(() => latestStart(open, dueAt, risk ?? allowed()) + 1, BEYOND);
  const openMs = () => openBetween(open, now, dueAt);
  return [late, { lateness: 'at risk', why: { code, dueAt }, openMs, from, until: dueAt }];
}

function stuckClaims({ open, now }: Clock, updatedAt: number, stuck: OpenSpan | undefined): Claim[] {
  if (stuck === undefined) return [];
  const openMs = () => openBetween(open, covered(open, updatedAt), now);
  const from = endOf(open, updatedAt, stuck);
  return [{ lateness: 'stuck', why: { code: 'stuck' }, openMs, from, until: Infinity }];
}

/** The work left, if all of it takes what it usually does, ends after the promise. */
function forecastClaims(
  { open, now }: Clock,
  promiseAt: number | null,
  stepAt: number,
  takes: OpenSpan | undefined,
  later: readonly OpenSpan[],
): Claim[] {
  if (promiseAt === null || promiseAt <= now) return [];
  const { from: beginning, to } = open.covers;
  const stepEnd = takes === undefined ? -Infinity : endOf(open, stepAt, takes);
  // Backwards from the promise: when the step after this one must begin at the latest.
  const startBy = later.reduceRight(
    (by, span) => (by >= beginning && by <= to ? latestStart(open, by, span) : by),
    promiseAt,
  );
  const from = promiseAt > to ? BEYOND : stepEnd > startBy ? -Infinity : startBy + 1;
  const end = (): number => later.reduce((at, span) => addOpen(open, at, span), Math.max(now, stepEnd));
  const openMs = () => openBetween(open, promiseAt, end());
  return [
    { lateness: 'will be late', why: { code: 'forecast', dueAt: promiseAt }, openMs, from, until: promiseAt },
  ];
}

/** What the steps after the current one take: the rest of the route, all of it before its first step. */
function laterTakes(definition: AppDefinition, { step, fields }: Question['ticket']): OpenSpan[] {
  const route = routeOf(definition, fields) ?? [];
  const here = route.indexOf(step);
  const later = here >= 0 || definition.steps[step]?.start ? route.slice(here + 1) : [];
  return later.flatMap((name) => definition.steps[name]?.takes ?? []);
}

const worstFirst = (a: Claim, b: Claim): number =>
  SEVERITY[a.lateness] - SEVERITY[b.lateness] || (a.why.dueAt ?? 0) - (b.why.dueAt ?? 0);

const endOf = (open: OpenTime, since: number, span: OpenSpan): number =>
  within(() => addOpen(open, covered(open, since), span), BEYOND);

const covered = (open: OpenTime, at: number): number => Math.max(at, open.covers.from);

const finite = (at: number): number | null => (Number.isFinite(at) ? at : null);

/** The answer of a calendar, or another one where it does not reach. */
function within<T>(ask: () => T, otherwise: T): T {
  try {
    return ask();
  } catch (error) {
    if (error instanceof OutOfCalendar) return otherwise;
    throw error;
  }
}
