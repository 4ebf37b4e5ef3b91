import assert from 'node:assert/strict';
import { test } from 'node:test';
import argentique from '../../apps/atelier/demo.ts';
import echangeSante from '../../apps/echange-sante/app.ts';
import rade from '../../apps/echange/demo.ts';
import echange from '../../apps/echange/app.ts';
import phare from '../../apps/phototheque/demo.ts';
import phototheque from '../../apps/phototheque/app.ts';
import remiseSante from '../../apps/remise-sante/app.ts';
import garenne from '../../apps/remise/demo.ts';
import remise from '../../apps/remise/app.ts';
import atelier from '../../apps/atelier/app.ts';
import kerlann from '../../apps/voirie/demo.ts';
import travail from '../../apps/travail/app.ts';
import voirie from '../../apps/voirie/app.ts';
import type { Actor } from '../engine/actor.ts';
import { storyOfIds } from '../../tests/harness/story.ts';
import { checkDemo } from '../engine/check/demo.ts';
import { standingOf } from '../engine/commands/context.ts';
import { type Command, decide } from '../engine/decide.ts';
import type { AppDefinition, Demo, DemoTime } from '../engine/define.ts';
import type { TicketState } from '../engine/state.ts';
import { calendarOf } from '../sites/index.ts';
import { type DemoClock, demoInstant } from './time.ts';
import { demoValues } from './values.ts';

const definitions: { readonly [app: string]: AppDefinition } = {
  atelier,
  travail,
  voirie,
  echange,
  remise,
  'echange-sante': echangeSante,
  'remise-sante': remiseSante,
  phototheque,
};

interface Played {
  readonly definition: AppDefinition;
  readonly clock: DemoClock;
  state: TicketState;
}

/** Tells the story to the engine, as the frame would, and gives every ticket as it stands at `now`. */
const play = (whole: Demo, now: number): readonly Played[] => {
  const demo = storyOfIds(whole, Object.values(definitions));
  const all: Played[] = [];
  const contacts = new Map(
    Object.keys(demo.contacts).map((key, index) => [
      key,
      `0197e1a0-0000-7000-8000-${String(index).padStart(12, '0')}`,
    ]),
  );
  const actorOf = (key: string): Actor => ({
    kind: 'member',
    id: key,
    grants: (demo.members[key]?.roles ?? []).map(({ app, role, site }) => ({
      app,
      role,
      siteId: site ?? null,
    })),
    administrator: false,
  });
  const run = (
    played: Omit<Played, 'state'>,
    state: TicketState | null,
    by: Actor,
    when: number,
    command: Command,
    heldOpen = 0,
  ): TicketState => {
    const decision = decide(played.definition, state, command, {
      actor: by,
      now: when,
      open: played.clock.open,
      heldOpen,
    });
    if ('refusal' in decision)
      assert.fail(`${JSON.stringify(command)} by ${by.id}: ${JSON.stringify(decision.refusal)}`);
    return decision.state;
  };

  for (const [index, told] of demo.tickets.entries()) {
    const site = demo.sites[told.site];
    const definition = definitions[told.app];
    assert.ok(site && definition);
    const clock = { open: calendarOf(site, now), timeZone: site.timeZone, now };
    const at = (time: DemoTime): number => {
      const instant = demoInstant(time, clock);
      assert.ok(instant <= now, `${JSON.stringify(time)} has not come yet`);
      return instant;
    };
    const opener = actorOf(told.by);
    const begin = (
      of: AppDefinition,
      fields: object,
      id: string,
      holder: Played | null,
      nth: number,
    ): Played => {
      const part = { definition: of, clock };
      const command: Command = {
        type: 'open',
        id,
        reference: id,
        fields: demoValues(of, fields as Demo['tickets'][number]['fields'], clock, contacts),
        siteId: told.site,
        holder: holder && { id: holder.state.id, nth, promiseAt: holder.state.promiseAt },
      };
      const played = { ...part, state: run(part, null, opener, at(told.opened), command) };
      all.push(played);
      return played;
    };
    const ticket = begin(definition, told.fields, `${index}`, null, 0);
    const inner = definitions[definition.holds?.app ?? ''];
    const held = inner
      ? (told.holds ?? []).map((fields, nth) => begin(inner, fields, `${index}-${nth + 1}`, ticket, nth + 1))
      : [];
    for (const act of told.acts ?? []) {
      const on =
        act.held === undefined
          ? [ticket]
          : act.held === 'all'
            ? held
            : act.held.flatMap((nth) => held[nth - 1] ?? []);
      const by = actorOf(act.by);
      const when = at(act.when);
      for (const one of on) {
        assert.ok(when >= one.state.updatedAt, `${JSON.stringify(act)} comes before what is told before it`);
        const values = (fields: object): object =>
          demoValues(one.definition, fields as never, clock, contacts);
        const command: Command =
          'move' in act
            ? {
                type: 'move',
                move: act.move,
                fields: values(act.fields ?? {}) as never,
                comment: act.comment ?? null,
              }
            : 'assign' in act
              ? { type: 'assign', memberId: act.assign }
              : 'edit' in act
                ? { type: 'edit', version: one.state.version, fields: values(act.edit) as never }
                : { type: 'comment', text: act.comment };
        one.state = run(one, one.state, by, when, command);
      }
      const then = Object.entries(definition.moves).find(([, move]) => move.held === 'then')?.[0];
      const ended = held.length > 0 && held.every(({ state }) => state.closedAt !== null);
      if (then && ended && ticket.state.step === 'taken' && act.held !== undefined)
        ticket.state = run(ticket, ticket.state, opener, when, {
          type: 'move',
          move: then,
          fields: {},
          comment: null,
        });
    }
  }
  return all;
};

