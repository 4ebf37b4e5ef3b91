import assert from 'node:assert/strict';
import { test } from 'node:test';

import fc from 'fast-check';

import atelier from '../../apps/atelier/app.ts';
import remise from '../../apps/remise/app.ts';
import travail from '../../apps/travail/app.ts';
import voirie from '../../apps/voirie/app.ts';
import { mayOpen, maySee, movesNow, readingOf } from './access.ts';
import type { Actor } from './actor.ts';
import { openTime } from './calendar.ts';
import { type Command, decide } from './decide.ts';
import type { AppDefinition, Move } from './define.ts';
import { evolve, replay } from './evolve.ts';
import type { TicketEvent, TicketState } from './state.ts';
import { isFrom } from './steps.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;
const START = Date.UTC(2026, 2, 2);

/** Open every day from 9 to 18, UTC, for two years. */
const open = openTime(
  Array.from({ length: 730 }, (_, day) => ({
    start: START + day * DAY + 9 * HOUR,
    end: START + day * DAY + 18 * HOUR,
    day: START / DAY + day,
  })),
  { from: START, to: START + 730 * DAY },
);

const READINGS = ['hidden', 'sealed', 'shown'];
const SITES = ['11111111-1111-7111-8111-111111111111', null] as const;
const PEOPLE = ['22222222-2222-7222-8222-222222222222', '33333333-3333-7333-8333-333333333333'] as const;

const FILES = ['44444444-4444-7444-8444-444444444444', '55555555-5555-7555-8555-555555555555'] as const;

const everyRole = (definition: AppDefinition, id: string): Actor => ({
  kind: 'member',
  id,
  grants: Object.keys(definition.roles).map((role) => ({ app: definition.app, role, siteId: null })),
  administrator: false,
});

const actors = (definition: AppDefinition): fc.Arbitrary<Actor> =>
  fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...PEOPLE).map((id) => everyRole(definition, id)) },
    {
      weight: 6,
      arbitrary: fc.record({
        kind: fc.constant('member' as const),
        id: fc.constantFrom(...PEOPLE),
        grants: fc.array(
          fc.record({
            app: fc.constantFrom(definition.app, definition.app, definition.app, 'another'),
            role: fc.constantFrom(...Object.keys(definition.roles), 'unknown'),
            siteId: fc.constantFrom(...SITES),
          }),
          { minLength: 1, maxLength: 3 },
        ),
        administrator: fc.boolean(),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom<Actor>(
        { kind: 'system', id: null, grants: [], administrator: false },
        { kind: 'import', id: null, grants: [], administrator: false },
      ),
    },
  );

/** Whoever is confined, and who they would be if they were not. */
const confined = (definition: AppDefinition): fc.Arbitrary<Actor> =>
  fc
    .record({
      guest: fc.boolean(),
      person: fc.constantFrom(...PEOPLE),
      roles: fc.subarray(Object.keys(definition.roles), { minLength: 1 }),
      site: fc.constantFrom(...SITES),
      steps: fc.option(fc.subarray(Object.keys(definition.steps)), { nil: undefined }),
      siteId: fc.constantFrom(SITES[0], undefined),
      ticketId: fc.constantFrom('ticket', 'another', undefined),
      justMoved: fc.constantFrom('ticket', 'another', undefined),
      app: fc.constantFrom(definition.app, definition.app, definition.app, 'another'),
      opens: fc.boolean(),
    })
    .map(({ guest, person, roles, site, steps, siteId, ticketId, justMoved, app, opens }) => ({
      kind: guest ? 'guest' : 'member',
      id: person,
      grants: roles.map((role) => ({ app: definition.app, role, siteId: site })),
      administrator: false,
      within: {
        app,
        ...(steps && { steps }),
        ...(siteId && { siteId }),
        ...(ticketId && { ticketId }),
        ...(justMoved && { justMoved }),
        ...(opens && { opens }),
      },
    }));

/** The same without the walls: a member as they are elsewhere, a role as it would be on every ticket. */
const unconfined = (definition: AppDefinition, actor: Actor): [AppDefinition, Actor] => {
  const { within: _, ...free } = actor;
  if (actor.kind !== 'guest') return [definition, free];
  const roles = Object.fromEntries(
    Object.entries(definition.roles)
      .filter(([, role]) => role.guest)
      .map(([name, { guest: __, ...role }]) => [name, role]),
  );
  return [
    { ...definition, roles },
    { ...free, kind: 'member' },
  ];
};

/** A value that a field takes. */
const rightFor = (definition: AppDefinition, name: string): fc.Arbitrary<unknown> => {
  const field = definition.fields[name];
  switch (field?.is) {
    case 'choice':
      return fc.constantFrom(...Object.keys(field.of));
    case 'number':
      return fc.integer({ min: field.min ?? 0, max: field.max ?? 100 });
    case 'money':
      return fc.integer({ min: 0, max: 10_000 });
    case 'yesno':
      return fc.boolean();
    case 'date':
      return fc.constantFrom('2026-03-09', '2026-05-01', '2026-03-04');
    case 'datetime':
      return fc.constantFrom('2026-03-09T17:00:00Z', '2026-03-03T09:30:00+01:00');
    case 'place':
      return fc.record({
        lat: fc.double({ min: -90, max: 90, noNaN: true }),
        lng: fc.double({ min: -180, max: 180, noNaN: true }),
      });
    case 'contact':
      return fc.constantFrom({ id: PEOPLE[0] }, { id: PEOPLE[1] });
    case 'email':
      return fc.constant('ada@example.org');
    case 'phone':
      return fc.constant('06 12 34 56 78');
    case 'lines':
      return fc.array(
        fc.record({
          product: fc.constant('Dev'),
          quantity: fc.integer({ min: 1, max: 9 }),
          unitPrice: fc.integer({ min: 0, max: 9999 }),
          vat: fc.constantFrom(20, 5.5),
        }),
        { maxLength: 3 },
      );
    case 'files':
      return fc
        .uniqueArray(fc.constantFrom(...FILES), { maxLength: 3 })
        .map((ids) => ids.map((id) => ({ id })));
    default:
      return fc.constantFrom('un mot', 'deux mots', 'été');
  }
};

/** A value for a field: mostly one it takes, sometimes anything. */
const valueFor = (definition: AppDefinition, name: string): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 12, arbitrary: rightFor(definition, name) },
    { weight: 1, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
  );

