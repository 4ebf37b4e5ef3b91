import assert from 'node:assert/strict';
import { Writable } from 'node:stream';
import { test } from 'node:test';

import { createLogger } from '../../src/platform/logging.ts';
import type { TestDatabase } from '../harness/database.ts';
import {
  CLAIRE,
  finishFilm,
  moveFilm,
  readOrder,
  tablesWith,
  takeFilm,
  takeOrder,
  TUESDAY,
} from '../harness/lab.ts';
import { postOffice } from '../harness/mail.ts';
import { stage, type Ticket } from '../harness/vigie.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const FILMS = [
  ['c41', 'Portra 400'],
  ['c41', 'Gold 200'],
  ['c41', 'Ektar 100'],
  ['c41', 'Ultramax 400'],
  ['bw', 'HP5 Plus'],
  ['bw', 'Tri-X 400'],
  ['e6', 'Ektachrome E100'],
  ['e6', 'Provia 100F'],
] as const;

const LINES = [
  { product: 'Développement C-41', quantity: 4, unitPrice: 650, vat: 20 },
  { product: 'Développement N&B', quantity: 2, unitPrice: 799, vat: 20 },
  { product: 'Développement E-6', quantity: 2, unitPrice: 1150, vat: 20 },
  { product: 'Papier au mètre', quantity: 1.1, unitPrice: 10, vat: 5.5 },
];

test('an order of eight films is taken at the counter: the customer is sealed, and the lines are exact to the cent', async (t) => {
  const { as } = await stage(t, { at: TUESDAY });
  const [camille, theo] = await Promise.all([as('camille'), as('theo')]);
  const order = await takeOrder(camille, { lines: LINES, phone: '03 20 00 00 00' });
  assert.equal(order.reference, 'A-0001');
  assert.equal(order.step, 'taken');
  assert.equal(order.site, 'lille', 'Camille works in Lille only');
  assert.equal(order.promise, '2026-03-10T16:00:00.000Z');
  const { id, ...contact } = order.fields['contact'] as { id: string };
  assert.match(id, /^[0-9a-f-]{36}$/u);
  assert.deepEqual(contact, CLAIRE);
  assert.deepEqual(
    (order.fields['lines'] as { total: number }[]).map(({ total }) => total),
    [2600, 1598, 2300, 11],
  );

  for (const [kind, what] of FILMS) await takeFilm(camille, order.reference, kind, what);
  const seen = await readOrder(theo, order.reference);
  assert.deepEqual(seen.held, { open: 8, total: 8 });
  assert.deepEqual(
    seen.sealed,
    ['contact', 'phone'],
    'the bench knows that there is a customer, and not who',
  );
  assert.deepEqual(Object.keys(seen.fields), ['summary', 'promised'], 'nor what they pay');
  const { body } = await theo.ask<{ tickets: Ticket[] }>(
    'GET',
    '/argentique/travail/tickets?holder=A-0001&sort=oldest',
  );
  assert.deepEqual(
    body.tickets.map(({ reference, promise, site }) => [reference, promise, site]),
    FILMS.map((_, index) => [`A-0001-${index + 1}`, order.promise, 'lille']),
  );
  assert.equal(
    JSON.stringify((await theo.ask('GET', '/argentique/atelier/tickets/A-0001/events')).body).includes(
      'Vandewalle',
    ),
    false,
  );
  const again = await takeOrder(camille, { summary: 'encore' });
  assert.equal((again.fields['contact'] as { id: string }).id, id, 'a customer is kept once');
});

// asvs 2.3.4
test('fifty orders taken at the same moment have fifty numbers without a gap, and nobody waits for ever', async (t) => {
  const { as } = await stage(t, { at: TUESDAY });
  const camille = await as('camille');
  const orders = await Promise.all(
    Array.from({ length: 50 }, (_, nth) =>
      takeOrder(camille, { contact: { name: `Client ${nth}`, phone: `06 00 00 00 ${nth + 10}` } }),
    ),
  );
  assert.deepEqual(
    orders.map(({ reference }) => reference).toSorted(),
    Array.from({ length: 50 }, (_, nth) => `A-${String(nth + 1).padStart(4, '0')}`),
  );
});

