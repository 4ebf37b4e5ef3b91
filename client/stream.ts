import { VigieProblem } from './problem.ts';
import { pauseBefore, type Send, sleep } from './request.ts';

/** Something happened to a ticket that you see. */
export interface TicketNews {
  readonly event: 'ticket';
  readonly seq: number;
  readonly app: string;
  readonly reference: string;
  /** `opened`, `edited`, `moved`, `commented`, `assigned`, `attached`, `lateness`, `undone`, `erased` */
  readonly type: string;
  readonly step: string;
  readonly lateness: string;
  readonly version: number;
  readonly at: string;
}

/**
 * `hello` first: whatever happens from then on is told. `reset` when the stream was away for so long that
 * it starts anew: read again what you show.
 */
export type News = TicketNews | { readonly event: 'hello' | 'reset'; readonly seq: number };

export interface Following {
  /** Only what happens to tickets of this app. */
  readonly app?: string;
  /** Begin after this `seq`, where an earlier stream stopped. */
  readonly after?: number;
  readonly signal?: AbortSignal;
}

/** The server says something at least every 20 s; a stream silent for longer is dead. */
const SILENCE = 60_000;

interface Message {
  readonly event: string;
  readonly data: string;
  readonly id: string | null;
}

/** Server-sent events from bytes (WHATWG HTML, 9.2.6). */
export async function* messages(
  bytes: ReadableStream<Uint8Array>,
  heard: () => void = () => {},
): AsyncGenerator<Message> {
  const reader = bytes.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  let event = '';
  let id: string | null = null;
  let data: string[] = [];
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      heard();
      rest += decoder.decode(value, { stream: true });
      // A carriage return at the very end may be half of an end of line.
      const lines = rest.split(/\r\n|\n|\r(?!$)/u);
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (line === '') {
          if (data.length > 0) yield { event: event || 'message', data: data.join('\n'), id };
          event = '';
          data = [];
          continue;
        }
        const colon = line.indexOf(':');
        const name = colon < 0 ? line : line.slice(0, colon);
        const text = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /u, '');
        if (name === 'event') event = text;
        else if (name === 'data') data.push(text);
        else if (name === 'id' && !text.includes('\0')) id = text;
      }
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

/**
 * What happens, as it happens. A connection that breaks is made again, and nothing is missed or told twice.
 * Ends when the consumer stops or `signal` says so. @throws VigieProblem when the server refuses
 */
export async function* follow(
  send: Send,
  { app, after, signal }: Following,
): AsyncGenerator<News, void, void> {
  let last = after === undefined ? null : String(after);
  let greeted = false;
  for (let attempt = 0; !signal?.aborted; attempt += 1) {
    const connection = new AbortController();
    const stop = (): void => connection.abort(signal?.reason);
    signal?.addEventListener('abort', stop, { once: true });
    let silence: ReturnType<typeof setTimeout> | undefined;
    const heard = (): void => {
      clearTimeout(silence);
      silence = setTimeout(() => connection.abort(), SILENCE);
    };
    try {
      if (attempt > 0) await sleep(pauseBefore(attempt), signal);
      heard();
      const response = await send('/stream', {
        query: { app },
        headers: { accept: 'text/event-stream', ...(last !== null && { 'last-event-id': last }) },
        signal: connection.signal,
      });
      if (!response.body) return;
      for await (const { event, data, id } of messages(response.body, heard)) {
        if (event !== 'ticket' && event !== 'hello' && event !== 'reset') continue;
        attempt = 0;
        const news = { event, ...(JSON.parse(data) as object) } as News;
        if (event !== 'hello' || !greeted) yield news;
        greeted = true;
        // Only once the consumer has come back for more: what it was doing when it broke off is told again.
        last = id ?? last;
      }
    } catch (error) {
      if (signal?.aborted) return;
      if (error instanceof VigieProblem && error.status >= 400 && error.status < 500) throw error;
    } finally {
      clearTimeout(silence);
      signal?.removeEventListener('abort', stop);
      connection.abort();
    }
  }
}
