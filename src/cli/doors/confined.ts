import { randomInt } from 'node:crypto';

import { isTrivial } from '../../stations/pin.ts';
import { askForFiles } from './files.ts';
import { APPS } from './apps.ts';
import type { Caller, Who } from './callers.ts';
import type { Secret } from './canaries.ts';
import type { Route } from './routes.ts';
import type { Workshop } from './workshop.ts';

/** A caller who is let in only where a route says so; the rest of it is filled in as for the others. */
export interface Confined {
  readonly name: Caller['name'];
  readonly headers: Caller['headers'];
  readonly kind: Who['kind'];
  readonly seesTicket: boolean;
  readonly mayRead: readonly Secret[];
  /** Of a share: where what they opened is. */
  readonly link?: string;
}

/** Asks the server as a browser would; the answer's body, and its cookies as they are sent back. */
const ask = async (
  { line, origin }: Workshop,
  headers: Caller['headers'],
  method: string,
  path: string,
  body?: object,
): Promise<{ readonly body: { readonly [name: string]: string }; readonly cookie: string }> => {
  const answer = await line.send({
    method,
    path,
    headers: { origin, 'content-type': 'application/json', ...headers },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (answer.status >= 300)
    throw new Error(
      `A confined caller could not be made: ${method} ${path} gave ${answer.status} ${answer.body}`,
    );
  const cookies = [...answer.all.matchAll(/^set-cookie\n([^;\n]+)/gimu)].map(([, cookie = '']) => cookie);
  return {
    body: (answer.body === '' ? {} : JSON.parse(answer.body)) as { readonly [name: string]: string },
    cookie: cookies.filter((cookie) => !cookie.endsWith('=')).join('; '),
  };
};

/** A PIN that nobody would refuse for being easy. */
const newPin = (): string => {
  const pin = String(randomInt(100_000, 1_000_000));
  return isTrivial(pin) ? newPin() : pin;
};

/** Who unlocked a tablet that an administrator paired: at the step where the ticket is, and at one where it is not. */
const stations = async (
  workshop: Workshop,
  administrator: Caller['headers'],
): Promise<readonly Confined[]> => {
  const { a, person, session, cookie } = workshop;
  const base = `/api/v1/${a.house.slug}`;
  const { app } = APPS.front;
  const at = async (step: string, site: string) => {
    const added = await ask(workshop, administrator, 'POST', `${base}/stations`, {
      name: 'doors',
      app,
      steps: [step],
      site,
      // The longest there is: it must still be unlocked when its turn comes, on a slow machine too.
      idleSeconds: 900,
    });
    const device = await ask(workshop, {}, 'POST', `${base}/station`, { code: added.body['code'] });
    const member = await person(a, { roles: [{ app, role: 'full', site: null }] });
    const pin = newPin();
    await ask(workshop, cookie(a, await session(a, member, 'strong')), 'PUT', `${base}/me/pin`, { pin });
    const unlocked = await ask(workshop, { cookie: device.cookie }, 'POST', `${base}/station/unlock`, {
      member,
      pin,
    });
    return { device: device.cookie, unlocked: unlocked.cookie };
  };
  const locked = await at('open', 'nord');
  const [south, done, right] = [await at('open', 'sud'), await at('done', 'nord'), await at('open', 'nord')];
  return [
    {
      name: ['poste verrouillé', 'a locked station'],
      headers: { cookie: locked.device },
      kind: 'stranger',
      seesTicket: false,
      mayRead: ['house'],
    },
    {
      name: ['poste d’un autre site', 'a station of another site'],
      headers: { cookie: south.unlocked },
      kind: 'station',
      seesTicket: false,
      mayRead: ['house', 'front south'],
    },
    {
      name: ['poste d’une autre étape', 'a station of another step'],
      headers: { cookie: done.unlocked },
      kind: 'station',
      seesTicket: false,
      mayRead: ['house'],
    },
    {
      name: ['poste', 'a station'],
      headers: { cookie: right.unlocked },
      kind: 'station',
      seesTicket: true,
      mayRead: ['house', 'front plain', 'front inner', 'front sealed'],
    },
  ];
};

/** Who holds a link to a ticket: to another one, and to this one after it was ended. */
const guests = async (workshop: Workshop, role: string): Promise<readonly Confined[]> => {
  const { a } = workshop;
  const link = async (reference: string) => {
    const path = `/api/v1/${a.house.slug}/${APPS.front.app}/tickets/${reference}/guests`;
    const { body } = await ask(workshop, { cookie: a.clerk.cookie }, 'POST', path, { role });
    const headers = { authorization: `Guest ${body['url']?.split('/').at(-1)}` };
    return {
      headers,
      end: () => ask(workshop, { cookie: a.clerk.cookie }, 'DELETE', `${path}/${body['id']}`),
    };
  };
  const [other, ended, right] = [
    await link(a.south),
    await link(a.tickets.front),
    await link(a.tickets.front),
  ];
  await ended.end();
  // The newest is the one that everybody tries to end, and whoever sees the ticket may.
  await link(a.tickets.front);
  return [
    {
      name: ['invité d’un autre ticket', 'a guest of another ticket'],
      headers: other.headers,
      kind: 'guest',
      seesTicket: false,
      mayRead: ['house', 'front south'],
    },
    {
      name: ['invité dont le lien a pris fin', 'a guest whose link has ended'],
      headers: ended.headers,
      kind: 'stranger',
      seesTicket: false,
      mayRead: [],
    },
    {
      name: ['invité', 'a guest'],
      headers: right.headers,
      kind: 'guest',
      seesTicket: true,
      mayRead: ['house', 'front plain'],
    },
  ];
};

/** Who has a link to put files, which shows them what was asked for and nothing else. */
const droppers = async (workshop: Workshop): Promise<readonly Confined[]> => {
  const link = () => askForFiles(workshop, workshop.a, (secret) => secret);
  const authorization = `Drop ${await link()}`;
  // The newest is the one that everybody tries to end.
  await link();
  return [
    {
      name: ['lien de dépôt', 'a link to put files'],
      headers: { authorization },
      kind: 'drop',
      seesTicket: false,
      mayRead: ['house', 'drop'],
    },
  ];
};

/**
 * Who has a link to files: unopened, open in their browser, and after it was ended. What was shared is what everybody
 * sees who sees the ticket.
 */
const sharers = async (workshop: Workshop): Promise<readonly Confined[]> => {
  const { a } = workshop;
  const passphrase = 'portes ouvertes';
  const path = `/api/v1/${a.house.slug}/${APPS.front.app}/tickets/${a.tickets.front}/shares`;
  const share = async () => {
    const message = workshop.aviary.word('front plain', 'what is said with a share');
    const asked = { field: 'papers', passphrase, message };
    const { body } = await ask(workshop, { cookie: a.clerk.cookie }, 'POST', path, asked);
    const [link] = body['links'] as unknown as readonly { readonly id: string; readonly url: string }[];
    return { id: body['id'], link: link?.id ?? '', authorization: `Share ${link?.url.split('/').at(-1)}` };
  };
  const [closed, open, ended] = [await share(), await share(), await share()];
  await ask(workshop, { cookie: a.clerk.cookie }, 'DELETE', `${path}/${ended.id}`);
  // The newest is the one whose files everybody asks for, and tries to end.
  await share();
  const opened = async ({ authorization }: typeof open) => {
    const visits = `/api/v1/${a.house.slug}/share/visits`;
    const { cookie } = await ask(workshop, { authorization }, 'POST', visits, { passphrase });
    return { authorization, cookie };
  };
  return [
    {
      name: ['lien de partage, pas encore ouvert', 'a share link, not opened yet'],
      headers: { authorization: closed.authorization },
      kind: 'share',
      seesTicket: false,
      mayRead: ['house'],
    },
    {
      name: ['lien de partage, ouvert', 'a share link, opened'],
      headers: await opened(open),
      link: open.link,
      kind: 'share',
      seesTicket: false,
      mayRead: ['house', 'front plain'],
    },
    {
      name: ['lien de partage fermé', 'a share link that was ended'],
      headers: { authorization: ended.authorization },
      kind: 'stranger',
      seesTicket: false,
      mayRead: [],
    },
  ];
};

/** Shared stations and guests, where this Vigie has them. */
export const confinedCallers = async (
  workshop: Workshop,
  routes: readonly Route[],
  administrator: Caller['headers'],
): Promise<readonly Confined[]> => {
  const has = (path: string): boolean =>
    routes.some((route) => route.method === 'POST' && route.path.endsWith(path));
  const follower = Object.entries(APPS.front.roles).find(([, role]) => 'guest' in role)?.[0];
  return [
    // First: with their ticket ended by a station, the link is dead.
    ...(await droppers(workshop)),
    ...(await sharers(workshop)),
    ...(has('/stations') ? await stations(workshop, administrator) : []),
    ...(has('/guests') && follower !== undefined ? await guests(workshop, follower) : []),
  ];
};
