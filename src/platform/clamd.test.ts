import assert from 'node:assert/strict';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { test, type TestContext } from 'node:test';
import { cannotScan, INFECTED, INFECTED_WHOLE, startClamd } from '../../tests/harness/clamd.ts';
import { isClamd, scan } from './clamd.ts';

const MEGABYTE = 1024 * 1024;

/** So many bytes of nothing in particular, made as they are asked for; says how many were. */
function flow(size: number, piece = MEGABYTE): { made: number; bytes: AsyncIterable<Uint8Array> } {
  const one = Buffer.alloc(piece, 'a harmless line of text\n');
  const state = { made: 0, bytes: (async function* (): AsyncGenerator<Uint8Array> {})() };
  state.bytes = (async function* () {
    for (; state.made < size; state.made += piece) yield one.subarray(0, Math.min(piece, size - state.made));
  })();
  return state;
}

async function* pieces(...parts: string[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield Buffer.from(part);
}

/** Somebody who is not clamd, on a port of this machine. */
async function server(t: TestContext, serve: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const listening = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket.on('error', () => {}));
    serve(socket);
  });
  await new Promise<void>((resolve) => {
    listening.listen(0, '127.0.0.1', resolve);
  });
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    listening.close();
  });
  return `tcp://127.0.0.1:${(listening.address() as AddressInfo).port}`;
}

const unknown = (reason: string) => ({ verdict: 'unknown', reason });

test(
  'clamd looks at a file, by its socket and by TCP, and finds what our signatures name',
  { skip: cannotScan },
  async (t) => {
    const clamd = await startClamd(t);
    for (const address of [clamd.unix, clamd.tcp]) {
      const options = { clamd: address, patience: 30_000 };
      assert.deepEqual(await scan(pieces('Bonjour'), options), { verdict: 'clean' });
      assert.deepEqual(await scan(pieces(), options), { verdict: 'clean' }, 'nothing at all');
      assert.deepEqual(await scan(flow(3 * MEGABYTE).bytes, options), { verdict: 'clean' });
      assert.deepEqual(
        await scan(pieces('Before ', INFECTED.slice(0, 9), INFECTED.slice(9), ' after'), options),
        {
          verdict: 'infected',
          name: 'Vigie.Test.UNOFFICIAL',
        },
      );
      assert.deepEqual(await scan(pieces(INFECTED_WHOLE), options), {
        verdict: 'infected',
        name: 'Vigie.Whole.UNOFFICIAL',
      });
    }
  },
);

test(
  'what is larger than clamd takes is unknown, whatever it begins with, and the rest is not read',
  { skip: cannotScan },
  async (t) => {
    const clamd = await startClamd(t, { largest: '1M' });
    for (const address of [clamd.unix, clamd.tcp])
      for (let time = 0; time < 20; time += 1) {
        const large = flow(200 * MEGABYTE);
        assert.deepEqual(await scan(large.bytes, { clamd: address, patience: 30_000 }), unknown('too_large'));
        assert.ok(large.made < 100 * MEGABYTE, `${large.made} bytes were read`);
      }
  },
);

test(
  'a clamd that is killed, was never there or is not configured makes nothing clean',
  { skip: cannotScan },
  async (t) => {
    const clamd = await startClamd(t);
    const dying = async function* (): AsyncGenerator<Uint8Array> {
      yield Buffer.from('one');
      await clamd.kill();
      yield Buffer.from('two');
      yield Buffer.alloc(MEGABYTE);
    };
    assert.deepEqual(await scan(dying(), { clamd: clamd.unix, patience: 30_000 }), unknown('refused'));
    assert.deepEqual(await scan(pieces('one'), { clamd: clamd.unix }), unknown('absent'));
    assert.deepEqual(await scan(pieces('one'), { clamd: clamd.tcp }), unknown('absent'));
    assert.deepEqual(await scan(pieces('one'), { clamd: undefined }), unknown('absent'));
  },
);

test(
  'a clamd that no longer answers is not waited for longer than asked',
  { skip: cannotScan },
  async (t) => {
    const clamd = await startClamd(t);
    clamd.signal('SIGSTOP');
    t.after(() => clamd.signal('SIGCONT'));
    for (const address of [clamd.unix, clamd.tcp]) {
      const options = { clamd: address, patience: 300 };
      assert.deepEqual(await scan(pieces('small'), options), unknown('timed_out'));
      const large = flow(200 * MEGABYTE);
      assert.deepEqual(await scan(large.bytes, options), unknown('timed_out'));
      assert.ok(large.made < 50 * MEGABYTE, `${large.made} bytes were read for nobody`);
    }
  },
);

