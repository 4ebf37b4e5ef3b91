import assert from 'node:assert/strict';
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { test, type TestContext } from 'node:test';
import postgres from 'postgres';
import { temporaryFolder } from '../../../tests/harness/cluster.ts';
import { FolderInUse } from '../lock.ts';
import { createLogger } from '../logging.ts';
import { binariesIn, embeddedBinaries } from './binaries.ts';
import { startEmbedded, type Embedded } from './embedded.ts';
import { driverOptions } from './lane.ts';
import { readPostmaster, runsOn } from './orphan.ts';
import { joinPostgres } from './index.ts';

const log = createLogger('silent');
const asRoot = process.getuid?.() === 0 ? false : 'only root can try this';

function folder(t: TestContext, name = 'vigie-embedded-'): string {
  const path = temporaryFolder(name);
  t.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

async function start(
  t: TestContext,
  data: string,
  more: Partial<Parameters<typeof startEmbedded>[0]> = {},
): Promise<Embedded> {
  const server = await startEmbedded({ data, log, ...more });
  t.after(() => server.stop());
  return server;
}

async function query<T extends object>(url: string, text: string): Promise<T[]> {
  const sql = postgres(driverOptions({ url }));
  try {
    return [...(await sql.unsafe<T[]>(text))];
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/** A server in a process of its own, which writes the number of each row once PostgreSQL has acknowledged it. */
async function serverProcess(
  t: TestContext,
  data: string,
): Promise<{ process: ChildProcess; url: string; acknowledged: number[] }> {
  const code = `
    import postgres from 'postgres';
    import { createLogger } from ${JSON.stringify(new URL('../logging.ts', import.meta.url).href)};
    import { startPostgres } from ${JSON.stringify(new URL('index.ts', import.meta.url).href)};
    import { driverOptions } from ${JSON.stringify(new URL('lane.ts', import.meta.url).href)};
    const { url } = await startPostgres({ data: ${JSON.stringify(data)}, databaseUrl: undefined, log: createLogger('silent') });
    console.log(url);
    const sql = postgres(driverOptions({ url }));
    await sql\`create table if not exists kept (n serial)\`;
    for (;;) console.log((await sql\`insert into kept default values returning n\`)[0].n);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
    cwd: import.meta.dirname,
  });
  t.after(() => child.kill('SIGKILL'));
  const lines = createInterface({ input: child.stdout });
  const [url] = (await once(lines, 'line')) as [string];
  const acknowledged: number[] = [];
  lines.on('line', (line) => acknowledged.push(Number(line)));
  while (acknowledged.length < 20) await sleep(10);
  return { process: child, url, acknowledged };
}

async function gone(cluster: string): Promise<void> {
  for (let left = 200; left > 0; left -= 1) {
    const postmaster = readPostmaster(cluster);
    if (!postmaster || !runsOn(postmaster.pid, cluster)) return;
    await sleep(50);
  }
  assert.fail('PostgreSQL is still there');
}

// asvs 13.3.2
test('PostgreSQL runs as an unprivileged user, on a socket that only it and we can reach, and nothing stays after it', async (t) => {
  const data = folder(t);
  const { url, place, stop } = await start(t, data);
  assert.deepEqual(
    await query(
      url,
      "select current_setting('listen_addresses') as addresses, current_setting('fsync') as fsync",
    ),
    [{ addresses: '', fsync: 'on' }],
  );
  assert.equal(statSync(place.sockets).mode & 0o777, 0o700);
  assert.notEqual(statSync(place.cluster).uid, 0);
  assert.equal(place.notice, undefined);
  const { pid } = readPostmaster(place.cluster) ?? { pid: 0 };
  await stop();
  assert.ok(!runsOn(pid, place.cluster));
  assert.equal(readPostmaster(place.cluster), undefined);
});

test('a second start on the same data folder is refused, and the first goes on', async (t) => {
  const data = folder(t);
  const { url } = await start(t, data);
  await assert.rejects(
    startEmbedded({ data, log }),
    (error) => error instanceof FolderInUse && /already runs on/.test(error.message),
  );
  assert.equal((await query(url, 'select 1')).length, 1);
});

// asvs 16.5.2
test('PostgreSQL killed by kill -9 is started again and has lost nothing', async (t) => {
  const data = folder(t);
  const { url, place } = await start(t, data);
  await query(url, 'create table kept as select 42 as n');
  const before = readPostmaster(place.cluster)?.pid ?? 0;
  process.kill(before, 'SIGKILL');
  for (let left = 200; left > 0; left -= 1) {
    const postmaster = readPostmaster(place.cluster);
    if (postmaster && postmaster.pid !== before && postmaster.ready) break;
    await sleep(50);
  }
  assert.deepEqual(await query(url, 'select n from kept'), [{ n: 42 }]);
});

test('a server killed by kill -9 takes PostgreSQL with it, and what it had acknowledged is there at the next start', async (t) => {
  const data = folder(t);
  const killed = await serverProcess(t, data);
  const cluster = join(data, 'postgres');
  killed.process.kill('SIGKILL');
  await once(killed.process, 'exit');
  // At once: the old PostgreSQL may still be ending.
  const { url } = await start(t, data);
  const [row] = await query<{ last: number }>(url, 'select max(n) as last from kept');
  assert.ok(
    (row?.last ?? 0) >= (killed.acknowledged.at(-1) ?? 0),
    `${row?.last} of ${killed.acknowledged.at(-1)}`,
  );
  assert.ok(readPostmaster(cluster)?.ready);
});

test('a PostgreSQL that outlived its server and its keeper is shut down in order by the next start', async (t) => {
  const data = folder(t);
  const killed = await serverProcess(t, data);
  const cluster = join(data, 'postgres');
  const { pid } = readPostmaster(cluster) ?? { pid: 0 };
  // A stopped process hears nothing, its shutdown included, until it is let go on.
  process.kill(pid, 'SIGSTOP');
  killed.process.kill('SIGKILL');
  await once(killed.process, 'exit');
  setTimeout(() => process.kill(pid, 'SIGCONT'), 500);
  const { url } = await start(t, data);
  assert.notEqual(readPostmaster(cluster)?.pid, pid);
  const [row] = await query<{ last: number }>(url, 'select max(n) as last from kept');
  assert.ok((row?.last ?? 0) >= (killed.acknowledged.at(-1) ?? 0));
});

test('the number of a dead PostgreSQL that another program has by now keeps nobody from starting', async (t) => {
  const data = folder(t);
  const killed = await serverProcess(t, data);
  const cluster = join(data, 'postgres');
  const pidFiles = [join(cluster, 'postmaster.pid'), join(data, 'postgres.socket/.s.PGSQL.5432.lock')];
  // Killed with all it had started, as by a power cut: its number stays behind.
  const { pid } = readPostmaster(cluster) ?? { pid: 0 };
  const keeper = Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
  process.kill(-keeper, 'SIGKILL');
  process.kill(pid, 'SIGKILL');
  killed.process.kill('SIGKILL');
  await gone(cluster);
  const { uid, gid } = statSync(cluster);
  const stranger = spawn('sleep', ['60'], { uid, gid });
  t.after(() => stranger.kill());
  for (const file of pidFiles)
    writeFileSync(file, readFileSync(file, 'utf8').replace(/^\d+/, String(stranger.pid)));
  const { url } = await start(t, data);
  const [row] = await query<{ last: number }>(url, 'select max(n) as last from kept');
  assert.ok((row?.last ?? 0) >= (killed.acknowledged.at(-1) ?? 0));
});

test('a command uses the PostgreSQL of the running server, or one of its own', async (t) => {
  const data = folder(t);
  const server = await serverProcess(t, data);
  const beside = await joinPostgres({ data, databaseUrl: undefined, log });
  assert.equal(beside.url, server.url);
  await beside.stop();
  assert.equal((await query(beside.url, 'select 1')).length, 1);
  server.process.kill('SIGKILL');
  await once(server.process, 'exit');
  const alone = await joinPostgres({ data, databaseUrl: undefined, log });
  assert.ok((await query(alone.url, 'select * from kept limit 1')).length);
  await alone.stop();
  await gone(join(data, 'postgres'));
});

test(
  'root in a home of mode 700: programs and database live in a folder of the system, and the start says where',
  { skip: asRoot },
  async (t) => {
    const home = folder(t, 'vigie-home-');
    const systemFolder = join(folder(t, 'vigie-system-'), 'vigie');
    const original = embeddedBinaries();
    mkdirSync(join(home, 'clone'));
    execFileSync('cp', ['-a', original.folder, join(home, 'clone/native')]);
    chmodSync(home, 0o700);
    const options = { binaries: binariesIn(join(home, 'clone/native'), original.version), systemFolder };
    const data = join(home, 'clone/data');

    const first = await startEmbedded({ data, log, ...options });
    assert.ok(first.place.cluster.startsWith(systemFolder));
    assert.ok(first.place.binaries.postgres.startsWith(join(systemFolder, 'postgresql-18')));
    assert.match(
      first.place.notice ?? '',
      new RegExp(`^The database is in ${systemFolder}.* programs are in ${systemFolder}.*because the user`),
    );
    await query(first.url, 'create table kept as select 42 as n');
    await first.stop();

    const again = await start(t, data, options);
    assert.deepEqual(await query(again.url, 'select n from kept'), [{ n: 42 }]);
    await again.stop();

    // The clone moves to a place that is open to all: its data folder still knows its database.
    execFileSync('mv', [data, join(systemFolder, '../moved')]);
    const moved = await start(t, join(systemFolder, '../moved'), { systemFolder });
    assert.deepEqual(await query(moved.url, 'select n from kept'), [{ n: 42 }]);
  },
);

test(
  'a data folder that is closed after its database was made is not answered with an empty database',
  { skip: asRoot },
  async (t) => {
    const home = folder(t, 'vigie-home-');
    const data = join(home, 'data');
    const server = await startEmbedded({ data, log });
    await server.stop();
    chmodSync(home, 0o700);
    await assert.rejects(startEmbedded({ data, log }), /can't reach.*chmod o\+x/);
    assert.ok(!existsSync(join(data, 'postgres-is-at')));
  },
);

test('a data folder whose path is too long for a socket has its socket elsewhere', async (t) => {
  const data = join(folder(t), 'a-rather-long-name-for-a-folder/'.repeat(4));
  mkdirSync(join(data, '..'), { recursive: true, mode: 0o711 });
  const { url, place } = await start(t, data, { systemFolder: folder(t, 'vigie-system-') });
  assert.ok(place.sockets.length < 90);
  assert.equal((await query(url, 'select 1')).length, 1);
});
