import assert from 'node:assert/strict';
import { test } from 'node:test';

import { PIN } from '../harness/confined.ts';
import { type Hand, type Stage, stage, type Ticket } from '../harness/vigie.ts';

const MINUTE = 60_000;
const BENCH = { app: 'voirie', steps: ['planned', 'working'], name: 'Dépôt' };

const hole = (kerlann: Hand) =>
  kerlann.ask('POST', '/kerlann/voirie/tickets', {
    fields: { kind: 'pothole', place: { lat: 47.74, lng: -2.87 }, note: 'Route de Kerdaniel' },
  });

/** A hole that the crew is to fill, and one that only the clerk knows of. */
const depot = async (t: Parameters<typeof stage>[0]) => {
  const town = await stage(t);
  const maelle = await town.as('maelle');
  const [planned, received] = [(await hole(maelle)).body.reference, (await hole(maelle)).body.reference];
  for (const move of ['sort', 'send'])
    await maelle.ask('POST', `/kerlann/voirie/tickets/${planned}/moves/${move}`, {
      fields: move === 'sort' ? { kind: 'pothole' } : {},
    });
  await town.pin('yann');
  const station = await town.station('maelle', BENCH);
  return { town, maelle, planned, received, station };
};

const unlock = (town: Stage, device: Hand, name: 'yann' | 'maelle' | 'gwenn' | 'armelle', pin: string) =>
  device.ask<{ code?: string }>('POST', '/kerlann/station/unlock', { member: town.cast[name].id, pin });

// asvs 15.3.1
test('a tablet that is paired shows the names of those who work there, and no more', async (t) => {
  const { town, station } = await depot(t);
  const { status, body } = await station.device.ask<{ station: Record<string, unknown> }>(
    'GET',
    '/kerlann/station',
  );
  assert.equal(status, 200);
  const names = (body.station['people'] as { name: string }[]).map((one) =>
    Object.keys(one).concat(one.name),
  );
  assert.deepEqual(names, [
    ['id', 'name', 'Armelle Daniel'],
    ['id', 'name', 'Maëlle Le Goff'],
    ['id', 'name', 'Yann Kervadec'],
  ]);
  assert.equal(body.station['unlockedBy'], null);
  assert.deepEqual((await town.stranger.ask('GET', '/kerlann/station')).body, { station: null });
  assert.deepEqual((await town.stranger.ask('GET', '/nowhere/station')).body, { station: null });
});

test('whoever unlocks a station sees what waits at its steps, moves it on under their own name, and takes it back', async (t) => {
  const { town, maelle, planned, received, station } = await depot(t);
  const yann = await station.unlockedBy(town.cast.yann);
  const list = await yann.ask<{ tickets: Ticket[] }>('GET', '/kerlann/voirie/tickets');
  assert.deepEqual(
    list.body.tickets.map(({ reference }) => reference),
    [planned],
  );
  assert.equal((await yann.ask('GET', `/kerlann/voirie/tickets/${received}`)).status, 404);
  const ticket = (await yann.ask('GET', `/kerlann/voirie/tickets/${planned}`)).body;
  assert.deepEqual(ticket.moves, ['finish', 'start', 'notFound']);

  const done = await yann.ask('POST', `/kerlann/voirie/tickets/${planned}/moves/finish`, {});
  assert.deepEqual([done.status, done.body.step, done.body.moves], [200, 'done', []]);
  assert.ok(done.body.undo);
  // Out of the station's sight but for the minute in which it can be brought back.
  assert.equal((await yann.ask('GET', `/kerlann/voirie/tickets/${planned}`)).status, 200);
  const said = await yann.ask('POST', `/kerlann/voirie/tickets/${planned}/comments`, { text: 'Fait.' });
  assert.equal(said.status, 403);
  const back = await yann.ask('POST', `/kerlann/voirie/tickets/${planned}/undo`, {});
  assert.deepEqual([back.status, back.body.step], [200, 'planned']);
  await yann.ask('POST', `/kerlann/voirie/tickets/${planned}/moves/finish`, {});
  town.clock.advance(MINUTE + 1);
  assert.equal((await yann.ask('GET', `/kerlann/voirie/tickets/${planned}`)).status, 404);

  const { body } = await maelle.ask<{ events: { type: string; actor: unknown }[] }>(
    'GET',
    `/kerlann/voirie/tickets/${planned}/events`,
  );
  assert.deepEqual(body.events.findLast(({ type }) => type === 'moved')?.actor, {
    kind: 'member',
    name: 'Yann Kervadec',
    station: 'Dépôt',
  });
});

