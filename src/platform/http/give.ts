import type { Context } from 'hono';

import { safeName } from '../zip/index.ts';
import { spanOf } from './ranges.ts';

/** Something that can be given out, whole or in part. */
export interface Gift {
  readonly name: string;
  readonly type: string;
  readonly size: number;
  /** Says when it is another: one word, without quotes. */
  readonly tag: string;
  /** Bytes [from, to). */
  read(from: number, to: number): AsyncIterable<Uint8Array>;
}

/** What browsers show without running anything of it. */
const SHOWN = new Set(['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/avif']);

/** What a browser would run, were it to open it, is called what it is by nobody. */
const RUNS = /html|xml|svg|script|pdf/u;

/** A name for a header (RFC 6266, RFC 8187): plain for old readers, whole for others; no line break, no quote gets out. */
export const disposition = (name: string, how: 'attachment' | 'inline'): string => {
  const plain = name.replaceAll(/[^\x20-\x7e]|["\\%;]/gu, '_');
  const whole = encodeURIComponent(name.toWellFormed()).replaceAll(
    /['()*]/gu,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${how}; filename="${plain}"; filename*=UTF-8''${whole}`;
};

/**
 * Gives bytes, or the part of them that was asked for: 200, 206 or 416.
 * @param shown to be seen in the page, where it is a picture; everything else is to be kept
 */
export const give = (c: Context, gift: Gift, shown = false): Response => {
  const inline = shown && SHOWN.has(gift.type);
  const tag = `"${gift.tag}"`;
  c.header('etag', tag);
  c.header('accept-ranges', 'bytes');
  c.header('content-type', !inline && RUNS.test(gift.type) ? 'application/octet-stream' : gift.type);
  c.header('content-disposition', disposition(safeName(gift.name), inline ? 'inline' : 'attachment'));
  c.header('content-security-policy', "default-src 'none'; sandbox; frame-ancestors 'none'");
  const unchanged = c.req.header('if-range') === undefined || c.req.header('if-range') === tag;
  const span = unchanged ? spanOf(c.req.header('range'), gift.size) : null;
  if (span === 'none') {
    c.header('content-range', `bytes */${gift.size}`);
    c.header('content-length', '0');
    return c.body(null, 416);
  }
  const { from, to } = span ?? { from: 0, to: gift.size };
  c.header('content-length', String(to - from));
  if (span) c.header('content-range', `bytes ${from}-${to - 1}/${gift.size}`);
  const status = span ? 206 : 200;
  if (c.req.method === 'HEAD' || to === from) return c.body(null, status);
  return c.body(ReadableStream.from<Uint8Array>(gift.read(from, to)), status);
};
