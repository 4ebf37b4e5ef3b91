import { randomBytes } from 'node:crypto';

import { system } from '../../engine/index.ts';
import { createKey, linkFor } from '../../people/index.ts';
import { changeMember } from '../../people/manage.ts';
import { revokeKey, revokeSession } from '../../people/store.ts';
import { hashSecret } from '../../people/secret.ts';
import { asOrganisation } from '../../platform/postgres/index.ts';
import { APPS, type AppKey } from './apps.ts';
import type { Secret } from './canaries.ts';
import { confinedCallers } from './confined.ts';
import type { Route } from './routes.ts';
import type { Side, Victim, Workshop } from './workshop.ts';

/** No address of theirs changes. */
const STAYS = { moving: () => {}, tellMoved: () => Promise.resolve() };

/** What a caller is, as far as a permit asks: written here once more, so that the server's own answer is checked by another. */
export interface Who {
  /** `elsewhere`: at the own address of another organisation, whoever they are there. */
  readonly kind: 'stranger' | 'member' | 'key' | 'station' | 'guest' | 'drop' | 'share' | 'elsewhere';
  readonly administrator: boolean;
  /** Apps in which they have a role, and those in which theirs is withheld until they step up. */
  readonly apps: readonly AppKey[];
  readonly withheld: readonly AppKey[];
  /** Do they see the ticket that the path names? */
  readonly seesTicket: boolean;
  readonly fresh: boolean;
  /** Does their browser come from our own pages? */
  readonly ownPage: boolean;
}

/** Somebody who tries every door. */
export interface Caller {
  readonly name: readonly [fr: string, en: string];
  readonly headers: { readonly [name: string]: string };
  readonly who: Who;
  readonly mayRead: ReadonlySet<Secret>;
  /** The member they are, when they are one. */
  readonly me: string | null;
  /** In whose paths they walk, and whose names they put into them. */
  readonly at: Side;
  readonly names: Side;
  readonly app: AppKey;
  readonly victim: Victim;
  /** The link by which they have opened what was shared with them. */
  readonly link?: string;
  /** Do they also write paths, methods and headers in every crooked way? */
  readonly crooked: boolean;
  /** What must be as before once they have tried everything: all of it, the work, or nothing of the kind. */
  readonly leaves: 'everything' | 'work' | 'nothing';
}

const STRANGER: Who = {
  kind: 'stranger',
  administrator: false,
  apps: [],
  withheld: [],
  seesTicket: false,
  fresh: true,
  ownPage: true,
};
const MEMBER: Who = { ...STRANGER, kind: 'member' };
const KEY: Who = { ...STRANGER, kind: 'key' };

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const bearer = (key: string): { readonly authorization: string } => ({ authorization: `Bearer ${key}` });

/** What somebody may read who has every role, and administers nothing. */
const EVERYTHING = [
  'house',
  'front plain',
  'front inner',
  'front sealed',
  'front south',
  'beside',
  'strong',
  'draft',
  'drop',
] as const;

type Given = Partial<Omit<Caller, 'name' | 'headers' | 'who' | 'mayRead'>> & {
  readonly mayRead?: readonly Secret[];
};

