/**
 * A load generator, in a process of its own: keeps some connections busy for a while, each asking again as soon as
 * it is answered. Started by processes.ts.
 */
import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { performance } from 'node:perf_hooks';

/** What to ask; the requests are taken in turn. */
export interface Order {
  readonly port: number;
  readonly method: 'GET' | 'POST';
  readonly requests: readonly { readonly path: string; readonly body?: string }[];
  readonly headers: { readonly [name: string]: string };
  readonly connections: number;
  readonly seconds: number;
}

/** What came of it: a second's answers that were 2xx, how many were not, and the time to answer in milliseconds. */
export interface Outcome {
  readonly perSecond: number;
  readonly answered: number;
  readonly failed: number;
  readonly p50: number;
  readonly p95: number;
}

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

const ask = ({ port, method, headers }: Order, path: string, body: string | undefined): Promise<boolean> =>
  new Promise((resolve) => {
    const sent = request(
      {
        agent,
        host: '127.0.0.1',
        port,
        method,
        path,
        headers:
          body === undefined
            ? headers
            : { ...headers, 'content-length': Buffer.byteLength(body), 'idempotency-key': randomUUID() },
      },
      (answer) => {
        answer.on('end', () => resolve((answer.statusCode ?? 500) < 300));
        answer.resume();
      },
    );
    sent.on('error', () => resolve(false));
    sent.end(body);
  });

const run = async (order: Order): Promise<Outcome> => {
  const times: number[] = [];
  let nth = 0;
  let failed = 0;
  const start = performance.now();
  const until = start + order.seconds * 1000;
  const one = async (): Promise<void> => {
    for (let began = performance.now(); began < until; began = performance.now()) {
      const { path, body } = order.requests[nth++ % order.requests.length] ?? { path: '/' };
      if (await ask(order, path, body)) times.push(performance.now() - began);
      else failed += 1;
    }
  };
  await Promise.all(Array.from({ length: order.connections }, one));
  const seconds = (performance.now() - start) / 1000;
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.floor(times.length * share)] ?? NaN;
  return { perSecond: times.length / seconds, answered: times.length, failed, p50: at(0.5), p95: at(0.95) };
};

process.on('message', async (order: Order) => process.send?.(await run(order)));
process.on('disconnect', () => process.exit());
