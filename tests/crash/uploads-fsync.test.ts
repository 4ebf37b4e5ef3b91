import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import { filesById } from '../../src/files/index.ts';
import { testClock } from '../../src/platform/clock.ts';
import { createLogger } from '../../src/platform/logging.ts';
import { asOrganisation } from '../../src/platform/postgres/index.ts';
import { openDesk, tidyUploads } from '../../src/uploads/index.ts';
import { makeVault, openBlob, openMaster, openShelf, sweep } from '../../src/vault/index.ts';
import { temporaryFolder } from '../harness/cluster.ts';
import { testDatabase } from '../harness/database.ts';
import { cannotTrace } from '../harness/strace.ts';
import { type TusHand, tusOf } from '../harness/tus.ts';
import type { Word } from './server.ts';

const PATIENCE = 60_000;
/** More fsyncs than a server makes of two uploads; the test ends when one outlives them all. */
const MOST = 80;
const DAY = 86_400_000;
const content = randomBytes(150_000);

interface Running {
  readonly process: ChildProcess;
  readonly tus: TusHand;
}

/** A server that is killed at its nth fsync; `null` when that is before it is ready. */
const start = async (data: string, databaseUrl: string, nth: number | null): Promise<Running | null> => {
  const traced = {
    execPath: '/usr/bin/strace',
    execArgv: [
      ...'-f -qq -o /dev/null -e trace=fsync,fdatasync'.split(' '),
      '-e',
      `inject=fsync,fdatasync:signal=KILL:when=${nth}`,
      process.execPath,
    ],
  };
  const child = fork(join(import.meta.dirname, 'server.ts'), {
    ...(nth !== null && traced),
    env: {
      PATH: process.env['PATH'],
      PORT: '0',
      VIGIE_DATA: data,
      DATABASE_URL: databaseUrl,
      VIGIE_TEST_VAULT: '1',
      LOG_LEVEL: 'fatal',
      UV_USE_IO_URING: '0',
      // Each thread counts its own calls.
      UV_THREADPOOL_SIZE: '1',
    },
  });
  const word = await Promise.race([
    once(child, 'message').then(([one]) => one as Word),
    once(child, 'exit').then(() => null),
    sleep(PATIENCE, undefined, { ref: false }).then(() => assert.fail('The server says nothing.')),
  ]);
  if (word === null) return null;
  assert.ok('ready' in word);
  const { url, key } = word.ready;
  return { process: child, tus: tusOf({ vigie: { url } }, 'kerlann', { authorization: `Bearer ${key}` }) };
};

/** What somebody was told of an upload of theirs. */
interface Known {
  readonly path: string;
  acknowledged: number;
  file: string | null;
}

/** Goes on with an upload until it is a file. */
const goOn = async (tus: TusHand, known: Known, pieceSize: number): Promise<void> => {
  const head = await tus.head(known.path);
  assert.equal(head.status, 200, head.body);
  const offset = Number(head.headers.get('upload-offset'));
  assert.ok(offset >= known.acknowledged, `${offset} of ${known.acknowledged} that were acknowledged`);
  known.file ??= head.headers.get('vigie-file');
  for (let at = offset; known.file === null;) {
    const told = await tus.piece(known.path, at, content.subarray(at, at + pieceSize));
    assert.equal(told.status, 204, told.body);
    at = Number(told.headers.get('upload-offset'));
    known.acknowledged = at;
    known.file = told.headers.get('vigie-file');
  }
};

test(
  'whichever fsync a server is killed at, what it acknowledged is there, once, and nothing else stays',
  { skip: cannotTrace },
  async (t) => {
    const db = await testDatabase(t);
    const data = temporaryFolder('vigie-fsync-', t);
    const uploads: Known[] = [];
    let survived = false;
    let kills = 0;
    for (let nth = 1; nth <= MOST && !survived; nth++) {
      const server = await start(data, db.url, nth);
      if (!server) {
        kills += 1;
        continue;
      }
      const gone = once(server.process, 'exit');
      try {
        for (const known of uploads.filter(({ file }) => file === null))
          await goOn(server.tus, known, 100_000);
        // One arrives in two pieces, and is sealed again as one; the other is the blob as it is.
        for (const pieceSize of [100_000, content.length]) {
          const path = await server.tus.begin(content.length, { filename: `${nth}.txt` });
          const known: Known = { path, acknowledged: 0, file: null };
          uploads.push(known);
          await goOn(server.tus, known, pieceSize);
        }
        survived = true;
        // What it was started by would not pass a signal on.
        server.process.disconnect();
      } catch (error) {
        // The line broke: it was killed. Anything else is wrong.
        if (error instanceof assert.AssertionError) throw error;
        kills += 1;
      }
      await gone;
    }
    assert.ok(survived && kills > 10, `${kills} kills`);

    const master = await openMaster({ key: undefined, command: undefined, data }, true);
    const shelf = await openShelf({ kind: 'folder', path: undefined }, data);
    const clock = testClock(new Date(Date.now() + 2 * DAY).toISOString());
    const logger = createLogger('silent');
    const vault = makeVault({ db, shelf, staging: join(data, 'staging'), clock, logger }, master);
    const [row] = await db.owner<{ id: string }[]>`select id from organisation where slug = 'kerlann'`;
    const organisationId = row?.id ?? '';
    for (const { file } of uploads) {
      assert.ok(file);
      const [found] = await asOrganisation(db, organisationId, (tx) => filesById(tx, organisationId, [file]));
      assert.ok(found);
      const { size, read } = await openBlob(vault, organisationId, found.blobId);
      assert.ok(Buffer.concat(await Array.fromAsync(read(0, size))).equals(content));
    }
    const [{ files } = { files: 0 }] = await db.owner<
      { files: number }[]
    >`select count(*)::int as files from file`;
    assert.equal(files, uploads.length, 'each became one file');
    await sweep(vault, organisationId);
    const named = await db.owner<{ name: string }[]>`select name from blob`;
    const there = (await Array.fromAsync(shelf.list('')))
      .map(({ name }) => name)
      .filter((name) => !name.endsWith('key.age'));
    assert.deepEqual(
      there.toSorted(),
      named.map(({ name }) => name).toSorted(),
      'no orphan after collection',
    );
    const waiting = join(data, 'staging', organisationId);
    // What a chore finds later, when nobody has touched it for long.
    for (const id of readdirSync(waiting)) utimesSync(join(waiting, id), 0, 0);
    const stopping = new AbortController().signal;
    const desk = openDesk({ vault, quota: null, largest: 1e9, stopping, arrived: () => {} });
    assert.equal(await tidyUploads(desk, organisationId), 0);
    assert.deepEqual(readdirSync(waiting), []);
  },
);
