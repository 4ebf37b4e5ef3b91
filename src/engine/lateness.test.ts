import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { addOpen, openBetween, openTime } from './calendar.ts';
import type { OpenInterval } from './calendar.ts';
import { defineApp } from './define.ts';
import type { AppDefinition, OpenSpan } from './define.ts';
import { OutOfCalendar } from './errors.ts';
import { assess } from './lateness.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const h = (day: number, hour: number): number => day * DAY + hour * HOUR;

/** Ten to seven on fourteen days, but for day 3, a holiday. */
const open = openTime(
  Array.from({ length: 14 }, (_, day) => day)
    .filter((day) => day !== 3)
    .map((day) => ({ start: h(day, 10), end: h(day, 19), day })),
  { from: 0, to: h(14, 0) },
);

const film = (risk?: OpenSpan): AppDefinition =>
  defineApp({
    app: 'film',
    title: 'Film',
    noun: { one: 'film', many: 'films' },
    reference: 'F-{seq}',
    classification: 'internal',
    fields: { process: { label: 'Process', is: 'choice', of: { c41: 'C-41', e6: 'E-6' } } },
    roles: { bench: { label: 'Bench', sees: 'all' } },
    steps: {
      received: { label: 'Received', start: true, takes: '1h' },
      developing: { label: 'Developing', takes: '2h', due: '4h', stuck: '6h' },
      scanning: { label: 'Scanning', takes: '3h' },
      waiting: { label: 'Waiting' },
      done: { label: 'Done', end: true },
    },
    moves: { go: { label: 'Go', from: 'received', to: '$next', by: 'bench' } },
    routes: { by: 'process', of: { c41: ['developing', 'scanning', 'done'], e6: ['developing', 'done'] } },
    ...(risk && { risk }),
  });

type Ticket = Parameters<typeof assess>[0]['ticket'];
const ticket = (more: Partial<Ticket>): Ticket => ({
  step: 'waiting',
  openedAt: h(1, 10),
  stepAt: h(1, 10),
  updatedAt: h(1, 10),
  promiseAt: null,
  fields: { process: 'c41' },
  closedAt: null,
  ...more,
});
const at = (now: number, more: Partial<Ticket>, definition = film()) =>
  assess({ definition, ticket: ticket(more), open, now });