test('a move sent again is answered as the first time, and shows no more for it', async (t) => {
  const { town, planned, station } = await depot(t);
  const yann = await station.unlockedBy(town.cast.yann);
  const finish = () =>
    yann.ask('POST', `/kerlann/voirie/tickets/${planned}/moves/finish`, {}, { 'idempotency-key': 'once' });
  assert.equal((await finish()).status, 200);
  assert.equal((await finish()).status, 200);
  town.clock.advance(MINUTE + 1);
  assert.equal((await finish()).status, 404);
  assert.equal((await yann.ask('GET', `/kerlann/voirie/tickets/${planned}`)).status, 404);
});

// asvs 8.2.1 8.2.2
test('at a station nobody edits, assigns, exports, administers, opens, or leaves its app', async (t) => {
  const { town, planned, station } = await depot(t);
  await town.pin('maelle');
  const maelle = await station.unlockedBy(town.cast.maelle);
  const ticket = `/kerlann/voirie/tickets/${planned}`;
  const place = { kind: 'pothole', place: { lat: 47.74, lng: -2.87 } };
  const asked: readonly [string, string, unknown?][] = [
    ['PATCH', ticket, { version: 3, fields: { note: 'x' } }],
    ['PUT', `${ticket}/assignee`, { member: 'me' }],
    ['PUT', `${ticket}/holder`, { holder: null }],
    ['GET', '/kerlann/voirie/export.csv'],
    ['GET', '/kerlann/voirie/board'],
    ['GET', '/kerlann/home'],
    ['GET', '/kerlann/tickets'],
    ['GET', '/kerlann/search?q=route'],
    ['GET', '/kerlann/members'],
    ['GET', '/kerlann/stations'],
    ['GET', '/kerlann/me/pin'],
    ['PUT', '/kerlann/me/pin', { pin: '840216' }],
    ['GET', '/kerlann/keys'],
    ['POST', '/kerlann/voirie/moves/finish', { references: [planned] }],
    ['GET', `${ticket}/guests`],
    ['POST', `${ticket}/guests`, { role: 'resident' }],
    ['GET', '/kerlann/travail/definition'],
    ['DELETE', '/kerlann/sessions/current'],
  ];
  for (const [method, path, body] of asked)
    assert.equal((await maelle.ask(method, path, body)).status, 404, `${method} ${path}`);
  const opened = await maelle.ask('POST', '/kerlann/voirie/tickets', { fields: place });
  assert.equal(opened.status, 403);
  // Whoever unlocked it has not signed in anywhere.
  assert.deepEqual((await maelle.ask('GET', '/session')).body, { signedIn: [] });
});

test('at a counter that was paired so, tickets are opened, and seen for a minute', async (t) => {
  const { town } = await depot(t);
  const counter = await town.station('maelle', { ...BENCH, opens: true });
  const yann = await counter.unlockedBy(town.cast.yann);
  const opened = await hole(yann);
  assert.equal(opened.status, 201);
  assert.equal((await yann.ask('GET', `/kerlann/voirie/tickets/${opened.body.reference}`)).status, 200);
  town.clock.advance(MINUTE + 1);
  assert.equal((await yann.ask('GET', `/kerlann/voirie/tickets/${opened.body.reference}`)).status, 404);
});

