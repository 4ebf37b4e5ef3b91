import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { test } from 'node:test';

import { serve } from './serve.ts';

const opened = async (port: number): Promise<Socket> => {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  return socket;
};

const ANSWER_AFTER = 300;

test('a server that stops ends what a browser keeps open and asked nothing on, and answers what is under way', async () => {
  const served = await serve('127.0.0.1', 0, false);
  let asked = () => {};
  const isAsked = new Promise<void>((resolve) => {
    asked = resolve;
  });
  served.open(
    () => ({}) as never,
    async () => {
      asked();
      await new Promise((resolve) => setTimeout(resolve, ANSWER_AFTER));
      return new Response('late, and whole');
    },
    null,
  );
  // What Chromium does: one connection more than it needs, for the next request.
  const spare = await opened(served.port);
  const spareEnds = once(spare, 'close');
  const working = await opened(served.port);
  working.write('GET /api/v1/ HTTP/1.1\r\nhost: localhost\r\n\r\n');
  await isAsked;
  let answer = '';
  working.setEncoding('utf8').on('data', (text: string) => {
    answer += text;
  });
  const begun = [once(working, 'close'), served.stop()];
  await spareEnds;
  assert.equal(answer, '', 'the spare connection ended before the other was answered');
  await Promise.all(begun);
  assert.match(answer, /late, and whole/u);
});
