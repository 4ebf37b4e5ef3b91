import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';

import { readConfig } from '../../src/platform/config.ts';
import { createLogger } from '../../src/platform/logging.ts';
import { up } from '../../src/start.ts';
import { newIdentity } from '../../src/vault/index.ts';
import { cannotAge } from '../harness/age.ts';
import { temporaryFolder } from '../harness/cluster.ts';
import { testDatabase } from '../harness/database.ts';
import { type Album, albumOf } from '../harness/kept.ts';
import { type Stage, stage } from '../harness/vigie.ts';
import { run, type Ran } from './run.ts';

interface Desk extends Album {
  readonly scene: Stage;
  /** A folder of this test. */
  readonly folder: string;
  readonly blobs: () => readonly string[];
  readonly vigie: (...words: string[]) => Promise<Ran>;
}

const desk = async (t: TestContext, at?: string): Promise<Desk> => {
  const scene = await stage(t, at === undefined ? {} : { at });
  const album = await albumOf(scene);
  const environment = { DATABASE_URL: scene.db.url, VIGIE_DATA: album.data, VIGIE_URL: scene.vigie.url };
  const lies = join(album.data, 'vault', album.house.id);
  return {
    ...album,
    scene,
    folder: temporaryFolder('vigie-cli-vault-', t),
    blobs: () =>
      readdirSync(lies, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && !/^(?:key|index-\d+)\.age$/u.test(entry.name))
        .map((entry) => join(entry.parentPath, entry.name)),
    vigie: (...words) => run(['vault', ...words], environment),
  };
};

const codeOf = ({ out }: Ran): string => (JSON.parse(out) as { error: { code: string } }).error.code;

const shell = (command: string, cwd: string) =>
  spawnSync('/bin/sh', ['-ec', command], { cwd, encoding: 'utf8' });

const below = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .toSorted();

/** Three files of an album, one of them twice, one of a person. */
const fill = async ({ open, put }: Album): Promise<string> => {
  const reference = await open({ title: 'Kerlann, 1998', who: 'Loïc Tanguy' });
  await put(reference, 'files', 'été/plage.txt', 'La plage, un dimanche.');
  await put(reference, 'files', 'plage.txt', 'La plage, un dimanche.');
  await put(reference, 'files', 'été/plage.xmp', '<x:xmpmeta xmlns:x="adobe:ns:meta/"></x:xmpmeta>');
  await put(reference, 'files', '100 % à nous.txt', 'tout');
  await put(reference, 'portraits', 'Loïc.txt', 'un portrait');
  return reference;
};