// asvs 6.3.1 6.6.3
test('of fifty wrong PINs at once five are looked at, then a minute, five more, and the person is locked out', async (t) => {
  const { town, station } = await depot(t);
  const tries = async (): Promise<number> => {
    const [row] = await town.db.owner<{ tries: number }[]>`
      select tries from pin where member_id = ${town.cast.yann.id}`;
    return row?.tries ?? -1;
  };
  const wrong = () =>
    Promise.all(
      Array.from({ length: 50 }, (_, nth) => unlock(town, station.device, 'yann', String(200_000 + nth))),
    );
  const first = await wrong();
  assert.deepEqual(
    new Set(first.map(({ status, body }) => `${status} ${body.code}`)),
    new Set(['401 bad_pin']),
  );
  assert.equal(await tries(), 5);
  assert.equal((await unlock(town, station.device, 'yann', PIN)).status, 401);
  town.clock.advance(MINUTE + 1);
  await wrong();
  assert.equal(await tries(), 10);
  // Not by waiting, and not by another station.
  town.clock.advance(60 * MINUTE);
  const other = await town.station('maelle', { ...BENCH, name: 'Autre' });
  assert.equal((await unlock(town, other.device, 'yann', PIN)).status, 401);

  const maelle = await town.as('maelle', 'strong');
  const { body } = await maelle.ask<{ lockedOut: { name: string }[] }>('GET', '/kerlann/stations');
  assert.deepEqual(
    body.lockedOut.map(({ name }) => name),
    ['Yann Kervadec'],
  );
  const again = `/kerlann/members/${town.cast.yann.id}/pin/tries`;
  assert.equal((await maelle.ask('POST', again)).status, 204);
  assert.equal((await unlock(town, other.device, 'yann', PIN)).status, 201);
  const deeds = await town.db.owner<{ type: string }[]>`
    select type from event where ticket_id is null and type like 'pin\_%' order by at, id`;
  assert.deepEqual(
    deeds.map(({ type }) => type),
    ['pin_chosen', 'pin_locked', 'pin_unlocked'],
  );
});

// asvs 6.3.1
test('the right PIN among many wrong ones opens at most as often as tries were left', async (t) => {
  const { town, station } = await depot(t);
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, nth) =>
      unlock(town, station.device, 'yann', nth % 10 === 9 ? PIN : String(300_000 + nth)),
    ),
  );
  assert.ok(answers.filter(({ status }) => status === 201).length <= 5);
});

test('somebody locked out comes back by their own strong sign-in, and not by a link', async (t) => {
  const { town, station } = await depot(t);
  for (const wait of [0, MINUTE + 1]) {
    town.clock.advance(wait);
    for (let nth = 0; nth < 5; nth += 1) await unlock(town, station.device, 'yann', `91823${nth}`);
  }
  town.clock.advance(2 * MINUTE);
  const byLink = await town.as('yann');
  assert.deepEqual((await byLink.ask<{ lockedOut: boolean }>('GET', '/kerlann/me/pin')).body.lockedOut, true);
  assert.equal((await byLink.ask('PUT', '/kerlann/me/pin', { pin: '840216' })).status, 204);
  assert.equal((await unlock(town, station.device, 'yann', '840216')).status, 401);
  await town.as('yann', 'strong');
  assert.equal((await unlock(town, station.device, 'yann', '840216')).status, 201);
});

// asvs 6.3.8
test('a wrong PIN, none, somebody of elsewhere, and nobody are told the same', async (t) => {
  const { town, station } = await depot(t);
  const answers = [
    await unlock(town, station.device, 'yann', '918237'),
    await unlock(town, station.device, 'armelle', PIN),
    await unlock(town, station.device, 'gwenn', PIN),
    await station.device.ask('POST', '/kerlann/station/unlock', { member: town.cast.theo.id, pin: PIN }),
    await station.device.ask('POST', '/kerlann/station/unlock', { member: station.id, pin: PIN }),
  ];
  assert.equal(new Set(answers.map(({ status, body }) => JSON.stringify([status, body]))).size, 1);
});

// asvs 6.3.1
test('a station pauses when wrong PINs keep coming, whoever they are tried on', async (t) => {
  const { town, station } = await depot(t);
  for (let nth = 0; nth < 15; nth += 1) await unlock(town, station.device, 'gwenn', '918237');
  assert.equal((await unlock(town, station.device, 'yann', PIN)).status, 401);
  town.clock.advance(MINUTE + 1);
  assert.equal((await unlock(town, station.device, 'yann', PIN)).status, 201);
});

