import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test, type TestContext } from 'node:test';
import { isDeepStrictEqual } from 'node:util';

import { asOrganisation } from '../../src/platform/postgres/index.ts';
import { keyFor } from '../harness/cast.ts';
import { CLAIRE, takeFilm, takeOrder, tablesWith, TUESDAY } from '../harness/lab.ts';
import { fillVault } from '../harness/rows.ts';
import { stage, type Hand, type Stage } from '../harness/vigie.ts';

const POTHOLE = {
  kind: 'pothole',
  place: { lat: 47.7412, lng: -2.8754, address: 'Route de Kerdaniel' },
  note: 'Un trou profond',
  reporter: { name: 'Loïc Tanguy', email: 'loic@example.org' },
};

/** What only the lab may ever read. */
const CANARIES = [
  'Vandewalle',
  'claire.vandewalle',
  '06 12 34 56 78',
  'canari-contenu',
  'canari-remarque',
  'canari-film',
  'canari-parole',
  'canari-brouillon',
  'canari-poste',
];
/** What everybody of the lab may read, and nobody else. */
const OF_THE_HOUSE = [
  'Argentique',
  'Wattignies',
  'Camille Dubrulle',
  'camille@argentique',
  'Développement',
  'Tu-Sa',
];

interface Written {
  readonly draft: string;
  readonly keyId: string;
}

/** Both organisations do some of everything. */
const work = async ({ as, db, cast, clock, vigie, pin, station, guest }: Stage): Promise<Written> => {
  const [maelle, yann, camille, nadia] = await Promise.all([
    as('maelle'),
    as('yann'),
    as('camille'),
    as('nadia'),
  ]);
  await maelle.ask('POST', '/kerlann/voirie/tickets', { fields: POTHOLE }, { 'idempotency-key': 'one' });
  await yann.ask('POST', '/kerlann/voirie/tickets', { fields: POTHOLE });
  await takeOrder(camille, { summary: 'canari-contenu', note: 'canari-remarque' });
  await takeFilm(camille, 'A-0001', 'c41', 'canari-film');
  await camille.ask(
    'POST',
    '/argentique/atelier/tickets/A-0001/comments',
    { text: 'canari-parole' },
    { 'idempotency-key': 'two' },
  );
  await keyFor(db, cast.maelle.organisationId, { app: 'voirie', role: 'clerk', site: null }, clock.now());
  const key = await nadia.ask<{ id: string }>('POST', '/argentique/keys', {
    app: 'atelier',
    role: 'counter',
    site: 'lille',
    name: 'canari-clé',
  });
  // Rights are reviewed, somebody leaves, a file is taken out.
  await nadia.ask('POST', '/argentique/reviews');
  const { body: passing } = await nadia.ask<{ id: string }>('POST', '/argentique/members', {
    name: 'canari-partie',
    email: 'partie@argentique.example',
  });
  await nadia.ask('POST', `/argentique/members/${passing.id}/leaving`, {});
  await nadia.ask('GET', '/argentique/atelier/export.csv');
  await pin('theo');
  await station('nadia', { app: 'atelier', steps: ['taken'], name: 'canari-poste' });
  await guest('camille', { app: 'atelier', reference: 'A-0001', role: 'customer' });
  const form = (organisation: string, app: string, hand: Hand) =>
    fetch(`${vigie.url}/forms/api/v1/${organisation}/${app}/tickets`, {
      method: 'POST',
      redirect: 'manual',
      headers: { origin: vigie.url, cookie: hand.cookie },
      body: new URLSearchParams({ 'text.note': 'canari-brouillon', _back: '/x' }),
    });
  await nadia.ask('POST', '/argentique/deletion', { slug: 'argentique' });
  await form('kerlann', 'voirie', maelle);
  const refused = await form('argentique', 'atelier', camille);
  await vigie.settled();
  return {
    draft: new URL(refused.headers.get('location') ?? '', vigie.url).searchParams.get('draft') ?? '',
    keyId: key.body.id,
  };
};