const latenesses = (played: readonly Played[], app: string): { readonly [lateness: string]: number } => {
  const counts: { [lateness: string]: number } = {};
  for (const { definition, state, clock } of played) {
    if (definition.app !== app || state.closedAt !== null) continue;
    const { lateness } = standingOf(definition, state, clock.open, clock.now);
    counts[lateness] = (counts[lateness] ?? 0) + 1;
  }
  return counts;
};

/** Mornings, evenings, week-ends, bank holidays and clock changes: whenever somebody may start the demonstration. */
const MOMENTS = [
  '2026-11-23T08:40:00+01:00',
  '2026-11-24T10:05:00+01:00',
  '2026-11-25T14:30:00+01:00',
  '2026-11-26T18:55:00+01:00',
  '2026-11-27T23:30:00+01:00',
  '2026-11-28T11:00:00+01:00',
  '2026-11-29T09:00:00+01:00',
  '2026-12-25T12:00:00+01:00',
  '2027-01-02T12:00:00+01:00',
  '2027-03-28T09:00:00+02:00',
  '2027-05-10T09:15:00+02:00',
];

for (const [name, demo] of [
  ['Argentique', argentique],
  ['Kerlann', kerlann],
  ['the hospital Rade', rade],
  ['the laboratory Garenne', garenne],
  ['the friends of the lighthouse', phare],
] as const)
  test(`the story of ${name} hangs together`, () => {
    assert.deepEqual(checkDemo(demo, definitions), []);
  });

for (const moment of MOMENTS)
  test(`started on ${moment}, the laboratory has orders late, stuck, at risk, on time and ready`, () => {
    const played = play(argentique, Date.parse(moment));
    const jobs = latenesses(played, 'travail');
    const orders = latenesses(played, 'atelier');
    for (const lateness of ['late', 'stuck', 'will be late', 'at risk', 'on time'])
      assert.ok((jobs[lateness] ?? 0) > 0, `no job is ${lateness}: ${JSON.stringify(jobs)}`);
    assert.ok((orders['late'] ?? 0) >= 2, JSON.stringify(orders));
    assert.equal(played.filter(({ state }) => state.step === 'ready').length, 2);
  });

for (const moment of MOMENTS)
  test(`started on ${moment}, the commune has requests late, stuck, at risk and on time`, () => {
    const played = play(kerlann, Date.parse(moment));
    const requests = latenesses(played, 'voirie');
    for (const lateness of ['late', 'stuck', 'at risk', 'on time'])
      assert.ok((requests[lateness] ?? 0) > 0, `no request is ${lateness}: ${JSON.stringify(requests)}`);
    const steps = new Set(played.map(({ state }) => state.step));
    assert.deepEqual([...steps].toSorted(), Object.keys(voirie.steps).toSorted());
  });

for (const moment of MOMENTS)
  test(`started on ${moment}, the hospital and its laboratory have hand-overs of every kind`, () => {
    const now = Date.parse(moment);
    const hospital = play(rade, now);
    for (const lateness of ['late', 'on time'])
      for (const [who, played] of [
        ['Rade', hospital],
        ['Garenne', play(garenne, now)],
      ] as const)
        assert.ok((latenesses(played, 'remise')[lateness] ?? 0) > 0, `no hand-over of ${who} is ${lateness}`);
    const stands = (app: string): readonly string[] =>
      hospital.filter(({ definition }) => definition.app === app).map(({ state }) => state.step);
    for (const step of ['prepared', 'sent', 'awaited', 'returned', 'checked', 'closed', 'refused'])
      assert.ok(stands('remise').includes(step), step);
    for (const step of Object.keys(echange.steps)) assert.ok(stands('echange').includes(step), step);
    assert.deepEqual([...new Set(stands('remise-sante'))].toSorted(), ['awaited', 'returned']);
  });

for (const moment of MOMENTS)
  test(`started on ${moment}, the friends of the lighthouse have batches kept, on their way, and to look at again`, () => {
    const played = play(phare, Date.parse(moment));
    const kept = played.filter(({ state }) => state.step === 'kept');
    const latenessOf = ({ definition, state, clock }: Played): string =>
      standingOf(definition, state, clock.open, clock.now).lateness;
    assert.deepEqual(kept.map(latenessOf), ['on time', 'late', 'on time']);
    const steps = new Set(played.map(({ state }) => state.step));
    assert.deepEqual([...steps].toSorted(), Object.keys(phototheque.steps).toSorted());
  });

test('the story of the hospital puts patients where they do not belong, which the guard stops, and where they do', () => {
  const tickets = rade.tickets.flatMap(({ app, acts = [], holds = [] }) => ({ app, acts, holds }));
  const stopped = tickets.flatMap(({ app, acts }) =>
    acts.flatMap((act) => ('edit' in act && act.stopped ? { app, said: JSON.stringify(act.edit) } : [])),
  );
  assert.equal(stopped.length, 1);
  assert.equal(stopped[0]?.app, 'echange');
  const numbers = /\d \d{2} \d{2} \d{2} \d{3} \d{3} \d{2}/gu;
  const written = stopped[0].said.match(numbers) ?? [];
  assert.equal(written.length, 2);
  // A control key that is right: what the guard takes for strong proof (INSEE, 97 less the number modulo 97).
  for (const number of written) {
    const digits = number.replaceAll(' ', '');
    assert.equal(97 - Number(BigInt(digits.slice(0, 13)) % 97n), Number(digits.slice(13)));
  }
  for (const { app, holds } of tickets)
    assert.equal(JSON.stringify(holds).match(numbers) !== null, app === 'echange-sante', app);
});