// asvs 2.3.1
test('each film goes through the steps of its own kind, and cannot skip one', async (t) => {
  const { as } = await stage(t, { at: TUESDAY });
  const [camille, theo] = await Promise.all([as('camille'), as('theo')]);
  await takeOrder(camille);
  const routes = {
    c41: ['received', 'developing', 'drying', 'scanning', 'sleeving', 'checking', 'done'],
    e6: ['received', 'gathering', 'developing', 'drying', 'scanning', 'sleeving', 'checking', 'done'],
    prints: ['received', 'printing', 'checking', 'done'],
  };
  for (const [kind, route] of Object.entries(routes)) {
    const film = await takeFilm(camille, 'A-0001', kind, 'Portra 400');
    const refused = await theo.ask<{ code: string }>(
      'POST',
      `/argentique/travail/tickets/${film.reference}/moves/redo`,
      { fields: { trouble: 'rayé' } },
    );
    assert.deepEqual([refused.status, refused.body.code], [409, 'move_not_from_here']);
    assert.equal(
      (await theo.ask('POST', `/argentique/travail/tickets/${film.reference}/moves/done`, {})).status,
      404,
      'a step is not a move',
    );
    const patched = await theo.ask<{ code: string }>(
      'PATCH',
      `/argentique/travail/tickets/${film.reference}`,
      { version: 1, fields: { step: 'done' } },
    );
    assert.equal(patched.status, 422);
    assert.deepEqual(await finishFilm(theo, film), route);
  }
  const film = await takeFilm(camille, 'A-0001', 'c41', 'Gold 200');
  await moveFilm(theo, film.reference);
  await moveFilm(theo, film.reference);
  assert.equal(
    (
      await theo.ask<{ code: string }>(
        'POST',
        `/argentique/travail/tickets/${film.reference}/moves/skipScan`,
        {},
      )
    ).body.code,
    'move_not_for_this_ticket',
  );
});