/** Everyone who tries, strangers first, whoever may do most last: adding one is adding an entry. */
export const makeCallers = async (
  workshop: Workshop,
  routes: readonly Route[],
): Promise<readonly Caller[]> => {
  const { a, b, office, person, session, cookie, now } = workshop;
  const { front, beside, strong } = APPS;
  const target = await workshop.victim(a);
  const caller = (
    name: Caller['name'],
    headers: Caller['headers'],
    who: Who,
    { mayRead = [], ...given }: Given = {},
  ): Caller => ({
    name,
    headers,
    who,
    me: workshop.whose(headers),
    at: a,
    names: a,
    app: 'front',
    victim: target,
    crooked: false,
    leaves: who.kind === 'stranger' ? 'everything' : 'work',
    mayRead: new Set(mayRead),
    ...given,
  });
  const signedIn = async (side: Side, member: string, assurance: 'low' | 'strong' = 'strong', ago = 0) =>
    cookie(side, await session(side, member, assurance, ago));
  const key = (side: Side, app: string, role: string, site: string | null, expires: Date | null = null) =>
    createKey(office.db, side.house, { app, role, site, expires, name: 'doors' }, now);
  const role = (app: string, name: string, site: string | null = null) => ({ app, role: name, site });

  const bossOfA = await person(a, { administrator: true });
  // The last administrator is never removed: one more, whom nobody tries anything on.
  await person(a, { administrator: true });
  const bossOfB = await person(b, { administrator: true });
  const sessionOfB = await session(b, bossOfB, 'strong');
  const keyOfB = await key(b, front.app, 'full', null);
  const revoked = await session(a, bossOfA, 'strong');
  const disabled = await person(a, { administrator: true });
  const invited = await person(a, { administrator: true });
  const revokedKey = await key(a, front.app, 'full', null);
  await asOrganisation(office.db, a.house.id, async (tx) => {
    await revokeSession(tx, a.house.id, hashSecret(revoked), new Date(now));
    await revokeKey(tx, a.house.id, revokedKey.id, new Date(now));
  });
  await changeMember(office.db, a.house, disabled, { disabled: true }, now, system, STAYS);
  const link = (await linkFor(office.db, a.house, workshop.origin, invited, now)).split('/').at(-1) ?? '';
  const fallen = await person(a, { administrator: true });
  const theirs = { kind: 'member', id: fallen, grants: [], administrator: true } as const;
  const made = { app: front.app, role: 'full', site: null, expires: null, name: 'doors' };
  const demoted = await createKey(office.db, a.house, made, now, theirs);
  await changeMember(office.db, a.house, fallen, { administrator: false }, now, system, STAYS);
  const slow = await person(a, { administrator: true });
  await workshop.passkey(a, slow);
  const second = await person(a, {
    roles: Object.values(APPS).map(({ app }) => role(app, 'full')),
  });
  const spelled = (id: string): string => id.replaceAll('-', '');
  const other = ['other house'] as const;
  const host = workshop.origin.startsWith('https:') ? '__Host-' : '';
  const bossSession = await signedIn(a, bossOfA);

  return [
    caller(['personne', 'nobody'], {}, STRANGER, { crooked: true }),
    caller(['clé inventée', 'a made-up key'], bearer('vigie_x'), STRANGER),
    caller(
      ['clé de la bonne forme', 'a key of the right form'],
      bearer(`vigie_${spelled(a.house.id)}_${randomBytes(32).toString('base64url')}`),
      STRANGER,
    ),
    caller(
      ['lien de dépôt inventé', 'a made-up link to put files'],
      { authorization: `Drop ${randomBytes(32).toString('base64url')}` },
      STRANGER,
    ),
    caller(
      ['lien de partage inventé', 'a made-up link to read files'],
      { authorization: `Share ${randomBytes(32).toString('base64url')}` },
      STRANGER,
    ),
    caller(
      ['session inventée', 'a made-up session'],
      cookie(a, randomBytes(32).toString('base64url')),
      STRANGER,
    ),
    caller(['session finie', 'an expired session'], await signedIn(a, bossOfA, 'strong', 8 * DAY), STRANGER),
    caller(
      ['session oubliée', 'a session idle too long'],
      await signedIn(a, bossOfA, 'strong', 13 * HOUR),
      STRANGER,
    ),
    caller(['session révoquée', 'a revoked session'], cookie(a, revoked), STRANGER),
    caller(['personne désactivée', 'a disabled member'], await signedIn(a, disabled), STRANGER),
    caller(['lien jamais ouvert, en session', 'an unused link as a session'], cookie(a, link), STRANGER),
    caller(['lien jamais ouvert, en clé', 'an unused link as a key'], bearer(link), STRANGER),
    caller(
      ['clé expirée', 'an expired key'],
      bearer((await key(a, front.app, 'full', null, new Date(now - 1000))).key),
      STRANGER,
    ),
    caller(['clé révoquée', 'a revoked key'], bearer(revokedKey.key), STRANGER),
    caller(
      ['clé tombée avec qui l’a faite', 'a key that fell with its owner'],
      bearer(demoted.key),
      STRANGER,
    ),
    caller(
      ['retour d’un fournisseur dans un autre navigateur', 'back from a provider in another browser'],
      { cookie: `${host}vigie_openid_${a.attempt}=${randomBytes(32).toString('base64url')}` },
      STRANGER,
    ),
    ...(workshop.elsewhere === null
      ? []
      : [
          caller(
            ['à l’adresse d’une autre organisation', 'at the address of another organisation'],
            workshop.elsewhere,
            { ...STRANGER, kind: 'elsewhere' },
            { mayRead: other, leaves: 'everything' },
          ),
        ]),
    caller(
      ['administration d’à côté', 'the other organisation’s administrator'],
      cookie(b, sessionOfB),
      STRANGER,
      { mayRead: other, crooked: true },
    ),
    caller(
      ['session d’à côté sous notre cookie', 'their session under our cookie'],
      cookie(a, sessionOfB),
      STRANGER,
      { mayRead: other },
    ),
    caller(['clé d’à côté', 'the other organisation’s key'], bearer(keyOfB.key), STRANGER, {
      mayRead: other,
    }),
    caller(
      ['leur clé à notre nom', 'their key under our name'],
      bearer(keyOfB.key.replace(spelled(b.house.id), spelled(a.house.id))),
      STRANGER,
      { mayRead: other },
    ),
    caller(
      [
        'administration d’à côté, chez elle, avec nos identifiants',
        'the other administrator, at home, with our names',
      ],
      cookie(b, sessionOfB),
      { ...MEMBER, administrator: true },
      { mayRead: other, at: b, leaves: 'everything' },
    ),
    caller(
      ['équipe d’à côté, chez elle, avec nos identifiants', 'the other staff, at home, with our names'],
      await signedIn(b, b.clerk.id),
      { ...MEMBER, apps: ['front', 'beside', 'strong'] },
      { mayRead: other, at: b, leaves: 'everything' },
    ),
    caller(
      ['clé d’à côté, chez elle, avec nos identifiants', 'the other key, at home, with our names'],
      bearer(keyOfB.key),
      { ...KEY, apps: ['front'] },
      { mayRead: other, at: b, leaves: 'everything' },
    ),
    caller(['membre sans rôle', 'a member without a role'], await signedIn(a, await person(a, {})), MEMBER, {
      mayRead: ['house'],
      crooked: true,
    }),
    caller(
      ['rôle qui ne voit que le sien', 'a role that sees its own only'],
      await signedIn(a, await person(a, { roles: [role(front.app, 'own')] })),
      { ...MEMBER, apps: ['front'] },
      { mayRead: ['house'], leaves: 'nothing' },
    ),
    caller(
      ['rôle qui lit seulement', 'a role that only reads'],
      await signedIn(a, await person(a, { roles: [role(front.app, 'reader')] })),
      { ...MEMBER, apps: ['front'], seesTicket: true },
      { mayRead: ['house', 'front plain', 'front south', 'drop'] },
    ),
    caller(
      ['rôle dans un autre site', 'a role at another site'],
      await signedIn(a, await person(a, { roles: [role(front.app, 'full', 'sud')] })),
      { ...MEMBER, apps: ['front'] },
      { mayRead: ['house', 'front south'], leaves: 'nothing' },
    ),
    caller(
      ['rôle dans une autre app', 'a role in another app'],
      await signedIn(a, await person(a, { roles: [role(beside.app, 'full')] })),
      { ...MEMBER, apps: ['beside'] },
      { mayRead: ['house', 'beside'], leaves: 'nothing' },
    ),
    caller(
      [
        'rôle dans une autre app, nos tickets sous son nom',
        'a role in another app, our tickets under its name',
      ],
      await signedIn(a, await person(a, { roles: [role(beside.app, 'full')] })),
      { ...MEMBER, apps: ['beside'] },
      { mayRead: ['house', 'beside'], app: 'beside', leaves: 'nothing' },
    ),
    caller(
      ['clé d’une autre app', 'a key of another app'],
      bearer((await key(a, beside.app, 'full', null)).key),
      { ...KEY, apps: ['beside'] },
      { mayRead: ['house', 'beside'], leaves: 'nothing' },
    ),
    caller(
      ['clé d’un autre site', 'a key of another site'],
      bearer((await key(a, front.app, 'full', 'sud')).key),
      { ...KEY, apps: ['front'] },
      { mayRead: ['house', 'front south'], leaves: 'nothing' },
    ),
    caller(
      ['connexion trop faible', 'too weak a session'],
      await signedIn(a, await person(a, { roles: [role(strong.app, 'full')] }), 'low'),
      { ...MEMBER, withheld: ['strong'] },
      { mayRead: ['house'], app: 'strong' },
    ),
    caller(
      ['connexion trop ancienne', 'too old a session for health data'],
      await signedIn(a, await person(a, { roles: [role(strong.app, 'full')] }), 'strong', HOUR),
      { ...MEMBER, withheld: ['strong'], fresh: false },
      { mayRead: ['house'], app: 'strong' },
    ),
    ...(await confinedCallers(workshop, routes, bossSession)).map(
      ({ name, headers, kind, seesTicket, mayRead, link }) =>
        caller(
          name,
          headers,
          { ...STRANGER, kind, seesTicket, apps: kind === 'station' ? ['front'] : [] },
          // A tablet may lock itself, and a guest end their own link.
          { mayRead, ...(link !== undefined && { link }), leaves: kind === 'stranger' ? 'work' : 'nothing' },
        ),
    ),
    caller(
      ['administration depuis une autre page', 'the administrator from another page'],
      { ...bossSession, origin: 'https://elsewhere.invalid' },
      { ...MEMBER, administrator: true, ownPage: false },
      { mayRead: ['house', 'administration'], leaves: 'everything' },
    ),
    caller(
      ['clé', 'a key'],
      bearer((await key(a, front.app, 'full', 'nord')).key),
      { ...KEY, apps: ['front'], seesTicket: true },
      {
        mayRead: ['house', 'front plain', 'front inner', 'front sealed', 'drop'],
        leaves: 'nothing',
      },
    ),
    caller(
      ['équipe', 'staff'],
      await signedIn(a, await person(a, { roles: [role(front.app, 'full', 'nord')] })),
      { ...MEMBER, apps: ['front'], seesTicket: true },
      {
        mayRead: ['house', 'front plain', 'front inner', 'front sealed', 'drop'],
        leaves: 'nothing',
      },
    ),
    caller(
      ['administration venue par courriel, sans clé d’accès', 'an administrator by mail, without a passkey'],
      await signedIn(a, await person(a, { administrator: true }), 'low'),
      { ...MEMBER, administrator: true },
      { mayRead: ['house', 'administration'], victim: await workshop.victim(a), leaves: 'nothing' },
    ),
    caller(
      [
        'administration venue par courriel, malgré sa clé d’accès',
        'an administrator by mail, despite a passkey',
      ],
      await signedIn(a, slow, 'low'),
      { ...MEMBER, administrator: true, fresh: false },
      { mayRead: ['house', 'administration'], victim: await workshop.victim(a), leaves: 'nothing' },
    ),
    caller(
      ['administration d’il y a une heure', 'an administrator of an hour ago'],
      await signedIn(a, await person(a, { administrator: true }), 'strong', HOUR),
      { ...MEMBER, administrator: true, fresh: false },
      { mayRead: ['house', 'administration'], victim: await workshop.victim(a), leaves: 'nothing' },
    ),
    caller(
      ['administration', 'the administrator'],
      bossSession,
      { ...MEMBER, administrator: true },
      { mayRead: ['house', 'administration'], victim: await workshop.victim(a), leaves: 'nothing' },
    ),
    caller(
      ['équipe qui peut tout', 'staff who may do everything'],
      { cookie: a.clerk.cookie },
      { ...MEMBER, apps: ['front', 'beside', 'strong'], seesTicket: true },
      { mayRead: EVERYTHING, leaves: 'nothing' },
    ),
    caller(
      ['équipe qui peut tout, avec une connexion sûre', 'staff who may do everything, surely signed in'],
      await signedIn(a, second),
      { ...MEMBER, apps: ['front', 'beside', 'strong'] },
      { mayRead: EVERYTHING.filter((secret) => secret !== 'draft'), app: 'strong', leaves: 'nothing' },
    ),
  ];
};