// asvs 7.3.1 7.4.1
test('a station locks by itself, by its button, when another unlocks it, and when it is revoked', async (t) => {
  const { town, planned, station } = await depot(t);
  const path = `/kerlann/voirie/tickets/${planned}`;
  await town.pin('maelle');
  const idle = await station.unlockedBy(town.cast.yann);
  town.clock.advance(MINUTE);
  assert.equal((await idle.ask('GET', path)).status, 200);
  town.clock.advance(2 * MINUTE);
  assert.equal((await idle.ask('GET', path)).status, 200);
  town.clock.advance(2 * MINUTE + 1);
  assert.equal((await idle.ask('GET', path)).status, 401);

  const left = await station.unlockedBy(town.cast.yann);
  assert.equal((await left.ask('DELETE', '/kerlann/station/unlock')).status, 204);
  assert.equal((await left.ask('GET', path)).status, 401);

  const yann = await station.unlockedBy(town.cast.yann);
  const maelle = await station.unlockedBy(town.cast.maelle);
  assert.equal((await yann.ask('GET', path)).status, 401);
  assert.equal((await maelle.ask('GET', path)).status, 200);

  const administrator = await town.as('maelle');
  assert.equal((await administrator.ask('DELETE', `/kerlann/stations/${station.id}`)).status, 204);
  assert.equal((await maelle.ask('GET', path)).status, 401);
  assert.deepEqual((await station.device.ask('GET', '/kerlann/station')).body, { station: null });
  assert.equal((await unlock(town, station.device, 'yann', PIN)).status, 401);
  assert.equal((await administrator.ask('DELETE', `/kerlann/stations/${station.id}`)).status, 404);
});

// asvs 6.5.1 6.5.4
test('a pairing code works once, for ten minutes, and the tablet before is out', async (t) => {
  const { town, station } = await depot(t);
  const maelle = await town.as('maelle', 'strong');
  const newCode = async () =>
    (await maelle.ask<{ code: string }>('POST', `/kerlann/stations/${station.id}/pairing-code`)).body.code;
  const late = await newCode();
  town.clock.advance(10 * MINUTE);
  const pair = (code: string) => town.stranger.ask<{ code?: string }>('POST', '/kerlann/station', { code });
  assert.deepEqual([(await pair(late)).status, (await pair('AAAABBBB')).body.code], [401, 'bad_code']);
  const code = await newCode();
  const typed = `${code.slice(0, 4).toLowerCase()}-${code.slice(4)}`;
  const answers = await Promise.all(Array.from({ length: 20 }, () => pair(typed)));
  assert.equal(answers.filter(({ status }) => status === 201).length, 1);
  assert.deepEqual((await station.device.ask('GET', '/kerlann/station')).body, { station: null });
  const kept = await town.db.owner`select 1 from station where strpos(station::text, ${code}) > 0`;
  assert.equal(kept.length, 0);
  const deeds = await town.db.owner<{ type: string }[]>`
    select type from event where ticket_id is null and type like 'station\_%' order by at, id`;
  assert.deepEqual(
    deeds.map(({ type }) => type),
    ['station_added', 'station_paired', 'station_code_made', 'station_code_made', 'station_paired'],
  );
});

// asvs 7.5.3
test('only an administrator who has just proved who they are adds a station, and not for what does not exist', async (t) => {
  const town = await stage(t);
  const ask = async (hand: Hand, body: object) =>
    (await hand.ask<{ code?: string }>('POST', '/kerlann/stations', { name: 'Dépôt', ...body })).body.code;
  assert.equal(await ask(await town.as('yann', 'strong'), BENCH), 'not_found');
  assert.equal(await ask(town.stranger, BENCH), 'not_signed_in');
  const maelle = await town.as('maelle', 'strong');
  assert.equal(await ask(maelle, { ...BENCH, app: 'travail' }), 'unknown_app');
  assert.equal(await ask(maelle, { ...BENCH, steps: ['planned', 'plannd'] }), 'unknown_step');
  assert.equal(await ask(maelle, { ...BENCH, site: 'lille' }), 'unknown_site');
  town.clock.advance(16 * MINUTE);
  assert.equal(await ask(maelle, BENCH), 'step_up');
});