test('an order is ready by itself when its last film has ended and not before, and its customer is told once, by mail', async (t) => {
  const post = await postOffice(t);
  const { as, vigie, db } = await stage(t, { at: TUESDAY, smtpUrl: post.url });
  const [camille, theo] = await Promise.all([as('camille'), as('theo')]);
  await takeOrder(camille);
  const films = await Promise.all(FILMS.map(([kind, what]) => takeFilm(camille, 'A-0001', kind, what)));
  assert.equal(
    new Set(films.map(({ reference }) => reference)).size,
    8,
    'taken at once, and each with its own number',
  );
  for (const film of films.slice(1)) await finishFilm(theo, film);
  await vigie.settled();
  const waiting = await readOrder(camille, 'A-0001');
  assert.deepEqual([waiting.step, waiting.held], ['taken', { open: 1, total: 8 }]);
  assert.deepEqual(
    (await camille.ask<{ code: string }>('POST', '/argentique/atelier/tickets/A-0001/moves/complete', {}))
      .body.code,
    'held_not_ended',
  );

  await finishFilm(theo, films[0] as Ticket);
  await vigie.settled();
  assert.equal((await readOrder(camille, 'A-0001')).step, 'ready');
  const { body } = await camille.ask<{ events: { type: string; move?: string; actor: { kind: string } }[] }>(
    'GET',
    '/argentique/atelier/tickets/A-0001/events',
  );
  assert.deepEqual(
    body.events.map(({ type, actor }) => [type, actor.kind]),
    [
      ['opened', 'member'],
      ['moved', 'system'],
    ],
  );

  const [mail] = await post.arrived(1);
  assert.deepEqual(
    mail?.to?.map(({ address }) => address),
    [CLAIRE.email],
  );
  assert.equal(mail?.subject, 'Votre commande A-0001 est prête');
  assert.match(mail?.text ?? '', /A-0001 \(8 films\) vous attend : Lille\./u);
  assert.match(mail?.text ?? '', /À bientôt,\s+Argentique/u);
  assert.doesNotMatch(mail?.text ?? '', /\{/u, 'nothing is left to fill in');
  // Everything is followed once more from the beginning, as after a restart on an old backup of the cursors.
  await db.owner`update log_cursor set seq = 0 where consumer <> 'words'`;
  await camille.ask('POST', '/argentique/atelier/tickets/A-0001/comments', { text: 'Prévenue' });
  await vigie.settled();
  await new Promise((resolve) => setTimeout(resolve, 300));
  assert.equal(post.delivered.length, 1);
  assert.equal((await readOrder(camille, 'A-0001')).version, 3);
});

test('two films that end in the same moment make their order ready once', async (t) => {
  const { as, vigie, db } = await stage(t, { at: TUESDAY });
  const [camille, theo] = await Promise.all([as('camille'), as('theo')]);
  for (let nth = 1; nth <= 4; nth += 1) {
    const { reference } = await takeOrder(camille);
    const films = [
      await takeFilm(camille, reference, 'prints', 'un'),
      await takeFilm(camille, reference, 'framing', 'deux'),
    ];
    await Promise.all(films.map((film) => finishFilm(theo, film)));
    await vigie.settled();
    assert.equal((await readOrder(camille, reference)).step, 'ready');
  }
  const [count] = await db.owner<
    { completed: number }[]
  >`select count(*)::int as completed from event where body ->> 'move' = 'complete'`;
  assert.equal(count?.completed, 4);
});

// asvs 16.5.2
test('a busy mail server is tried again, and the customer still has one mail', async (t) => {
  const post = await postOffice(t);
  const { as, vigie, db } = await stage(t, { at: TUESDAY, smtpUrl: post.url });
  const [camille, theo, nadia] = await Promise.all([as('camille'), as('theo'), as('nadia')]);
  await takeOrder(camille);
  post.refuse(1);
  await finishFilm(theo, await takeFilm(camille, 'A-0001', 'prints', '12 tirages'));
  await vigie.settled();
  const outbox = async () =>
    (
      await nadia.ask<{ notices: { sent: string | null; failure: string | null; attempts: number }[] }>(
        'GET',
        '/argentique/notices',
      )
    ).body.notices;
  for (
    const until = Date.now() + 10_000;
    typeof (await outbox())[0]?.failure !== 'string' && Date.now() < until;
  )
    await new Promise((resolve) => setTimeout(resolve, 50));
  assert.equal((await outbox())[0]?.failure, 'EMESSAGE 451', 'administrators see why, and no address');
  // The queue waits longer each time; here the next try is brought forward.
  for (const until = Date.now() + 10_000; post.delivered.length === 0 && Date.now() < until;) {
    await db.owner`select graphile_worker.reschedule_jobs(array(select id from graphile_worker.jobs where locked_at is null), run_at := now())`;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  await post.arrived(1);
  for (const until = Date.now() + 10_000; (await outbox())[0]?.sent === null && Date.now() < until;)
    await new Promise((resolve) => setTimeout(resolve, 50));
  assert.deepEqual(
    (await outbox()).map(({ failure, attempts }) => [failure, attempts]),
    [[null, 2]],
  );
  assert.equal(post.delivered.length, 1);
});

test('promising an order for another day promises its films for it too', async (t) => {
  const { as, vigie } = await stage(t, { at: TUESDAY });
  const camille = await as('camille');
  await takeOrder(camille);
  const films = [
    await takeFilm(camille, 'A-0001', 'c41', 'Portra 400'),
    await takeFilm(camille, 'A-0001', 'e6', 'Provia 100F'),
  ];
  await finishFilm(camille, films[0] as Ticket);
  const changed = await camille.ask('PATCH', '/argentique/atelier/tickets/A-0001', {
    version: 1,
    fields: { promised: '2026-03-13T18:00:00+01:00' },
  });
  assert.equal(changed.status, 200, JSON.stringify(changed.body));
  await vigie.settled();
  const film = async (nth: number) =>
    (await camille.ask('GET', `/argentique/travail/tickets/A-0001-${nth}`)).body;
  assert.equal((await film(2)).promise, '2026-03-13T17:00:00.000Z');
  assert.equal((await film(1)).promise, '2026-03-10T16:00:00.000Z', 'what has ended stays as it ended');
  assert.equal((await film(2)).holder?.reference, 'A-0001');
});

// asvs 8.2.2
test('who works at the counter of Wattignies sees the orders of Wattignies and no others', async (t) => {
  const { as, vigie } = await stage(t, { at: TUESDAY });
  const [camille, ines, nadia] = await Promise.all([as('camille'), as('ines'), as('nadia')]);
  await takeOrder(camille, { summary: 'caisse bleue' });
  await takeFilm(camille, 'A-0001', 'c41', 'Portra 400');
  await takeOrder(ines, { summary: 'caisse verte' });
  await vigie.settled();
  const references = async (path: string) =>
    (await ines.ask<{ tickets: Ticket[] }>('GET', path)).body.tickets.map(({ reference }) => reference);
  assert.deepEqual(await references('/argentique/atelier/tickets'), ['A-0002']);
  assert.deepEqual(await references('/argentique/travail/tickets'), []);
  assert.deepEqual(await references('/argentique/atelier/tickets?site=lille'), []);
  for (const path of ['', '/events'])
    assert.equal((await ines.ask('GET', `/argentique/atelier/tickets/A-0001${path}`)).status, 404);
  assert.equal((await ines.ask('GET', '/argentique/travail/tickets/A-0001-1')).status, 404);
  assert.equal(
    (await ines.ask('POST', '/argentique/atelier/tickets/A-0001/comments', { text: 'coucou' })).status,
    404,
  );
  assert.equal(
    (
      await ines.ask('POST', '/argentique/atelier/tickets', {
        site: 'lille',
        fields: { contact: CLAIRE, summary: 'x', promised: '2026-03-10T17:00:00+01:00' },
      })
    ).status,
    403,
  );
  for (const site of ['wattignies', 'lille']) {
    const put = await ines.ask<{ code: string }>('POST', '/argentique/travail/tickets', {
      holder: 'A-0001',
      site,
      fields: { kind: 'c41', what: 'x' },
    });
    assert.deepEqual(
      [put.status, put.body.code],
      [422, 'holder_not_found'],
      'no film is put into one either',
    );
  }
  assert.deepEqual((await ines.ask<{ hits: unknown[] }>('GET', '/argentique/search?q=bleue')).body.hits, []);
  const board = await ines.ask<{ steps: { count: number }[] }>('GET', '/argentique/atelier/board');
  assert.equal(
    board.body.steps.reduce((sum, { count }) => sum + count, 0),
    1,
  );

  const sent = await nadia.ask('PATCH', '/argentique/atelier/tickets/A-0001', {
    version: 1,
    fields: {},
    site: 'wattignies',
  });
  assert.equal(sent.body.site, 'wattignies', JSON.stringify(sent.body));
  assert.equal(
    (await ines.ask('GET', '/argentique/atelier/tickets/A-0001')).status,
    200,
    'an order that was sent over is theirs',
  );
  assert.equal((await camille.ask('GET', '/argentique/atelier/tickets/A-0001')).status, 404);
});

test('a film put in the wrong order is taken out and put in the right one, and new films still get a number', async (t) => {
  const { as, vigie } = await stage(t, { at: TUESDAY });
  const [camille, theo] = await Promise.all([as('camille'), as('theo')]);
  await takeOrder(camille);
  await takeOrder(camille, { promised: '2026-03-17T17:00:00+01:00' });
  await takeFilm(camille, 'A-0001', 'c41', 'Portra 400');
  const film = await takeFilm(camille, 'A-0001', 'c41', 'Gold 200');
  const put = (holder: string | null) =>
    camille.ask('PUT', `/argentique/travail/tickets/${film.reference}/holder`, { holder });
  assert.equal(
    (await theo.ask('PUT', `/argentique/travail/tickets/${film.reference}/holder`, { holder: null })).status,
    403,
  );
  const out = (await put(null)).body;
  assert.deepEqual([out.holder, out.promise], [null, null]);
  assert.deepEqual((await readOrder(camille, 'A-0001')).held, { open: 1, total: 1 });
  const moved = (await put('A-0002')).body;
  assert.deepEqual(
    [moved.reference, moved.holder?.reference, moved.promise],
    ['A-0001-2', 'A-0002', '2026-03-17T16:00:00.000Z'],
  );
  assert.equal((await put('A-0002')).status, 200, 'asking for what already is so is no error');
  assert.equal((await put('A-9999')).status, 422);
  assert.equal(
    (await takeFilm(camille, 'A-0001', 'c41', 'Ektar 100')).reference,
    'A-0001-3',
    'a number that was given is never given again',
  );
  assert.equal((await takeFilm(camille, 'A-0002', 'c41', 'Ektar 100')).reference, 'A-0002-2');
  await vigie.settled();
});

test('an order goes on when the only film that held it up is taken out', async (t) => {
  const { as, vigie } = await stage(t, { at: TUESDAY });
  const camille = await as('camille');
  await takeOrder(camille);
  await takeOrder(camille);
  const prints = await takeFilm(camille, 'A-0001', 'prints', '12 tirages');
  const film = await takeFilm(camille, 'A-0001', 'c41', 'Gold 200');
  await finishFilm(camille, prints);
  await vigie.settled();
  assert.equal((await readOrder(camille, 'A-0001')).step, 'taken');
  await camille.ask('PUT', `/argentique/travail/tickets/${film.reference}/holder`, { holder: 'A-0002' });
  await vigie.settled();
  assert.equal((await readOrder(camille, 'A-0001')).step, 'ready');
  await camille.ask('PUT', `/argentique/travail/tickets/${film.reference}/holder`, { holder: null });
  await vigie.settled();
  assert.equal(
    (await readOrder(camille, 'A-0002')).step,
    'taken',
    'an order that holds nothing has nothing that is ready',
  );
});

test('a film put again where it is, while its order is promised anew and a slow hand holds the film: all succeed in the end', async (t) => {
  const { as, vigie, db } = await stage(t, { at: TUESDAY });
  const [camille, nadia] = await Promise.all([as('camille'), as('nadia')]);
  await takeOrder(camille);
  const { reference } = await takeFilm(camille, 'A-0001', 'c41', 'Portra 400');
  const other = await takeFilm(camille, 'A-0001', 'prints', '12 tirages');
  await vigie.settled();
  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  // The frame is kept from following, so that it has both to do at once: it takes the order, then wants the film.
  const follower = await db.owner.reserve();
  await follower`begin`;
  await follower`select 1 from log_cursor where consumer = 'holds' for update`;
  await finishFilm(nadia, other);
  await nadia.ask('PATCH', '/argentique/atelier/tickets/A-0001', {
    version: 1,
    fields: { promised: '2026-03-13T18:00:00+01:00' },
  });
  // The hand wants the film, then the order.
  const slow = await db.owner.reserve();
  await slow`begin`;
  await slow`select 1 from ticket where reference = ${reference} for update`;
  const put = camille.ask('PUT', `/argentique/travail/tickets/${reference}/holder`, { holder: 'A-0001' });
  await pause(200);
  await follower`commit`;
  follower.release();
  await nadia.ask('POST', `/argentique/travail/tickets/${other.reference}/comments`, { text: 'Fait' });
  await pause(1500);
  await slow`commit`;
  slow.release();
  const done = await put;
  assert.equal(done.status, 200, JSON.stringify(done.body));
  await vigie.settled();
  assert.equal(
    (await nadia.ask('GET', `/argentique/travail/tickets/${reference}`)).body.promise,
    '2026-03-13T17:00:00.000Z',
  );
});

test('films put in and taken out while their order is promised anew: nobody is told that something broke', async (t) => {
  const { as, vigie } = await stage(t, { at: TUESDAY });
  const [camille, nadia] = await Promise.all([as('camille'), as('nadia')]);
  await takeOrder(camille);
  const films: Ticket[] = [];
  for (let nth = 0; nth < 4; nth += 1) films.push(await takeFilm(camille, 'A-0001', 'c41', 'Portra 400'));
  const answers: number[] = [];
  const promise = async (): Promise<void> => {
    for (let day = 10; day < 25; day += 1) {
      const { version } = await readOrder(nadia, 'A-0001');
      answers.push(
        (
          await nadia.ask('PATCH', '/argentique/atelier/tickets/A-0001', {
            version,
            fields: { promised: `2026-03-${day}T17:30:00+01:00` },
          })
        ).status,
      );
    }
  };
  const shuffle = async ({ reference }: Ticket): Promise<void> => {
    for (let turn = 0; turn < 15; turn += 1)
      for (const holder of [null, 'A-0001'])
        answers.push(
          (await camille.ask('PUT', `/argentique/travail/tickets/${reference}/holder`, { holder })).status,
        );
  };
  await Promise.all([promise(), ...films.map(shuffle)]);
  await vigie.settled();
  assert.deepEqual([...new Set(answers)], [200]);
  const { promise: promised } = await readOrder(nadia, 'A-0001');
  for (const { reference } of films)
    assert.equal((await nadia.ask('GET', `/argentique/travail/tickets/${reference}`)).body.promise, promised);
});

// asvs 16.2.5
test('who a customer is stands in no log and in no body of an event', async (t) => {
  const said: string[] = [];
  const logger = createLogger(
    'trace',
    new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        said.push(chunk.toString());
        done();
      },
    }),
  );
  const post = await postOffice(t);
  const { as, vigie, db, stranger } = await stage(t, { at: TUESDAY, smtpUrl: post.url, logger });
  const [camille, theo] = await Promise.all([as('camille'), as('theo')]);
  await takeOrder(camille, { phone: '03 20 11 22 33' });
  await camille.ask('PATCH', '/argentique/atelier/tickets/A-0001', {
    version: 1,
    fields: { contact: { ...CLAIRE, name: 'Claire Vandewalle-Dupont' } },
  });
  await camille.ask('POST', '/argentique/atelier/tickets', {
    fields: { contact: { ...CLAIRE, email: 'vandewalle' } },
  });
  await stranger.ask('POST', '/argentique/sign-in-links', { email: 'camille@argentique.example' });
  post.refuse(1);
  await finishFilm(theo, await takeFilm(camille, 'A-0001', 'prints', '12 tirages'));
  await vigie.settled();
  await new Promise((resolve) => setTimeout(resolve, 300));
  const everything = said.join('');
  const bodies = await db.owner<{ text: string }[]>`select body::text as text from event`;
  for (const secret of [
    'Vandewalle',
    CLAIRE.email,
    CLAIRE.phone,
    '03 20 11 22 33',
    'camille@argentique.example',
  ]) {
    assert.equal(everything.includes(secret), false, `the log says ${secret}`);
    assert.equal(
      bodies.some(({ text }) => text.includes(secret)),
      false,
      `an event says ${secret}`,
    );
  }
  assert.deepEqual(
    await tablesWith(db, '03 20 11 22 33'),
    ['public.event', 'public.ticket'],
    'and where it stands, it can be erased',
  );
});