const fieldsOf = (definition: AppDefinition): fc.Arbitrary<Record<string, unknown>> => {
  const names = Object.keys(definition.fields);
  return fc.record(Object.fromEntries(names.map((name) => [name, valueFor(definition, name)])), {
    requiredKeys: [],
  });
};

/** A command, before the ticket it is made on is known. */
type Wish = (state: TicketState | null, log: readonly TicketEvent[]) => Command;

const wishes = (definition: AppDefinition): fc.Arbitrary<Wish> => {
  const fields = fieldsOf(definition);
  const required = fc.record(
    Object.fromEntries(
      Object.entries(definition.fields)
        .filter(([, field]) => field.required)
        .map(([name]) => [name, valueFor(definition, name)]),
    ),
  );
  const all = fc.record(
    Object.fromEntries(Object.keys(definition.fields).map((name) => [name, rightFor(definition, name)])),
  );
  const few = fc.dictionary(fc.constantFrom(...Object.keys(definition.fields), 'nothing'), fc.constant('x'), {
    maxKeys: 2,
  });
  return fc.oneof(
    {
      weight: 2,
      arbitrary: fc
        .tuple(fields, required, fc.constantFrom(...SITES))
        .map(([more, needed, siteId]): Wish => () => ({
          type: 'open',
          id: 'ticket',
          reference: 'T-1',
          fields: { ...more, ...needed },
          siteId,
          holder: null,
        })),
    },
    {
      weight: 12,
      arbitrary: fc
        .tuple(
          fc.nat(),
          fc.constantFrom(...Object.keys(definition.moves), 'unknown'),
          fc.oneof(all, few, fc.constant({})),
          fc.option(fc.constantFrom('voilà', '')),
        )
        .map(([pick, anyMove, given, comment]): Wish => (state) => {
          const here = Object.keys(definition.moves).filter(
            (name) => state && isFrom(definition.moves[name] as Move<string, string, string>, state.step),
          );
          const move = pick % 5 === 0 ? anyMove : (here[pick % Math.max(here.length, 1)] ?? anyMove);
          const asks = (definition.moves[move]?.asks ?? []).map((ask) => ask.replace('!', ''));
          const asked = Object.fromEntries(
            Object.entries(given).filter(([name]) => asks.includes(name) || name === 'nothing'),
          );
          return { type: 'move', move, fields: asked, comment };
        }),
    },
    {
      weight: 3,
      arbitrary: fc.tuple(fields, fc.integer({ min: -1, max: 0 })).map(([given, off]): Wish => (state) => ({
        type: 'edit',
        version: (state?.version ?? 1) + off,
        fields: Object.fromEntries(Object.entries(given).slice(0, 2)),
      })),
    },
    {
      weight: 1,
      arbitrary: fc.string({ maxLength: 30 }).map((text): Wish => () => ({ type: 'comment', text })),
    },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom(...PEOPLE, null)
        .map((memberId): Wish => () => ({ type: 'assign', memberId })),
    },
    { weight: 2, arbitrary: fc.constant<Wish>((_, events) => ({ type: 'undo', events })) },
    { weight: 2, arbitrary: fc.constant<Wish>(() => ({ type: 'wake' })) },
    { weight: 1, arbitrary: fc.constant<Wish>(() => ({ type: 'erase' })) },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom(...Object.keys(definition.steps), 'unknown')
        .map((step): Wish => () => ({ type: 'settle', step })),
    },
    {
      weight: 1,
      arbitrary: fc.integer({ min: 0, max: DAY * 20 }).map((later): Wish => () => ({
        type: 'attach',
        holder: { id: PEOPLE[0], nth: 1, promiseAt: START + later },
      })),
    },
  );
};

