import { request } from 'node:http';

export interface Asking {
  readonly method?: string;
  /** The host asked for; without it, the server's own. */
  readonly host?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Asks a server of this machine under any host name, as only a program that is no browser can. A stream is left at once. */
export const askRaw = (port: number, path: string, asking: Asking = {}): Promise<Response> =>
  new Promise((resolve, reject) => {
    const { method = 'GET', host = `localhost:${port}`, headers, body } = asking;
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
    const sent = request(
      { port, path, method, host: 'localhost', headers: { ...headers, ...length, host } },
      (answer) => {
        const parts: Buffer[] = [];
        const finish = (): void => {
          const given = answer.rawHeaders.flatMap((name, at, all) =>
            at % 2 === 0 ? [[name, all[at + 1] ?? ''] as [string, string]] : [],
          );
          const status = answer.statusCode ?? 0;
          const empty = [204, 303, 304].includes(status);
          resolve(new Response(empty ? null : Buffer.concat(parts), { status, headers: new Headers(given) }));
        };
        if (answer.headers['content-type']?.includes('event-stream') === true) {
          answer.destroy();
          return finish();
        }
        answer.on('data', (part: Buffer) => parts.push(part)).on('end', finish);
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