/** Does at once what is done every night. */
const chores = async (db: TestDatabase): Promise<void> => {
  for (const task of ['erase', 'forget']) await db.owner`select graphile_worker.add_job(${task}::text)`;
  for (const until = Date.now() + 15_000; Date.now() < until;) {
    const left = await db.owner`
      select 1 from graphile_worker.jobs where task_identifier in ('erase', 'forget')`;
    if (left.length === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.fail('The chores were not done.');
};

test('two years after an order has ended, nothing in the whole database says whose it was, and the history says that it was erased', async (t) => {
  const { as, vigie, db, clock } = await stage(t, { at: TUESDAY });
  const camille = await as('camille');
  await camille.ask(
    'POST',
    '/argentique/atelier/tickets',
    {
      fields: {
        contact: CLAIRE,
        summary: '8 films',
        promised: '2026-03-10T17:00:00+01:00',
        phone: '03 20 11 22 33',
      },
    },
    { 'idempotency-key': 'the-order' },
  );
  await takeOrder(camille, {
    contact: { name: 'Jean Descamps', phone: '06 99 99 99 99' },
    summary: 'en cours',
  });
  await finishFilm(camille, await takeFilm(camille, 'A-0001', 'prints', '12 tirages'));
  await vigie.settled();
  await camille.ask('POST', '/argentique/atelier/tickets/A-0001/moves/collect', { fields: { paid: true } });
  await vigie.settled();
  assert.deepEqual(await tablesWith(db, 'Vandewalle'), ['public.contact', 'public.notice']);

  clock.advance(720 * DAY);
  await chores(db);
  assert.deepEqual(
    await tablesWith(db, 'Vandewalle'),
    ['public.contact'],
    'kept as long as the definition says',
  );
  clock.advance(20 * DAY);
  await chores(db);
  await vigie.settled();
  for (const secret of ['Vandewalle', '03 20 11 22 33']) assert.deepEqual(await tablesWith(db, secret), []);
  assert.deepEqual(
    await tablesWith(db, 'Descamps'),
    ['public.contact'],
    'an order that has not ended keeps its customer',
  );

  const later = await as('camille');
  const order = await readOrder(later, 'A-0001');
  assert.deepEqual(
    [order.fields['summary'], order.fields['contact'], order.fields['phone'], order.sealed],
    ['8 films', undefined, undefined, []],
  );
  const { body } = await later.ask<{ events: { type: string; actor: { kind: string } }[] }>(
    'GET',
    '/argentique/atelier/tickets/A-0001/events',
  );
  assert.deepEqual(
    body.events.map(({ type }) => type),
    ['opened', 'moved', 'moved', 'erased'],
  );
  assert.equal(body.events.at(-1)?.actor.kind, 'system');
  assert.deepEqual(
    (await later.ask<{ hits: unknown[] }>('GET', '/argentique/search?q=vandewalle')).body.hits,
    [],
  );
  const found = await later.ask<{ hits: { ticket: Ticket }[] }>('GET', '/argentique/search?q=A-0001');
  assert.equal(found.body.hits[0]?.ticket.reference, 'A-0001', 'what was done is still found');
  const answers = await db.owner`select 1 from idempotency`;
  assert.equal(answers.length, 0);
});

test('who reports something a second time, on a request that was erased and opened again, is forgotten in their turn', async (t) => {
  const { as, db, clock } = await stage(t, { at: TUESDAY });
  const path = '/kerlann/voirie/tickets/V-2026-0001';
  const close = async (name: string): Promise<void> => {
    const [maelle, yann] = await Promise.all([as('maelle'), as('yann')]);
    const { body } = await maelle.ask('GET', path);
    await maelle.ask('PATCH', path, {
      version: body.version,
      fields: { reporter: { name, phone: '06 11 11 11 11' } },
    });
    if (body.step === 'received') await maelle.ask('POST', `${path}/moves/sort`, {});
    await yann.ask('POST', `${path}/moves/finish`, {});
    assert.equal((await maelle.ask('POST', `${path}/moves/close`, {})).body.step, 'closed');
    clock.advance(200 * DAY);
    await chores(db);
  };
  await (
    await as('maelle')
  ).ask('POST', '/kerlann/voirie/tickets', { fields: { kind: 'pothole', place: { lat: 47, lng: -2 } } });
  await close('Loïc Tanguy');
  assert.deepEqual(await tablesWith(db, 'Tanguy'), []);
  await (await as('maelle')).ask('POST', `${path}/moves/reopen`, { comment: 'Il est revenu' });
  await close('Rozenn Le Bihan');
  assert.deepEqual(await tablesWith(db, 'Rozenn'), []);
});
