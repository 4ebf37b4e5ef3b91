import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { test, type TestContext } from 'node:test';

import { type Consumer, type Followers, startFollowers } from '../../src/log/index.ts';
import { readConfig } from '../../src/platform/config.ts';
import { createLogger } from '../../src/platform/logging.ts';
import { asOrganisation, type Database, openDatabase } from '../../src/platform/postgres/index.ts';
import { startVigie, type Vigie } from '../../src/server.ts';
import { temporaryFolder } from '../harness/cluster.ts';
import { postOffice } from '../harness/mail.ts';
import { openLive, type Told } from '../harness/stream.ts';
import { type Hand, stage, type Stage, type StageOptions, type Ticket } from '../harness/vigie.ts';

const POTHOLE = {
  kind: 'pothole',
  place: { lat: 47.7412, lng: -2.8754, address: 'Route de Kerdaniel' },
  note: 'Un trou profond',
};
const HOUR = 3_600_000;
const PATIENCE = 15_000;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const eventually = async (is: () => Promise<boolean>, what: string): Promise<void> => {
  for (const until = Date.now() + PATIENCE; !(await is()); await pause(25))
    if (Date.now() > until) assert.fail(what);
};

const open = async (hand: Hand, more: object = {}): Promise<Ticket> => {
  const { status, body } = await hand.ask('POST', '/kerlann/voirie/tickets', {
    fields: { ...POTHOLE, ...more },
  });
  assert.equal(status, 201, JSON.stringify(body));
  return body;
};

const comment = async (hand: Hand, reference: string, text: string): Promise<void> => {
  const { status, body } = await hand.ask('POST', `/kerlann/voirie/tickets/${reference}/comments`, { text });
  assert.equal(status, 201, JSON.stringify(body));
};

/** The log of every organisation is whole: each event in it once, from 1 on without a gap. */
const isWhole = async ({ db }: Pick<Stage, 'db'>): Promise<void> => {
  const logs = await db.owner<{ id: string; events: number; ordered: number; last: number; head: number }[]>`
    select o.id, (select count(*)::int from event e where e.organisation_id = o.id) as events,
      (select count(distinct event_id)::int from event_order e where e.organisation_id = o.id) as ordered,
      (select coalesce(max(seq), 0)::int from event_order e where e.organisation_id = o.id) as last,
      (select coalesce(max(seq), 0)::int from log_head h where h.organisation_id = o.id) as head
    from organisation o`;
  for (const { events, ordered, last, head } of logs)
    assert.deepEqual([ordered, last, head], [events, events, events]);
};

/** A second server on the same database, with a data folder of its own. */
const another = async (
  t: TestContext,
  { db, clock }: Stage,
  options: StageOptions & { readonly behind?: number } = {},
): Promise<Vigie> => {
  const data = temporaryFolder('vigie-second-');
  const config = {
    ...readConfig({
      PORT: '0',
      VIGIE_DEMO: '0',
      VIGIE_DATA: data,
      DATABASE_URL: db.url,
    }),
    ...(options.smtpUrl !== undefined && { smtpUrl: options.smtpUrl }),
  };
  const vigie = await startVigie(config, createLogger('fatal'), {
    clock: { now: () => clock.now() - (options.behind ?? 0) },
  });
  t.after(async () => {
    await vigie.stop();
    rmSync(data, { recursive: true });
  });
  return vigie;
};