interface Table {
  readonly name: string;
  readonly kind: 'r' | 'v';
}

/** Everything that holds rows of organisations, as the catalogue has it. */
const tenantTables = async ({ db }: Stage): Promise<readonly Table[]> => db.owner<Table[]>`
  select c.relname as name, c.relkind::text as kind from pg_class c
  join pg_attribute a on a.attrelid = c.oid and a.attname = 'organisation_id' and not a.attisdropped
  where c.relkind in ('r', 'p', 'v', 'm') and c.relnamespace = 'public'::regnamespace order by 1`;

/** Every table has rows of both: where the work above left none of one, those of the other are copied. */
const fillBoth = async ({ db, cast }: Stage, tables: readonly Table[]): Promise<void> => {
  const [a, b] = [cast.maelle.organisationId, cast.nadia.organisationId];
  const [event] = await db.owner<{ id: string }[]>`select id from event limit 1`;
  await db.owner.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`insert into event_unordered (organisation_id, event_id) values (${a}, ${event?.id ?? ''})`;
    await tx`insert into read_trace_ticket (organisation_id, ticket_id, read_id) values (${a}, ${event?.id ?? ''}, ${event?.id ?? ''})`;
    await tx`insert into log_set_aside (organisation_id, consumer, seq, event_id, error, at) values (${a}, 'words', 1, ${event?.id ?? ''}, 'x', now())`;
    await tx`insert into organisation_setting (organisation_id) values (${a})`;
    await tx`insert into passkey (organisation_id, id, member_id, credential_id, public_key, counter, party, name, device_bound, backed_up, created_at)
      values (${a}, ${randomUUID()}, ${cast.maelle.id}, 'x', 'x', 0, 'localhost', 'x', true, false, now())`;
    await tx`insert into passkey_challenge (organisation_id, challenge, purpose, expires_at) values (${a}, 'x', 'sign-in', now())`;
    await tx`insert into openid_identity (organisation_id, id, member_id, provider, issuer, subject, linked_at)
      values (${a}, ${randomUUID()}, ${cast.maelle.id}, 'desk', 'https://desk.example', 'canari', now())`;
    await tx`insert into openid_attempt (organisation_id, secret_hash, provider, purpose, next, created_at, expires_at)
      values (${a}, 'x', 'desk', 'sign-in', '/', now(), now())`;
    await fillVault(tx, a, cast.maelle.id);
    for (const { name, kind } of tables) {
      if (kind !== 'r') continue;
      for (const [from, to] of [
        [a, b],
        [b, a],
      ] as const) {
        const [count] = await tx<
          { count: number }[]
        >`select count(*)::int as count from ${tx(name)} where organisation_id = ${to}`;
        if (count?.count) continue;
        await tx`
          insert into ${tx(name)} select (jsonb_populate_record(t, jsonb_build_object('organisation_id', ${to}::text))).*
          from ${tx(name)} t where organisation_id = ${from}`;
      }
      for (const one of [a, b]) {
        const rows = await tx`select 1 from ${tx(name)} where organisation_id = ${one}`;
        assert.ok(rows.length > 0, `${name} has no row: do something in this test that writes one`);
      }
    }
  });
};

/** What stands in the rows of an organisation, table by table. */
const contentsOf = async (
  { db }: Stage,
  tables: readonly Table[],
  organisationId: string,
): Promise<Record<string, string>> => {
  const contents: Record<string, string> = {};
  for (const { name } of tables.filter(({ kind }) => kind === 'r')) {
    const [row] = await db.owner<{ hash: string }[]>`
      select count(*) || ' ' || md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as hash
      from ${db.owner(name)} t where organisation_id = ${organisationId}`;
    contents[name] = row?.hash ?? '';
  }
  return contents;
};

