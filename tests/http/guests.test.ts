import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { test } from 'node:test';

import { install } from '../../src/organisations/versions/install.ts';
import { DOSSIER, openFolder, withFolders } from '../harness/files.ts';
import { takeOrder } from '../harness/lab.ts';
import { type Hand, stage } from '../harness/vigie.ts';

const DAY = 86_400_000;

interface Followed {
  readonly definition: { readonly fields: object; readonly steps: object; readonly moves: object };
  readonly ticket: {
    readonly step: string;
    readonly heading: string;
    readonly fields: object;
    readonly moves: string[];
  };
}

const shop = async (t: Parameters<typeof stage>[0]) => {
  const lab = await stage(t);
  const camille = await lab.as('camille');
  const order = await takeOrder(camille, { note: 'Client pénible', phone: '06 12 34 56 78', paid: false });
  return { lab, camille, order, ticket: { app: 'atelier', reference: order.reference, role: 'customer' } };
};

const street = async (t: Parameters<typeof stage>[0]) => {
  const town = await stage(t);
  const maelle = await town.as('maelle');
  const { body } = await maelle.ask('POST', '/kerlann/voirie/tickets', {
    fields: {
      kind: 'pothole',
      place: { lat: 47.74, lng: -2.87, address: 'Rue du Lavoir' },
      note: 'Voisin pressé',
    },
  });
  return { town, maelle, reference: body.reference };
};

// asvs 8.2.3 15.3.1
test('a customer follows their order by a link, and reads nothing that is between those who work on it', async (t) => {
  const { lab, order, ticket } = await shop(t);
  const customer = await lab.guest('camille', ticket);
  assert.match(customer.url, /\/argentique\/follow\/[\w-]{43}$/u);
  const { status, body } = await customer.ask<Followed>('GET', '/argentique/follow');
  assert.equal(status, 200);
  assert.deepEqual(body.ticket.step, 'taken');
  assert.deepEqual(Object.keys(body.ticket.fields), ['summary', 'promised']);
  assert.deepEqual(Object.keys(body.definition.fields), ['summary', 'promised']);
  assert.deepEqual(Object.keys(body.definition.steps), ['taken']);
  const text = JSON.stringify(body);
  for (const word of [
    'pénible',
    'Vandewalle',
    '06',
    'Camille',
    'counter',
    'bench',
    'assignee',
    'contact',
    order.due ?? 'due',
  ])
    assert.ok(word === order.promise || !text.includes(word) || word === order.due, word);
});

// asvs 8.2.1 8.2.2
test('a link opens its ticket and nothing else', async (t) => {
  const { lab, order, ticket, camille } = await shop(t);
  const other = await takeOrder(camille);
  const customer = await lab.guest('camille', ticket);
  const asked: readonly [string, string, unknown?][] = [
    ['GET', ''],
    ['GET', '/home'],
    ['GET', '/tickets'],
    ['GET', '/search?q=films'],
    ['GET', '/stream'],
    ['GET', '/members'],
    ['GET', '/atelier/definition'],
    ['GET', '/atelier/tickets'],
    ['GET', '/atelier/board'],
    ['GET', '/atelier/export.csv'],
    ['GET', `/atelier/tickets/${order.reference}`],
    ['GET', `/atelier/tickets/${order.reference}/events`],
    ['GET', `/atelier/tickets/${order.reference}/guests`],
    ['GET', `/atelier/tickets/${other.reference}`],
    ['POST', `/atelier/tickets/${order.reference}/guests`, { role: 'customer' }],
    ['POST', `/atelier/tickets/${order.reference}/comments`, { text: 'Bonjour' }],
    ['POST', `/atelier/tickets/${order.reference}/moves/cancel`, { comment: 'Non' }],
    ['POST', '/atelier/tickets', { fields: {} }],
    ['GET', '/me/pin'],
    ['GET', '/stations'],
    ['POST', '/follow/moves/unknown', {}],
  ];
  for (const [method, path, body] of asked)
    assert.equal((await customer.ask(method, `/argentique${path}`, body)).status, 404, `${method} ${path}`);
  // A move of others is theirs, and one that does not exist is none: the guest is told neither.
  const cancel = await customer.ask('POST', '/argentique/follow/moves/cancel', { comment: 'Non' });
  assert.equal(cancel.status, 404);
  assert.equal((await customer.ask('GET', '/kerlann/follow')).status, 401);
});