for (const definition of [atelier, travail, voirie, remise] as readonly AppDefinition[]) {
  const opening = Object.keys(definition.fields).filter((name) =>
    (definition.opening ?? [name]).includes(name),
  );
  const first = fc
    .record(Object.fromEntries(opening.map((name) => [name, rightFor(definition, name)])))
    .map((fields): [Actor, Wish, number, number] => [
      everyRole(definition, PEOPLE[0]),
      () => ({ type: 'open', id: 'ticket', reference: 'T-1', fields, siteId: null, holder: null }),
      0,
      0,
    ]);
  const played = fc
    .tuple(
      first,
      fc.array(
        fc.tuple(
          actors(definition),
          wishes(definition),
          fc.integer({ min: 0, max: 6 * HOUR }),
          fc.integer({ min: 0, max: 2 }),
        ),
        { minLength: 1, maxLength: 40, size: 'max' },
      ),
    )
    .map(([begin, rest]) => [begin, ...rest]);

  /** Plays a sequence, and says after each command what became of the ticket. */
  const play = (
    steps: readonly [Actor, Wish, number, number][],
    look: (
      before: TicketState | null,
      after: TicketState | null,
      log: readonly TicketEvent[],
      refused: boolean,
    ) => void,
  ): number => {
    let state: TicketState | null = null;
    let log: readonly TicketEvent[] = [];
    let now = START + 9 * HOUR;
    let done = 0;
    for (const [actor, wish, later, heldOpen] of steps) {
      now += later;
      const before: TicketState | null = state;
      const frozen: string = JSON.stringify(before);
      const decision = decide(definition, state, wish(state, log), { actor, now, open, heldOpen });
      assert.equal(JSON.stringify(before), frozen, 'a decision changed the ticket it was asked about');
      if (!('refusal' in decision)) {
        state = decision.state;
        log = [...log, decision.event];
        done += 1;
      }
      look(before, state, log, 'refusal' in decision);
    }
    return done;
  };

  test(`${definition.app}: replaying a ticket's events gives the ticket, at every point of its life`, () => {
    let events = 0;
    fc.assert(
      fc.property(played, (steps) => {
        events += play(steps, (before, after, log, refused) => {
          assert.deepEqual(replay('ticket', log), after);
          if (!refused) assert.deepEqual(evolve(before, 'ticket', log.at(-1) as TicketEvent), after);
        });
      }),
      { numRuns: 300 },
    );
    assert.ok(events > 600, `only ${events} commands were allowed: the sequences prove little`);
  });

  // asvs 2.3.1
  test(`${definition.app}: no sequence of commands reaches a step the definition does not name, and versions count up by one`, () => {
    fc.assert(
      fc.property(played, (steps) => {
        play(steps, (before, after) => {
          if (after === null) return;
          assert.ok(definition.steps[after.step], `unknown step ${after.step}`);
          assert.ok(after.version - (before?.version ?? 0) <= 1);
          assert.equal(after.closedAt !== null, definition.steps[after.step]?.end === true);
        });
      }),
      { numRuns: 300 },
    );
  });

  // asvs 2.3.3 16.5.3
  test(`${definition.app}: a refused command changes nothing, and says why in both languages`, () => {
    fc.assert(
      fc.property(played, (steps) => {
        play(steps, (before, after, _log, refused) => {
          if (refused) assert.equal(after, before);
        });
      }),
      { numRuns: 300 },
    );
  });

  test(`${definition.app}: whoever is confined sees, reads and does no more than inside, and no more than without the walls`, () => {
    let seen = 0;
    let done = 0;
    fc.assert(
      fc.property(
        played,
        confined(definition),
        fc.array(wishes(definition), { minLength: 8, maxLength: 8 }),
        (steps, actor, wanted) => {
          const [whole, free] = unconfined(definition, actor);
          const { within } = actor;
          assert.ok(within);
          play(steps, (_before, state, log) => {
            if (state === null) return;
            const inside =
              within.app === definition.app &&
              (within.siteId === undefined || within.siteId === state.siteId) &&
              (within.ticketId ?? 'ticket') === 'ticket' &&
              (within.steps?.includes(state.step) ?? true);
            const mayLook = maySee(definition, actor, state);
            if (mayLook) {
              seen += 1;
              assert.ok(maySee(whole, free, state), 'sees what they would not without the walls');
              assert.ok(inside || (within.steps && within.justMoved === 'ticket'), 'sees what is outside');
              assert.ok(actor.kind !== 'guest' || within.ticketId === 'ticket');
            }
            const reading = readingOf(definition, actor, state);
            const freely = readingOf(whole, free, state);
            for (const field of Object.keys(definition.fields))
              assert.ok(READINGS.indexOf(reading(field)) <= READINGS.indexOf(freely(field)), field);
            const moves = movesNow(definition, actor, state, 0);
            for (const move of moves) assert.ok(movesNow(whole, free, state, 0).includes(move), move);
            assert.ok(inside || moves.length === 0);
            const now = START + 4000 * HOUR;
            for (const wish of wanted) {
              const command = wish(state, log);
              if (command.type === 'open') continue;
              const decision = decide(definition, state, command, { actor, now, open, heldOpen: 0 });
              if ('refusal' in decision) continue;
              done += 1;
              // What was just moved away is brought back from outside; and time passes everywhere.
              assert.ok(
                inside || ['undo', 'wake'].includes(command.type),
                `${command.type} on what is outside`,
              );
              assert.ok(['move', 'comment', 'undo', 'wake'].includes(command.type), command.type);
              const without = decide(whole, state, command, { actor: free, now, open, heldOpen: 0 });
              assert.ok('event' in without, `${command.type} is more than without the walls`);
            }
          });
        },
      ),
      { numRuns: 400 },
    );
    assert.ok(seen > 60 && done > 60, `${seen} seen, ${done} done: the walls prove little`);
  });

  test(`${definition.app}: a station opens tickets only when it is paired so, and a guest never`, () => {
    fc.assert(
      fc.property(confined(definition), fc.constantFrom(...SITES), (actor, siteId) => {
        const [whole, free] = unconfined(definition, actor);
        if (!mayOpen(definition, actor, siteId)) return;
        assert.ok(actor.kind === 'member' && actor.within?.opens && mayOpen(whole, free, siteId));
      }),
    );
  });

  test(`${definition.app}: sealed values never stand in the body of an event`, () => {
    const sealed = Object.keys(definition.fields).filter((name) => definition.fields[name]?.sealed);
    fc.assert(
      fc.property(played, (steps) => {
        play(steps, (_before, after, log) => {
          for (const event of log)
            if ('fields' in event.body) for (const name of sealed) assert.ok(!(name in event.body.fields));
          if (after) for (const name of sealed) assert.ok(!(name in after.fields));
        });
      }),
      { numRuns: 200 },
    );
  });
}
