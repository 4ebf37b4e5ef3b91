import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import voirie from '../../apps/voirie/app.ts';
import { openHouses } from '../../src/organisations/index.ts';
import { authenticate } from '../../src/people/index.ts';
import { setStage } from '../harness/cast.ts';
import { temporaryFolder } from '../harness/cluster.ts';
import { testDatabase, type TestDatabase } from '../harness/database.ts';
import { run, type Ran } from './run.ts';

const MAP = new URL('../../apps/voirie/311-map.json', import.meta.url).pathname;
const REQUESTS = readFileSync(new URL('../fixtures/requests.csv', import.meta.url));

interface Desk {
  readonly db: TestDatabase;
  readonly folder: string;
  readonly vigie: (...words: string[]) => Promise<Ran>;
}

/** A database with both organisations, and an administrator's terminal beside it. */
const desk = async (t: TestContext): Promise<Desk> => {
  const db = await testDatabase(t);
  await setStage(db, Date.now());
  const folder = temporaryFolder('vigie-cli-', t);
  const environment = { DATABASE_URL: db.url, VIGIE_DATA: join(folder, 'data') };
  return { db, folder, vigie: (...words) => run(words, environment) };
};

const json = ({ out }: Ran): unknown => JSON.parse(out);

const KERLANN = ['--organisation', 'kerlann'] as const;

test('whoever has the machine in hand invites the lone administrator who lost their passkey, and it is written down', async (t) => {
  const { db, vigie } = await desk(t);
  const made = await vigie('invite', 'MAELLE@kerlann.example', ...KERLANN);
  assert.equal(made.exit, 0, made.err);
  assert.match(made.out, /^http:\/\/localhost:3000\/kerlann\/invitation\/[\w-]{43}\n$/u);
  const deeds = await db.owner<{ type: string; kind: string }[]>`
    select type, actor ->> 'kind' as kind from event where ticket_id is null`;
  assert.deepEqual([...deeds], [{ type: 'invited', kind: 'system' }]);
  const nobody = await vigie('invite', 'nadia@argentique.example', ...KERLANN);
  assert.deepEqual([nobody.exit, nobody.out], [1, '']);
});

test('a key is made alone on standard output, works as its role, is listed without its secret, and is revoked', async (t) => {
  const { db, vigie } = await desk(t);
  const made = await vigie(
    'key',
    'create',
    ...KERLANN,
    '--app',
    'voirie',
    '--role',
    'clerk',
    '--expires',
    '90d',
    '--site',
    'mairie',
  );
  assert.equal(made.exit, 0);
  assert.match(made.out, /^vigie_[0-9a-f]{32}_[\w-]{43}\n$/u);
  assert.equal(made.err, '');
  const house = await openHouses(db).bySlug('kerlann');
  assert.ok(house);
  const present = (now: number) =>
    authenticate(
      db,
      house,
      { authorization: `Bearer ${made.out.trim()}`, cookie: undefined, acceptLanguage: undefined },
      now,
    );
  assert.equal((await present(Date.now()))?.actor.grants[0]?.role, 'clerk');
  assert.equal(await present(Date.now() + 91 * 86_400_000), null);

  const { keys } = json(await vigie('key', 'list', ...KERLANN, '--json')) as {
    keys: { id: string; name: string; site: string }[];
  };
  assert.deepEqual(
    keys.map(({ name, site }) => ({ name, site })),
    [{ name: 'voirie clerk', site: 'mairie' }],
  );
  assert.doesNotMatch(JSON.stringify(keys), new RegExp(made.out.trim().slice(-20), 'u'));
  assert.match((await vigie('key', 'list', ...KERLANN)).out, /voirie clerk  voirie  clerk  mairie/u);

  const id = keys[0]?.id ?? '';
  assert.equal((await vigie('key', 'revoke', id, ...KERLANN)).exit, 0);
  assert.equal(await present(Date.now()), null);
  assert.equal((await vigie('key', 'revoke', id, ...KERLANN)).exit, 1);
});

test('a key of the command line is the installation’s, for a year, or for ever when that is what is written', async (t) => {
  const { vigie } = await desk(t);
  const make = (...more: string[]) =>
    vigie('key', 'create', ...KERLANN, '--app', 'voirie', '--role', 'clerk', '--json', ...more);
  const { expires } = json(await make()) as { expires: string };
  const days = (Date.parse(expires) - Date.now()) / 86_400_000;
  assert.ok(days > 364 && days < 367, `${days} days`);
  assert.equal((json(await make('--expires', 'never')) as { expires: string | null }).expires, null);
  assert.match((await vigie('key', 'list', ...KERLANN)).out, /installation/u);
});