// asvs 6.3.8 8.3.2
test('unknown, over and revoked are one answer, and the link is gone at once', async (t) => {
  const { lab, camille, ticket, order } = await shop(t);
  const path = `/argentique/atelier/tickets/${order.reference}/guests`;
  const [revoked, own, dated] = [
    await lab.guest('camille', ticket),
    await lab.guest('camille', ticket),
    await camille.ask<{ url: string }>('POST', path, { role: 'customer', expires: '2026-03-05T09:00:00Z' }),
  ];
  const look = (secret: string) =>
    lab.stranger.ask('GET', '/argentique/follow', undefined, { authorization: `Guest ${secret}` });
  const secret = dated.body.url.split('/').at(-1) ?? '';
  assert.equal((await look(secret)).status, 200);
  lab.clock.advance(4 * DAY);
  const counter = await lab.as('camille');
  assert.equal((await counter.ask('DELETE', `${path}/${revoked.id}`)).status, 204);
  assert.equal((await counter.ask('DELETE', `${path}/${revoked.id}`)).status, 404);
  assert.equal((await own.ask('DELETE', '/argentique/follow')).status, 204);
  const answers = [
    await look('x'.repeat(43)),
    await look(secret),
    await look(revoked.secret),
    await look(own.secret),
    await lab.stranger.ask('GET', '/nowhere/follow', undefined, { authorization: `Guest ${own.secret}` }),
    await lab.stranger.ask('GET', '/argentique/follow'),
  ];
  assert.equal(new Set(answers.map(({ status, body }) => JSON.stringify([status, body]))).size, 1);
  assert.equal(answers[0]?.status, 401);
  const deeds = await lab.db.owner<{ type: string; kind: string }[]>`
    select type, actor ->> 'kind' as kind from event where type like 'guest\_%' order by at, id`;
  assert.deepEqual(
    deeds.map(({ type, kind }) => `${type} by ${kind}`),
    [
      'guest_invited by member',
      'guest_invited by member',
      'guest_invited by member',
      'guest_revoked by member',
      'guest_revoked by guest',
    ],
  );
});

test('a link lasts ninety days after its ticket has ended, and again while it is open again', async (t) => {
  const { town, maelle, reference } = await street(t);
  const resident = await town.guest('maelle', { app: 'voirie', reference, role: 'resident' });
  town.clock.advance(200 * DAY);
  assert.equal((await resident.ask('GET', '/kerlann/follow')).status, 200);
  const clerk = await town.as('maelle');
  await clerk.ask('POST', `/kerlann/voirie/tickets/${reference}/moves/refuse`, {
    fields: { answer: 'Privé.' },
  });
  town.clock.advance(90 * DAY - 1);
  assert.equal((await resident.ask('GET', '/kerlann/follow')).status, 200);
  town.clock.advance(2);
  assert.equal((await resident.ask('GET', '/kerlann/follow')).status, 401);
  const again = await town.as('maelle');
  await again.ask('POST', `/kerlann/voirie/tickets/${reference}/moves/reopen`, { comment: 'Erreur.' });
  assert.equal((await resident.ask('GET', '/kerlann/follow')).status, 200);
  assert.equal(maelle.cookie === again.cookie, false);
});

