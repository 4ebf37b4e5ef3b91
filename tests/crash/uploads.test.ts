import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import { temporaryFolder } from '../harness/cluster.ts';
import { type TusHand, tusOf } from '../harness/tus.ts';
import type { Word } from './server.ts';

const PATIENCE = 60_000;
const content = randomBytes(8 << 20);

interface Running {
  readonly process: ChildProcess;
  readonly tus: TusHand;
  readonly url: string;
  readonly key: string;
}

const start = async (data: string): Promise<Running> => {
  const child = fork(join(import.meta.dirname, 'server.ts'), {
    env: {
      PATH: process.env['PATH'],
      PORT: '0',
      VIGIE_DATA: data,
      VIGIE_TEST_VAULT: '1',
      LOG_LEVEL: 'fatal',
    },
  });
  const word = await Promise.race([
    once(child, 'message').then(([one]) => one as Word),
    once(child, 'exit').then(() => assert.fail('The server ended by itself.')),
    sleep(PATIENCE, undefined, { ref: false }).then(() => assert.fail('The server says nothing.')),
  ]);
  assert.ok('ready' in word);
  const { url, key } = word.ready;
  const tus = tusOf({ vigie: { url } }, 'kerlann', { authorization: `Bearer ${key}` });
  return { process: child, tus, url, key };
};

const kill = async ({ process: child }: Running): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
};

const houseIn = (t: TestContext): { readonly data: string; run(): Promise<Running> } => {
  const data = temporaryFolder('vigie-uploads-');
  const running: Running[] = [];
  t.after(async () => {
    for (const one of running) await kill(one);
    rmSync(data, { recursive: true, force: true, maxRetries: 5 });
  });
  return {
    data,
    run: async () => {
      const one = await start(data);
      running.push(one);
      return one;
    },
  };
};

test('a server that is killed while a piece arrives goes on from what it has', async (t) => {
  const house = houseIn(t);
  const first = await house.run();
  const path = await first.tus.begin(content.length, { filename: 'plan.txt' });
  assert.equal((await first.tus.piece(path, 0, content.subarray(0, 1 << 20))).status, 204);
  const sending = first.tus.cut(
    path,
    1 << 20,
    content.length - (1 << 20),
    content.subarray(1 << 20, 5 << 20),
  );
  await sleep(60);
  await kill(first);
  await sending.catch(() => {});
  const second = await house.run();
  const offset = await second.tus.offset(path);
  assert.ok(offset >= 1 << 20, `what was acknowledged is there: ${offset}`);
  const last = await second.tus.piece(path, offset, content.subarray(offset));
  assert.equal(last.status, 204, last.body);
  const [organisation = ''] = readdirSync(join(house.data, 'staging'));
  assert.deepEqual(readdirSync(join(house.data, 'staging', organisation)), []);
  assert.ok(last.headers.get('vigie-file'));
});

test('a server that is killed at any moment of an upload loses nothing that it acknowledged', async (t) => {
  const house = houseIn(t);
  let server = await house.run();
  const path = await server.tus.begin(content.length, { filename: 'plan.txt' });
  let acknowledged = 0;
  let kills = 0;
  let file: string | null = null;
  for (const until = Date.now() + 4 * PATIENCE; file === null && Date.now() < until;) {
    const head = await server.tus.head(path).catch(() => null);
    if (head?.status === 200) {
      const offset = Number(head.headers.get('upload-offset'));
      assert.ok(offset >= acknowledged, `${offset} of ${acknowledged}`);
      acknowledged = offset;
      file = head.headers.get('vigie-file');
      if (file !== null) break;
    }
    const upTo = Math.min(content.length, acknowledged + (1 << 20) + kills * 300_000);
    const sent = server.tus.piece(path, acknowledged, content.subarray(acknowledged, upTo)).catch(() => null);
    if (kills < 6) {
      // A little later each time: while it is received, written, looked through, taken to the shelf.
      await sleep(10 + kills * 15);
      await kill(server);
      kills += 1;
      server = await house.run();
    }
    const told = await sent;
    if (told?.status === 204) {
      acknowledged = Number(told.headers.get('upload-offset'));
      file = told.headers.get('vigie-file');
    }
  }
  assert.ok(file !== null, 'it became a file');
  assert.equal((await server.tus.head(path)).headers.get('vigie-file'), file);
});

test('a server that is killed when all has come makes the file when it is asked again', async (t) => {
  const house = houseIn(t);
  let server = await house.run();
  for (const wait of [0, 3, 8, 15, 25, 40, 60]) {
    const path = await server.tus.begin(content.length, { filename: 'plan.txt' });
    const sent = server.tus.piece(path, 0, content).catch(() => null);
    // What is on the way is nearly all there after this long; killed a little later each time.
    await sleep(60 + wait * 2);
    await kill(server);
    await sent;
    server = await house.run();
    const offset = await server.tus.offset(path);
    const last =
      offset === content.length
        ? await server.tus.head(path)
        : await server.tus.piece(path, offset, content.subarray(offset));
    assert.ok(last.headers.get('vigie-file'), `${last.status} ${last.body}`);
  }
});
