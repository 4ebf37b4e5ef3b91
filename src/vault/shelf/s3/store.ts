import { createHash, randomInt } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { AwsV4Signer } from 'aws4fetch';
import type { BucketPlace } from '../../../platform/vault-place.ts';
import { ShelfFailed, ShelfFull } from '../errors.ts';
import { type Element, readXml } from '../xml.ts';
import { chunksOf, request } from './request.ts';

export interface Ask {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE';
  /** A name on the shelf; without one, it is the bucket that is asked. */
  readonly name?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Body;
  /** Statuses that are an answer; all others are an error. */
  readonly expect: readonly number[];
  /** The body may be long, and is left to be read as it comes. */
  readonly stream?: true;
}

export interface Body {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly sha256: string;
  /** In base64, as Content-MD5 has it. */
  readonly md5: string;
}

/** Asks the bucket; tries again what a store or a line that stumbles may do better the next time. */
export type Store = (ask: Ask) => Promise<Answer>;

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** The body, unless it was to be a stream. */
  readonly text: string;
  /** The stream. Each wait for more of it ends after a while. */
  chunks(): AsyncGenerator<Uint8Array>;
  /** Without reading the stream. */
  leave(): void;
}

const TRIES = 5;
const FIRST_WAIT = 150;
const LONGEST_TEXT = 8 * 1024 * 1024;
const NOTHING = createHash('sha256').digest('hex');
const PASSING = new Set([408, 429, 500, 502, 503, 504]);

export const bodyOf = (text: string): Body => {
  const bytes = new TextEncoder().encode(text);
  return {
    bytes,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    md5: createHash('md5').update(bytes).digest('base64'),
  };
};

/** How long to wait before the next try: twice as long each time, and never all at the same instant. */
export const pause = (tries: number): Promise<void> =>
  sleep(FIRST_WAIT * 2 ** tries * (0.5 + randomInt(1000) / 1000));

export const openStore = (place: BucketPlace): Store => {
  const cache = new Map<string, ArrayBuffer>();

  const send = async ({ method, name, query = {}, headers = {}, body, stream }: Ask): Promise<Answer> => {
    const key = name === undefined ? '' : `/${place.prefix}${name}`;
    const signed = await new AwsV4Signer({
      method,
      url: `${place.endpoint}/${place.bucket}${key}?${new URLSearchParams(query).toString()}`.replace(
        /\?$/u,
        '',
      ),
      headers: {
        ...headers,
        'x-amz-content-sha256': body?.sha256 ?? NOTHING,
        ...(body && { 'content-md5': body.md5 }),
      },
      accessKeyId: place.keyId,
      secretAccessKey: place.secret,
      region: place.region,
      service: 's3',
      cache,
    }).sign();
    const response = await request(new URL(signed.url), method, signed.headers, body?.bytes);
    const status = response.statusCode ?? 0;
    const chunks = () => chunksOf(response);
    const text = stream && status < 300 ? '' : await textIn(chunks());
    const leave = () => void response.destroy();
    return { status, headers: response.headers, text, chunks, leave };
  };

  return async (ask) => {
    for (let tries = 1; ; tries += 1) {
      let failure: Error;
      try {
        const answer = await send(ask);
        if (ask.expect.includes(answer.status)) return answer;
        failure = refusal(answer);
        if (!PASSING.has(answer.status) && codeIn(answer.text) !== 'RequestTimeout') throw failure;
      } catch (error) {
        if (error instanceof ShelfFull || error instanceof ShelfFailed) throw error;
        failure = new ShelfFailed('The store does not answer.', { cause: error });
      }
      if (tries >= TRIES) throw failure;
      await pause(tries);
    }
  };
};

const textIn = async (chunks: AsyncIterable<Uint8Array>): Promise<string> => {
  const all: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    length += chunk.byteLength;
    if (length > LONGEST_TEXT) throw new ShelfFailed('The store says more than we listen to.');
    all.push(chunk);
  }
  return Buffer.concat(all).toString('utf8');
};

/** What the store said, as XML. */
export const said = ({ text }: Pick<Answer, 'text'>): Element => {
  try {
    return readXml(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new ShelfFailed('The store says what nobody understands.', { cause: error });
  }
};

/** Of a refusal, only the store's word for it: the rest may repeat keys and what was signed. */
export const codeIn = (text: string): string =>
  /<Code>(?<code>[A-Za-z.]{1,64})<\/Code>/u.exec(text)?.groups?.['code'] ?? '';

/** Stores have many words for being full. Swift's quotas say EntityTooLarge, which no part of ours is otherwise. */
const FULL = /quota|storagefull|diskfull|insufficient(?:storage|capacity)|^entitytoolarge$/iu;

/** What a refusal means for us. */
export const refusal = ({ status, text }: Pick<Answer, 'status' | 'text'>): ShelfFull | ShelfFailed => {
  const code = codeIn(text);
  const words = [status, code].filter(Boolean).join(' ');
  return status === 507 || FULL.test(code)
    ? new ShelfFull(`There is no room left in the bucket (${words}).`)
    : new ShelfFailed(`The store refused (${words}).`);
};