test('only the exact clean answer, after the last byte, is clean', async (t) => {
  const say = (answer: string, when: 'at once' | 'at the end') =>
    server(t, (socket) => {
      if (when === 'at once') socket.end(answer, 'latin1');
      let last = Buffer.alloc(0);
      socket.on('data', (bytes) => {
        last = Buffer.concat([last, bytes]).subarray(-4);
        if (when === 'at the end' && last.equals(Buffer.alloc(4))) socket.end(answer, 'latin1');
      });
    });
  const ask = async (answer: string, when: 'at once' | 'at the end' = 'at the end') =>
    scan(pieces('one', 'two'), { clamd: await say(answer, when), patience: 5000 });
  assert.deepEqual(await ask('stream: OK\0'), { verdict: 'clean' });
  for (const [answer, reason] of [
    ['', 'refused'],
    ['stream: OK', 'refused'],
    ['stream: OK\n', 'refused'],
    ['stream: OK\0stream: OK\0', 'refused'],
    ['stream: OK\0 ', 'refused'],
    [' stream: OK\0', 'refused'],
    ['Stream: ok\0', 'refused'],
    ['1: stream: OK\0', 'refused'],
    ['HTTP/1.1 200 OK\r\n\r\n', 'refused'],
    ['stream: A name with spaces FOUND\0', 'refused'],
    ["stream: Can't allocate memory ERROR\0", 'refused'],
    ['COMMAND READ TIMED OUT\0', 'timed_out'],
    ['INSTREAM size limit exceeded. ERROR\0', 'too_large'],
    ['stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND\0', 'too_large'],
    ['x'.repeat(100_000), 'refused'],
    ['\0'.repeat(100), 'refused'],
  ] as const)
    assert.deepEqual(await ask(answer), unknown(reason), JSON.stringify(answer.slice(0, 60)));
  assert.deepEqual(
    await ask('stream: OK\0', 'at once'),
    unknown('refused'),
    'said before it saw the content',
  );
});

test('a server that accepts and says nothing, or ends without a word, makes nothing clean', async (t) => {
  const silent = await server(t, (socket) => socket.resume());
  assert.deepEqual(await scan(pieces('one'), { clamd: silent, patience: 200 }), unknown('timed_out'));
  const dripping = await server(t, (socket) => {
    const drip = setInterval(() => socket.write('s'), 50);
    socket.resume().once('close', () => clearInterval(drip));
  });
  assert.deepEqual(await scan(pieces('one'), { clamd: dripping, patience: 300 }), unknown('timed_out'));
  const rude = await server(t, (socket) => {
    socket.once('data', () => socket.resetAndDestroy());
  });
  assert.deepEqual(
    await scan(flow(50 * MEGABYTE).bytes, { clamd: rude, patience: 5000 }),
    unknown('refused'),
  );
});

test('a content that cannot be read to its end is told to who reads it, and never to clamd as whole', async (t) => {
  const received: Buffer[] = [];
  const closed = Promise.withResolvers<void>();
  const clamd = await server(t, (socket) => {
    socket.on('data', (bytes) => received.push(bytes)).once('close', () => closed.resolve());
    socket.once('end', () => socket.end());
  });
  const broken = async function* (): AsyncGenerator<Uint8Array> {
    yield Buffer.from('one');
    throw new Error('The shelf broke.');
  };
  await assert.rejects(scan(broken(), { clamd, patience: 5000 }), /The shelf broke/);
  await closed.promise;
  assert.equal(Buffer.concat(received).toString('latin1'), 'zINSTREAM\0\0\0\0\x03one');
});

test('where clamd is may be a socket or a host with its port, and nothing else', () => {
  for (const right of [
    'unix:/run/clamav/clamd.ctl',
    'tcp://localhost:3310',
    'tcp://[::1]:3310',
    'tcp://10.0.0.3:3310',
  ])
    assert.ok(isClamd(right), right);
  for (const wrong of [
    '',
    'unix:clamd.ctl',
    'tcp://localhost',
    'tcp://:3310',
    'tcp://u:p@h:1',
    'tcp://h:99999',
    'tcp://h:1/x',
    'http://h:1',
  ])
    assert.ok(!isClamd(wrong), wrong);
});
