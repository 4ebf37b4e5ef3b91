import { request } from 'node:http';

import type { Hand, Stage } from './vigie.ts';

/** What the server answered to a request of the tus protocol. */
export interface Told {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

type Said = Record<string, string>;

/** A tus client that does one thing at a time, also wrongly. */
export interface TusHand {
  readonly endpoint: string;
  send(method: string, path: string, headers?: Said, body?: Buffer): Promise<Told>;
  /** Begins an upload. @returns its path */
  begin(length: number, metadata?: Record<string, string>, headers?: Said): Promise<string>;
  piece(path: string, offset: number, body: Buffer, headers?: Said): Promise<Told>;
  head(path: string): Promise<Told>;
  /** How far the server has come. */
  offset(path: string): Promise<number>;
  /** Everything at once. @returns the id of the file */
  bring(name: string, content: Buffer, metadata?: Record<string, string>): Promise<string>;
  /** Sends so many bytes of a piece that was said to be longer, and hangs up. */
  cut(path: string, offset: number, said: number, body: Buffer, headers?: Said): Promise<void>;
}

export const metadataOf = (said: Record<string, string>): string =>
  Object.entries(said)
    .map(([name, value]) => `${name} ${Buffer.from(value).toString('base64')}`)
    .join(',');

const PIECE = 'application/offset+octet-stream';

const isHand = (as: Said | Hand): as is Hand => typeof as['ask'] === 'function';

/** @param hand who sends; without one, whoever the headers say */
export const tusOf = (
  stage: { readonly vigie: Pick<Stage['vigie'], 'url'> },
  organisation: string,
  as: Said | Hand,
): TusHand => {
  const { url } = stage.vigie;
  const who: Said = isHand(as) ? { cookie: as.cookie, origin: url } : as;
  const endpoint = `/api/v1/${organisation}/uploads`;
  const headersOf = (more: Said): Said => ({ 'tus-resumable': '1.0.0', ...who, ...more });
  const send: TusHand['send'] = async (method, path, headers = {}, body) => {
    const answer = await fetch(new URL(path, url), {
      method,
      headers: headersOf(headers),
      ...(body && { body: new Uint8Array(body) }),
    });
    return { status: answer.status, headers: answer.headers, body: await answer.text() };
  };
  const begin: TusHand['begin'] = async (length, metadata = { filename: 'note.txt' }, headers = {}) => {
    const said = { 'upload-length': String(length), 'upload-metadata': metadataOf(metadata), ...headers };
    const told = await send('POST', endpoint, said);
    if (told.status !== 201) throw new Error(`Not begun: ${told.status} ${told.body}`);
    return told.headers.get('location') ?? '';
  };
  const piece: TusHand['piece'] = (path, offset, body, headers = {}) =>
    send('PATCH', path, { 'content-type': PIECE, 'upload-offset': String(offset), ...headers }, body);
  const head: TusHand['head'] = (path) => send('HEAD', path);
  return {
    endpoint,
    send,
    begin,
    piece,
    head,
    offset: async (path) => Number((await head(path)).headers.get('upload-offset')),
    bring: async (name, content, metadata = {}) => {
      const path = await begin(content.length, { filename: name, ...metadata });
      const told = content.length === 0 ? await head(path) : await piece(path, 0, content);
      const file = told.headers.get('vigie-file');
      if (file === null) throw new Error(`Not arrived: ${told.status} ${told.body}`);
      return file;
    },
    cut: (path, offset, said, body, more = {}) =>
      new Promise((resolve, reject) => {
        const headers = headersOf({
          'content-type': PIECE,
          'upload-offset': String(offset),
          'content-length': String(said),
          ...more,
        });
        const sending = request(new URL(path, url), { method: 'PATCH', headers });
        sending.on('error', () => resolve());
        sending.on('response', () => reject(new Error('It was answered before its end.')));
        // What is on its way is let arrive.
        sending.write(body, () => setTimeout(() => sending.destroy(), 150));
      }),
  };
};
