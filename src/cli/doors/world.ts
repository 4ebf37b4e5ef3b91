import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import { createOrganisation, type House, setUrl } from '../../organisations/index.ts';
import {
  addMember,
  beginSession,
  cookieName,
  createKey,
  type GivenRole,
  linkFor,
} from '../../people/index.ts';
import { newId } from '../../platform/ids.ts';
import { asOrganisation } from '../../platform/postgres/index.ts';
import type { Office } from '../administer.ts';
import { APPS, type AppKey } from './apps.ts';
import { Aviary, type Secret } from './canaries.ts';
import { fillVault } from './files.ts';
import type { Call, Line } from './line.ts';
import { insertNotice, lastSeq, newestId, sessionOf, setLastAside } from './store.ts';
import { givePasskey, ways } from './ways.ts';
import { ask, type Making, type Side, type Workshop } from './workshop.ts';

/** What throwaway organisations' short names begin with. */
export const PREFIX = 'portes-';

const HOUR = 3_600_000;

const everywhere = (role: string): readonly GivenRole[] =>
  Object.values(APPS).map(({ app }) => ({ app, role, site: null }));

/** Tickets of every kind, with a canary in every field. Those of the first organisation have numbers that the other has not. */
const fill = async (
  making: Making,
  house: House,
  headers: Call['headers'],
  own: (secret: Secret) => Secret,
  count: number,
) => {
  const { aviary } = making;
  const base = `/api/v1/${house.slug}`;
  const open = async (key: AppKey, site: string, secrets: readonly [Secret, Secret, Secret], more = '') => {
    const { app } = APPS[key];
    const [plain, inner, sealed] = secrets.map(own) as [Secret, Secret, Secret];
    const say = (of: Secret, field: string): string => aviary.word(of, `${app}/${site}: ${field}`);
    const { reference } = await ask(making, headers, 'POST', `${base}/${app}/tickets`, {
      site,
      fields: {
        summary: `${say(plain, 'summary')} ${more}`,
        inner: say(inner, 'inner'),
        secret: say(sealed, 'secret'),
        contact: {
          name: say(sealed, 'contact’s name'),
          email: `${say(sealed, 'contact’s address')}@contact.invalid`,
          phone: '+33 6 00 00 00 00',
        },
      },
    });
    await ask(making, headers, 'POST', `${base}/${app}/tickets/${String(reference)}/comments`, {
      text: say(plain, 'comment'),
    });
    return String(reference);
  };
  const searched = `zs${randomBytes(8).toString('hex')}`;
  const everything = ['front plain', 'front inner', 'front sealed'] as const;
  const tickets = { front: '', beside: '', strong: '' };
  let south = '';
  for (let made = 0; made < count; made += 1) {
    south = await open('front', 'sud', ['front south', 'front south', 'front south']);
    tickets.front = await open('front', 'nord', everything, searched);
    tickets.beside = await open('beside', 'nord', ['beside', 'beside', 'beside']);
    tickets.strong = await open('strong', 'nord', ['strong', 'strong', 'strong']);
  }
  const page = await ask(making, headers, 'GET', `${base}/${APPS.front.app}/tickets?limit=1&sort=newest`);
  const typed = aviary.word(own('draft'), 'a draft');
  const refused = await making.line.send({
    method: 'POST',
    path: `/forms${base}/${APPS.front.app}/tickets`,
    headers: {
      origin: making.origin,
      'content-type': 'application/x-www-form-urlencoded',
      ...headers,
    },
    body: `text.inner=${typed}&_back=/${house.slug}`,
  });
  return {
    tickets,
    south,
    searched,
    cursor: typeof page['next'] === 'string' ? page['next'] : '',
    draft: /draft=([0-9a-f-]+)/u.exec(refused.location ?? '')?.[1] ?? '',
  };
};

const build = async (making: Making, made: string[], other: boolean): Promise<Side> => {
  const { office, aviary, now } = making;
  const own = (secret: Secret): Secret => (other ? 'other house' : secret);
  const slug = `${PREFIX}${randomBytes(6).toString('hex')}`;
  const sites = (other ? ['nord', 'est', 'sud'] : ['nord', 'sud', 'ouest']).map((site) => ({
    slug: site,
    name: aviary.word(own('house'), `the name of the site ${site}`),
    openingHours: '24/7',
    timeZone: 'Europe/Paris',
    holidays: 'FR',
  }));
  const name = aviary.word(own('house'), 'the organisation’s name');
  const id = await createOrganisation(
    office.db,
    { slug, name, locale: 'fr', sites, apps: Object.values(APPS) },
    now,
  );
  // From here on it is removed, whatever happens.
  made.push(id);
  const house = await office.houses.byId(id);
  if (!house) throw new Error(`${slug} was not made.`);
  const side = { house } as Side;
  const clerk = await making.person(side, { roles: everywhere('full') });
  const { cookie } = making.cookie(side, await making.session(side, clerk, 'strong'));
  const filled = await fill(making, house, { cookie }, own, other ? 1 : 3);
  await asOrganisation(office.db, id, (tx) =>
    insertNotice(
      tx,
      id,
      {
        id: newId(now),
        eventId: newId(now),
        address: `${aviary.word(own('administration'), 'a notice’s address')}@notice.invalid`,
        text: aviary.word(own('administration'), 'a notice'),
      },
      new Date(now),
    ),
  );
  const begun = await ways(making, side, own);
  await fillVault(making, { house, clerk: { id: clerk, cookie }, tickets: filled.tickets }, own);
  const built = { house, clerk: { id: clerk, cookie }, ...filled, ...begun };
  await settled(making, built);
  const seq = await asOrganisation(office.db, id, async (tx) => {
    await setLastAside(tx, id, aviary.word(own('administration'), 'why an event was set aside'));
    return lastSeq(tx, id);
  });
  return { ...built, seq };
};

