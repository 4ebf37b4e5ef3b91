import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readlinkSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import postgres from 'postgres';

import { createLogger } from '../../src/platform/logging.ts';
import { readPostmaster } from '../../src/platform/postgres/orphan.ts';
import { startEmbedded } from '../../src/platform/postgres/index.ts';
import { temporaryFolder } from '../harness/cluster.ts';
import { postOffice } from '../harness/mail.ts';
import type { Word } from './server.ts';

const WRITERS = 16;
const PATIENCE = 30_000;

interface Running {
  readonly url: string;
  readonly key: string;
  readonly process: ChildProcess;
}

const said = async (child: ChildProcess): Promise<Word> => {
  const word = await Promise.race([
    once(child, 'message').then(([one]) => one as Word),
    once(child, 'exit').then(([code]) => assert.fail(`The server ended by itself (${String(code)}).`)),
    sleep(PATIENCE, undefined, { ref: false }).then(() => assert.fail('The server says nothing.')),
  ]);
  return word;
};

const start = async (data: string, smtpUrl = ''): Promise<Running> => {
  const child = fork(join(import.meta.dirname, 'server.ts'), {
    env: { PATH: process.env['PATH'], PORT: '0', VIGIE_DATA: data, SMTP_URL: smtpUrl, LOG_LEVEL: 'fatal' },
  });
  const word = await said(child);
  assert.ok('ready' in word);
  return { ...word.ready, process: child };
};

/** Processes that work in a folder, or below it. */
const processesIn = (folder: string): readonly string[] =>
  readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/u.test(pid) && readlinkSync(`/proc/${pid}/cwd`).startsWith(folder);
    } catch {
      return false;
    }
  });

/** What a writer was told is done: the ticket, and how many times it was written to. */
interface Acknowledged {
  readonly reference: string;
  version: number;
}

interface Writers {
  readonly acknowledged: readonly Acknowledged[];
  /** Commands that were answered. */
  answers(): number;
  /** Lets each finish what it has begun. */
  end(): Promise<void>;
  /** They go home at once, answered or not. */
  abandon(): void;
}

const STEPS = [
  ['sort', { fields: { needs: 'tar' } }],
  ['start', {}],
  ['notFound', {}],
] as const;

