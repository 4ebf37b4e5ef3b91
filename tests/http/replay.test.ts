import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { AppDefinition } from '../../src/engine/define.ts';
import { replay } from '../../src/engine/evolve.ts';
import type { TicketState } from '../../src/engine/state.ts';
import { asOrganisation } from '../../src/platform/postgres/index.ts';
import { choicesOf } from '../../src/tickets/choices.ts';
import { columns, eventsOf, stateOf, type TicketRow } from '../../src/tickets/store.ts';
import atelier from '../../apps/atelier/app.ts';
import travail from '../../apps/travail/app.ts';
import voirie from '../../apps/voirie/app.ts';
import type { TestDatabase } from '../harness/database.ts';
import { type Hand, stage, type Stage, type Ticket } from '../harness/vigie.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const APPS: Readonly<Record<string, AppDefinition>> = { atelier, travail, voirie };

/** A small generator (mulberry32): the seed of a run that fails is said, and plays it again. */
const dice = (seed: number) => {
  let state = seed;
  const roll = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (count: number): number => Math.floor(roll() * count);
  const pick = <T>(from: readonly T[]): T => from[below(from.length)] as T;
  return { below, pick };
};
type Dice = ReturnType<typeof dice>;

/** A value that a field takes, or now and then nothing. */
const valueFor = ({ below, pick }: Dice, definition: AppDefinition, name: string, now: number): unknown => {
  const field = definition.fields[name];
  if (below(8) === 0) return null;
  switch (field?.is) {
    case 'choice':
      return pick(Object.keys(field.of));
    case 'number':
      return (field.min ?? 0) + below((field.max ?? 10) - (field.min ?? 0) + 1);
    case 'yesno':
      return below(2) === 0;
    case 'date':
      return new Date(now + below(20) * DAY).toISOString().slice(0, 10);
    case 'datetime':
      return new Date(now + below(20 * 24) * HOUR).toISOString();
    case 'place':
      return {
        lat: 47 + below(1000) / 3000,
        lng: -2 - below(1000) / 7000,
        ...(below(2) === 0 && { accuracy: 12.5, address: 'Rue de l’Étang' }),
      };
    case 'contact':
      return { name: pick(['Claire', 'Jean', 'Zoé']), phone: `06 00 00 00 0${below(3)}` };
    case 'files':
      return [];
    case 'phone':
      return '03 20 00 00 00';
    case 'lines':
      return Array.from({ length: below(4) }, () => ({
        product: 'C-41',
        quantity: (1 + below(30)) / 10,
        unitPrice: below(2000),
        vat: pick([20, 5.5]),
      }));
    default:
      return pick(['un', 'deux « mots »', 'Été 😀', 'e\u0301', '=1+1', ' ']);
  }
};

interface Scene extends Stage {
  readonly hands: Readonly<Record<'kerlann' | 'argentique', readonly Hand[]>>;
}

const inAgain = async (scene: Stage): Promise<Scene> => {
  const enter = (names: readonly Parameters<Stage['as']>[0][]) =>
    Promise.all(names.map((name) => scene.as(name)));
  return {
    ...scene,
    hands: {
      kerlann: await enter(['maelle', 'maelle', 'yann', 'armelle']),
      argentique: await enter(['nadia', 'camille', 'theo', 'ines']),
    },
  };
};

/** One thing that somebody tries; says how it was answered. */
const act = async ({ hands, clock, cast }: Scene, luck: Dice): Promise<number> => {
  const { below, pick } = luck;
  const [organisation, apps] = pick([
    ['kerlann', [voirie]],
    ['argentique', [atelier, travail, travail]],
  ] as const);
  const definition: AppDefinition = pick<AppDefinition>(apps);
  const hand = pick(hands[organisation]);
  const base = `/${organisation}/${definition.app}`;
  const now = clock.now();
  const some = (names: readonly string[], count: number): Record<string, unknown> =>
    Object.fromEntries(
      Array.from({ length: count }, () => pick(names)).map((name) => [
        name,
        valueFor(luck, definition, name, now),
      ]),
    );
  const headers: Record<string, string> = below(3) === 0 ? { 'idempotency-key': `key-${below(40)}` } : {};
  const ask = async (method: string, path: string, body?: unknown): Promise<number> =>
    (await hand.ask(method, `${base}${path}`, body, headers)).status;

  const { body: page } = await hand.ask<{ tickets?: Ticket[] }>(
    'GET',
    `${base}/tickets?sort=newest&limit=30`,
  );
  const ticket = page.tickets?.length ? pick(page.tickets) : undefined;
  const names = Object.keys(definition.fields).filter((name) => definition.fields[name]?.is !== 'files');
  const orders = await hand.ask<{ tickets?: Ticket[] }>(
    'GET',
    `/${organisation}/atelier/tickets?sort=newest&limit=5`,
  );
  const order = orders.body.tickets?.length ? pick(orders.body.tickets).reference : null;
  const opening = (definition.opening ?? names).filter(
    (name) => definition.fields[name]?.required || below(2) === 0,
  );
  const choice = below(24);
  if (!ticket || choice < 5) {
    const fields = Object.fromEntries(opening.map((name) => [name, valueFor(luck, definition, name, now)]));
    return ask('POST', '/tickets', {
      fields,
      ...(definition === travail && { holder: order }),
      ...(organisation === 'argentique' && below(2) === 0 && { site: pick(['lille', 'wattignies']) }),
    });
  }
  const path = `/tickets/${ticket.reference}`;
  const move =
    below(5) === 0 || ticket.moves.length === 0 ? pick(Object.keys(definition.moves)) : pick(ticket.moves);
  const asks = (definition.moves[move]?.asks ?? []).map((name) => name.replace('!', ''));
  const asked = Object.fromEntries(
    asks
      .filter((name) => name !== 'comment' && below(4) > 0)
      .map((name) => [name, valueFor(luck, definition, name, now)]),
  );
  const comment = asks.includes('comment') ? { comment: pick(['voilà', '', 'à 17 h']) } : {};
  if (choice < 14)
    return ask('POST', `${path}/moves/${move}`, {
      fields: asked,
      ...comment,
      ...(below(4) === 0 && { version: ticket.version }),
    });
  if (choice < 17)
    return ask('PATCH', path, {
      version: ticket.version,
      fields: some(names, 1 + below(2)),
      ...(organisation === 'argentique' && below(4) === 0 && { site: pick(['lille', 'wattignies', null]) }),
    });
  if (choice < 18) return ask('POST', `${path}/comments`, { text: pick(['vu', 'rappelé', '']) });
  if (choice < 19)
    return ask('PUT', `${path}/assignee`, { member: pick([null, 'me', cast.theo.id, cast.yann.id]) });
  if (choice < 20) return ask('PUT', `${path}/holder`, { holder: pick([null, order]) });
  if (choice < 22) return ask('POST', `${path}/undo`, {});
  return ask('POST', `/moves/${move}`, {
    references: (page.tickets ?? []).slice(0, 4).map(({ reference }) => reference),
    fields: asked,
    ...comment,
  });
};

