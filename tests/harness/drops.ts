import type { TestContext } from 'node:test';

import { installPermits } from './permits.ts';
import { metadataOf, type Told } from './tus.ts';
import { type Hand, stage, type Stage, type StageOptions } from './vigie.ts';

/** An organisation with the file of a permit, in which plans are wanted. */
export interface Desk {
  readonly town: Stage;
  /** Asks for them. */
  readonly armelle: Hand;
  /** Runs the organisation. */
  readonly maelle: Hand;
  readonly reference: string;
  /** The ticket, below the API. */
  readonly path: string;
}

export const permitDesk = async (
  t: TestContext,
  classification: 'internal' | 'health' = 'internal',
  options: StageOptions = {},
): Promise<Desk> => {
  const town = await stage(t, { vault: true, ...options });
  await installPermits(town, classification);
  const [armelle, maelle] = [await town.as('armelle', 'strong'), await town.as('maelle', 'strong')];
  const { status, body } = await armelle.ask('POST', '/kerlann/permis/tickets', {
    fields: { what: 'Extension de la maison de Mme Riou' },
  });
  if (status !== 201) throw new Error(`No file was opened: ${JSON.stringify(body)}`);
  const path = `/kerlann/permis/tickets/${body.reference}`;
  return { town, armelle, maelle, reference: body.reference, path };
};

export interface Link {
  readonly id: string;
  readonly url: string;
  readonly secret: string;
}

/** Asks for plans, for a week, of whoever says who they are; the test fails when that is refused. */
export const askFor = async (
  { town, path }: Pick<Desk, 'town' | 'path'>,
  hand: Hand,
  asked: object = {},
): Promise<Link> => {
  const expires = new Date(town.clock.now() + 7 * 86_400_000).toISOString();
  const { status, body } = await hand.ask<{ id: string; url: string }>('POST', `${path}/drops`, {
    field: 'plans',
    title: 'Plans de l’extension',
    expires,
    ...asked,
  });
  if (status !== 201) throw new Error(`Nothing could be asked for: ${status} ${JSON.stringify(body)}`);
  return { ...body, secret: body.url.split('/').at(-1) ?? '' };
};

/** Somebody without an account who has the link, at a program. */
export interface Bringer {
  ask<T = unknown>(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ status: number; body: T; headers: Headers }>;
  /** @returns the id of a deposit */
  begin(said?: object): Promise<string>;
  /** Announces a file. */
  announce(
    deposit: string,
    length: number,
    metadata: Record<string, string>,
    more?: Record<string, string>,
  ): Promise<Told>;
  piece(location: string, offset: number, bytes: Buffer): Promise<Told>;
  send(method: string, location: string, headers?: Record<string, string>): Promise<Told>;
  /** A whole file. */
  bring(deposit: string, name: string, content: Buffer | string): Promise<Told>;
  receipt(deposit: string): Promise<Told>;
}

export const bringerOf = ({ vigie, stranger }: Stage, secret: string, organisation = 'kerlann'): Bringer => {
  const authorization = `Drop ${secret}`;
  const base = `/api/v1/${organisation}/drop`;
  const send = async (
    method: string,
    location: string,
    headers: Record<string, string> = {},
    body?: Buffer,
  ): Promise<Told> => {
    const answer = await fetch(new URL(location, vigie.url), {
      method,
      headers: { 'tus-resumable': '1.0.0', authorization, ...headers },
      ...(body && { body: new Uint8Array(body) }),
    });
    return { status: answer.status, headers: answer.headers, body: await answer.text() };
  };
  const announce: Bringer['announce'] = (deposit, length, metadata, more = {}) =>
    send('POST', `${base}/deposits/${deposit}/uploads`, {
      'upload-length': String(length),
      'upload-metadata': metadataOf(metadata),
      ...more,
    });
  const piece: Bringer['piece'] = (location, offset, bytes) =>
    send(
      'PATCH',
      location,
      { 'content-type': 'application/offset+octet-stream', 'upload-offset': String(offset) },
      bytes,
    );
  return {
    ask: (method, path, body) => stranger.ask(method, `/${organisation}${path}`, body, { authorization }),
    begin: async (said = { name: 'Odile Riou' }) => {
      const { status, body } = await stranger.ask<{ id: string }>(
        'POST',
        `/${organisation}/drop/deposits`,
        said,
        { authorization },
      );
      if (status !== 201) throw new Error(`Nothing was begun: ${status} ${JSON.stringify(body)}`);
      return body.id;
    },
    announce,
    piece,
    send,
    bring: async (deposit, name, content) => {
      const bytes = Buffer.from(content);
      const begun = await announce(deposit, bytes.length, { filename: name });
      if (begun.status !== 201 || bytes.length === 0) return begun;
      return piece(begun.headers.get('location') ?? '', 0, bytes);
    },
    receipt: (deposit) => send('POST', `${base}/deposits/${deposit}/receipt`),
  };
};

/** The same, on a page without JavaScript. @returns the answer, which is not followed */
export const fillForm = (
  { vigie }: Pick<Stage, 'vigie'>,
  secret: string,
  said: Record<string, string>,
  files: readonly (readonly [name: string, content: string, type?: string])[],
  organisation = 'kerlann',
): Promise<Response> => {
  const form = new FormData();
  form.set('_drop', secret);
  for (const [name, value] of Object.entries(said)) form.set(name, value);
  for (const [name, content, type = ''] of files) form.append('files', new File([content], name, { type }));
  return fetch(`${vigie.url}/forms/drop/${organisation}`, {
    method: 'POST',
    body: form,
    redirect: 'manual',
    headers: { origin: 'null' },
  });
};
