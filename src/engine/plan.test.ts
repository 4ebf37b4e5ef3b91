import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { canEnd, coursesOf, waysOf } from './check/graph.ts';
import { checkDefinition, errorLines } from './check.ts';
import type { AppDefinition, Choice, Field, Step } from './define.ts';
import { type Live, openAnswers, planVersion } from './plan.ts';

interface Part {
  readonly steps: { readonly [name: string]: Omit<Step<string>, 'label'> };
  readonly kinds: { readonly [name: string]: Omit<Choice, 'label'> };
  readonly fields?: { readonly [name: string]: Field };
  /** Steps between the first and the last, by kind; all of them by default. */
  readonly routes?: { readonly [kind: string]: readonly string[] };
  readonly more?: Partial<AppDefinition>;
}

const label = 'Label';

/** Between `first` and `last` a ticket passes the given steps, in their order; a retired one leads straight to the end. */
const appOf = ({ steps, kinds, fields = {}, routes = {}, more = {} }: Part): AppDefinition => {
  const between = Object.keys(steps);
  const retired = between.filter((step) => steps[step]?.retired);
  const route = (kind: string): readonly string[] => [
    'first',
    ...(routes[kind] ?? between).filter((step) => !retired.includes(step)),
    'last',
  ];
  const passed = [
    'first',
    ...between.filter((step) => Object.keys(kinds).some((kind) => route(kind).includes(step))),
  ];
  return {
    app: 'club',
    title: label,
    noun: { one: label, many: label },
    reference: 'C-{seq}',
    classification: 'internal',
    fields: {
      kind: {
        is: 'choice',
        label,
        required: true,
        of: Object.fromEntries(Object.entries(kinds).map(([name, kind]) => [name, { label, ...kind }])),
      },
      ...fields,
    },
    roles: { keeper: { label, sees: 'all', opens: true } },
    steps: {
      first: { label, start: true },
      ...Object.fromEntries(Object.entries(steps).map(([name, step]) => [name, { label, ...step }])),
      last: { label, end: true },
    },
    routes: { by: 'kind', of: Object.fromEntries(Object.keys(kinds).map((kind) => [kind, route(kind)])) },
    moves: {
      next: { label, from: passed, to: '$next', by: 'keeper' },
      ...(retired.length > 0 && { leave: { label, from: retired, to: 'last', by: 'keeper' } }),
    },
    ...more,
  };
};

const none: Live = { stepCounts: {}, choiceCounts: {}, fieldCounts: {} };
const club = appOf({ steps: { wash: {}, dry: {} }, kinds: { small: {}, large: {} } });

const weights = (old: AppDefinition, next: AppDefinition, live: Live): readonly string[] =>
  planVersion(old, next, live).changes.map(({ path, weight }) => `${path}: ${weight}`);

test('a version that changes nothing plans nothing', () => {
  const { changes, migration } = planVersion(club, structuredClone(club), none);
  assert.deepEqual(changes, []);
  assert.deepEqual(migration, {
    renames: { steps: {}, fields: {}, roles: {}, choices: {} },
    drops: [],
    seals: [],
    unseals: [],
  });
});

test('a step with tickets cannot be removed before the maker says where they go', () => {
  const next = appOf({ steps: { dry: {} }, kinds: { small: {}, large: {} } });
  const plan = planVersion(club, next, { ...none, stepCounts: { wash: 12 } });
  const [open] = openAnswers(plan);
  assert.equal(open?.path, 'steps.wash');
  assert.match(open?.message ?? '', /12 tickets stand on `wash`/u);
  assert.match(open?.write ?? '', /`was: 'wash'` .* or keep `wash` with `retired: true`/u);
});

test('a step without tickets is removed safely', () => {
  const next = appOf({ steps: { dry: {} }, kinds: { small: {}, large: {} } });
  assert.deepEqual(openAnswers(planVersion(club, next, none)), []);
});

test('a retired step keeps its tickets', () => {
  const next = appOf({ steps: { wash: { retired: true }, dry: {} }, kinds: { small: {}, large: {} } });
  assert.deepEqual(
    openAnswers(
      planVersion(club, next, { ...none, stepCounts: { wash: 12 }, choiceCounts: { kind: { small: 12 } } }),
    ),
    [],
  );
});

test('photographs that begin to go out with their place are said before they do', () => {
  const photos = (metadata: { readonly metadata?: 'kept' }): AppDefinition =>
    appOf({ steps: {}, kinds: { small: {} }, fields: { photos: { is: 'files', label, ...metadata } } });
  const live = { ...none, fieldCounts: { photos: 4 } };
  assert.deepEqual(weights(photos({}), photos({ metadata: 'kept' }), live), [
    'fields.photos.metadata: destructive',
  ]);
  assert.deepEqual(weights(photos({}), photos({ metadata: 'kept' }), none), ['fields.photos.metadata: safe']);
  assert.deepEqual(weights(photos({ metadata: 'kept' }), photos({}), live), ['fields.photos.metadata: safe']);
});