interface Row extends TicketRow {
  readonly choices: readonly string[];
  readonly lateness_at: Date;
  readonly definition_hash: string;
}

const withoutWake = ({ standing, ...state }: TicketState) => ({
  ...state,
  standing: { ...standing, wakeAt: null },
});

/** Every row of an organisation is what the events of its ticket say. */
const compareIn = (db: TestDatabase, organisationId: string) =>
  asOrganisation(db, organisationId, async (tx) => {
    const rows = await tx<
      Row[]
    >`select ${columns(tx)}, t.choices, t.lateness_at, t.definition_hash from ticket t`;
    let count = 0;
    for (const row of rows) {
      const events = await eventsOf(tx, organisationId, row.id);
      count += events.length;
      const told = replay(row.id, events);
      const what = `${row.reference}: ${events.map(({ type }) => type).join(' ')}`;
      assert.ok(told, what);
      assert.deepEqual(
        events.map(({ version }) => version),
        events.map((_, index) => index + 1),
        what,
      );
      assert.deepEqual(withoutWake(stateOf(row)), withoutWake(told), what);
      assert.deepEqual(row.choices, choicesOf(APPS[row.app] as AppDefinition, told.fields), what);
      let lateness = { is: '', since: 0 };
      for (const { at, body } of events)
        if (body.standing.lateness !== lateness.is) lateness = { is: body.standing.lateness, since: at };
      assert.equal(row.lateness_at.getTime(), lateness.since, what);
      const [last] = await tx<{ hash: string }[]>`
        select definition_hash as hash from event where ticket_id = ${row.id} order by version desc limit 1`;
      assert.equal(row.definition_hash, last?.hash, what);
    }
    return { tickets: rows.length, events: count };
  });

const compare = async ({
  db,
  cast,
}: Stage): Promise<{ readonly tickets: number; readonly events: number }> => {
  const [commune, lab] = [
    await compareIn(db, cast.maelle.organisationId),
    await compareIn(db, cast.nadia.organisationId),
  ];
  return { tickets: commune.tickets + lab.tickets, events: commune.events + lab.events };
};

for (const seed of [1, 2, Math.floor(Math.random() * 1e9)])
  test(`whatever people do, one after the other and at once, replaying what happened to a ticket gives the ticket (seed ${seed})`, async (t) => {
    const stood = await stage(t, { at: '2026-03-03T10:00:00Z' });
    const luck = dice(seed);
    let scene = await inAgain(stood);
    const answers = new Map<number, number>();
    for (let round = 0; round < 80; round += 1) {
      const statuses = await Promise.all(Array.from({ length: 4 }, () => act(scene, luck)));
      for (const status of statuses) answers.set(status, (answers.get(status) ?? 0) + 1);
      const wait = luck.pick([0, 0, 20_000, HOUR, 5 * HOUR, 30 * HOUR]);
      await scene.pass(wait);
      if (wait > 10 * HOUR) scene = await inAgain(stood);
    }
    const said = JSON.stringify(Object.fromEntries(answers));
    assert.deepEqual(
      [...answers.keys()].filter((status) => status >= 500),
      [],
      said,
    );
    const { tickets, events } = await compare(stood);
    assert.ok(tickets > 15 && events > 60, `${tickets} tickets and ${events} events prove little: ${said}`);

    // Long after, what is personal goes, and what is left is still what happened.
    stood.clock.advance(900 * DAY);
    await stood.db.owner`select graphile_worker.add_job('erase')`;
    for (
      const until = Date.now() + 15_000;
      Date.now() < until;
      await new Promise((resolve) => setTimeout(resolve, 50))
    ) {
      const left = await stood.db.owner`select 1 from graphile_worker.jobs where task_identifier = 'erase'`;
      if (left.length === 0) break;
    }
    await stood.pass(0);
    await compare(stood);
    const [kept] = await stood.db.owner<{ erased: number; kept: number }[]>`
      select count(*) filter (where erased_at is not null)::int as erased, count(*) filter (where closed_at is not null and sealed <> '{}')::int as kept from ticket`;
    assert.equal(kept?.kept, 0);
  });