/** A third organisation, at an address of its own, and who administers it there. */
const neighbour = async (making: Making, made: string[]): Promise<Call['headers']> => {
  const { office, aviary, now } = making;
  const slug = `${PREFIX}${randomBytes(6).toString('hex')}`;
  const name = aviary.word('other house', 'the third organisation’s name');
  const id = await createOrganisation(office.db, { slug, name, locale: 'fr', sites: [], apps: [] }, now);
  made.push(id);
  const host = `${slug}.localhost`;
  await setUrl(office.db.system, id, `http://${host}`);
  const house = await office.houses.byId(id);
  if (!house) throw new Error(`${slug} was not made.`);
  const side = { house } as Side;
  const boss = await making.person(side, { administrator: true });
  return {
    host,
    origin: `http://${host}`,
    ...making.cookie(side, await making.session(side, boss, 'strong')),
  };
};

/** Waits until search finds what was written: then everything else has followed too. */
const settled = async (
  { line }: Making,
  { house, clerk, searched }: Pick<Side, 'house' | 'clerk' | 'searched'>,
): Promise<void> => {
  const asked = {
    method: 'GET',
    path: `/api/v1/${house.slug}/search?q=${searched}`,
    headers: { cookie: clerk.cookie },
  };
  for (const until = Date.now() + 20_000; Date.now() < until; await sleep(200))
    if ((await line.send(asked)).body.includes(searched)) return;
  throw new Error('What was written is not found by search after 20 s: does a server follow the log?');
};

/** Two organisations that exist to be attacked, in the database of the server at the other end of the line. */
export const makeWorld = async (
  office: Office,
  line: Line,
  origin: string,
  made: string[],
): Promise<Workshop> => {
  const aviary = new Aviary();
  const now = Date.now();
  const members = new Map<string, string>();
  const making: Making = {
    office,
    line,
    aviary,
    origin,
    now,
    person: async ({ house }, { administrator = false, roles = [] }) => {
      const own = (secret: Secret): Secret => (house.id === made[0] ? secret : 'other house');
      const address = aviary.word(own('administration'), 'a member’s address');
      const id = await addMember(
        office.db,
        house,
        {
          name: aviary.word(own('house'), 'a member’s name'),
          email: `${address}@member.invalid`,
          locale: 'fr',
          administrator,
          roles,
        },
        now,
      );
      aviary.give(address, id);
      return id;
    },
    session: async ({ house }, memberId, assurance, ago = 0) => {
      const secret = await asOrganisation(office.db, house.id, (tx) =>
        beginSession(
          tx,
          house.id,
          {
            memberId,
            assurance,
            methods: [assurance === 'low' ? 'link' : 'passkey'],
            userAgent: undefined,
          },
          Date.now() - ago,
        ),
      );
      members.set(secret, memberId);
      return secret;
    },
    whose: ({ cookie = '' }) => members.get(cookie.split('=')[1] ?? '') ?? null,
    cookie: ({ house }, secret) => ({ cookie: `${cookieName(origin, house.slug)}=${secret}` }),
  };
  const a = await build(making, made, false);
  const b = await build(making, made, true);
  return {
    ...making,
    a,
    b,
    elsewhere: line.isHere ? await neighbour(making, made) : null,
    victim: async (side) => {
      const member = await making.person(side, {});
      const key = await createKey(
        office.db,
        side.house,
        {
          app: APPS.front.app,
          role: 'reader',
          site: null,
          name: aviary.word(side === a ? 'administration' : 'other house', 'a key’s name'),
          expires: null,
        },
        now,
      );
      // So that there is a session and a link that are not the caller's own.
      await making.session(side, member, 'low');
      await linkFor(office.db, side.house, origin, member, now - 20 * HOUR);
      const session = await asOrganisation(office.db, side.house.id, (tx) =>
        sessionOf(tx, side.house.id, member),
      );
      return { member, key: key.id, session };
    },
    passkey: ({ house }, memberId) => givePasskey(making, house, memberId, 'a passkey'),
    idIn: (side, table) =>
      asOrganisation(office.db, side.house.id, (tx) => newestId(tx, table, side.house.id)),
  };
};