test('a resident says that it is still there, and the history says that their link did', async (t) => {
  const { town, maelle, reference } = await street(t);
  const resident = await town.guest('maelle', { app: 'voirie', reference, role: 'resident' });
  const move = (hand: Hand, name: string, body: object = {}) =>
    hand.ask('POST', `/kerlann/voirie/tickets/${reference}/moves/${name}`, body);
  await move(maelle, 'sort', { fields: { kind: 'pothole' } });
  assert.deepEqual((await resident.ask<Followed>('GET', '/kerlann/follow')).body.ticket.moves, []);
  await move(await town.as('yann'), 'finish');
  const { body } = await resident.ask<Followed>('GET', '/kerlann/follow');
  assert.deepEqual(body.ticket.moves, ['stillThere']);
  assert.deepEqual(Object.keys(body.definition.moves), ['stillThere']);
  const still = await resident.ask<Followed>('POST', '/kerlann/follow/moves/stillThere', {
    comment: 'Toujours là.',
  });
  assert.deepEqual([still.status, still.body.ticket.step], [200, 'sorted']);
  const { events } = (
    await maelle.ask<{ events: { type: string; actor: object; comment?: string }[] }>(
      'GET',
      `/kerlann/voirie/tickets/${reference}/events`,
    )
  ).body;
  const last = events.findLast(({ type }) => type === 'moved');
  assert.deepEqual([last?.actor, last?.comment], [{ kind: 'guest', name: '' }, 'Toujours là.']);
});

test('a link is made by whoever may comment on the ticket, in a role of links, and listed with its use', async (t) => {
  const { lab, camille, order, ticket } = await shop(t);
  const path = `/argentique/atelier/tickets/${order.reference}/guests`;
  const code = async (hand: Hand, body: object) =>
    (await hand.ask<{ code?: string }>('POST', path, body)).body.code;
  assert.equal(await code(camille, { role: 'owner' }), 'unknown_role');
  assert.equal(await code(camille, { role: 'constructor' }), 'unknown_role');
  assert.equal(await code(camille, { role: 'customer', expires: '2026-03-01T09:00:00Z' }), 'expired');
  assert.equal(await code(lab.stranger, { role: 'customer' }), 'not_signed_in');
  assert.equal((await camille.ask('POST', path.replace('A-', 'B-'), { role: 'customer' })).status, 404);
  // A role of links is nobody's else: neither a member's nor a key's.
  const nadia = await lab.as('nadia', 'strong');
  const given = { roles: [{ app: 'atelier', role: 'customer', site: null }] };
  const member = await nadia.ask<{ code: string }>('PATCH', `/argentique/members/${lab.cast.theo.id}`, given);
  assert.equal(member.body.code, 'guest_role');
  const key = { name: 'k', app: 'atelier', role: 'customer' };
  assert.equal((await nadia.ask<{ code: string }>('POST', '/argentique/keys', key)).body.code, 'guest_role');

  const customer = await lab.guest('camille', ticket);
  for (const wait of [0, 1000, 2 * 60_000]) {
    lab.clock.advance(wait);
    await customer.ask('GET', '/argentique/follow');
  }
  const { links } = (await camille.ask<{ links: Record<string, unknown>[] }>('GET', path)).body;
  assert.deepEqual(links, [
    {
      id: customer.id,
      role: 'customer',
      created: '2026-03-02T09:00:00.000Z',
      by: 'Camille Dubrulle',
      expires: null,
      lastUsed: '2026-03-02T09:02:01.000Z',
      uses: 2,
    },
  ]);
  const kept = await lab.db
    .owner`select 1 from guest_link where strpos(guest_link::text, ${customer.secret}) > 0`;
  assert.equal(kept.length, 0);
});

test('a link opens nothing more once its app keeps health data', async (t) => {
  const town = await stage(t, { vault: true });
  await withFolders(town);
  const maelle = await town.as('maelle', 'strong');
  const reference = (await openFolder(maelle)).split('/').at(-1) ?? '';
  const guest = await town.guest('maelle', { app: 'dossier', reference, role: 'visitor' });
  assert.equal((await guest.ask('GET', '/kerlann/follow')).status, 200);
  const { visitor: _, ...roles } = DOSSIER.roles;
  await install(
    town.db,
    town.cast.maelle.organisationId,
    { ...DOSSIER, roles, classification: 'health' },
    town.clock.now(),
  );
  // What another process installed is known within a second.
  await sleep(1100);
  assert.equal((await guest.ask('GET', '/kerlann/follow')).status, 401);
});
