import { Agent as PlainAgent, type IncomingMessage, request as plainRequest } from 'node:http';
import { Agent as SecureAgent, request as secureRequest } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';

/** A request as it goes over the wire: no library tidies its path. */
export interface Call {
  readonly method: string;
  readonly path: string;
  readonly headers: { readonly [name: string]: string };
  readonly body?: string;
}

export interface Answer {
  readonly status: number;
  readonly location: string | null;
  readonly body: string;
  /** Status, headers and body: where an answer could tell something. */
  readonly all: string;
}

/** A line to a server. */
export interface Line {
  readonly sent: () => number;
  /** Does it lead to this very machine, where a server hears whatever host name is asked for? */
  readonly isHere: boolean;
  send(call: Call): Promise<Answer>;
  close(): void;
}

/** A stream does not end by itself: what it says in this many milliseconds is what it says. */
const LISTEN = 300;
const PATIENCE = 30_000;
/** How often somebody who is told to wait comes back. */
const TRIES = 4;

const read = (response: IncomingMessage): Promise<string> =>
  new Promise((resolve, reject) => {
    const said: Buffer[] = [];
    const done = (): void => resolve(Buffer.concat(said).toString());
    response.on('data', (part: Buffer) => said.push(part));
    response.on('end', done);
    response.on('error', reject);
    if (response.headers['content-type']?.startsWith('text/event-stream') === true)
      setTimeout(() => {
        done();
        response.destroy();
      }, LISTEN);
  });

/** Opens a line to an address, http or https. Certificates are checked as everywhere. */
export const openLine = (base: string, connections: number): Line => {
  const url = new URL(base);
  const secure = url.protocol === 'https:';
  const options = { keepAlive: true, maxSockets: connections };
  const agent = secure ? new SecureAgent(options) : new PlainAgent(options);
  let sent = 0;

  const once = (call: Call): Promise<Answer & { readonly wait: number | null }> =>
    new Promise((resolve, reject) => {
      const asked = (secure ? secureRequest : plainRequest)(
        {
          protocol: url.protocol,
          hostname: url.hostname.replaceAll(/[[\]]/gu, ''),
          port: url.port,
          method: call.method,
          path: call.path,
          headers: {
            ...call.headers,
            ...(call.body !== undefined && { 'content-length': String(Buffer.byteLength(call.body)) }),
          },
          agent,
          timeout: PATIENCE,
        },
        (response) => {
          read(response).then((body) => {
            const status = response.statusCode ?? 0;
            resolve({
              status,
              body,
              location: response.headers.location ?? null,
              all: `${status}\n${response.rawHeaders.join('\n')}\n${body}`,
              wait: status === 429 ? Number(response.headers['retry-after'] ?? 1) : null,
            });
          }, reject);
        },
      );
      asked.on('timeout', () => asked.destroy(new Error(`no answer in ${PATIENCE / 1000} s`)));
      asked.on('error', reject);
      asked.end(call.body);
    });

  return {
    sent: () => sent,
    isHere: ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname),
    send: async (call) => {
      for (let tries = 1; ; tries += 1) {
        sent += 1;
        const answer = await once(call);
        if (answer.wait === null || tries === TRIES) return answer;
        await sleep(Math.min(answer.wait, 15) * 1000);
      }
    },
    close: () => agent.destroy(),
  };
};