/** The same hand at another server. */
const at = (vigie: Vigie, cookie: string): Hand => ({
  cookie,
  ask: async <T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const response = await fetch(`${vigie.url}/api/v1${path}`, {
      method,
      headers: {
        cookie,
        origin: vigie.url,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: response.status, headers: response.headers, body: (await response.json()) as T };
  },
});

test('what happens in two organisations at once is ordered in each by itself, without a gap, and a ticket’s own events in their order', async (t) => {
  const scene = await stage(t);
  const { as, db, vigie } = scene;
  const [maelle, yann, camille] = await Promise.all([as('maelle'), as('yann'), as('camille')]);
  const { reference } = await open(maelle);
  await maelle.ask('POST', `/kerlann/voirie/tickets/${reference}/moves/sort`, {});
  await Promise.all([
    ...Array.from({ length: 20 }, (_, nth) => comment(maelle, reference, `${nth}`)),
    ...Array.from({ length: 20 }, (_, nth) => comment(yann, reference, `${nth}`)),
    ...Array.from({ length: 20 }, () => open(maelle)),
    ...Array.from({ length: 20 }, () =>
      camille.ask('POST', '/argentique/atelier/tickets', {
        fields: { contact: { name: 'Léa' }, summary: 'x', promised: '2026-03-10T17:00:00+01:00' },
      }),
    ),
  ]);
  await vigie.settled();
  await isWhole(scene);
  const rows = await db.owner<{ version: number }[]>`
    select e.version from event_order o join event e on e.id = o.event_id join ticket t on t.id = e.ticket_id
    where t.reference = ${reference} order by o.seq`;
  assert.deepEqual(
    rows.map(({ version }) => version),
    Array.from({ length: 42 }, (_, nth) => nth + 1),
  );
});

test('what happens to a ticket at two servers stands in the log in its order, also when the clock of one is behind', async (t) => {
  const scene = await stage(t);
  const second = await another(t, scene, { behind: 5_000 });
  const here = await scene.as('maelle');
  const there = at(second, here.cookie);
  const { reference } = await open(here);
  await scene.vigie.settled();
  // As when the leader has just died: what happens waits for its place together.
  const brake = await scene.db.owner.reserve();
  await brake`begin`;
  await brake`lock table event_order in share mode`;
  await comment(here, reference, 'un');
  await comment(there, reference, 'deux');
  await brake`rollback`;
  brake.release();
  await scene.vigie.settled();
  const rows = await scene.db.owner<{ version: number }[]>`
      select e.version from event_order o join event e on e.id = o.event_id order by o.seq`;
  assert.deepEqual(
    rows.map(({ version }) => version),
    [1, 2, 3],
  );
});

/** Somewhere to see effects: a row each time, so that one too many shows. */
const effects = async ({ db }: Stage) => {
  await db.owner`create table effect (id bigint generated always as identity, event_id uuid, seq bigint)`;
  await db.owner`grant select, insert on effect to vigie_app`;
  return {
    seqs: async (): Promise<readonly number[]> =>
      (await db.owner<{ seq: number }[]>`select seq::int as seq from effect order by id`).map(
        ({ seq }) => seq,
      ),
    /** A consumer that has its effect, and then meets `fate`. */
    consumer: (
      fate: (call: number, seqs: readonly number[]) => Promise<void> | void,
      before = false,
    ): Consumer => {
      let calls = 0;
      return {
        name: 'effects',
        follow: async (tx, _organisationId, events) => {
          calls += 1;
          const seqs = events.map(({ seq }) => seq);
          if (before) await fate(calls, seqs);
          for (const { id, seq } of events)
            await tx`insert into effect (event_id, seq) values (${id}, ${seq})`;
          if (!before) await fate(calls, seqs);
        },
      };
    },
  };
};

const following = (t: TestContext, db: Database, { clock }: Stage, consumer: Consumer): Followers => {
  const followers = startFollowers(db, clock, createLogger('silent'), [consumer]);
  t.after(() => followers.stop());
  return followers;
};

const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, nth) => nth + 1);

for (const [how, before] of [
  ['before', true],
  ['after', false],
] as const)
  test(`a consumer that fails at any one of its calls, ${how} its effect, has every effect once and in order`, async (t) => {
    const scene = await stage(t);
    const { as, cast, vigie, db } = scene;
    const maelle = await as('maelle');
    for (let nth = 0; nth < 6; nth += 1) await open(maelle);
    await vigie.settled();
    const { seqs, consumer } = await effects(scene);
    for (let fatal = 1; fatal <= 6; fatal += 1) {
      await db.owner`truncate effect`;
      await db.owner`delete from log_cursor where consumer = 'effects'`;
      const followers = following(
        t,
        db,
        scene,
        consumer((call) => {
          if (call === 1 || call === fatal) throw new Error('This time it does not work.');
        }, before),
      );
      followers.follow(cast.maelle.organisationId);
      await followers.settled();
      assert.deepEqual(await seqs(), upTo(6), `failed at call ${fatal}`);
      await followers.stop();
    }
    assert.deepEqual(
      await db.owner`select 1 from log_set_aside`.then((rows) => rows.length),
      0,
      'what works when tried again is not set aside',
    );
  });

