import { createServer, type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

import { getRequestListener } from '@hono/node-server';

import type { Arrival, Bindings } from './arrival.ts';
import { headersOf } from './headers.ts';
import { HttpProblem, problem } from './problem.ts';
import { sayType } from './type.ts';

/** What answers a request by itself, told how it came. */
export type Fetch = (request: Request, bindings: Bindings) => Response | Promise<Response>;

/** What the pages are given with a request, beyond the request. */
interface Lent {
  /** The API, in the same process, as whoever asks for the page. */
  readonly fetch: (request: Request) => Response | Promise<Response>;
  /** The short name of the organisation whose own address this is. */
  readonly organisation: string | null;
}

/** Pages, drawn by the web's own handler; it reads through `vigie.fetch` of the request. */
export type Pages = (
  request: IncomingMessage & { vigie?: Lent },
  response: ServerResponse,
  next: () => void,
) => void;

/** Looks at a request before anything else does. @throws HttpProblem when it goes no further */
export type Gate = (request: IncomingMessage) => Arrival | Promise<Arrival>;

export interface Served {
  readonly port: number;
  /** From now on, requests that pass the gate are answered by these. */
  open(gate: Gate, fetch: Fetch, pages: Pages | null): void;
  /** Ends what is under way, then closes; what is not done by then is cut. */
  stop(): Promise<void>;
}

/** How it came stands on the request itself, under a name that nobody else has. */
const ARRIVAL = Symbol('arrival');
type Arrived = IncomingMessage & { [ARRIVAL]?: Arrival };

/** Milliseconds for requests under way to end. */
const PATIENCE = 10_000;

/** How often it looks, meanwhile, for connections that have been answered, in milliseconds. */
const IDLE_AGAIN = 50;

/** Milliseconds for a request to come whole; what comes in pieces may take hours, as long as something comes. */
const WHOLE = 300_000;
const SILENT = 120_000;

/** Whoever does not go on with what they began to send gives their line back. */
const awaitBody = (request: IncomingMessage): void => {
  const { headers } = request;
  if (headers['content-length'] === undefined && headers['transfer-encoding'] === undefined) return;
  if (/^(?:application\/offset\+octet-stream|multipart\/form-data)/u.test(headers['content-type'] ?? '')) {
    request.setTimeout(SILENT, () => request.destroy());
    // What is made of it may take a while, and nothing is heard meanwhile.
    request.once('end', () => request.setTimeout(0));
    return;
  }
  const late = setTimeout(() => request.destroy(), WHOLE);
  late.unref();
  request.once('close', () => clearTimeout(late));
};

const OURS = /^\/(?:api|forms)\/|^\/(?:healthz|readyz|metrics)(?:$|\?)/u;

/** Is it the API, or a page or file of the web? */
export const isOurs = (path: string): boolean => OURS.test(path);

/** What the gate refused: a problem for programs, a line for people. */
const refuse = (request: IncomingMessage, response: ServerResponse, error: unknown): void => {
  const { body, headers } =
    error instanceof HttpProblem
      ? error
      : new HttpProblem(
          problem(503, 'unavailable', 'Pas disponible pour l’instant. / Not available for the moment.'),
          { 'retry-after': '2' },
        );
  const forPrograms = isOurs(request.url ?? '');
  response
    .writeHead(body.status, {
      ...headers,
      'content-type': forPrograms ? 'application/problem+json' : 'text/plain; charset=utf-8',
    })
    .end(forPrograms ? JSON.stringify(body) : `${body.detail ?? body.title}\n`);
};

const MALFORMED: { readonly [code: string]: number } = {
  HPE_HEADER_OVERFLOW: 431,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/** What is not HTTP is told so, with the headers of every answer, and the connection ends. */
const malformed = (
  error: Error & { readonly code?: string },
  socket: Socket,
  headers: ReturnType<typeof headersOf>,
): void => {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = MALFORMED[error.code ?? ''] ?? 400;
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines}connection: close\r\n\r\n`);
};

/**
 * Listens. The API and the pages share a port; which is which is said by the path.
 * Until `open` is called, everything is answered by 503.
 * @param secure whether people reach this server by https
 * @throws Error EADDRINUSE and the like, as Node gives them
 */
export const serve = async (host: string, port: number, secure: boolean): Promise<Served> => {
  const headers = headersOf(secure);
  let answer: ((request: IncomingMessage, response: ServerResponse) => void) | null = null;
  // Browsers open a connection more than they need, which Node does not count as idle before it has asked.
  const silent = new Set<Socket>();
  const server = createServer((request, response) => {
    silent.delete(request.socket);
    for (const [name, value] of headers) response.setHeader(name, value);
    awaitBody(request);
    if (answer !== null) return answer(request, response);
    sayType(response);
    response.writeHead(503, { 'retry-after': '2' }).end('Vigie is starting.\n');
  });
  server.on('connection', (socket) => {
    silent.add(socket);
    socket.once('close', () => silent.delete(socket));
  });
  server.requestTimeout = 0;
  server.on('clientError', (error, socket) => malformed(error, socket as Socket, headers));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    open: (gate, fetch, pages) => {
      const api = getRequestListener((request, { incoming }) => {
        const arrival = (incoming as Arrived)[ARRIVAL];
        if (!arrival) throw new Error('A request came past the gate.');
        return fetch(request, { arrival });
      });
      const enter = (request: Arrived, response: ServerResponse, arrival: Arrival): void => {
        request[ARRIVAL] = arrival;
        if (pages === null || isOurs(request.url ?? '')) {
          void api(request, response);
          return;
        }
        sayType(response);
        const vigie: Lent = {
          fetch: (asked) => fetch(asked, { arrival }),
          organisation: arrival.organisation?.slug ?? null,
        };
        pages(Object.assign(request, { vigie }), response, () => {
          response.writeHead(404).end('Not found\n');
        });
      };
      answer = (request, response) => {
        try {
          const arrival = gate(request);
          // Nearly always known at once: nobody waits a turn for nothing.
          if (!(arrival instanceof Promise)) return enter(request, response, arrival);
          arrival.then(
            (came) => enter(request, response, came),
            (error: unknown) => refuse(request, response, error),
          );
        } catch (error) {
          refuse(request, response, error);
        }
      };
    },
    stop: () =>
      new Promise((resolve) => {
        const cut = setTimeout(() => server.closeAllConnections(), PATIENCE);
        // One that was answered meanwhile would be kept for the next request.
        const idle = setInterval(() => server.closeIdleConnections(), IDLE_AGAIN);
        server.close(() => {
          clearTimeout(cut);
          clearInterval(idle);
          resolve();
        });
        for (const socket of silent) if (socket.bytesRead === 0) socket.destroy();
      }),
  };
};