/** How PostgreSQL ends a statement: the number of rows, or the code of its refusal. */
const outcome = async (made: Promise<{ readonly count: number }>): Promise<number | string> => {
  try {
    return (await made).count;
  } catch (error) {
    return (error as { readonly code: string }).code;
  }
};

const REFUSED = '42501';

/** Looks at every table before it fails, and says a line of each that is open. */
const lookout = (t: TestContext) => {
  const found: string[] = [];
  const see = (table: string, isShut: boolean, why: string): void => {
    if (isShut) return;
    found.push(`${table}: ${why}`);
    t.diagnostic(`open: ${table} · ${why}`);
  };
  return { found, see };
};

// asvs 8.4.1
test('with the engine out of the way, an organisation neither reads, writes, changes nor deletes a row of another, in any table', async (t) => {
  const scene = await stage(t, { at: TUESDAY, vault: true });
  await work(scene);
  const tables = await tenantTables(scene);
  assert.ok(tables.length >= 22, 'the catalogue was read');
  // Nothing follows from what is written past the server.
  await scene.vigie.stop();
  await fillBoth(scene, tables);
  const { db, cast } = scene;
  const [own, other] = [cast.maelle.organisationId, cast.nadia.organisationId];
  const before = await contentsOf(scene, tables, other);
  const { found, see } = lookout(t);
  for (const { name, kind } of tables) {
    const as = (text: string, parameters: readonly string[] = []) =>
      outcome(asOrganisation(db, own, (tx) => tx.unsafe(text, parameters as string[])));
    const whose = await asOrganisation(
      db,
      own,
      (tx) => tx`select distinct organisation_id as id from ${tx(name)}`,
    );
    see(name, isDeepStrictEqual([...whose], [{ id: own }]), 'reads more than its own');
    see(
      name,
      (await as(`select 1 from ${name} where organisation_id = $1`, [other])) === 0,
      'reads the other’s',
    );
    if (kind === 'v') {
      for (const text of [`update ${name} set organisation_id = organisation_id`, `delete from ${name}`])
        see(name, (await as(text)) === REFUSED, 'a view is for reading');
      continue;
    }
    const copied = `insert into ${name} select (jsonb_populate_record(t, jsonb_build_object('organisation_id', $1::text))).* from ${name} t limit 1`;
    see(name, (await as(copied, [other])) === REFUSED, 'writes there');
    see(
      name,
      (await as(`update ${name} set organisation_id = $1`, [other])) === REFUSED,
      'gives something away',
    );
    for (const text of [
      `update ${name} set organisation_id = organisation_id where organisation_id = $1`,
      `update ${name} set organisation_id = '${own}' where organisation_id = $1`,
      `delete from ${name} where organisation_id = $1`,
    ])
      see(name, [0, REFUSED].includes(await as(text, [other])), text);
    see(name, (await as(`truncate ${name} cascade`)) === REFUSED, 'empties it');
  }
  assert.deepEqual(found, []);
  assert.deepEqual(await contentsOf(scene, tables, other), before);
});

