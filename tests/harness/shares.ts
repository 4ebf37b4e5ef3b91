import { takeOrder } from './lab.ts';
import sharp from 'sharp';

import { bring } from './files.ts';
import type { TestContext } from 'node:test';
import { postOffice, type PostOffice } from './mail.ts';
import { type Hand, stage, type Stage, type StageOptions } from './vigie.ts';

/** A photo, of one colour; with a place, as a telephone writes it. */
export const photo = (colour: string, { place = false, width = 900, height = 600 } = {}): Promise<Buffer> => {
  const picture = sharp({ create: { width, height, channels: 3, background: colour } }).jpeg();
  return (
    place
      ? picture.withExif({
          IFD0: { Make: 'Argus' },
          IFD3: {
            GPSLatitudeRef: 'N',
            GPSLatitude: '50/1 38/1 0/1',
            GPSLongitudeRef: 'E',
            GPSLongitude: '3/1 3/1 0/1',
          },
        })
      : picture
  ).toBuffer();
};

/** A lab with an order whose scans are there. */
export interface Lab {
  readonly lab: Stage;
  readonly post: PostOffice;
  readonly camille: Hand;
  readonly order: string;
  readonly scans: readonly string[];
  /** What shares are made at. */
  readonly path: string;
}

/** The lab, an order taken at the counter of Lille, and three scans of it: two in a folder, one of them with a place. */
export const scannedOrder = async (t: TestContext, options: StageOptions = {}): Promise<Lab> => {
  const post = await postOffice(t);
  const lab = await stage(t, { vault: true, smtpUrl: post.url, ...options });
  const camille = await lab.as('camille', 'strong');
  const { reference: order } = await takeOrder(camille);
  const brought = await bring(
    lab,
    lab.cast.camille,
    camille,
    `/argentique/atelier/tickets/${order}`,
    'scans',
    [
      { name: 'vue-01.jpg', folder: 'Film 1', content: await photo('teal', { place: true }) },
      { name: 'vue-02.jpg', folder: 'Film 1', content: await photo('tomato') },
      { name: 'planche.jpg', content: await photo('navy') },
    ],
  );
  const scans = brought.map(({ id }) => id);
  return { lab, post, camille, order, scans, path: `/argentique/atelier/tickets/${order}/shares` };
};

interface Made {
  readonly id: string;
  readonly links: readonly {
    readonly id: string;
    readonly to: string | null;
    readonly url: string;
    readonly sent: boolean | null;
  }[];
}

/** Shares as somebody asks for it; the test fails when it is refused. */
export const shareFiles = async (hand: Hand, path: string, asked: object): Promise<Made> => {
  const { status, body } = await hand.ask<Made>('POST', path, asked);
  if (status !== 201) throw new Error(`It was not shared: ${status} ${JSON.stringify(body)}`);
  return body;
};

/** A browser that holds a link to what was shared. */
export interface Visitor {
  readonly link: string;
  readonly secret: string;
  /** Asks by the link's secret, with what the browser keeps. */
  ask(method: string, path: string, body?: unknown): Promise<Response>;
  /** Asks for what is in it: `/files.zip`, `/files/ID/content`. */
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  /** Opens it. */
  open(proof?: object): Promise<Response>;
}

export const visitor = (
  { vigie }: Pick<Stage, 'vigie'>,
  organisation: string,
  link: { readonly id: string; readonly url: string },
): Visitor => {
  const secret = link.url.split('/').at(-1) ?? '';
  const base = `${vigie.url}/api/v1/${organisation}`;
  let cookie = '';
  const ask: Visitor['ask'] = async (method, path, body) => {
    const response = await fetch(`${base}${path}`, {
      method,
      headers: {
        authorization: `Share ${secret}`,
        ...(cookie && { cookie }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    for (const given of response.headers.getSetCookie()) cookie = given.split(';')[0] ?? '';
    return response;
  };
  return {
    link: link.id,
    secret,
    ask,
    get: (path, headers = {}) =>
      fetch(`${base}/shared/${link.id}${path}`, { headers: { ...headers, cookie } }),
    open: (proof = {}) => ask('POST', '/share/visits', proof),
  };
};

/** The code of the newest mail. */
export const codeIn = (text: string | undefined): string => /^(\d{4} \d{4})$/mu.exec(text ?? '')?.[1] ?? '';