test('a consumer whose connection is killed after its effect, and before its commit, has it once', async (t) => {
  const scene = await stage(t);
  const { as, cast, vigie, db } = scene;
  const maelle = await as('maelle');
  for (let nth = 0; nth < 5; nth += 1) await open(maelle);
  await vigie.settled();
  const { seqs, consumer } = await effects(scene);
  const kill = async (): Promise<void> => {
    await db.owner`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and state = 'idle in transaction' and usename is not null and pid <> pg_backend_pid()`;
    await pause(100);
  };
  const away = (): never => {
    throw Object.assign(new Error('connect ENOENT /run/postgres'), { code: 'ENOENT' });
  };
  const followers = following(
    t,
    db,
    scene,
    consumer((call) => (call <= 2 ? kill() : call <= 7 ? away() : undefined)),
  );
  followers.follow(cast.maelle.organisationId);
  await followers.settled();
  assert.deepEqual(await seqs(), upTo(5));
  assert.equal(
    (await db.owner`select 1 from log_set_aside`).length,
    0,
    'a lost connection says nothing of an event',
  );
});

test('a server that dies while it follows is followed by the other one, without anything new having to happen', async (t) => {
  const scene = await stage(t);
  const { as, cast, vigie, db } = scene;
  const maelle = await as('maelle');
  for (let nth = 0; nth < 3; nth += 1) await open(maelle);
  await vigie.settled();
  const { seqs, consumer } = await effects(scene);
  const second = following(
    t,
    db,
    scene,
    consumer(() => {}),
  );
  second.follow(cast.maelle.organisationId);
  await second.settled();
  await open(maelle);
  await vigie.settled();
  const dying = openDatabase({ url: db.url });
  t.after(() => dying.close());
  const working = Promise.withResolvers<void>();
  const first = startFollowers(dying, scene.clock, createLogger('silent'), [
    consumer(() => {
      working.resolve();
      return new Promise(() => {});
    }),
  ]);
  first.follow(cast.maelle.organisationId);
  await working.promise;
  second.follow(cast.maelle.organisationId);
  await pause(200);
  assert.deepEqual(await seqs(), upTo(3), 'while one is at it, the other does nothing');
  void first.stop();
  await db.owner`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and state = 'idle in transaction'`;
  await eventually(async () => (await seqs()).length > 3, 'The other server has not gone on.');
  assert.deepEqual(await seqs(), upTo(4));
});

test('two servers that fail on the same event set that one aside, and not the next', async (t) => {
  const scene = await stage(t);
  const { as, cast, vigie, db } = scene;
  const maelle = await as('maelle');
  for (let nth = 0; nth < 3; nth += 1) await open(maelle);
  await vigie.settled();
  const { seqs, consumer } = await effects(scene);
  const organisationId = cast.maelle.organisationId;
  const slow = openDatabase({ url: db.url });
  t.after(() => slow.close());
  const stumble = (seen: readonly number[]): void => {
    if (seen.includes(1)) throw new Error('Not this one.');
  };
  const [tired, rested] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  // Just before it would set the event aside, one server is too busy for its own database, and the other does it.
  const late = following(
    t,
    slow,
    scene,
    consumer((call, seen) => {
      if (call === 4) {
        for (let nth = 0; nth < 40; nth += 1) void asOrganisation(slow, organisationId, () => rested.promise);
        tired.resolve();
      }
      stumble(seen);
    }),
  );
  late.follow(organisationId);
  await tired.promise;
  const other = following(
    t,
    db,
    scene,
    consumer((_call, seen) => stumble(seen)),
  );
  await eventually(async () => {
    other.follow(organisationId);
    await other.settled();
    return (await db.owner`select 1 from log_set_aside`).length > 0;
  }, 'It was not set aside.');
  await db.owner`update log_cursor set seq = 1 where consumer = 'effects'`;
  await db.owner`truncate effect`;
  rested.resolve();
  await late.settled();
  assert.deepEqual(await seqs(), [2, 3]);
  assert.deepEqual([...(await db.owner`select seq::int as seq from log_set_aside`)], [{ seq: 1 }]);
});