// asvs 8.4.1
test('without an organisation, every table refuses; and row-level security is forced, with the organisation first in every key', async (t) => {
  const scene = await stage(t, { at: TUESDAY, vault: true });
  await work(scene);
  const tables = await tenantTables(scene);
  await scene.vigie.stop();
  await fillBoth(scene, tables);
  const { db, cast } = scene;
  const { found, see } = lookout(t);
  const refuses = (asked: Promise<unknown>): Promise<boolean> =>
    asked.then(
      () => false,
      (error: unknown) => /vigie\.organisation|uuid/u.test(String(error)),
    );
  for (const { name } of tables) {
    see(name, await refuses(db.app`select * from ${db.app(name)}`), 'is read for nobody');
    // The connection has just worked for somebody: nothing of that is left on it.
    await asOrganisation(db, cast.nadia.organisationId, (tx) => tx`select 1`);
    see(
      name,
      await refuses(db.app.begin((tx) => tx`select * from ${tx(name)}`)),
      'is read for who was there before',
    );
  }
  const walls = await db.owner<{ name: string; forced: boolean; key: string | null }[]>`
    select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as forced,
      (select a.attname from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
        where i.indrelid = c.oid and i.indisprimary) as key
    from pg_class c where c.relname = any(${tables.filter(({ kind }) => kind === 'r').map(({ name }) => name)}) and c.relnamespace = 'public'::regnamespace`;
  for (const { name, forced, key } of walls) {
    see(name, forced, 'row-level security is not forced');
    // The roles of a member may be for every site, so their key is a unique constraint.
    if (name !== 'member_role')
      see(name, key === 'organisation_id', 'the organisation is not first in its key');
  }
  assert.deepEqual(found, []);
  const unique = await db.owner<{ name: string }[]>`
    select i.indexrelid::regclass::text as name from pg_index i join pg_class c on c.oid = i.indrelid
    join pg_attribute o on o.attrelid = c.oid and o.attname = 'organisation_id'
    where i.indisunique and i.indkey[0] <> o.attnum and c.relnamespace = 'public'::regnamespace`;
  assert.deepEqual([...unique], [], 'nothing is unique across organisations');
  const shared = await db.owner<{ name: string }[]>`
    select c.relname as name from pg_class c where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
      and not exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'organisation_id') order by 1`;
  assert.deepEqual(
    shared.map(({ name }) => name),
    ['definition', 'limit_bucket', 'limit_salt', 'migration', 'organisation', 'shelf_to_clear'],
    'the few tables that are nobody’s own',
  );
});

test('the role that works across organisations reads the order of the log and when to wake, and nothing of what is in a ticket', async (t) => {
  const scene = await stage(t);
  const { db, cast } = scene;
  const readable = await db.owner<{ name: string; columns: string[] }[]>`
    select c.relname as name, array_agg(a.attname::text order by a.attname) as columns
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'v') and has_column_privilege('vigie_system', c.oid, a.attnum, 'select')
    group by 1 order by 1`;
  assert.deepEqual(Object.fromEntries(readable.map(({ name, columns }) => [name, columns.join(' ')])), {
    definition: 'app body created_at hash',
    deletion: 'delete_at organisation_id',
    event_order: 'event_id organisation_id seq',
    event_unordered: 'event_id organisation_id position',
    log_cursor: 'consumer organisation_id seq',
    log_head: 'organisation_id seq',
    organisation: 'created_at id locale name slug url',
    ticket: 'id organisation_id wake_at',
  });
  const writable = await db.owner<{ name: string }[]>`
    select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'v')
      and has_table_privilege('vigie_system', c.oid, 'insert, update, delete, truncate') order by 1`;
  assert.deepEqual(
    writable.map(({ name }) => name),
    ['definition', 'event_order', 'event_unordered', 'log_head', 'organisation'],
  );
  for (const text of [
    'select sealed from ticket',
    'select * from contact',
    'select * from session',
    'update ticket set wake_at = now()',
    'delete from organisation',
  ])
    assert.equal(await outcome(db.system.unsafe(text)), REFUSED, text);

  // What only the queue's own role may touch, the work of an organisation may not, and its jobs are its own.
  for (const text of ['select * from graphile_worker.jobs', `select graphile_worker.add_job('erase')`])
    assert.equal(
      await outcome(asOrganisation(db, cast.maelle.organisationId, (tx) => tx.unsafe(text))),
      REFUSED,
      text,
    );
  await scene.vigie.stop();
  const forged = { notice: randomUUID(), organisationId: cast.nadia.organisationId };
  await asOrganisation(
    db,
    cast.maelle.organisationId,
    (tx) => tx`select vigie_add_jobs('notice', ${JSON.stringify([forged])}::text::jsonb)`,
  );
  const [job] = await db.owner<{ payload: { organisationId: string } }[]>`
    select payload from graphile_worker._private_jobs where payload ->> 'notice' = ${forged.notice}`;
  assert.equal(job?.payload.organisationId, cast.maelle.organisationId);
});