// asvs 11.4.2
test('nobody has a PIN that would be tried first, and no trace of one is kept but what cannot be computed without the data folder', async (t) => {
  const town = await stage(t);
  const yann = await town.as('yann', 'strong');
  for (const pin of ['000000', '123456', '890123', '654321', '121212', '112112', '120387', '777773'])
    assert.deepEqual(
      (await yann.ask<{ code: string }>('PUT', '/kerlann/me/pin', { pin })).body.code,
      'trivial_pin',
      pin,
    );
  for (const pin of ['12345', '1234567', 'abcdef', '٣٤٥٦٧٨'])
    assert.equal((await yann.ask('PUT', '/kerlann/me/pin', { pin })).status, 400, pin);
  await town.pin('yann');
  const [kept] = await town.db.owner<{ hash: Buffer; salt: Buffer }[]>`select hash, salt from pin`;
  assert.ok(kept);
  const { scryptSync } = await import('node:crypto');
  const cost = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };
  assert.notDeepEqual(scryptSync(PIN, kept.salt, 32, cost), kept.hash);
});

// asvs 8.3.2
test('a person whose PIN was taken away, or who has another role, is out at once', async (t) => {
  const { town, planned, station } = await depot(t);
  const path = `/kerlann/voirie/tickets/${planned}`;
  const yann = await station.unlockedBy(town.cast.yann);
  const maelle = await town.as('maelle');
  await maelle.ask('PATCH', `/kerlann/members/${town.cast.yann.id}`, { roles: [] });
  assert.equal((await yann.ask('GET', path)).status, 404);
  assert.equal((await unlock(town, station.device, 'yann', PIN)).status, 401);
  await maelle.ask('PATCH', `/kerlann/members/${town.cast.yann.id}`, {
    roles: [{ app: 'voirie', role: 'crew', site: null }],
  });
  assert.equal((await yann.ask('GET', path)).status, 200);
  assert.equal((await maelle.ask('DELETE', `/kerlann/members/${town.cast.yann.id}/pin`)).status, 204);
  assert.equal((await yann.ask('GET', path)).status, 401);
  assert.equal((await unlock(town, station.device, 'yann', PIN)).status, 401);
});

// asvs 8.2.2
test('a station of one shop shows nothing of the other', async (t) => {
  const lab = await stage(t);
  const [camille, ines] = [await lab.as('camille'), await lab.as('ines')];
  const order = { contact: { name: 'Odile' }, summary: '2 films', promised: '2026-03-10T17:00:00+01:00' };
  const [here, there] = [
    await camille.ask('POST', '/argentique/atelier/tickets', { fields: order }),
    await ines.ask('POST', '/argentique/atelier/tickets', { fields: order }),
  ];
  await lab.pin('theo');
  const station = await lab.station('nadia', { app: 'atelier', steps: ['taken'], site: 'lille' });
  const { body } = await station.device.ask<{ station: { people: { name: string }[] } }>(
    'GET',
    '/argentique/station',
  );
  assert.deepEqual(
    body.station.people.map(({ name }) => name),
    ['Camille Dubrulle', 'Nadia Berthier', 'Théo Vasseur'],
  );
  const theo = await station.unlockedBy(lab.cast.theo);
  assert.equal((await theo.ask('GET', `/argentique/atelier/tickets/${here.body.reference}`)).status, 200);
  assert.equal((await theo.ask('GET', `/argentique/atelier/tickets/${there.body.reference}`)).status, 404);
  assert.equal((await theo.ask('GET', '/argentique/travail/definition')).status, 404);
  assert.equal((await theo.ask('GET', '/kerlann/voirie/definition')).status, 401);
});
