import assert from 'node:assert/strict';

import { type Answering, type Asked, type Authenticator, softAuthenticator } from './authenticator.ts';
import type { Name } from './cast.ts';
import type { Answer, Hand, Stage } from './vigie.ts';

export interface Refusal {
  readonly code: string;
  readonly detail: string;
  readonly reason?: string;
  readonly passkey?: boolean;
}

/** A browser: it keeps the cookies it is given. */
export interface Browser extends Hand {
  readonly slug: string;
}

export const browserOf = (
  { stranger }: Pick<Stage, 'stranger'>,
  slug: string,
  headers: Record<string, string> = {},
): Browser => {
  const jar = new Map<string, string>();
  const cookie = (): string => [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
  return {
    slug,
    get cookie() {
      return cookie();
    },
    ask: async (method, path, body, more = {}) => {
      const answer = await stranger.ask<never>(method, path, body, {
        ...headers,
        ...(jar.size > 0 && { cookie: cookie() }),
        ...more,
      });
      for (const line of answer.headers.getSetCookie()) {
        const [pair = ''] = line.split(';');
        const at = pair.indexOf('=');
        jar.set(pair.slice(0, at), pair.slice(at + 1));
      }
      return answer;
    },
  };
};

export const tokenOf = (url: string): string => url.trim().split('/').at(-1) ?? '';

/** An invitation that an administrator makes for somebody, to hand over. */
export const invitationBy = async (
  { cast }: Pick<Stage, 'cast'>,
  administrator: Hand,
  name: Name,
  body: object = {},
): Promise<string> => {
  const { id, organisation } = cast[name];
  const answer = await administrator.ask<{ url: string }>(
    'POST',
    `/${organisation}/members/${id}/invitation`,
    body,
  );
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return tokenOf(answer.body.url);
};

/** What the page of an invitation does: asks what to make, makes it, sends it. */
export const accept = async (
  browser: Browser,
  token: string,
  device: Authenticator,
  how: Answering = {},
  name?: string,
): Promise<Answer<Refusal & { id: string }>> => {
  const asked = await browser.ask<{ asked: Asked } & Refusal>(
    'POST',
    `/${browser.slug}/invitations/challenge`,
    { token },
  );
  if (asked.status !== 201) return asked as unknown as Answer<Refusal & { id: string }>;
  const credential = device.make(asked.body.asked, how);
  return browser.ask('POST', `/${browser.slug}/invitations/passkeys`, {
    token,
    credential,
    ...(name !== undefined && { name }),
  });
};

/** What the sign-in page does. */
export const enterWith = async (
  browser: Browser,
  device: Authenticator,
  how: Answering = {},
): Promise<Answer<Refusal>> => {
  const { body: asked } = await browser.ask<Asked>('POST', `/${browser.slug}/passkeys/challenge`);
  return browser.ask('POST', `/${browser.slug}/passkeys/sessions`, { credential: device.sign(asked, how) });
};

/** What the dialog « Confirmez que c'est bien vous » does. */
export const confirm = async (
  browser: Browser,
  device: Authenticator,
  how: Answering = {},
): Promise<Answer<Refusal>> => {
  const { body: asked } = await browser.ask<Asked>('POST', `/${browser.slug}/account/step-up/challenge`);
  return browser.ask('POST', `/${browser.slug}/account/step-up`, { credential: device.sign(asked, how) });
};

/** Somebody with a passkey on a device of theirs, at a browser of theirs. */
export const enrolled = async (
  scene: Stage,
  name: Name,
  administrator: Name,
  options: Parameters<typeof softAuthenticator>[1] = {},
): Promise<{ readonly browser: Browser; readonly device: Authenticator }> => {
  const browser = browserOf(scene, scene.cast[name].organisation);
  const device = softAuthenticator(scene.vigie.url, options);
  const token = await invitationBy(scene, await scene.as(administrator, 'strong'), name);
  const made = await accept(browser, token, device);
  assert.equal(made.status, 201, JSON.stringify(made.body));
  return { browser, device };
};
