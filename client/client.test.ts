import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test, type TestContext } from 'node:test';

import { connect, type News, VigieProblem } from './index.ts';
import { messages } from './stream.ts';

interface Seen {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A server that answers the n-th request with the n-th answer, and remembers what it was asked. */
const serving = async (
  t: TestContext,
  answers: readonly ((response: ServerResponse, request: IncomingMessage) => void)[],
): Promise<{ readonly url: string; readonly seen: readonly Seen[] }> => {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      seen.push({ method: request.method ?? '', path: request.url ?? '', headers: request.headers, body });
      const answer = answers[Math.min(seen.length, answers.length) - 1];
      answer?.(response, request);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(
    () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  );
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/kerlann`, seen };
};

const json =
  (status: number, body: object) =>
  (response: ServerResponse): void => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };

const cut = (_: ServerResponse, request: IncomingMessage): void => {
  request.socket.destroy();
};

test('a ticket is opened in three lines, with a key of its own', async (t) => {
  const { url, seen } = await serving(t, [json(201, { reference: 'V-2026-0001' })]);
  const vigie = connect(url, { key: 'vigie_x_y' });
  const ticket = await vigie.app('voirie').open({ kind: 'pothole', note: 'here' });
  assert.equal(ticket.reference, 'V-2026-0001');
  const [asked] = seen;
  assert.equal(`${asked?.method} ${asked?.path}`, 'POST /api/v1/kerlann/voirie/tickets');
  assert.deepEqual(JSON.parse(asked?.body ?? ''), { fields: { kind: 'pothole', note: 'here' } });
  assert.equal(asked?.headers.authorization, 'Bearer vigie_x_y');
  assert.match(String(asked?.headers['idempotency-key']), /^[0-9a-f]{32}$/u);
});

test('while the server is away a command is sent again with the same key, and has one answer', async (t) => {
  const { url, seen } = await serving(t, [
    cut,
    json(503, { code: 'unavailable' }),
    json(201, { reference: 'V-1' }),
  ]);
  const ticket = await connect(url).app('voirie').open({ note: 'here' });
  assert.equal(ticket.reference, 'V-1');
  assert.equal(seen.length, 3);
  assert.equal(new Set(seen.map(({ headers }) => headers['idempotency-key'])).size, 1);
});

test('a server that stays away is given up, and the error says so without the key', async (t) => {
  const { url, seen } = await serving(t, [cut]);
  await assert.rejects(
    connect(url, { key: 'vigie_secret', attempts: 2 }).app('voirie').get('V-1'),
    (error) => {
      assert.ok(error instanceof VigieProblem);
      assert.deepEqual([error.status, error.code], [0, 'unreachable']);
      assert.doesNotMatch(`${error.message} ${JSON.stringify(error)}`, /secret/u);
      return true;
    },
  );
  assert.equal(seen.length, 2);
});

test('what is refused says its code, its reason and what is wrong with each value, and is not sent again', async (t) => {
  const errors = [{ path: 'fields.kind', code: 'required', message: 'Il faut une valeur.' }];
  const { url, seen } = await serving(t, [
    json(422, { status: 422, code: 'invalid', detail: 'Une valeur ne va pas.', errors }),
  ]);
  await assert.rejects(connect(url).app('voirie').open({}), (error) => {
    assert.ok(error instanceof VigieProblem);
    assert.deepEqual([error.status, error.code, error.detail], [422, 'invalid', 'Une valeur ne va pas.']);
    assert.deepEqual(error.errors, errors);
    return true;
  });
  assert.equal(seen.length, 1);
});

test('a list is read page after page, only as far as one goes', async (t) => {
  const { url, seen } = await serving(t, [
    json(200, { tickets: [{ reference: 'V-1' }, { reference: 'V-2' }], next: 'c1' }),
    json(200, { tickets: [{ reference: 'V-3' }], next: 'c2' }),
  ]);
  const got: string[] = [];
  for await (const { reference } of connect(url)
    .app('voirie')
    .list({ step: ['received', 'sorted'], fields: { kind: 'tree' } })) {
    got.push(reference);
    if (got.length === 3) break;
  }
  assert.deepEqual(got, ['V-1', 'V-2', 'V-3']);
  assert.deepEqual(
    seen.map(({ path }) => decodeURIComponent(path)),
    [
      '/api/v1/kerlann/voirie/tickets?step=received,sorted&field.kind=tree',
      '/api/v1/kerlann/voirie/tickets?step=received,sorted&field.kind=tree&after=c1',
    ],
  );
});

test('a stream that breaks is taken up where it stopped', async (t) => {
  const news = (seq: number): string =>
    `id: ${seq}\nevent: ticket\ndata: {"seq":${seq},"reference":"V-${seq}"}\n\n`;
  const hello = 'id: 4\nevent: hello\ndata: {"seq":4}\n\n';
  const { url, seen } = await serving(t, [
    (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(`${hello}${news(5)}${news(6).slice(0, 20)}`);
      setTimeout(() => response.destroy(), 50);
    },
    (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(`${hello}: still here\n\n${news(6)}`);
    },
  ]);
  const told: News[] = [];
  for await (const one of connect(url).stream({ app: 'voirie' })) {
    told.push(one);
    if (one.seq === 6) break;
  }
  assert.deepEqual(
    told.map(({ event, seq }) => `${event} ${seq}`),
    ['hello 4', 'ticket 5', 'ticket 6'],
  );
  assert.equal(seen[0]?.headers['last-event-id'], undefined);
  assert.equal(seen[1]?.headers['last-event-id'], '5');
});

test('a stream that is refused ends with the reason', async (t) => {
  const { url } = await serving(t, [json(401, { code: 'not_signed_in' })]);
  await assert.rejects(connect(url).stream().next(), { code: 'not_signed_in', status: 401 });
});

test('a stream ends when its signal says so', async (t) => {
  const { url } = await serving(t, [
    (response) =>
      response
        .writeHead(200, { 'content-type': 'text/event-stream' })
        .write('id: 1\nevent: hello\ndata: {"seq":1}\n\n'),
  ]);
  const stop = new AbortController();
  const told: string[] = [];
  for await (const { event } of connect(url).stream({ signal: stop.signal })) {
    told.push(event);
    stop.abort();
  }
  assert.deepEqual(told, ['hello']);
});

test('server-sent events are read whatever way their bytes are cut', async () => {
  const bytes = new TextEncoder().encode(
    '\ufeffid: 7\r\nevent: a\r\ndata: é1\r\ndata:é2\r\n\r\n: no\n\ndata: last\n\n',
  );
  for (const size of [1, 2, 3, 5, bytes.length]) {
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.slice(at, at + size));
        controller.close();
      },
    });
    const read = await Array.fromAsync(messages(stream));
    assert.deepEqual(read, [
      { event: 'a', data: 'é1\né2', id: '7' },
      { event: 'message', data: 'last', id: '7' },
    ]);
  }
});

test('an address without an organisation says what to write', () => {
  assert.throws(() => connect('http://localhost:3000/'), /http:\/\/localhost:3000\/kerlann/u);
});
