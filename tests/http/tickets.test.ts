import assert from 'node:assert/strict';
import { test } from 'node:test';

import { keyFor } from '../harness/cast.ts';
import { stage, type Ticket } from '../harness/vigie.ts';

const POTHOLE = {
  kind: 'pothole',
  place: { lat: 47.7412, lng: -2.8754, address: 'Route de Kerdaniel' },
  note: 'Un trou profond dans le virage du calvaire',
};
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

test('a program opens a request with a key, and reads it back', async (t) => {
  const { db, cast, clock, withKey } = await stage(t);
  const program = withKey(
    await keyFor(db, cast.maelle.organisationId, { app: 'voirie', role: 'clerk', site: null }, clock.now()),
  );
  const opened = await program.ask('POST', '/kerlann/voirie/tickets', { fields: POTHOLE });
  assert.equal(opened.status, 201, JSON.stringify(opened.body));
  assert.equal(opened.headers.get('location'), '/api/v1/kerlann/voirie/tickets/V-2026-0001');
  assert.equal(opened.body.reference, 'V-2026-0001');
  assert.equal(opened.body.step, 'received');
  assert.equal(opened.body.version, 1);
  assert.equal(opened.body.lateness, 'on time');
  assert.equal(opened.body.due, '2026-03-04T16:30:00.000Z', 'two open days later, at closing time');
  assert.ok(opened.body.moves.includes('sort'));
  assert.deepEqual((await program.ask('GET', '/kerlann/voirie/tickets/V-2026-0001')).body, opened.body);
});

// asvs 2.2.1
test('what is wrong in a request is said field by field, in the language of who asks, and nothing is saved', async (t) => {
  const { as } = await stage(t);
  const maelle = await as('maelle');
  const refused = await maelle.ask<{
    code: string;
    errors: { path: string; code: string; message: string }[];
  }>('POST', '/kerlann/voirie/tickets', {
    fields: { kind: 'volcano', place: { lat: 147, lng: 2 }, colour: 'red' },
  });
  assert.equal(refused.status, 422);
  assert.equal(refused.headers.get('content-type'), 'application/problem+json');
  assert.equal(refused.body.code, 'invalid');
  assert.deepEqual(
    refused.body.errors.map(({ path, code }) => `${path} ${code}`).toSorted((a, b) => a.localeCompare(b)),
    ['fields.colour unknown_field', 'fields.kind unknown_choice', 'fields.place.lat latitude_out_of_range'],
  );
  assert.match(refused.body.errors[0]?.message ?? '', /choix/u);
  const { body } = await maelle.ask<{ tickets: unknown[] }>('GET', '/kerlann/voirie/tickets');
  assert.deepEqual(body.tickets, []);
});

// asvs 2.3.4
test('the same idempotency key fifty times at once opens one request, and says the same each time', async (t) => {
  const { as, db } = await stage(t);
  const maelle = await as('maelle');
  const answers = await Promise.all(
    Array.from({ length: 50 }, () =>
      maelle.ask('POST', '/kerlann/voirie/tickets', { fields: POTHOLE }, { 'idempotency-key': 'once' }),
    ),
  );
  assert.deepEqual([...new Set(answers.map(({ status }) => status))], [201]);
  assert.equal(new Set(answers.map(({ body }) => JSON.stringify(body))).size, 1);
  const [count] = await db.owner<{ tickets: number; events: number }[]>`
    select (select count(*)::int from ticket) as tickets, (select count(*)::int from event) as events`;
  assert.deepEqual(count, { tickets: 1, events: 1 });
  const other = await maelle.ask<{ code: string }>(
    'POST',
    '/kerlann/voirie/tickets',
    { fields: { ...POTHOLE, note: 'autre' } },
    { 'idempotency-key': 'once' },
  );
  assert.equal(other.status, 422);
  assert.equal(other.body.code, 'idempotency_key_reused');
});