test('fewer files, or other types, leave those there are', () => {
  const files = (more: object): AppDefinition =>
    appOf({ steps: {}, kinds: { small: {} }, fields: { photos: { is: 'files', label, ...more } } });
  const live = { ...none, fieldCounts: { photos: 4 } };
  assert.deepEqual(weights(files({ max: 9 }), files({ max: 3, accept: ['image/*'] }), live), [
    'fields.photos: safe',
  ]);
});

test('names that changed are renamed in the rows', () => {
  const old = appOf({ steps: { wash: {} }, kinds: { small: {} }, fields: { note: { is: 'text', label } } });
  const next = appOf({
    steps: { clean: { was: 'wash' } },
    kinds: { tiny: { was: 'small' } },
    fields: { remark: { is: 'text', label, was: 'note' } },
    more: { roles: { owner: { label, sees: 'all', opens: true, was: 'keeper' } } },
  });
  const { migration } = planVersion(
    old,
    { ...next, moves: { next: { label, from: ['first', 'clean'], to: '$next', by: 'owner' } } },
    none,
  );
  assert.deepEqual(migration.renames, {
    steps: { wash: 'clean' },
    fields: { note: 'remark' },
    roles: { keeper: 'owner' },
    choices: { kind: { small: 'tiny' } },
  });
});

test('a choice that tickets have cannot be removed unanswered', () => {
  const next = appOf({ steps: { wash: {}, dry: {} }, kinds: { small: {} } });
  const live = { ...none, choiceCounts: { kind: { large: 3 } } };
  const [open] = openAnswers(planVersion(club, next, live));
  assert.equal(open?.path, 'fields.kind.of.large');
  assert.match(open?.write ?? '', /`was: 'large'`/u);
  const retired = appOf({ steps: { wash: {}, dry: {} }, kinds: { small: {}, large: { retired: true } } });
  assert.deepEqual(openAnswers(planVersion(club, retired, live)), []);
});

test('a step that leaves a route needs a way for the tickets of that route', () => {
  const next = appOf({
    steps: { wash: {}, dry: {} },
    kinds: { small: {}, large: {} },
    routes: { small: ['dry'] },
  });
  const live = { ...none, stepCounts: { wash: 2 }, choiceCounts: { kind: { small: 2 } } };
  const [open] = openAnswers(planVersion(club, next, live));
  assert.equal(open?.message, 'Tickets that stand on `wash` and are `small` could never end.');
  assert.deepEqual(
    openAnswers(planVersion(club, next, { ...live, choiceCounts: { kind: { large: 2 } } })),
    [],
  );
});

test('two steps that become one are told as what cannot be taken back', () => {
  const next = appOf({ steps: { dry: { was: 'wash' } }, kinds: { small: {}, large: {} } });
  assert.ok(weights(club, next, { ...none, stepCounts: { wash: 1 } }).includes('steps.dry: destructive'));
});

test('a field removed with its values is destructive, and says how to keep them', () => {
  const old = appOf({ steps: {}, kinds: { small: {} }, fields: { note: { is: 'text', label } } });
  const next = appOf({ steps: {}, kinds: { small: {} } });
  const plan = planVersion(old, next, { ...none, fieldCounts: { note: 4 } });
  assert.deepEqual(plan.migration.drops, ['note']);
  assert.equal(plan.changes[0]?.weight, 'destructive');
  assert.match(plan.changes[0]?.write ?? '', /retired: true/u);
  assert.deepEqual(weights(old, next, none), ['fields.note: safe']);
});

test('a type changes only where every value can still be read', () => {
  const typed = (is: 'text' | 'longtext' | 'date'): AppDefinition =>
    appOf({ steps: {}, kinds: { small: {} }, fields: { note: { is, label } } });
  const live = { ...none, fieldCounts: { note: 4 } };
  assert.deepEqual(weights(typed('text'), typed('longtext'), live), ['fields.note.is: safe']);
  assert.deepEqual(weights(typed('text'), typed('date'), live), ['fields.note.is: needs an answer']);
  assert.deepEqual(weights(typed('text'), typed('date'), none), ['fields.note.is: safe']);
});

test('sealing is safe, unsealing cannot be taken back', () => {
  const open = appOf({ steps: {}, kinds: { small: {} }, fields: { phone: { is: 'phone', label } } });
  const sealed = appOf({
    steps: {},
    kinds: { small: {} },
    fields: { phone: { is: 'phone', label, sealed: true } },
  });
  const live = { ...none, fieldCounts: { phone: 4 } };
  assert.deepEqual(planVersion(open, sealed, live).migration.seals, ['phone']);
  assert.deepEqual(weights(open, sealed, live), ['fields.phone.sealed: safe']);
  assert.deepEqual(planVersion(sealed, open, live).migration.unseals, ['phone']);
  assert.deepEqual(weights(sealed, open, live), ['fields.phone.sealed: destructive']);
});