interface Route {
  readonly method: string;
  readonly path: string;
  readonly anyone: boolean;
}

/** Every route there is, from what the server says of itself. */
const routesOf = async (hand: Hand): Promise<readonly Route[]> => {
  type Document = {
    readonly paths: Record<string, Record<string, { readonly security?: readonly object[] }>>;
  };
  const { body } = await hand.ask<Document>('GET', '/openapi.json');
  return Object.entries(body.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { security }]) => ({
      method: method.toUpperCase(),
      path,
      anyone: security?.length === 0,
    })),
  );
};

const NAMED = { id: 'eA', rawId: 'eA', type: 'public-key' };
const SIGNED = {
  ...NAMED,
  response: { clientDataJSON: 'eA', authenticatorData: 'eA', signature: 'eA', userHandle: null },
};
const MADE = { ...NAMED, response: { clientDataJSON: 'eA', attestationObject: 'eA' } };

/** Bodies that would do something, were they let in. */
const BODIES: Record<string, object> = {
  '/{organisation}/sign-in-links': { email: 'nobody@example.org' },
  '/{organisation}/sessions': { token: 'x'.repeat(43) },
  '/{organisation}/passkeys/sessions': { credential: SIGNED },
  '/{organisation}/invitations/challenge': { token: 'x'.repeat(43) },
  '/{organisation}/invitations/passkeys': { token: 'x'.repeat(43), credential: MADE },
  '/{organisation}/account/step-up': { credential: SIGNED },
  '/{organisation}/account/passkeys': { credential: MADE },
  '/{organisation}/account/passkeys/{id}': { name: 'intrus' },
  '/{organisation}/members/{id}/invitation': {},
  '/{organisation}/security': { mailLinks: false },
  '/{organisation}/{app}/tickets': {
    fields: { contact: CLAIRE, summary: 'intrus', promised: '2026-03-10T17:00:00+01:00' },
  },
  '/{organisation}/{app}/tickets/{reference}': { version: 1, fields: { note: 'intrus' } },
  '/{organisation}/{app}/tickets/{reference}/comments': { text: 'intrus' },
  '/{organisation}/{app}/tickets/{reference}/assignee': { member: null },
  '/{organisation}/{app}/tickets/{reference}/holder': { holder: null },
  '/{organisation}/{app}/tickets/{reference}/moves/{move}': { comment: 'intrus' },
  '/{organisation}/{app}/moves/{move}': { references: ['A-0001'], comment: 'intrus' },
  '/{organisation}/members': { name: 'Intrus', email: 'intrus@example.org', administrator: true },
  '/{organisation}/members/{id}': { administrator: true, disabled: false },
  '/{organisation}/keys': { app: 'atelier', role: 'owner', name: 'intrus' },
  '/{organisation}/sites': { slug: 'intrus', name: 'Intrus', openingHours: '24/7' },
  '/{organisation}/sites/{slug}': { version: 1, name: 'Intrus' },
  '/{organisation}/station': { code: 'AAAABBBB' },
  '/{organisation}/station/unlock': { member: randomUUID(), pin: '739105' },
  '/{organisation}/stations': { name: 'Intrus', app: 'atelier', steps: ['taken'] },
  // Let in, it is refused for what it is: nothing changes.
  '/{organisation}/me/pin': { pin: '123456' },
  '/{organisation}/{app}/tickets/{reference}/guests': { role: 'customer' },
  '/{organisation}/apps/{app}': { overrides: { title: 'Intrus' } },
};

interface Got {
  readonly route: string;
  readonly status: number;
  readonly text: string;
}