describe('a film on the bench', () => {
  it('that is closed, or of which nothing is expected, is on time and asks for nothing', () => {
    const nothing = { lateness: 'on time', dueAt: null, wakeAt: null, why: [] };
    assert.deepEqual(at(h(5, 11), { step: 'developing', promiseAt: h(2, 10), closedAt: h(4, 10) }), nothing);
    assert.deepEqual(at(h(5, 11), {}), nothing);
    assert.deepEqual(at(h(5, 11), { step: 'gone' }), nothing);
  });

  it('has four open hours to be developed, is at risk in the last fifth, then late', () => {
    const developing = { step: 'developing' };
    assert.deepEqual(at(h(1, 11), developing), {
      lateness: 'on time',
      dueAt: h(1, 14),
      wakeAt: h(1, 13.2) + 1,
      why: [],
    });
    assert.equal(at(h(1, 13.2), developing).lateness, 'on time');
    assert.deepEqual(at(h(1, 13.5), developing), {
      lateness: 'at risk',
      dueAt: h(1, 14),
      wakeAt: h(1, 14),
      why: [{ code: 'step', dueAt: h(1, 14), openMs: 0.5 * HOUR }],
    });
    assert.equal(at(h(1, 14) - 1, developing).lateness, 'at risk');
    assert.deepEqual(at(h(1, 14), developing), {
      lateness: 'late',
      dueAt: h(1, 14),
      wakeAt: h(1, 16),
      why: [{ code: 'step', dueAt: h(1, 14), openMs: 0 }],
    });
  });

  it('that nobody touches for six open hours is stuck, and late before stuck', () => {
    const later = { step: 'developing', stepAt: h(1, 10), updatedAt: h(1, 15) };
    assert.equal(at(h(2, 11), later).why.length, 1);
    assert.equal(at(h(2, 11), later).wakeAt, h(2, 12));
    assert.deepEqual(at(h(2, 13), later), {
      lateness: 'late',
      dueAt: h(1, 14),
      wakeAt: null,
      why: [
        { code: 'step', dueAt: h(1, 14), openMs: 8 * HOUR },
        { code: 'stuck', openMs: 7 * HOUR },
      ],
    });
  });

  it('that only stands in a step where nothing is due is stuck', () => {
    const { due: _, ...developing } = film().steps.developing ?? { label: '' };
    const definition = { ...film(), steps: { developing } };
    assert.equal(at(h(1, 16) - 1, { step: 'developing' }, definition).lateness, 'on time');
    assert.deepEqual(at(h(1, 16), { step: 'developing' }, definition), {
      lateness: 'stuck',
      dueAt: null,
      wakeAt: null,
      why: [{ code: 'stuck', openMs: 6 * HOUR }],
    });
  });

  it('will be late as soon as the work left does not fit before the promise', () => {
    // Two hours of developing from noon, then three of scanning, before 18:00: scanning must begin by 15:00.
    const promised = { step: 'developing', stepAt: h(1, 12), openedAt: h(0, 10), promiseAt: h(1, 18) };
    const careful = film('15m');
    assert.equal(at(h(1, 12), promised, careful).wakeAt, h(1, 15) + 1);
    assert.equal(at(h(1, 15), promised, careful).lateness, 'on time');
    assert.deepEqual(at(h(1, 15.25), promised, careful), {
      lateness: 'will be late',
      dueAt: h(1, 16),
      wakeAt: h(1, 15.75) + 1,
      why: [{ code: 'forecast', dueAt: h(1, 18), openMs: 0.25 * HOUR }],
    });
    assert.equal(at(h(1, 13.5), { ...promised, stepAt: h(1, 13) }).lateness, 'on time');
    assert.equal(at(h(1, 13.5), { ...promised, stepAt: h(1, 13) + 1 }).lateness, 'will be late');
  });

  it('counts the work left in open time, over a night and a holiday', () => {
    // Promised for 11:00 after the holiday: two of the three hours of scanning fit on the day before it.
    const promised = { step: 'scanning', openedAt: h(0, 10), promiseAt: h(4, 11) };
    const careful = film('15m');
    assert.equal(at(h(2, 17), { ...promised, stepAt: h(2, 17) }, careful).lateness, 'on time');
    assert.equal(at(h(2, 17) + 1, { ...promised, stepAt: h(2, 17) + 1 }, careful).lateness, 'will be late');
    assert.equal(at(h(2, 18), { ...promised, stepAt: h(2, 12) }, careful).lateness, 'on time');
  });

  it('counts only its own step without a route, and the whole route before its first step', () => {
    const promised = { openedAt: h(0, 10), promiseAt: h(1, 12.5) };
    assert.equal(at(h(1, 10), { ...promised, step: 'developing', fields: {} }).lateness, 'on time');
    assert.equal(at(h(1, 10), { ...promised, step: 'developing' }).lateness, 'will be late');
    assert.equal(
      at(h(1, 10), { ...promised, step: 'developing', fields: { process: 'e6' } }).lateness,
      'on time',
    );
    assert.equal(
      at(h(1, 10), { ...promised, step: 'received', fields: { process: 'e6' } }).lateness,
      'will be late',
    );
    assert.equal(at(h(1, 10), { ...promised, step: 'waiting' }).lateness, 'on time');
  });

  it('is at risk of its promise in the last fifth of what was allowed, or within what the app says', () => {
    const promised = { openedAt: h(1, 10), promiseAt: h(2, 11) };
    assert.equal(at(h(1, 18), promised).lateness, 'on time');
    assert.deepEqual(at(h(1, 20), promised), {
      lateness: 'at risk',
      dueAt: h(2, 11),
      wakeAt: h(2, 11),
      why: [{ code: 'promise', dueAt: h(2, 11), openMs: HOUR }],
    });
    assert.equal(at(h(1, 18), promised, film('3h')).lateness, 'at risk');
    assert.equal(at(h(1, 18), promised, film('1d')).lateness, 'at risk');
    assert.equal(at(h(1, 18), { ...promised, promiseAt: h(2, 19) }, film('1d')).lateness, 'on time');
    assert.equal(at(h(2, 9), { ...promised, promiseAt: h(2, 19) }, film('1d')).lateness, 'at risk');
  });

  it('gives every reason, worst first, and the earliest of what is due', () => {
    const answer = at(h(2, 12), { step: 'developing', promiseAt: h(2, 13), updatedAt: h(1, 10) });
    assert.equal(answer.lateness, 'late');
    assert.equal(answer.dueAt, h(1, 14));
    assert.deepEqual(
      answer.why.map(({ code }) => code),
      ['step', 'stuck', 'forecast', 'promise'],
    );
    assert.equal(answer.wakeAt, h(2, 13));
  });
});