test('the classification is raised at any time, and lowered only while there are no tickets', () => {
  const health = { ...club, classification: 'health' } as const;
  const live = { ...none, stepCounts: { first: 1 } };
  assert.deepEqual(openAnswers(planVersion(club, health, live)), []);
  assert.deepEqual(weights(health, club, live), ['classification: needs an answer']);
  assert.deepEqual(weights(health, club, none), ['classification: safe']);
});

test('what is kept for less long is told as what cannot be taken back', () => {
  const live = { ...none, stepCounts: { last: 1 } };
  assert.deepEqual(weights({ ...club, keep: '1 years' }, { ...club, keep: '6 months' }, live), [
    'keep: destructive',
  ]);
  assert.deepEqual(weights({ ...club, keep: '6 months' }, { ...club, keep: '1 years' }, live), []);
});

const STEPS = ['a', 'b', 'c', 'd', 'e'];
const KINDS = ['k', 'l', 'm', 'n'];
const entries = (names: readonly string[], minKeys: number): fc.Arbitrary<Part['steps']> =>
  fc.dictionary(
    fc.constantFrom(...names),
    fc.record({ was: fc.constantFrom(...names), retired: fc.constant(true as const) }, { requiredKeys: [] }),
    { minKeys, noNullPrototype: true },
  );

/** Without former names that exist or are said twice. */
const renamedOnce = (given: Part['steps']): Part['steps'] => {
  const said = new Set(Object.keys(given));
  return Object.fromEntries(
    Object.entries(given).map(([name, { was, ...rest }]) => {
      if (was === undefined || said.has(was)) return [name, rest];
      said.add(was);
      return [name, { ...rest, was }];
    }),
  );
};

type Given = Required<Pick<Part, 'steps' | 'kinds' | 'routes'>>;
const given: fc.Arbitrary<Given> = fc.record({
  steps: entries(STEPS, 0),
  kinds: entries(KINDS, 1),
  routes: fc.dictionary(fc.constantFrom(...KINDS), fc.subarray(STEPS), { noNullPrototype: true }),
});

/** A random definition, made right where that is simple. */
const built = ({ steps, kinds, routes }: Given): AppDefinition => {
  const passed = (step: string): boolean =>
    Object.keys(kinds).some((kind) => routes[kind]?.includes(step) ?? true);
  const kept = Object.entries(steps).filter(([step, { retired }]) => retired || passed(step));
  const known = Object.fromEntries(
    Object.entries(routes).map(([kind, route]) => [
      kind,
      route.filter((step) => kept.some(([name]) => name === step)),
    ]),
  );
  return appOf({ steps: renamedOnce(Object.fromEntries(kept)), kinds: renamedOnce(kinds), routes: known });
};

/** Two versions: half of them any two, half with the same steps and choices and other routes. */
const versions = fc
  .record({ first: given, second: given, same: fc.boolean() })
  .map(({ first, second, same }) => ({
    old: built(first),
    next: built(same ? { ...first, routes: second.routes } : second),
  }))
  .filter(({ old, next }) => checkDefinition(old).ok && checkDefinition(next).ok);

test('after a plan without open answers every ticket stands on a step, has a known choice, and can end', () => {
  let applied = 0;
  fc.assert(
    fc.property(versions, fc.infiniteStream(fc.nat()), ({ old, next }, random) => {
      const pick = <T>(list: readonly T[]): T => list[(random.next().value as number) % list.length] as T;
      const tickets = Array.from({ length: 6 }, () => {
        const course = pick(coursesOf(old));
        return { kind: course.choice ?? '', step: pick(course.route ?? []) };
      });
      const count = (names: readonly string[]): { [name: string]: number } =>
        Object.fromEntries(names.map((name) => [name, names.filter((other) => other === name).length]));
      const live: Live = {
        stepCounts: count(tickets.map(({ step }) => step)),
        choiceCounts: { kind: count(tickets.map(({ kind }) => kind)) },
        fieldCounts: { kind: tickets.length },
      };
      const plan = planVersion(old, next, live);
      if (openAnswers(plan).length > 0) return;
      applied += 1;
      const { steps, choices } = plan.migration.renames;
      for (const ticket of tickets) {
        const step = steps[ticket.step] ?? ticket.step;
        const kind = choices['kind']?.[ticket.kind] ?? ticket.kind;
        assert.ok(Object.hasOwn(next.steps, step), `${ticket.step} became ${step}, which is no step`);
        assert.ok(
          next.fields['kind']?.is === 'choice' && Object.hasOwn(next.fields['kind'].of, kind),
          `${kind} is no choice`,
        );
        const ended = next.steps[step]?.end === true;
        assert.ok(
          ended || canEnd(next, waysOf(next, next.routes?.of[kind] ?? null), step),
          `a ticket on ${step} that is ${kind} cannot end`,
        );
      }
    }),
    { numRuns: 400 },
  );
  assert.ok(applied > 20, `only ${applied} plans were applied`);
});

test('the definitions of these tests are right themselves', () => {
  const checked = checkDefinition(club);
  assert.ok(checked.ok, checked.ok ? '' : errorLines(checked.errors));
});