test('an event that cannot be followed is set aside and shown, the next ones go on, and it is tried again when somebody asks', async (t) => {
  const scene = await stage(t);
  const { as, db, vigie } = scene;
  const [maelle, yann] = await Promise.all([as('maelle'), as('yann')]);
  const bad = await open(maelle, { note: 'empoisonné' });
  await vigie.settled();
  const [row] = await db.owner<{ id: string }[]>`select id from ticket where reference = ${bad.reference}`;
  await db.owner.unsafe(`
    create function poison() returns trigger language plpgsql as $$ begin
      if new.ticket_id = '${row?.id}' then raise exception 'ce mot ne passe pas'; end if;
      return new;
    end $$;
    create trigger poison before insert or update on ticket_words for each row execute function poison();`);
  await Promise.all([
    open(maelle, { note: 'avant' }),
    comment(maelle, bad.reference, 'le calvaire'),
    open(maelle, { note: 'après' }),
  ]);
  await open(maelle, { note: 'ensuite' });
  await vigie.settled();

  type Aside = {
    events: { consumer: string; seq: number; error: string; reference: string; type: string; app: string }[];
  };
  const aside = async () => (await maelle.ask<Aside>('GET', '/kerlann/set-aside')).body.events;
  const [shown, ...others] = await aside();
  assert.deepEqual(others, []);
  assert.ok(shown);
  assert.deepEqual(
    [shown.consumer, shown.reference, shown.type, shown.app],
    ['words', bad.reference, 'commented', 'voirie'],
  );
  assert.match(shown.error, /ce mot ne passe pas/u);
  const hits = async (words: string) =>
    (await maelle.ask<{ hits: { ticket: Ticket }[] }>('GET', `/kerlann/search?q=${words}`)).body.hits.length;
  for (const word of ['avant', 'apres', 'ensuite']) assert.equal(await hits(word), 1, word);
  assert.equal(await hits('calvaire'), 0);
  await isWhole(scene);

  const retry = (hand: Hand, seq = shown.seq) =>
    hand.ask<{ code: string; detail: string }>('POST', `/kerlann/set-aside/words/${seq}/retry`);
  assert.equal((await yann.ask('GET', '/kerlann/set-aside')).status, 404);
  assert.equal((await retry(yann)).status, 404);
  assert.equal((await retry(maelle, 99)).status, 404);
  const still = await retry(maelle);
  assert.deepEqual([still.status, still.body.code], [409, 'still_fails']);
  assert.equal((await aside()).length, 1, 'it is not lost');
  await db.owner`drop trigger poison on ticket_words`;
  assert.equal((await retry(maelle)).status, 204);
  assert.equal(await hits('calvaire'), 1);
  assert.deepEqual(await aside(), []);
  assert.equal((await retry(maelle)).status, 404);
});

test('two servers on one database: each event has one place, each person is told once, and what becomes late does so once', async (t) => {
  const post = await postOffice(t);
  const scene = await stage(t, { smtpUrl: post.url });
  const { as, db, clock, vigie } = scene;
  const second = await another(t, scene, { smtpUrl: post.url });
  const here = await as('maelle');
  const there = at(second, here.cookie);
  const reporter = (nth: number) => ({
    reporter: { name: `Riverain ${nth}`, email: `riverain-${nth}@example.org` },
  });
  const opened = await Promise.all(
    Array.from({ length: 12 }, (_, nth) => open(nth % 2 === 0 ? here : there, reporter(nth))),
  );
  assert.equal(new Set(opened.map(({ reference }) => reference)).size, 12, 'no number was given twice');
  await Promise.all(
    opened.map(({ reference }, nth) => comment(nth % 2 === 0 ? there : here, reference, 'vu')),
  );
  await vigie.settled();
  await isWhole(scene);
  await post.arrived(12);

  clock.advance(4 * 24 * HOUR);
  await Promise.all([vigie.look(), second.look(), vigie.look(), second.look()]);
  await vigie.settled();
  await second.settled();
  const late = await db.owner<{ reference: string }[]>`
    select t.reference from event e join ticket t on t.id = e.ticket_id where e.type = 'lateness' and e.body -> 'standing' ->> 'lateness' = 'late' order by 1`;
  assert.deepEqual(
    late.map(({ reference }) => reference),
    opened.map(({ reference }) => reference).toSorted(),
  );
  await isWhole(scene);
  await eventually(
    async () => (await db.owner`select 1 from notice where sent_at is null`).length === 0,
    'Some notices were not sent.',
  );
  await pause(300);
  const count = new Map<string, number>();
  for (const { to } of post.delivered)
    count.set(to?.[0]?.address ?? '', (count.get(to?.[0]?.address ?? '') ?? 0) + 1);
  const { 'maelle@kerlann.example': clerk = 0, ...residents } = Object.fromEntries(count);
  assert.deepEqual(residents, Object.fromEntries(opened.map((_, nth) => [`riverain-${nth}@example.org`, 1])));
  const told = post.delivered
    .filter(({ to }) => to?.[0]?.address === 'maelle@kerlann.example')
    .map(({ subject, text }) => `${subject} ${text}`)
    .join('\n');
  assert.ok(clerk >= 1, 'the clerk is told');
  for (const { reference } of opened)
    assert.equal(told.split(`${reference}\u00a0: en retard`).length - 1, 1, `${reference} is told once`);
});