test('the same move retried fifty times at once is made once, and a later retry has the first answer', async (t) => {
  const { as, db } = await stage(t);
  const maelle = await as('maelle');
  const { body: opened } = await maelle.ask('POST', '/kerlann/voirie/tickets', { fields: POTHOLE });
  const path = `/kerlann/voirie/tickets/${opened.reference}`;
  const answers = await Promise.all(
    Array.from({ length: 50 }, () =>
      maelle.ask('POST', `${path}/moves/sort`, { fields: { needs: 'tar' } }, { 'idempotency-key': 'sort-1' }),
    ),
  );
  assert.deepEqual(
    [...new Set(answers.map(({ status, body }) => `${status} ${body.step} ${body.version}`))],
    ['200 sorted 2'],
  );
  const [count] = await db.owner<
    { moved: number }[]
  >`select count(*)::int as moved from event where type = 'moved'`;
  assert.equal(count?.moved, 1);
});

test('a program that lost the answer asks again and has the first one, whatever happened since', async (t) => {
  const { as } = await stage(t);
  const maelle = await as('maelle');
  const open = () =>
    maelle.ask('POST', '/kerlann/voirie/tickets', { fields: POTHOLE }, { 'idempotency-key': 'lost-1' });
  const opened = await open();
  const path = `/kerlann/voirie/tickets/${opened.body.reference}`;
  const sort = () => maelle.ask('POST', `${path}/moves/sort`, {}, { 'idempotency-key': 'lost-2' });
  const sorted = await sort();
  await maelle.ask('POST', `${path}/moves/plan`, { fields: { needs: 'tar', planned: '2026-03-10' } });
  assert.deepEqual((await open()).body, opened.body);
  assert.deepEqual((await sort()).body, sorted.body);
  assert.equal((await maelle.ask('GET', path)).body.step, 'planned');
});

// asvs 2.3.4
test('two people edit the same request: the second is told what the first wrote, and loses nothing', async (t) => {
  const { as } = await stage(t);
  const [maelle, yann] = await Promise.all([as('maelle'), as('yann')]);
  const { body: opened } = await maelle.ask('POST', '/kerlann/voirie/tickets', { fields: POTHOLE });
  const path = `/kerlann/voirie/tickets/${opened.reference}`;
  await maelle.ask('POST', `${path}/moves/sort`, {});
  const first = await maelle.ask('PATCH', path, { version: 2, fields: { needs: 'tar' } });
  assert.equal(first.status, 200);
  const second = await yann.ask<{ code: string; current: Ticket }>('PATCH', path, {
    version: 2,
    fields: { needs: 'lift' },
  });
  assert.equal(second.status, 409);
  assert.equal(second.body.code, 'version_conflict');
  assert.equal(second.body.current.fields['needs'], 'tar');
  assert.equal(second.body.current.version, 3);
});

// asvs 2.3.2
test('a move made by mistake is taken back within its minute, by the same person only', async (t) => {
  const { as, clock } = await stage(t);
  const [maelle, yann] = await Promise.all([as('maelle'), as('yann')]);
  const { body: opened } = await maelle.ask('POST', '/kerlann/voirie/tickets', { fields: POTHOLE });
  const path = `/kerlann/voirie/tickets/${opened.reference}`;
  const moved = await maelle.ask('POST', `${path}/moves/sort`, { fields: { needs: 'tar' } });
  assert.ok(moved.body.undo, 'the answer says until when');
  assert.equal((await yann.ask('POST', `${path}/undo`)).status, 409);
  const undone = await maelle.ask('POST', `${path}/undo`);
  assert.equal(undone.body.step, 'received');
  assert.equal(undone.body.fields['needs'], undefined);
  assert.equal(undone.body.due, opened.due);
  await maelle.ask('POST', `${path}/moves/sort`, {});
  clock.advance(61_000);
  assert.equal((await maelle.ask<{ code: string }>('POST', `${path}/undo`)).body.code, 'undo_too_late');
});