test('a key for what does not exist is refused with what there is', async (t) => {
  const { vigie } = await desk(t);
  const refused = async (...words: string[]): Promise<string> => {
    const { exit, out, err } = await vigie('key', 'create', ...words);
    assert.deepEqual([exit, out], [words.includes('--expires') ? 2 : 1, '']);
    return err;
  };
  assert.match(
    await refused('--organisation', 'nope', '--app', 'voirie', '--role', 'clerk'),
    /There is: argentique, kerlann/u,
  );
  assert.match(await refused(...KERLANN, '--app', 'nope', '--role', 'clerk'), /"nope" is not installed/u);
  assert.match(await refused(...KERLANN, '--app', 'voirie', '--role', 'king'), /Roles: clerk, crew, mayor/u);
  assert.match(
    await refused(...KERLANN, '--app', 'voirie', '--role', 'clerk', '--expires', 'soon'),
    /write 90d/u,
  );
});

test('requests are imported, wrong rows told with line and reason and kept to be corrected, and twice is once', async (t) => {
  const { db, folder, vigie } = await desk(t);
  const file = join(folder, 'requests.csv');
  writeFileSync(file, REQUESTS);
  const first = await vigie('import', 'voirie', file, '--map', MAP, ...KERLANN);
  assert.equal(first.exit, 1);
  assert.match(
    first.out,
    /^4 imported, 0 already there, 6 rejected, to be corrected in .*requests\.csv\.rejected\.csv\n$/u,
  );
  assert.match(first.err, /^line 5: type_id "99" is not in the table of the map$/mu);
  assert.match(first.err, /^line 6: same srnumber as line 2$/mu);

  const rejected = readFileSync(`${file}.rejected.csv`, 'utf8');
  assert.match(rejected, /^\ufeffline,reason,request_id,srnumber/u);
  assert.equal(statSync(`${file}.rejected.csv`).mode & 0o077, 0);
  const again = json(await vigie('import', 'voirie', file, '--map', MAP, ...KERLANN, '--json'));
  assert.deepEqual(again, { imported: 0, known: 4, rejected: 6, rejectedFile: `${file}.rejected.csv` });

  // Corrected, the rejected rows are imported in their turn, from the file that holds them.
  const corrected = join(folder, 'corrected.csv');
  writeFileSync(corrected, rejected.replace(',99,', ',1,').replace('434.98', '34.98'));
  const second = json(await vigie('import', 'voirie', corrected, '--map', MAP, ...KERLANN, '--json')) as {
    imported: number;
  };
  assert.equal(second.imported, 2);
  const [row] = await db.owner`select count(*)::int as count from ticket`;
  assert.equal(row?.['count'], 6);
  const [known] = await db.owner`select reltuples::int as rows from pg_class where relname = 'ticket'`;
  assert.equal(known?.['rows'], 6, 'the planner knows what the table holds');
});

test('where rejected rows cannot be kept, the others are imported, and it is said', async (t) => {
  const { db, folder, vigie } = await desk(t);
  const file = join(folder, 'requests.csv');
  writeFileSync(file, REQUESTS);
  const nowhere = join(folder, 'no', 'such', 'folder.csv');
  const { exit, err } = await vigie(
    'import',
    'voirie',
    file,
    '--map',
    MAP,
    ...KERLANN,
    '--rejected',
    nowhere,
  );
  assert.equal(exit, 1);
  assert.match(err, /could not be kept .*Say where: --rejected FILE/u);
  const [row] = await db.owner`select count(*)::int as count from ticket`;
  assert.equal(row?.['count'], 4);
});

test('an import that is all right leaves no file of rejected rows, not even an old one', async (t) => {
  const { folder, vigie } = await desk(t);
  const file = join(folder, 'right.csv');
  const [header = '', right = ''] = REQUESTS.toString('utf8').split('\r\n');
  writeFileSync(file, `${header}\n${right}\n`);
  writeFileSync(`${file}.rejected.csv`, 'of last time');
  const { exit, out, err } = await vigie('import', 'voirie', file, '--map', MAP, ...KERLANN);
  assert.deepEqual([exit, out, err], [0, '1 imported, 0 already there, 0 rejected\n', '']);
  assert.equal(existsSync(`${file}.rejected.csv`), false);
});

