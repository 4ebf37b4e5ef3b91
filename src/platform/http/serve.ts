import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { getRequestListener } from '@hono/node-server';

/** What answers a request by itself. */
export type Fetch = (request: Request) => Response | Promise<Response>;

/** Pages, drawn by the web's own handler; it reads through `vigie.fetch` of the request. */
export type Pages = (
  request: IncomingMessage & { vigie?: { fetch: Fetch } },
  response: ServerResponse,
  next: () => void,
) => void;

export interface Served {
  readonly port: number;
  /** From now on, requests are answered by these. */
  open(fetch: Fetch, pages: Pages | null): void;
  /** Ends what is under way, then closes; what is not done by then is cut. */
  stop(): Promise<void>;
}

/** Milliseconds for requests under way to end. */
const PATIENCE = 10_000;

const OURS = /^\/(?:api|forms)\/|^\/(?:healthz|readyz|metrics)(?:$|\?)/u;

/**
 * Listens. The API and the pages share a port; which is which is said by the path.
 * Until `open` is called, everything is answered by 503.
 * @throws Error EADDRINUSE and the like, as Node gives them
 */
export const serve = async (host: string, port: number): Promise<Served> => {
  let answer: ((request: IncomingMessage, response: ServerResponse) => void) | null = null;
  const server = createServer((request, response) => {
    if (answer !== null) return answer(request, response);
    response.writeHead(503, { 'retry-after': '2' }).end('Vigie is starting.\n');
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    open: (fetch, pages) => {
      const api = getRequestListener(fetch);
      answer = (request, response) => {
        if (pages === null || OURS.test(request.url ?? '')) {
          void api(request, response);
          return;
        }
        pages(Object.assign(request, { vigie: { fetch } }), response, () => {
          response.writeHead(404).end('Not found\n');
        });
      };
    },
    stop: () =>
      new Promise((resolve) => {
        const cut = setTimeout(() => server.closeAllConnections(), PATIENCE);
        server.close(() => {
          clearTimeout(cut);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
};