/** Clerks who open requests and move them on, and who ask again with the same key until they are answered. */
const startWriters = (server: () => Running): Writers => {
  const acknowledged: Acknowledged[] = [];
  let ending = false;
  let abandoned = false;
  let answers = 0;
  const insist = async (
    path: string,
    body: object,
    key: string,
  ): Promise<{ reference: string; version: number }> => {
    for (const until = Date.now() + PATIENCE; Date.now() < until && !abandoned; await sleep(30)) {
      const { url, key: bearer } = server();
      const response = await fetch(`${url}/api/v1/kerlann/voirie/${path}`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${bearer}`,
          'content-type': 'application/json',
          'idempotency-key': key,
        },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(10_000),
      }).then(
        async (it) => ({
          status: it.status,
          body: (await it.json()) as { reference: string; version: number },
        }),
        () => null,
      );
      if (response === null || response.status >= 502) continue;
      assert.ok(
        response.status === 200 || response.status === 201,
        `${path}: ${response.status} ${JSON.stringify(response.body)}`,
      );
      answers += 1;
      return response.body;
    }
    return assert.fail('Nobody answers any more.');
  };
  const work = async (who: number): Promise<void> => {
    for (let turn = 0; !ending; turn += 1) {
      const mark = `${who}-${turn}`;
      const opened = await insist(
        'tickets',
        {
          fields: {
            kind: 'pothole',
            place: { lat: 47, lng: -2 },
            note: `marque ${mark}`,
            reporter: { name: `Riverain ${mark}`, email: `r${mark}@example.org` },
          },
        },
        `open-${mark}`,
      );
      const one: Acknowledged = { reference: opened.reference, version: 1 };
      acknowledged.push(one);
      const [sort, ...others] = STEPS;
      for (const [move, body] of who % 2 === 0 ? [sort] : [sort, ...others.slice(0, 1)]) {
        if (ending) return;
        await insist(`tickets/${one.reference}/moves/${move}`, body, `${move}-${mark}`);
        one.version += 1;
      }
    }
  };
  const working = Promise.all(Array.from({ length: WRITERS }, (_, who) => work(who)));
  working.catch(() => {});
  return {
    acknowledged,
    answers: () => answers,
    end: async () => {
      ending = true;
      await working;
    },
    abandon: () => {
      abandoned = true;
    },
  };
};

interface Row {
  readonly reference: string;
  readonly version: number;
}

/** Every request, as the server lists them. */
const listAll = async ({ url, key }: Running): Promise<ReadonlyMap<string, number>> => {
  const found = new Map<string, number>();
  for (let after: string | null = ''; after !== null;) {
    const response: Response = await fetch(
      `${url}/api/v1/kerlann/voirie/tickets?sort=oldest&limit=200${after && `&after=${after}`}`,
      { headers: { authorization: `Bearer ${key}` } },
    );
    assert.equal(response.status, 200, await response.clone().text());
    const page = (await response.json()) as { tickets: readonly Row[]; next: string | null };
    for (const { reference, version } of page.tickets) {
      assert.equal(found.has(reference), false, `${reference} is there twice`);
      found.set(reference, version);
    }
    after = page.next;
  }
  return found;
};

const holds = (found: ReadonlyMap<string, number>, acknowledged: readonly Acknowledged[]): void => {
  for (const { reference, version } of acknowledged)
    assert.ok(
      (found.get(reference) ?? 0) >= version,
      `${reference} was acknowledged at version ${version}, and is at ${found.get(reference)}`,
    );
};

const kill = async ({ process: child }: Running): Promise<void> => {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
};

/** The folder of a server, which nothing uses any more when the test ends. */
const dataFolder = (t: TestContext): string => {
  const data = temporaryFolder('vigie-crash-');
  t.after(async () => {
    for (const pid of processesIn(data)) process.kill(Number(pid), 'SIGKILL');
    await sleep(50);
    rmSync(data, { recursive: true, force: true });
  });
  return data;
};

// asvs 2.3.3
test('sixteen clerks work while server and database are killed again and again: what was acknowledged is there, once', async (t) => {
  const data = dataFolder(t);
  const cluster = join(data, 'postgres');
  const post = await postOffice(t);
  let server = await start(data, post.url);
  t.after(() => server.process.kill('SIGKILL'));
  const writers = startWriters(() => server);
  t.after(() => writers.abandon());
  for (const victim of ['server', 'database', 'server', 'both', 'server'] as const) {
    await sleep(400 + Math.random() * 900);
    const seen = writers.acknowledged.map((one) => ({ ...one }));
    if (victim !== 'server')
      process.kill(readPostmaster(cluster)?.pid ?? assert.fail('PostgreSQL is not there.'), 'SIGKILL');
    if (victim === 'database') {
      const before = writers.answers();
      // The server starts it again by itself, and those who wait are answered.
      for (const until = Date.now() + PATIENCE; writers.answers() < before + WRITERS * 2; await sleep(50))
        assert.ok(Date.now() < until, 'The database is not back.');
    } else {
      await kill(server);
      server = await start(data, post.url);
    }
    holds(await listAll(server), seen);
  }
  await sleep(300);
  await writers.end();
  assert.ok(writers.acknowledged.length > 50, `${writers.acknowledged.length} requests prove little`);
  const found = await listAll(server);
  assert.deepEqual(
    Object.fromEntries(found),
    Object.fromEntries(writers.acknowledged.map(({ reference, version }) => [reference, version])),
  );
  server.process.send('settle');
  assert.deepEqual(await said(server.process), { settled: true });
  // A mail that was under way may come twice, as one: it has the same id. None is lost.
  const mails = (): number => new Set(post.delivered.map(({ messageId }) => messageId)).size;
  for (const until = Date.now() + PATIENCE; mails() < writers.acknowledged.length; await sleep(50))
    assert.ok(Date.now() < until, `${mails()} people were written to, of ${writers.acknowledged.length}`);
  const ended = once(server.process, 'exit');
  server.process.kill('SIGTERM');
  assert.deepEqual(await ended, [0, null]);
  assert.deepEqual(processesIn(data), [], 'nothing is left running');

  const { url, stop } = await startEmbedded({ data, log: createLogger('silent') });
  const sql = postgres(url.replace(/\?.*$/u, ''), {
    host: new URL(url).searchParams.get('host') ?? '',
    max: 1,
    onnotice: () => {},
  });
  const [log] = await sql`
    select (select count(*)::int from event) as events, (select count(distinct event_id)::int from event_order) as ordered,
      (select max(seq)::int from event_order) as last, (select max(seq)::int from log_head) as head, (select count(*)::int from event_unordered) as waiting,
      (select count(*)::int from log_cursor c join log_head h using (organisation_id) where c.seq <> h.seq) as behind, (select count(*)::int from log_set_aside) as aside`;
  const events = writers.acknowledged.reduce((sum, { version }) => sum + version, 0);
  assert.deepEqual(
    { ...log },
    { events, ordered: events, last: events, head: events, waiting: 0, behind: 0, aside: 0 },
  );
  const [ticket] = await sql`
    select count(distinct fields ->> 'note')::int as marks, count(*)::int as tickets, (select count(*)::int from contact) as contacts,
      (select count(*)::int from notice where rule = 0 and sent_at is not null) as told, (select count(*)::int from ticket_words) as found from ticket`;
  const tickets = writers.acknowledged.length;
  assert.deepEqual(
    { ...ticket },
    { marks: tickets, tickets, contacts: tickets, told: tickets, found: tickets },
  );
  await sql.end();
  await stop();
  assert.deepEqual(processesIn(data), []);
});

// asvs 1.4.3
test('a server that is killed leaves no process behind', async (t) => {
  const data = dataFolder(t);
  const server = await start(data);
  assert.ok(processesIn(data).length > 0);
  await kill(server);
  for (const until = Date.now() + PATIENCE; processesIn(data).length > 0; await sleep(50))
    assert.ok(Date.now() < until, 'PostgreSQL outlives its server.');
});