test('hours that are changed at one server are at once those of the other, when it looks at what is late', async (t) => {
  const scene = await stage(t);
  const { as, clock } = scene;
  const second = await another(t, scene);
  const maelle = await as('maelle');
  const { reference } = await open(maelle);
  const there = at(second, maelle.cookie);
  for (const [version, openingHours, due] of [
    [1, 'Mo 08:30-17:30; PH off', '2026-03-16T16:30:00.000Z'],
    [2, '24/7', '2026-03-04T23:00:00.000Z'],
  ] as const) {
    // The other server has just read what it knows of the commune.
    await there.ask('GET', '/kerlann');
    await there.ask('POST', `/kerlann/voirie/tickets/${reference}/comments`, { text: 'vu' });
    assert.equal((await maelle.ask('PATCH', '/kerlann/sites/mairie', { version, openingHours })).status, 204);
    await Promise.all([second.look(), second.look()]);
    clock.advance(1);
    assert.equal((await there.ask('GET', `/kerlann/voirie/tickets/${reference}`)).body.due, due);
  }
});

test('when the server that orders the log loses its connection, or ends, another one takes over', async (t) => {
  const scene = await stage(t);
  const { as, db, vigie } = scene;
  const second = await another(t, scene);
  const here = await as('maelle');
  const there = at(second, here.cookie);
  const leader = async (): Promise<number | undefined> => {
    const [row] = await db.owner<
      { pid: number }[]
    >`select pid from pg_locks where locktype = 'advisory' and classid = 7241 and granted and database = (select oid from pg_database where datname = current_database())`;
    return row?.pid;
  };
  await open(here);
  await vigie.settled();
  const first = await leader();
  assert.ok(first);
  await Promise.all([
    ...Array.from({ length: 10 }, () => open(there)),
    db.owner`select pg_terminate_backend(${first})`,
    ...Array.from({ length: 10 }, () => open(here)),
  ]);
  await eventually(async () => ![undefined, first].includes(await leader()), 'Nobody took over.');
  await Promise.all([vigie.settled(), second.settled()]);
  await isWhole(scene);
  await vigie.stop();
  await open(there);
  await second.settled();
  await isWhole(scene);
});

test('an order of the log that is cut in the middle has not happened, and then happens once', async (t) => {
  const scene = await stage(t);
  const { as, db, vigie } = scene;
  const maelle = await as('maelle');
  await open(maelle);
  await vigie.settled();
  const brake = await db.owner.reserve();
  await brake`begin`;
  await brake`lock table event_order in share mode`;
  await Promise.all(Array.from({ length: 5 }, () => open(maelle)));
  await eventually(async () => {
    const killed = await db.owner`
      select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%event_order%'`;
    return killed.length > 0;
  }, 'Nobody was ordering.');
  await brake`rollback`;
  brake.release();
  await vigie.settled();
  await isWhole(scene);
});