describe('at the edges of the calendar', () => {
  it('what is due after the end is not due yet: look again at the end', () => {
    const far = at(h(13, 18), {
      step: 'developing',
      stepAt: h(13, 18),
      updatedAt: h(13, 18),
      promiseAt: h(40, 12),
    });
    assert.deepEqual(far, { lateness: 'on time', dueAt: h(40, 12), wakeAt: h(14, 0), why: [] });
    const never = openTime([], open.covers);
    const answer = assess({
      definition: film(),
      ticket: ticket({ step: 'developing' }),
      open: never,
      now: h(2, 0),
    });
    assert.deepEqual(answer, { lateness: 'on time', dueAt: null, wakeAt: h(14, 0), why: [] });
  });

  it('what happened before the beginning counts from it', () => {
    const old = { step: 'developing', openedAt: h(-900, 0), stepAt: h(-900, 0), updatedAt: h(-900, 0) };
    assert.equal(at(h(1, 10), old).lateness, 'late');
    assert.deepEqual(
      at(h(1, 10), { ...old, promiseAt: h(-800, 0) }).why.map(({ code }) => code),
      ['promise', 'step', 'stuck'],
    );
  });

  it('an instant that is not covered is refused, but for a closed ticket', () => {
    assert.throws(() => at(h(14, 0), {}), OutOfCalendar);
    assert.throws(() => at(-1, {}), OutOfCalendar);
    assert.equal(at(h(99, 0), { closedAt: h(2, 0) }).lateness, 'on time');
  });
});

/** Small worlds in minutes: a calendar of short days, an app whose spans are short, a ticket somewhere in it. */
const DAY_LENGTH = 40;
const span = fc.oneof(
  fc.nat(25).map((n): OpenSpan => `${n}m`),
  fc.nat(2).map((n): OpenSpan => `${n}d`),
);
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const minute = fc.nat(5 * DAY_LENGTH);
const world = fc.record({
  days: fc.array(fc.array(fc.tuple(fc.nat(9), fc.integer({ min: 1, max: 9 })), { maxLength: 2 }), {
    minLength: 6,
    maxLength: 10,
  }),
  due: maybe(span),
  stuck: maybe(span),
  risk: maybe(span),
  takes: fc.tuple(maybe(span), maybe(span), maybe(span)),
  instants: fc.tuple(minute, minute, minute).map((all) => all.toSorted((a, b) => a - b)),
  promise: fc.option(fc.nat(11 * DAY_LENGTH)),
});
type World = typeof world extends fc.Arbitrary<infer T> ? T : never;