// asvs 8.2.2
test('the crew does not see what is not sorted yet, and is told it does not exist', async (t) => {
  const { as } = await stage(t);
  const [maelle, yann] = await Promise.all([as('maelle'), as('yann')]);
  const { body: opened } = await maelle.ask('POST', '/kerlann/voirie/tickets', {
    fields: { ...POTHOLE, reporter: { name: 'Loïc Tanguy', email: 'loic@example.org' } },
  });
  const path = `/kerlann/voirie/tickets/${opened.reference}`;
  assert.deepEqual(
    (await yann.ask('GET', path)).body,
    (await yann.ask('GET', '/kerlann/voirie/tickets/V-1999-0001')).body,
  );
  await maelle.ask('POST', `${path}/moves/sort`, {});
  const seen = await yann.ask('GET', path);
  assert.equal(seen.status, 200);
  assert.deepEqual(seen.body.sealed, ['reporter'], 'who reported it is sealed to the crew');
  assert.equal(seen.body.fields['reporter'], undefined);
  assert.deepEqual((await maelle.ask('GET', path)).body.fields['reporter'], {
    id: (opened.fields['reporter'] as { id: string }).id,
    name: 'Loïc Tanguy',
    email: 'loic@example.org',
  });
});

test('somebody without any role in an app, or of another organisation, finds nothing there', async (t) => {
  const { as, stranger } = await stage(t);
  const [gwenn, nadia] = await Promise.all([as('gwenn'), as('nadia')]);
  assert.equal((await gwenn.ask('GET', '/kerlann/voirie/board')).status, 404);
  assert.equal((await nadia.ask('GET', '/kerlann/voirie/board')).status, 401);
  assert.equal((await stranger.ask('GET', '/kerlann/voirie/board')).status, 401);
  assert.deepEqual(
    (await stranger.ask('GET', '/kerlann')).body,
    (await stranger.ask('GET', '/nowhere')).body,
  );
});

test('a request that waits too long becomes late by itself, and the clerk is told once', async (t) => {
  const { as, pass, db } = await stage(t);
  const maelle = await as('maelle');
  const { body: opened } = await maelle.ask('POST', '/kerlann/voirie/tickets', { fields: POTHOLE });
  await pass(2 * 24 * HOUR + 8 * HOUR);
  const again = await as('maelle');
  const late = await again.ask('GET', `/kerlann/voirie/tickets/${opened.reference}`);
  assert.equal(late.body.lateness, 'late');
  await pass(MINUTE);
  const [count] = await db.owner<{ events: number }[]>`
    select count(*)::int as events from event where type = 'lateness' and body -> 'standing' ->> 'lateness' = 'late'`;
  assert.equal(count?.events, 1);
  const { body } = await again.ask<{ late: Ticket[] }>('GET', '/kerlann/home');
  assert.deepEqual(
    body.late.map(({ reference }) => reference),
    [opened.reference],
  );
});

test('what is remembered of a request finds it: half a word, a typo, the sound of a street', async (t) => {
  const { as, vigie } = await stage(t);
  const maelle = await as('maelle');
  const { body: opened } = await maelle.ask('POST', '/kerlann/voirie/tickets', { fields: POTHOLE });
  await vigie.settled();
  for (const words of ['calvaire', 'calv', 'kerdanyel', 'calvere profon', opened.reference, '0001']) {
    const { body } = await maelle.ask<{ hits: { ticket: Ticket }[] }>(
      'GET',
      `/kerlann/search?q=${encodeURIComponent(words)}`,
    );
    assert.deepEqual(
      body.hits.map(({ ticket }) => ticket.reference),
      [opened.reference],
      words,
    );
  }
});

test('lists narrow by step, choice, lateness and person, and pages follow one another without a gap', async (t) => {
  const { as } = await stage(t);
  const maelle = await as('maelle');
  for (let n = 0; n < 7; n += 1)
    await maelle.ask('POST', '/kerlann/voirie/tickets', {
      fields: { ...POTHOLE, kind: n % 2 === 0 ? 'pothole' : 'graffiti' },
    });
  const read = async (query: string): Promise<string[]> => {
    const references: string[] = [];
    for (let after: string | null = ''; after !== null;) {
      const page: { body: { tickets: Ticket[]; next: string | null } } = await maelle.ask(
        'GET',
        `/kerlann/voirie/tickets?limit=2&${query}${after && `&after=${after}`}`,
      );
      references.push(...page.body.tickets.map(({ reference }) => reference));
      after = page.body.next;
    }
    return references;
  };
  assert.equal((await read('sort=due')).length, 7);
  assert.deepEqual(await read('sort=newest'), (await read('sort=oldest')).toReversed());
  assert.equal((await read('field.kind=graffiti')).length, 3);
  assert.equal((await read('step=received,sorted')).length, 7);
  assert.equal((await read('step=sorted')).length, 0);
  assert.equal((await read('assignee=none')).length, 7);
  assert.equal(
    (await maelle.ask('PUT', '/kerlann/voirie/tickets/V-2026-0003/assignee', { member: 'me' })).body.assignee
      ?.name,
    'Maëlle Le Goff',
  );
  assert.deepEqual(await read('assignee=me'), ['V-2026-0003']);
  assert.equal(
    (await maelle.ask<{ code: string }>('GET', '/kerlann/voirie/tickets?after=nonsense')).body.code,
    'bad_cursor',
  );
});