test('a map or a file that is wrong is refused before any row is read', async (t) => {
  const { folder, vigie } = await desk(t);
  const file = join(folder, 'other.csv');
  writeFileSync(file, 'a,b\n1,2\n');
  const refused = async (...words: string[]): Promise<string> => {
    const { exit, err } = await vigie('import', ...words, ...KERLANN);
    assert.equal(exit, 1);
    return err;
  };
  assert.match(await refused('voirie', file, '--map', MAP), /source\.key: There is no column `srnumber`/u);
  assert.match(await refused('voirie', join(folder, 'nope.csv'), '--map', MAP), /nope\.csv cannot be read/u);
  assert.match(await refused('voirie', file, '--map', file), /other\.csv: /u);
  assert.match(
    await refused('atelier', file, '--map', MAP),
    /does not use the app "atelier"\. It uses: voirie/u,
  );
});

// asvs 1.2.10
test('an export has every ticket, no sealed field unless asked for, and no cell that is a formula', async (t) => {
  const { folder, vigie } = await desk(t);
  const file = join(folder, 'requests.csv');
  writeFileSync(file, REQUESTS);
  await vigie('import', 'voirie', file, '--map', MAP, ...KERLANN);
  const { exit, out } = await vigie('export', 'voirie', ...KERLANN);
  assert.equal(exit, 0);
  const [header = '', ...rows] = out.split('\n');
  assert.match(header, /^\ufeffreference,step,site/u);
  assert.doesNotMatch(header, /reporter/u);
  assert.equal(rows.filter((row) => row.startsWith('V-20')).length, 4);
  assert.doesNotMatch(out, /(?:^|,)"?=/mu);

  const path = join(folder, 'all', 'voirie.csv');
  const saved = await vigie('export', '--all', join(folder, 'all'), ...KERLANN, '--sealed');
  assert.equal(saved.out, `${path}\n`);
  assert.match(readFileSync(path, 'utf8').split('\n')[0] ?? '', /reporter/u);
  assert.equal(statSync(path).mode & 0o077, 0);
});

test('a plan says what changes, for how many tickets, and installs what loses nothing', async (t) => {
  const { db, folder, vigie } = await desk(t);
  const file = join(folder, 'requests.csv');
  writeFileSync(file, REQUESTS);
  await vigie('import', 'voirie', file, '--map', MAP, ...KERLANN);
  const planned = async (definition: object, ...words: string[]): Promise<Ran> => {
    const path = join(folder, 'voirie.json');
    writeFileSync(path, JSON.stringify(definition));
    return vigie('plan', path, ...KERLANN, ...words);
  };
  const same = await vigie('plan', 'voirie', ...KERLANN);
  assert.deepEqual([same.exit, same.out], [0, 'It is this version already.\n']);

  const { received, ...steps } = voirie.steps;
  const gone = await planned({ ...voirie, steps: { ...steps, arrived: received } });
  assert.equal(gone.exit, 1);

  const kind = voirie.fields.kind;
  assert.ok(kind.is === 'choice');
  const { dumping, ...kinds } = kind.of;
  const removed = await planned(
    { ...voirie, fields: { ...voirie.fields, kind: { ...kind, of: kinds } } },
    '--apply',
  );
  assert.equal(removed.exit, 1);
  assert.match(removed.out, /\? fields\.kind\.of\.dumping {2}\(needs an answer\)\n {4}1 ticket say/u);
  assert.match(removed.out, /An answer is missing/u);

  const renamed = { ...kinds, tipping: { label: dumping, was: 'dumping' } };
  const rewrite = await planned(
    { ...voirie, fields: { ...voirie.fields, kind: { ...kind, of: renamed } } },
    '--apply',
    '--json',
  );
  assert.equal(rewrite.exit, 0, rewrite.out);
  const { verdict, installed } = json(rewrite) as { verdict: string; installed: boolean };
  assert.deepEqual({ verdict, installed }, { verdict: 'rewrite', installed: true });
  const [followed] = await db.owner`
    select (select count(*)::int from ticket where fields ->> 'kind' = 'tipping' and choices @> '{kind=tipping}') as tickets,
      (select count(*)::int from ticket where fields ->> 'kind' = 'dumping') as stranded,
      (select count(*)::int from event where type = 'migrated' and body -> 'fields' ->> 'kind' = 'tipping') as events`;
  assert.deepEqual({ ...followed }, { tickets: 1, stranded: 0, events: 1 });

  const sealed = await planned(
    {
      ...voirie,
      fields: {
        ...voirie.fields,
        kind: { ...kind, of: renamed },
        note: { is: 'longtext', label: 'Note', sealed: true },
      },
      roles: { ...voirie.roles, clerk: { ...voirie.roles.clerk, reveals: ['reporter', 'note'] } },
    },
    '--apply',
    '--json',
  );
  assert.equal(sealed.exit, 1);
  assert.equal((json(sealed) as { verdict: string }).verdict, 'exposed');

  const { clerk, ...roles } = voirie.roles;
  const safer = JSON.parse(
    JSON.stringify({
      ...voirie,
      fields: { ...voirie.fields, kind: { ...kind, of: renamed } },
      roles: { ...roles, office: { ...clerk, was: 'clerk' } },
    })
      .replaceAll('"clerk"', '"office"')
      .replace('"was":"office"', '"was":"clerk"'),
  ) as object;
  const applied = await planned(safer, '--apply');
  assert.equal(applied.exit, 0, applied.out);
  assert.match(applied.out, /Installed\.\n$/u);
  const [row] = await db.owner`
    select (select count(*)::int from member_role where role = 'office') as office, (select count(*)::int from member_role where role = 'clerk') as clerk,
      (select count(*)::int from ticket where wake_at is not null) as woken`;
  assert.deepEqual({ ...row }, { office: 1, clerk: 0, woken: 1 });
  assert.equal((await planned(safer)).out, 'It is this version already.\n');
});

test('a definition that is wrong is told where, and what to write', async (t) => {
  const { folder, vigie } = await desk(t);
  const path = join(folder, 'wrong.json');
  writeFileSync(path, JSON.stringify({ ...voirie, heading: ['kin'] }));
  const { exit, err } = await vigie('plan', path, ...KERLANN);
  assert.equal(exit, 1);
  assert.match(err, /heading.*did you mean `kind`/u);
});

test('the doctor says that all is well, or what to do for each thing that is not', async (t) => {
  const { db, folder, vigie } = await desk(t);
  mkdirSync(join(folder, 'data'), { mode: 0o700 });
  const well = await vigie('doctor');
  assert.equal(well.exit, 0, well.out);
  assert.match(well.out, /✓ {2}migrations/u);
  assert.match(well.out, /! {2}mail/u);
  assert.match(well.out, /All is well\.\n$/u);

  await db.owner`update migration set name = '9999_from_later.sql' where number = 1`;
  const ill = await vigie('doctor', '--json');
  assert.equal(ill.exit, 1);
  const { findings } = json(ill) as { findings: { check: string; state: string; todo?: string }[] };
  const migrations = findings.find(({ check }) => check === 'migrations');
  assert.equal(migrations?.state, 'problem');
  assert.match(migrations.todo ?? '', /newer Vigie/u);
});

test('the doctor sees what was set aside, what is no longer tried, and a folder that others may write to', async (t) => {
  const { db, folder, vigie } = await desk(t);
  mkdirSync(join(folder, 'data'));
  chmodSync(join(folder, 'data'), 0o777);
  const file = join(folder, 'requests.csv');
  writeFileSync(file, REQUESTS);
  await vigie('import', 'voirie', file, '--map', MAP, ...KERLANN);
  await db.owner`
    insert into log_set_aside (organisation_id, consumer, seq, event_id, error, at)
    select organisation_id, 'notices', 1, id, 'Error: no such role', now() from event limit 1`;
  await db.owner`select graphile_worker.add_job('notice', '{}', max_attempts := 1)`;
  await db.owner`update graphile_worker._private_jobs set attempts = 1, last_error = 'no route to host'`;
  const { exit, out } = await vigie('doctor');
  assert.equal(exit, 1);
  assert.match(out, /✗ {2}data/u);
  assert.match(out, /✗ {2}set aside +kerlann: 1 \(notices: Error: no such role\)/u);
  assert.match(out, /queue: The last says: no route to host/u);
  assert.match(out, /! {2}log +no server runs; 8 events wait/u);
  assert.match(out, /3 to be put right\.\n$/u);
});

test('the doctor tells a database that cannot be reached', async () => {
  const { exit, out } = await run(['doctor'], {
    DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/nothing',
    VIGIE_URL: 'http://vigie.example.org',
  });
  assert.equal(exit, 1);
  assert.match(
    out,
    /! {2}address +http:\/\/vigie\.example\.org/u,
    'and an address that anybody may listen to',
  );
  assert.match(out, /✗ {2}postgresql/u);
});