/** What the server does at its minute, now. */
const index = async ({ scene }: Desk): Promise<void> => {
  await scene.db.owner`select graphile_worker.add_job('files')`;
  for (;;) {
    const [job] = await scene.db.owner`select 1 from graphile_worker.jobs where task_identifier = 'files'`;
    if (!job) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

test('a vault is opened by a command that shows its recovery key once, as text and as a picture', async (t) => {
  const { vigie, scene } = await desk(t);
  const opened = await vigie('open', '--organisation', 'kerlann');
  assert.equal(opened.exit, 0, opened.err);
  const [key = ''] = /AGE-SECRET-KEY-1[0-9A-Z]{58}/u.exec(opened.out) ?? [];
  assert.match(opened.out, /[▀▄█]{10}/u);
  assert.equal(codeOf(await vigie('open', '--organisation', 'kerlann', '--json')), 'vault_already_open');
  const again = await vigie('recovery', '--organisation', 'kerlann', '--json');
  const { recoveryKey } = JSON.parse(again.out) as { recoveryKey: string };
  assert.match(recoveryKey, /^AGE-SECRET-KEY-1/u);
  assert.notEqual(recoveryKey, key);
  const deeds = await scene.db.owner<{ type: string; body: object }[]>`
    select type, body from event where type in ('vault_opened', 'recovery_key_renewed') order by id`;
  assert.deepEqual(
    deeds.map(({ type }) => type),
    ['vault_opened', 'recovery_key_renewed'],
  );
  assert.ok(!JSON.stringify(deeds).includes('SECRET'));
  const told = await scene.db.owner<{ subject: string }[]>`select subject, body from notice order by id`;
  assert.equal(told.length, 2);
  assert.ok(!JSON.stringify(told).includes('SECRET'));
});

test('the state of vaults is shown, and a quota is set in the units of people', async (t) => {
  const here = await desk(t);
  await fill(here);
  assert.equal((await here.vigie('quota', '50GB', '--organisation', 'armoire')).exit, 0);
  assert.equal(
    codeOf(await here.vigie('quota', 'beaucoup', '--organisation', 'armoire', '--json')),
    'bad_size',
  );
  const { out } = await here.vigie('status', '--organisation', 'armoire', '--json');
  const { organisations } = JSON.parse(out) as {
    organisations: { files: number; quota: number; stored: number; places: object[] }[];
  };
  assert.equal(organisations[0]?.quota, 50e9);
  assert.equal(organisations[0]?.files, 5);
  assert.ok(organisations[0].stored > 0);
  const shown = await here.vigie('status');
  assert.match(shown.out, /armoire .*50 GB/u);
  assert.match(shown.out, /kerlann +– /u);
});

test('a round reads everything, exits with 1 on a damaged and a missing file, and says where they are named', async (t) => {
  const here = await desk(t);
  const reference = await fill(here);
  assert.equal((await here.vigie('verify', '--all')).exit, 0);
  const [one = '', two = ''] = here.blobs();
  const bytes = readFileSync(one);
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  writeFileSync(one, bytes);
  const away = readFileSync(two);
  rmSync(two);
  const found = await here.vigie('verify', '--organisation', 'armoire', '--all');
  assert.equal(found.exit, 1);
  assert.match(found.out, new RegExp(`album ${reference} {2}corrupt {2}`, 'u'));
  assert.match(found.out, new RegExp(`album ${reference} {2}missing {2}`, 'u'));
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  writeFileSync(one, bytes);
  writeFileSync(two, away);
  assert.equal((await here.vigie('verify', '--all')).exit, 0, 'put back from a copy, they are whole again');
});

test('a ticket is taken out as a bag that sha256sum and sha512sum find whole, and comes back from it once', async (t) => {
  const here = await desk(t);
  const reference = await fill(here);
  const which = ['--organisation', 'armoire', '--app', 'album', '--reference', reference];
  const bag = join(here.folder, 'bag');
  const done = await here.vigie('export', bag, ...which);
  assert.equal(done.exit, 0, done.err + done.out);
  for (const sum of ['sha256', 'sha512'])
    for (const manifest of ['manifest', 'tagmanifest']) {
      const checked = shell(`${sum}sum -c --quiet ${manifest}-${sum}.txt`, bag);
      assert.equal(checked.status, 0, checked.stdout + checked.stderr);
    }
  assert.deepEqual(below(join(bag, 'data')), [
    'files/files/100 _ à nous.txt',
    'files/files/plage.txt',
    'files/files/été/plage.txt',
    'files/files/été/plage.xmp',
    'files/portraits/Loïc.txt',
    'ticket.csv',
    'ticket.json',
  ]);
  assert.equal(readFileSync(join(bag, 'data/files/files/été/plage.txt'), 'utf8'), 'La plage, un dimanche.');
  assert.equal(statSync(join(bag, 'data/ticket.json')).mode & 0o777, 0o600);
  const ticket = JSON.parse(readFileSync(join(bag, 'data/ticket.json'), 'utf8')) as {
    ticket: { fields: { title: string } };
    events: object[];
  };
  assert.equal(ticket.ticket.fields.title, 'Kerlann, 1998');
  assert.ok(ticket.events.length > 3);
  assert.match(readFileSync(join(bag, 'data/ticket.csv'), 'utf8'), /^title,Titre,"Kerlann, 1998"$|Title/mu);
  assert.equal(codeOf(await here.vigie('export', bag, ...which, '--json')), 'folder_in_use');

  const zip = join(here.folder, 'B.zip');
  assert.equal((await here.vigie('export', zip, ...which, '--no-sealed')).exit, 0);
  assert.equal(spawnSync('unzip', ['-q', zip], { cwd: here.folder }).status, 0);
  assert.equal(shell('sha256sum -c --quiet manifest-sha256.txt', join(here.folder, 'B')).status, 0);
  assert.ok(!below(join(here.folder, 'B')).some((path) => path.includes('portraits')));
  assert.ok(!readFileSync(join(here.folder, 'B/data/ticket.json'), 'utf8').includes('Tanguy'));

  const other = await here.open({ title: 'Retour' });
  const into = [
    '--organisation',
    'armoire',
    '--app',
    'album',
    '--reference',
    other,
    '--field',
    'files',
    '--json',
  ];
  const brought = await here.vigie('import', bag, ...into);
  assert.deepEqual(JSON.parse(brought.out), { added: 5, known: 0, papers: 2 });
  const again = await here.vigie('import', bag, ...into);
  assert.deepEqual(JSON.parse(again.out), { added: 0, known: 5, papers: 2 });
  const { body } = await here.keeper.ask<{ files: { name: string; folder: string }[] }>(
    'GET',
    `/armoire/album/tickets/${other}/files`,
  );
  assert.deepEqual(body.files.map(({ name, folder }) => [folder, name].join('/')).toSorted(), [
    '/100 _ à nous.txt',
    '/Loïc.txt',
    '/plage.txt',
    'été/plage.txt',
    'été/plage.xmp',
  ]);
});

test('a bag that was changed, misses a file, has one too many or leads out is refused, and nothing of it is kept', async (t) => {
  const here = await desk(t);
  const reference = await fill(here);
  const which = ['--organisation', 'armoire', '--app', 'album', '--reference', reference];
  const bag = join(here.folder, 'bag');
  await here.vigie('export', bag, ...which);
  const other = await here.open({ title: 'Retour' });
  const into = [
    '--organisation',
    'armoire',
    '--app',
    'album',
    '--reference',
    other,
    '--field',
    'files',
    '--json',
  ];
  const blobs = here.blobs().length;
  const refused = async (what: string, spoil: (copy: string) => void): Promise<void> => {
    const copy = join(here.folder, 'spoilt');
    cpSync(bag, copy, { recursive: true });
    spoil(copy);
    const { exit, err, out } = await here.vigie('import', copy, ...into);
    assert.deepEqual([exit, codeOf({ exit, err, out })], [1, 'bad_bag'], what);
    assert.match(err, new RegExp(what, 'u'));
    rmSync(copy, { recursive: true });
  };
  await refused('plage.txt: was changed', (copy) =>
    writeFileSync(join(copy, 'data/files/files/plage.txt'), 'x'),
  );
  await refused('plage.txt: is missing', (copy) => rmSync(join(copy, 'data/files/files/plage.txt')));
  await refused('data/extra: is not in the manifest', (copy) => writeFileSync(join(copy, 'data/extra'), 'x'));
  await refused('cannot be read', (copy) =>
    writeFileSync(join(copy, 'manifest-sha256.txt'), `${'0'.repeat(64)}  data/../../etc/passwd\n`),
  );
  await refused('is not a file', (copy) => {
    rmSync(join(copy, 'data/files/files/plage.txt'));
    spawnSync('ln', ['-s', '/etc/passwd', join(copy, 'data/files/files/plage.txt')]);
  });
  await refused('not a BagIt bag', (copy) => rmSync(join(copy, 'bagit.txt')));
  await refused('fetched from elsewhere', (copy) => writeFileSync(join(copy, 'fetch.txt'), ''));
  assert.equal(here.blobs().length, blobs);
  const { body } = await here.keeper.ask<{ files: object[] }>('GET', `/armoire/album/tickets/${other}/files`);
  assert.deepEqual(body.files, []);
  await here.vigie('quota', '1kB', '--organisation', 'armoire');
  assert.equal(codeOf(await here.vigie('import', bag, ...into)), 'vault_full');
  assert.equal(here.blobs().length, blobs);
  const unknown = await here.vigie('import', bag, ...into.slice(0, 6), '--field', 'title', '--json');
  assert.equal(codeOf(unknown), 'unknown_field');
});

test('an organisation is taken out as one bag; what is damaged is named, not passed over', async (t) => {
  const here = await desk(t);
  const reference = await fill(here);
  await here.open({ title: 'Sans fichier' });
  const bag = join(here.folder, 'all');
  const done = await here.vigie('export', bag, '--organisation', 'armoire');
  assert.equal(done.exit, 0, done.err);
  assert.equal(shell('sha512sum -c --quiet manifest-sha512.txt', bag).status, 0);
  assert.ok(below(bag).includes(`data/album/${reference}/files/files/plage.txt`));
  assert.match(readFileSync(join(bag, 'data/album.csv'), 'utf8'), /Sans fichier/u);
  for (const blob of here.blobs()) writeFileSync(blob, 'garbage');
  for (const place of ['hurt', 'hurt.zip']) {
    const hurt = await here.vigie('export', join(here.folder, place), '--organisation', 'armoire');
    assert.equal(hurt.exit, 1);
    assert.match(hurt.out, /corrupt .*Loïc\.txt/u);
  }
  const left = join(here.folder, 'hurt');
  assert.equal(shell('sha256sum -c --quiet manifest-sha256.txt', left).status, 0);
  assert.match(readFileSync(join(left, 'data/not-in-this-bag.csv'), 'utf8'), /Loïc\.txt,corrupt/u);
});

test('with the database and the server gone, the recovery key opens everything under its name, and goes on where it was', async (t) => {
  const here = await desk(t);
  const reference = await fill(here);
  await index(here);
  const vault = join(here.folder, 'vault');
  cpSync(join(here.data, 'vault'), vault, { recursive: true });
  const identity = join(here.folder, 'key.txt');
  // As a person copies it from paper.
  const written = here.recovery.replaceAll(/.{12}/gu, '$& \n').toLowerCase();
  writeFileSync(identity, `# la clé\n${written}\n`);
  const alone = {
    DATABASE_URL: 'postgresql://nobody@localhost:1/none',
    VIGIE_DATA: join(here.folder, 'none'),
  };
  const recover = (from: string, out: string) =>
    run(['vault', 'recover', from, join(here.folder, out), '--identity', identity, '--json'], alone);
  const first = await recover(vault, 'out');
  assert.equal(first.exit, 0, first.err);
  const named = [
    'files/100 % à nous.txt',
    'files/plage.txt',
    'files/été/plage.txt',
    'files/été/plage.xmp',
    'portraits/Loïc.txt',
  ].map((path) => `album/${reference}/${path}`);
  assert.deepEqual(below(join(here.folder, 'out')), named);
  assert.equal(readFileSync(join(here.folder, 'out', named[2] ?? ''), 'utf8'), 'La plage, un dimanche.');

  rmSync(join(here.folder, 'out', named[4] ?? ''));
  const second = JSON.parse((await recover(vault, 'out')).out) as { written: number; there: number };
  assert.deepEqual([second.written, second.there], [1, 3]);
  assert.deepEqual(below(join(here.folder, 'out')), named);

  const lies = join(vault, here.house.id);
  for (const name of readdirSync(lies).filter((one) => one.startsWith('index-'))) rmSync(join(lies, name));
  const bare = await recover(lies, 'bare');
  assert.equal(bare.exit, 0, bare.err);
  const names = below(join(here.folder, 'bare'));
  assert.equal(names.length, 4, 'the same content is kept once');
  for (const name of names) {
    assert.match(name, /^unnamed\/[0-9a-f]{64}\.(?:txt|xml)$/u);
    const sum = spawnSync('sha256sum', [join(here.folder, 'bare', name)], { encoding: 'utf8' }).stdout;
    assert.ok(name.includes(sum.slice(0, 64)));
  }

  // One damaged, one gone: the others come, and it says which do not.
  await index(here);
  cpSync(join(here.data, 'vault'), vault, { recursive: true });
  const blobs = readdirSync(lies, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /^[0-9a-f]{32}\.age$/u.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
  writeFileSync(blobs[0] ?? '', readFileSync(blobs[0] ?? '').subarray(0, -3));
  rmSync(blobs[1] ?? '');
  const hurt = await recover(vault, 'hurt');
  assert.equal(hurt.exit, 1);
  const { failed } = JSON.parse(hurt.out) as { failed: { blob: string; why: string }[] };
  assert.deepEqual(failed.map(({ why }) => why).toSorted(), ['corrupt', 'missing']);

  writeFileSync(identity, `${(await newIdentity()).identity}\n`);
  const wrong = await recover(vault, 'wrong');
  assert.equal(wrong.exit, 1);
  const said = JSON.parse(wrong.out) as { written: number; failed: { why: string }[] };
  assert.equal(said.written, 0);
  assert.ok(said.failed.every(({ why }) => why === 'no_key'));
  writeFileSync(identity, 'perdue\n');
  assert.equal(codeOf(await recover(vault, 'wrong')), 'no_identity');
});

test(
  'the README’s own commands open a vault with Debian’s age and nothing of ours',
  { skip: cannotAge },
  async (t) => {
    const here = await desk(t);
    await fill(here);
    // Sealed to a recovery key that was since replaced.
    const renewed = await here.vigie('recovery', '--organisation', 'armoire', '--json');
    await here.put(await here.open({ title: 'Après' }), 'files', 'après.txt', 'après');
    await index(here);
    const copy = join(here.folder, 'organisation');
    mkdirSync(copy);
    cpSync(join(here.data, 'vault', here.house.id), copy, { recursive: true });
    const { recoveryKey } = JSON.parse(renewed.out) as { recoveryKey: string };
    writeFileSync(join(copy, 'recovery.txt'), `${recoveryKey}\n`);
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
    const [, commands = ''] = /```sh\n(age -d[\s\S]+?)```/u.exec(readme) ?? [];
    const done = shell(commands, copy);
    assert.equal(done.status, 0, done.stderr);
    const lines = readFileSync(join(copy, 'index.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { blob: string; name: string; sha256: string });
    assert.equal(lines.length, 6);
    for (const { blob, sha256 } of lines) {
      const opened = join(copy, blob.slice(3, -4));
      assert.ok(shell(`sha256sum ${opened}`, copy).stdout.startsWith(sha256));
    }
    assert.ok(lines.some(({ name }) => name === 'après.txt'));
  },
);

test('an organisation made on the command line has its recovery key beside its link; ended there, nothing of it lies on the shelf', async (t) => {
  const here = await desk(t);
  const environment = {
    DATABASE_URL: here.scene.db.url,
    VIGIE_DATA: here.data,
    VIGIE_URL: here.scene.vigie.url,
  };
  const organisation = (...words: string[]) => run(['organisation', ...words], environment);
  const person = 'Erwan Le Bris <erwan@plougastel.example>';
  const made = await organisation('create', 'plougastel', '--name', 'Plougastel', '--administrator', person);
  assert.equal(made.exit, 0, made.err);
  assert.doesNotMatch(made.out, /AGE-SECRET-KEY/u);
  assert.match(made.err, /AGE-SECRET-KEY-1[0-9A-Z]{58}/u);
  const [row] = await here.scene.db.owner<
    { id: string }[]
  >`select id from organisation where slug = 'plougastel'`;
  const folder = join(here.data, 'vault', row?.id ?? '');
  assert.deepEqual(readdirSync(folder), ['key.age']);
  await fill(here);
  for (const slug of ['plougastel', 'armoire']) {
    const ended = await organisation('delete', slug, '--yes', slug, '--no-export');
    assert.equal(ended.exit, 0, ended.err);
  }
  assert.deepEqual(readdirSync(folder), []);
  assert.deepEqual(here.blobs(), []);
  assert.equal((await here.scene.db.owner`select 1 from shelf_to_clear`).length, 0);
});

test('the doctor says when others read the master key, when files are damaged, and when nobody holds a recovery key', async (t) => {
  const here = await desk(t, new Date().toISOString());
  await fill(here);
  const environment = { DATABASE_URL: here.scene.db.url, VIGIE_DATA: here.data };
  const found = async () => {
    const { out } = await run(['doctor', '--json'], environment);
    const { findings } = JSON.parse(out) as { findings: { check: string; state: string }[] };
    return Object.fromEntries(findings.map(({ check, state }) => [check, state]));
  };
  const well = await found();
  assert.deepEqual(
    [well['master key'], well['vault keys'], well['vault files'], well['vault folder']],
    ['ok', 'warning', 'ok', undefined],
  );
  chmodSync(join(here.data, 'master-key'), 0o644);
  chmodSync(join(here.data, 'vault'), 0o755);
  rmSync(here.blobs()[0] ?? '');
  assert.equal((await here.vigie('verify', '--all')).exit, 1);
  const ill = await found();
  assert.deepEqual(
    [ill['master key'], ill['vault files'], ill['vault folder']],
    ['problem', 'problem', 'warning'],
  );
  writeFileSync(join(here.data, 'master-key'), `${(await newIdentity()).identity}\n`);
  assert.equal((await found())['vault keys'], 'problem');
});

test('an empty installation that starts in a terminal shows the recovery key of its first organisation, once; elsewhere it says how to make it', async (t) => {
  const shown: string[] = [];
  const printed: string[] = [];
  const start = async (database: string, data: string, watched: boolean): Promise<void> => {
    const config = readConfig({ PORT: '0', VIGIE_DEMO: '0', VIGIE_DATA: data, DATABASE_URL: database });
    const show = async ({ key }: { readonly key: { readonly identity: string } }) =>
      void shown.push(key.identity);
    const vigie = await up(
      config,
      createLogger('silent'),
      (line) => printed.push(line),
      watched ? show : undefined,
    );
    await vigie.stop();
  };
  const [looked, service] = [await testDatabase(t), await testDatabase(t)];
  const [one, two] = [temporaryFolder('vigie-first-', t), temporaryFolder('vigie-first-', t)];
  await start(looked.url, one, true);
  await start(looked.url, one, true);
  assert.equal(shown.length, 1);
  assert.ok(!printed.join('').includes('keeps no files'));
  await start(service.url, two, false);
  assert.equal(shown.length, 1);
  assert.match(printed.join('\n'), /maison keeps no files .*vigie vault open --organisation maison/u);
  assert.ok(!printed.join('').includes('SECRET'));
});