// asvs 8.2.2
test('whoever asks for a list at the same moment as others is given their own', async (t) => {
  const { as, db, cast, clock, withKey } = await stage(t);
  const crew = { app: 'voirie', role: 'crew', site: null };
  const [maelle, yann] = await Promise.all([as('maelle'), as('yann')]);
  const program = withKey(await keyFor(db, cast.maelle.organisationId, crew, clock.now()));
  // The crew sees what is not sorted only when it is their own.
  for (const person of [maelle, yann, program])
    await person.ask('POST', '/kerlann/voirie/tickets', { fields: POTHOLE });
  const tenTimes = <T>(each: readonly T[]): T[] => Array.from({ length: 10 }, () => each).flat();
  const lists = await Promise.all(
    tenTimes([maelle, yann, program]).map((one) =>
      one.ask<{ tickets: Ticket[] }>('GET', '/kerlann/voirie/tickets'),
    ),
  );
  assert.deepEqual(
    lists.map(({ body }) => body.tickets.map(({ reference }) => reference.slice(-1)).join('')),
    tenTimes(['123', '2', '3']),
  );
});

test('one move on many requests answers for each', async (t) => {
  const { as } = await stage(t);
  const maelle = await as('maelle');
  for (let n = 0; n < 3; n += 1) await maelle.ask('POST', '/kerlann/voirie/tickets', { fields: POTHOLE });
  await maelle.ask('POST', '/kerlann/voirie/tickets/V-2026-0002/moves/sort', {});
  const { body } = await maelle.ask<{
    results: { reference: string; ok: boolean; problem?: { code: string } }[];
  }>('POST', '/kerlann/voirie/moves/sort', {
    references: ['V-2026-0001', 'V-2026-0002', 'V-2026-0003', 'V-2026-0099'],
  });
  assert.deepEqual(
    body.results.map(({ ok, problem }) => (ok ? 'ok' : problem?.code)),
    ['ok', 'move_not_from_here', 'ok', 'not_found'],
  );
});

// asvs 1.2.10
test('an exported list opens in a spreadsheet without running anything', async (t) => {
  const { as } = await stage(t);
  const maelle = await as('maelle');
  await maelle.ask('POST', '/kerlann/voirie/tickets', {
    fields: { ...POTHOLE, note: '=HYPERLINK("http://example.org";"cliquez")' },
  });
  const { body, headers } = await maelle.ask<string>('GET', '/kerlann/voirie/export.csv');
  assert.match(headers.get('content-type') ?? '', /text\/csv/u);
  assert.match(body, /V-2026-0001/u);
  assert.match(body, /"'=HYPERLINK/u);
});

test('the board shows every step with its first tickets and how many there are', async (t) => {
  const { as } = await stage(t);
  const maelle = await as('maelle');
  for (let n = 0; n < 3; n += 1) await maelle.ask('POST', '/kerlann/voirie/tickets', { fields: POTHOLE });
  await maelle.ask('POST', '/kerlann/voirie/tickets/V-2026-0002/moves/sort', {});
  const { body } = await maelle.ask<{ steps: { step: string; count: number; tickets: Ticket[] }[] }>(
    'GET',
    '/kerlann/voirie/board?limit=1',
  );
  assert.deepEqual(
    body.steps
      .filter(({ count }) => count > 0)
      .map(({ step, count, tickets }) => [step, count, tickets.length]),
    [
      ['received', 2, 1],
      ['sorted', 1, 1],
    ],
  );
});