/** Asks every route of the lab, with true names in the path. */
const knock = async (
  { vigie, cast }: Stage,
  routes: readonly Route[],
  { draft, keyId }: Written,
  headers: Record<string, string>,
): Promise<readonly Got[]> =>
  Promise.all(
    routes.map(async ({ method, path }) => {
      const names: Record<string, string> = {
        organisation: 'argentique',
        app: 'atelier',
        reference: 'A-0001',
        move: 'cancel',
        slug: 'lille',
        consumer: 'words',
        seq: '1',
        provider: 'desk',
        attempt: 'canari',
        token: 'canari',
        file: randomUUID(),
        deposit: randomUUID(),
        link: randomUUID(),
        id: path.includes('/keys/') ? keyId : path.includes('/drafts/') ? draft : cast.camille.id,
      };
      const real = path.replaceAll(
        /\{(\w+)\}/gu,
        (_, name: string) => names[name] ?? assert.fail(`a new parameter: ${name}`),
      );
      const response = await fetch(`${vigie.url}/api/v1${real}${method === 'GET' ? '?q=canari' : ''}`, {
        method,
        headers: {
          origin: vigie.url,
          'last-event-id': '0',
          ...(method !== 'GET' && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(!['GET', 'DELETE'].includes(method) && { body: JSON.stringify(BODIES[path] ?? {}) }),
      });
      const route = `${method} ${path}`;
      if (response.headers.get('content-type')?.includes('event-stream') !== true)
        return {
          route,
          status: response.status,
          text: (await response.text()) + JSON.stringify([...response.headers]),
        };
      // A stream does not end by itself: what it says in a moment is what it says.
      const said: string[] = [];
      const reader = response.body?.getReader();
      const timer = setTimeout(() => void reader?.cancel(), 400);
      for (let part = await reader?.read(); part && !part.done; part = await reader?.read())
        said.push(Buffer.from(part.value).toString());
      clearTimeout(timer);
      return { route, status: response.status, text: said.join('') };
    }),
  );

const tellsNothing = (who: string, got: readonly Got[], secrets: readonly string[]): void => {
  for (const { route, text } of got)
    for (const secret of secrets)
      assert.equal(text.includes(secret), false, `${who}: ${route} says ${secret}`);
};

const opened = (got: readonly Got[]): readonly string[] =>
  got
    .filter(({ status }) => ![401, 403, 404].includes(status))
    .map(({ route, status }) => `${route} ${status}`)
    .toSorted();

/** What whoever has its secret gets, and nobody else knows to be there. */
const BY_SECRET = [
  'GET /{organisation}/drafts/{id}',
  'GET /{organisation}/openid/arrivals/{attempt}',
  'POST /{organisation}/openid/arrivals/{attempt}',
  'GET /{organisation}/openid/attempts/{attempt}',
  'GET /{organisation}/openid/{provider}/start',
];

/** By what one may come in, and what is asked of who tries. */
const OPEN_TO_ALL = [
  // To the page that says what happened; what is wrong in an invitation is said before whose it is.
  'GET /openid/{provider}/callback 200',
  'GET /{organisation}/openid/leave 200',
  'GET /{organisation}/openid/providers 200',
  'POST /{organisation}/openid/{provider}/invitation 400',
  'GET /session 200',
  'GET /{organisation}/doors 200',
  'GET /{organisation}/station 200',
  // With what one verifies a statement of ours, whoever has it.
  'GET /{organisation}/receipts/key.txt 200',
  'GET /{organisation}/receipts/verify-receipt.mjs 200',
  'POST /{organisation}/passkeys/challenge 201',
  'POST /{organisation}/sign-in-links 202',
];

// asvs 1.2.4 8.2.1 8.2.2 8.3.1 8.4.1
test('whoever is not of the lab gets through no door of it, reads no byte of it, and changes nothing', async (t) => {
  const scene = await stage(t, { at: TUESDAY, vault: true });
  const { as, db, cast, clock, stranger } = scene;
  const written = await work(scene);
  assert.ok((await tablesWith(db, 'canari-brouillon')).includes('public.draft'));
  const routes = await routesOf(stranger);
  assert.ok(routes.length >= 35, `${routes.length} routes were found`);
  const [maelle, yann] = await Promise.all([as('maelle'), as('yann')]);
  const key = await keyFor(
    db,
    cast.maelle.organisationId,
    { app: 'voirie', role: 'clerk', site: null },
    clock.now(),
  );
  const [, secret = ''] = yann.cookie.split('=');
  const [ownKey = '', ownSecret = ''] = [cast.maelle.organisationId, cast.nadia.organisationId].map((id) =>
    id.replaceAll('-', ''),
  );
  const callers: Record<string, Record<string, string>> = {
    nobody: {},
    'the administrator of another organisation': { cookie: maelle.cookie },
    'somebody of another organisation': { cookie: yann.cookie },
    'their session under our cookie': { cookie: `vigie-argentique=${secret}` },
    'a key of another organisation': { authorization: `Bearer ${key}` },
    'their key under our name': { authorization: `Bearer ${key.replace(ownKey, ownSecret)}` },
    'a key that is none, beside a session': { authorization: 'Bearer vigie_x', cookie: yann.cookie },
    'somebody who tries SQL': {
      authorization: `Bearer ' or true --`,
      cookie: `vigie-argentique=' or '1'='1`,
    },
  };
  // What is asked of who tries to come in is written down, and forgotten; the others are kept by chores, at their hours.
  const others = ['passkey_challenge', 'lexicon', 'word', 'vault_care'];
  const tables = (await tenantTables(scene)).filter(({ name }) => !others.includes(name));
  const before = await contentsOf(scene, tables, cast.nadia.organisationId);
  for (const [who, headers] of Object.entries(callers)) {
    const got = await knock(scene, routes, written, headers);
    tellsNothing(who, got, [...CANARIES, ...OF_THE_HOUSE]);
    assert.deepEqual(opened(got), OPEN_TO_ALL.toSorted(), who);
    for (const { route, status } of got)
      if (
        !OPEN_TO_ALL.some((open) => open.startsWith(`${route} `)) &&
        // What has to be named exactly is told to be nowhere.
        !BY_SECRET.includes(route)
      )
        assert.equal(status, 401, `${who}: ${route}`);
  }
  await scene.vigie.settled();
  assert.deepEqual(await contentsOf(scene, tables, cast.nadia.organisationId), before);
});

// asvs 8.2.1 8.2.2 8.3.1 15.3.1
test('somebody of the lab without any role, and a key of another of its apps, read nothing of its orders', async (t) => {
  const scene = await stage(t, { at: TUESDAY, vault: true });
  const { as, db, cast, clock, stranger, vigie } = scene;
  const written = await work(scene);
  const routes = await routesOf(stranger);
  const nadia = await as('nadia');
  const { body: added } = await nadia.ask<{ id: string }>('POST', '/argentique/members', {
    name: 'Stagiaire',
    email: 'stagiaire@argentique.example',
  });
  const { body: link } = await nadia.ask<{ url: string }>(
    'POST',
    `/argentique/members/${added.id}/sign-in-link`,
  );
  const entered = await stranger.ask('POST', '/argentique/sessions', { token: link.url.split('/').at(-1) });
  const cookie = entered.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  const key = await keyFor(
    db,
    cast.nadia.organisationId,
    { app: 'travail', role: 'bench', site: 'wattignies' },
    clock.now(),
  );
  const house = [
    'GET /{organisation}',
    'GET /{organisation}/home',
    'GET /{organisation}/members',
    'GET /{organisation}/search',
    'GET /{organisation}/sites',
    'GET /{organisation}/stream',
    'GET /{organisation}/tickets',
  ];
  const kept: readonly Table[] = [
    'ticket',
    'event',
    'member',
    'member_role',
    'site',
    'installed_app',
    'contact',
  ].map((name) => ({ name, kind: 'r' }));
  const expected = [...house.map((route) => `${route} 200`), ...OPEN_TO_ALL];
  const own = [
    'DELETE /{organisation}/account/sessions 204',
    'GET /{organisation}/account 200',
    'GET /{organisation}/account/notices 200',
    'GET /{organisation}/account/passkeys 200',
    'GET /{organisation}/me/links 200',
    'GET /{organisation}/me/pin 200',
    'GET /{organisation}/openid/identities 200',
    'PUT /{organisation}/me/pin 422',
    'POST /{organisation}/account/step-up/challenge 201',
    'GET /{organisation}/account/sealed-keys 200',
    'GET /{organisation}/sealed 200',
    'POST /{organisation}/account/sealed-keys 400',
    'POST /{organisation}/account/sealed-keys/{id}/locks 400',
    'PUT /{organisation}/members/{id}/sealed-pin 400',
    'PUT /{organisation}/sealed/escrow/pin 400',
  ];
  // Who works there brings files, which are nobody's until a ticket takes them; what is no tus is said to be none.
  const brings = [
    'OPTIONS /{organisation}/uploads 204',
    'POST /{organisation}/uploads 412',
    'PATCH /{organisation}/uploads/{id} 412',
    'DELETE /{organisation}/uploads/{id} 412',
  ];
  for (const [who, headers, more] of [
    ['a member without a role', { cookie }, [...own, 'DELETE /{organisation}/sessions/current 204']],
    [
      'a key of another app and another shop',
      { authorization: `Bearer ${key}` },
      ['DELETE /{organisation}/sessions/current 204'],
    ],
  ] as const) {
    const before = await contentsOf(scene, kept, cast.nadia.organisationId);
    // Signing out is last: it works, and ends what it is asked with; once out, one cannot also leave the provider.
    // That somebody had a file looked at is an event of its own.
    const out = [
      '/{organisation}/sessions/current',
      '/{organisation}/openid/sign-out',
      '/{organisation}/sealed/check',
    ];
    const rest = routes.filter(({ path }) => !out.includes(path));
    const got = [
      ...(await knock(scene, rest, written, headers)),
      ...(await knock(
        scene,
        routes.filter(({ path }) => path === out[0]),
        written,
        headers,
      )),
    ];
    tellsNothing(who, got, CANARIES);
    assert.deepEqual(opened(got), [...expected, ...brings, ...more].toSorted(), who);
    const stream = got.find(({ route }) => route.endsWith('/stream'));
    assert.match(stream?.text ?? '', /event: hello/u);
    assert.doesNotMatch(stream?.text ?? '', /event: ticket/u, 'nothing of what they do not see is told');
    await vigie.settled();
    assert.deepEqual(await contentsOf(scene, kept, cast.nadia.organisationId), before, who);
  }
});

// asvs 8.2.2 8.2.3 15.3.1
test('who sees the jobs and not the orders is told nothing of an order beyond its number', async (t) => {
  const scene = await stage(t, { at: TUESDAY, vault: true });
  const { db, cast, clock, withKey } = scene;
  await work(scene);
  const bench = withKey(
    await keyFor(db, cast.nadia.organisationId, { app: 'travail', role: 'bench', site: null }, clock.now()),
  );
  const film = await bench.ask('GET', '/argentique/travail/tickets/A-0001-1');
  assert.equal(film.status, 200);
  assert.deepEqual(film.body.holder, { reference: 'A-0001', app: 'atelier' });
  const texts = await Promise.all(
    ['/tickets/A-0001-1/events', '/tickets?holder=A-0001', '/board'].map((path) =>
      bench.ask('GET', `/argentique/travail${path}`),
    ),
  );
  for (const { status, body } of texts) {
    assert.equal(status, 200, JSON.stringify(body));
    for (const secret of ['Vandewalle', 'canari-contenu', 'canari-remarque', 'canari-parole'])
      assert.equal(JSON.stringify(body).includes(secret), false);
  }
});
