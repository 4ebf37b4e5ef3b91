import { problemOf, VigieProblem } from './problem.ts';

export interface Options {
  /** An API key; without one, a browser presents the session it has. */
  readonly key?: string;
  /** The language of headings and of what is refused. Default: French. */
  readonly locale?: 'fr' | 'en';
  /** How often one request is sent at most, while the server is away. Default: 5, over about eight seconds. */
  readonly attempts?: number;
  /** Another `fetch`, such as one through a proxy. */
  readonly fetch?: typeof fetch;
}

export interface Asked {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly query?: { readonly [name: string]: Queried };
  readonly body?: unknown;
  /** The same again has the same answer and one effect. Default: a new one for each command. */
  readonly idempotencyKey?: string | undefined;
  readonly headers?: { readonly [name: string]: string };
  readonly signal?: AbortSignal | undefined;
}

type Queried = string | number | boolean | readonly string[] | null | undefined;

/** Sends a request, again while the server is away, and gives the answer. @throws VigieProblem */
export type Send = (path: string, asked?: Asked) => Promise<Response>;

const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 4_000;
/** The server, or what stands before it, is away for a moment: nothing was done, or the key says what was. */
const AWAY: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/** 128 random bits. `randomUUID` is not there on pages that came without https. */
const newKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  );

export const sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason as Error);
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal?.addEventListener('abort', stop, { once: true });
  });

/** Milliseconds before the next attempt: what the server asks for, or twice as long each time, never all at once. */
export const pauseBefore = (attempt: number, retryAfter: string | null = null): number => {
  const asked = Number(retryAfter) * 1000;
  if (asked > 0) return Math.min(asked, 30_000);
  return Math.min(FIRST_PAUSE * 2 ** (attempt - 1), LONGEST_PAUSE) * (0.5 + Math.random() / 2);
};

const write = (query: Asked['query']): string => {
  const written = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {}))
    if (value !== undefined && value !== null)
      written.set(name, Array.isArray(value) ? value.join(',') : String(value));
  const text = written.toString();
  return text === '' ? '' : `?${text}`;
};

/** @param base where the organisation's API is: `http://localhost:3000/api/v1/kerlann` */
export const sender = (base: string, options: Options): Send => {
  const { key, locale, attempts = 5, fetch: send = fetch } = options;
  return async (path, asked = {}) => {
    const { method = 'GET', body, signal } = asked;
    const request: RequestInit = {
      method,
      headers: {
        accept: 'application/json',
        ...(locale && { 'accept-language': locale }),
        ...(key && { authorization: `Bearer ${key}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        // The same for every attempt: what was done once is not done twice.
        ...(method !== 'GET' && { 'idempotency-key': asked.idempotencyKey ?? newKey() }),
        ...asked.headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
    };
    for (let attempt = 1; ; attempt += 1) {
      let response: Response;
      try {
        response = await send(`${base}${path}${write(asked.query)}`, request);
      } catch (error) {
        if (signal?.aborted) throw error;
        if (attempt >= attempts)
          throw new VigieProblem(0, { code: 'unreachable', detail: `No answer from ${base}.` }, error);
        await sleep(pauseBefore(attempt), signal);
        continue;
      }
      if (response.ok) return response;
      if (!AWAY.has(response.status) || attempt >= attempts) throw await problemOf(response);
      await response.body?.cancel();
      await sleep(pauseBefore(attempt, response.headers.get('retry-after')), signal);
    }
  };
};

/** One path segment from anything. */
export const part = (text: string): string => encodeURIComponent(text);