const build = ({ days, due, stuck, risk, takes, instants, promise }: World) => {
  const intervals: OpenInterval[] = [];
  for (const [day, hours] of days.entries()) {
    let end = day * DAY_LENGTH;
    for (const [gap, length] of hours) {
      intervals.push({ start: (end + gap) * MINUTE, end: (end + gap + length) * MINUTE, day });
      end += gap + length;
    }
  }
  const calendar = openTime(intervals, { from: 0, to: (days.length + 1) * DAY_LENGTH * MINUTE });
  const step = (of: OpenSpan | undefined) => ({ label: 'Step', ...(of !== undefined && { takes: of }) });
  const definition: AppDefinition = {
    ...film(),
    steps: {
      here: { ...step(takes[0]), ...(due !== undefined && { due }), ...(stuck !== undefined && { stuck }) },
      next: step(takes[1]),
      last: step(takes[2]),
    },
    routes: { by: 'process', of: { c41: ['here', 'next', 'last'] } },
    ...(risk !== undefined && { risk }),
  };
  const [openedAt = 0, stepAt = 0, updatedAt = 0] = instants.map((m) => m * MINUTE);
  const of = ticket({
    step: 'here',
    openedAt,
    stepAt,
    updatedAt,
    promiseAt: promise === null ? null : promise * MINUTE,
  });
  return { definition, ticket: of, open: calendar, from: updatedAt, to: calendar.covers.to };
};

const answerAt = ({ definition, ticket: of, open: calendar }: ReturnType<typeof build>, now: number) => {
  const { wakeAt, ...answer } = assess({ definition, ticket: of, open: calendar, now });
  const why = answer.why.map(({ code, dueAt }) => `${code} ${dueAt}`);
  return { wakeAt, seen: { lateness: answer.lateness, dueAt: answer.dueAt, why } };
};

/** What the words mean, said directly and slowly, with the instant in hand. */
const plainly = (
  { definition, ticket: of, open: calendar }: ReturnType<typeof build>,
  now: number,
): string[] => {
  const { due, stuck, takes } = definition.steps.here ?? {};
  const end = (from: number, length: OpenSpan | number | undefined): number => {
    if (length === undefined || from === Infinity) return from;
    try {
      return addOpen(calendar, from, length);
    } catch {
      return Infinity;
    }
  };
  const stepDue = due === undefined ? Infinity : end(of.stepAt, due);
  const promise = of.promiseAt ?? Infinity;
  const later = [definition.steps.next?.takes, definition.steps.last?.takes];
  const done = later.reduce(end, takes === undefined ? now : Math.max(now, end(of.stepAt, takes)));
  const risky = (since: number, at: number) =>
    at <= calendar.covers.to &&
    now < at &&
    end(now, definition.risk ?? Math.floor(openBetween(calendar, since, at) / 5)) > at;
  return [
    ...(now >= stepDue || now >= promise ? ['late'] : []),
    ...(stuck !== undefined && now >= end(of.updatedAt, stuck) ? ['stuck'] : []),
    ...(now < promise && promise <= calendar.covers.to && done > promise ? ['will be late'] : []),
    ...(risky(of.stepAt, stepDue) || risky(of.openedAt, promise) ? ['at risk'] : []),
    'on time',
  ];
};

describe('lateness, whatever the ticket', () => {
  it('is what its words mean', () => {
    fc.assert(
      fc.property(world, fc.nat(), fc.constantFrom(-1, 0, 1), (of, seed, off) => {
        const one = build(of);
        const minutes = (one.to - one.from) / MINUTE;
        const now = Math.min(one.to - 1, Math.max(one.from, one.from + (seed % minutes) * MINUTE + off));
        assert.equal(answerAt(one, now).seen.lateness, plainly(one, now)[0]);
      }),
      { numRuns: 5000 },
    );
  });

  it('changes at the instants it says, and at no other', () => {
    fc.assert(
      fc.property(world, (of) => {
        const one = build(of);
        let woken = answerAt(one, one.from);
        let wakes = 0;
        for (let now = one.from; now < one.to; now += MINUTE) {
          // Looks again only when told to, as a server does.
          while (woken.wakeAt !== null && woken.wakeAt <= now) {
            const wakeAt = woken.wakeAt;
            assert.deepEqual(answerAt(one, wakeAt - 1).seen, woken.seen);
            woken = answerAt(one, wakeAt);
            assert.ok(woken.wakeAt === null || woken.wakeAt > wakeAt);
            wakes++;
          }
          assert.deepEqual(answerAt(one, now).seen, woken.seen);
        }
        assert.ok(wakes <= 7);
      }),
      { numRuns: 300 },
    );
  });
});