test('a live page that loses its connection again and again is told everything, once', async (t) => {
  const scene = await stage(t);
  const { as, vigie } = scene;
  const [maelle, armelle] = await Promise.all([as('maelle'), as('armelle')]);
  await open(maelle);
  await vigie.settled();
  const heard: Told[] = [];
  let page = await openLive(vigie.url, '/kerlann/stream', armelle.cookie);
  await page.reaches(([hello]) => hello?.event === 'hello' && hello.data.seq === 1);
  for (let round = 0; round < 6; round += 1) {
    const [one] = await Promise.all([open(maelle), open(maelle), open(maelle)]);
    if (round % 2 === 0)
      await page.reaches((told) => told.filter(({ event }) => event === 'ticket').length >= 1 + round);
    page.close();
    heard.push(...page.told.filter(({ event }) => event === 'ticket'));
    await comment(maelle, one.reference, 'pendant que personne n’écoute');
    page = await openLive(vigie.url, '/kerlann/stream', armelle.cookie, heard.at(-1)?.id ?? 1);
  }
  await vigie.settled();
  await page.reaches((told) => told.at(-1)?.id === 25);
  page.close();
  heard.push(...page.told.filter(({ event }) => event === 'ticket'));
  assert.deepEqual(
    heard.map(({ id }) => id),
    upTo(25).slice(1),
  );
  assert.deepEqual(
    heard.map(({ data }) => data.seq),
    upTo(25).slice(1),
  );
  assert.equal(heard.filter(({ data }) => data.type === 'commented').length, 6);
});

test('a live page hears what is done at another server, and nothing of what its reader may not see', async (t) => {
  const scene = await stage(t);
  const { as, vigie } = scene;
  const second = await another(t, scene);
  const [maelle, yann, gwenn] = await Promise.all([as('maelle'), as('yann'), as('gwenn')]);
  const [crew, stranger, orders] = await Promise.all([
    openLive(second.url, '/kerlann/stream', yann.cookie),
    openLive(vigie.url, '/kerlann/stream', gwenn.cookie),
    openLive(vigie.url, '/kerlann/stream?app=atelier', maelle.cookie),
  ]);
  const { reference } = await open(maelle);
  await comment(maelle, reference, 'le maire a appelé');
  await vigie.settled();
  await maelle.ask('POST', `/kerlann/voirie/tickets/${reference}/moves/sort`, {});
  await crew.reaches((told) => told.some(({ event }) => event === 'ticket'));
  await pause(200);
  assert.deepEqual(
    crew.told.map(({ event, data }) => [event, data.type, data.step]),
    [
      ['hello', undefined, undefined],
      ['ticket', 'moved', 'sorted'],
    ],
  );
  for (const page of [stranger, orders])
    assert.deepEqual(
      page.told.map(({ event }) => event),
      ['hello'],
    );
  const answers = await Promise.all(
    ['', 'vigie-kerlann=x', (await as('nadia')).cookie].map((cookie) =>
      openLive(vigie.url, '/kerlann/stream', cookie),
    ),
  );
  assert.deepEqual(
    answers.map(({ status }) => status),
    [401, 401, 401],
  );
  for (const page of [crew, stranger, orders]) page.close();
});

// asvs 7.4.1 8.3.2
test('somebody who is let go hears nothing more on a page that was open', async (t) => {
  const { as, vigie, cast } = await stage(t);
  const [maelle, armelle] = await Promise.all([as('maelle'), as('armelle')]);
  const page = await openLive(vigie.url, '/kerlann/stream', armelle.cookie);
  await open(maelle);
  await page.reaches((told) => told.length === 2);
  assert.equal(
    (await maelle.ask('PATCH', `/kerlann/members/${cast.armelle.id}`, { disabled: true })).status,
    204,
  );
  await open(maelle);
  await page.ended;
  assert.equal(page.told.length, 2);
  const [yann, signedOut] = [await as('yann'), await as('yann')];
  const pages = await Promise.all(
    [yann, signedOut].map(({ cookie }) => openLive(vigie.url, '/kerlann/stream', cookie)),
  );
  await signedOut.ask('DELETE', '/kerlann/sessions/current');
  const { reference } = await open(maelle);
  await maelle.ask('POST', `/kerlann/voirie/tickets/${reference}/moves/sort`, {});
  await pages[1]?.ended;
  await pages[0]?.reaches((told) => told.length >= 2);
  assert.equal(pages[1]?.told.length, 1, 'one session that ends is not the other');
  pages[0]?.close();
});
