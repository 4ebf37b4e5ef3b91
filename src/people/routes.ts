import { z } from '@hono/zod-openapi';
import { getCookie } from 'hono/cookie';

import { type House, urlOf } from '../organisations/index.ts';
import { arrivalOf } from '../platform/http/arrival.ts';
import { localeOf } from '../platform/http/locale.ts';
import { ownPath } from '../platform/http/own-path.ts';
import { HttpProblem, problem } from '../platform/http/problem.ts';
import { asOrganisation } from '../platform/postgres/index.ts';
import { authenticate } from './authenticate.ts';
import { cookieName, giveSession, sessionSecret, takeSession } from './cookie.ts';
import { door, type Doors, type Frame, mustBeFresh } from './door.ts';
import { keyRoutes } from './key-routes.ts';
import { addMember, changeMember, type TellMoved } from './manage.ts';
import type { Carry } from './carry.ts';
import { badLink, noLinks } from './refusals.ts';
import { linkByEmail, linkFor, signIn, signOut } from './sign-in.ts';
import { memberById, membersOf } from './store.ts';

const ORGANISATION = z.object({ organisation: z.string().max(80) });
const ID = ORGANISATION.extend({ id: z.uuid() });
const name = z.string().trim().min(1).max(200);
const role = z.strictObject({
  app: z.string().max(80),
  role: z.string().max(80),
  site: z.string().max(80).nullable(),
});
const memberSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string().optional(),
    locale: z.enum(['fr', 'en']).optional(),
    administrator: z.boolean().optional(),
    disabled: z.boolean().optional(),
    roles: z.array(role).optional(),
  })
  .openapi('Member');
const houseOf = async (frame: Frame, slug: string): Promise<House> => {
  const house = await frame.houses.bySlug(slug);
  // The same as for a link that was used: which organisations there are is nobody's business.
  if (!house) throw badLink();
  return house;
};

/** Coming in and going out. */
export const signInRoutes = (doors: Doors, frame: Frame, carry: Carry): void => {
  door(
    doors,
    frame,
    {
      method: 'get',
      path: '/session',
      permit: 'anyone',
      summary: 'Where this browser is signed in',
      answers: {
        200: z.object({
          signedIn: z.array(
            z.object({
              organisation: z.object({ slug: z.string(), name: z.string() }),
              member: memberSchema,
            }),
          ),
        }),
      },
    },
    async ({ c }) => {
      const prefix = cookieName(frame.url, '');
      const slugs = Object.keys(getCookie(c))
        .filter((key) => key.startsWith(prefix))
        .map((key) => key.slice(prefix.length))
        .filter((slug) => (arrivalOf(c).organisation?.slug ?? slug) === slug);
      const callers = await Promise.all(
        slugs.slice(0, 20).map(async (slug) => {
          const house = await frame.houses.bySlug(slug);
          return (
            house &&
            authenticate(
              frame.db,
              house,
              {
                authorization: undefined,
                cookie: getCookie(c, cookieName(frame.url, slug)),
                acceptLanguage: undefined,
              },
              frame.clock.now(),
            )
          );
        }),
      );
      return c.json({
        signedIn: callers.flatMap((caller) =>
          // Whoever unlocked a shared station has not signed in.
          caller?.member && caller.confined === null
            ? [{ organisation: { slug: caller.house.slug, name: caller.house.name }, member: caller.member }]
            : [],
        ),
      });
    },
  );

  door(
    doors,
    frame,
    {
      method: 'post',
      path: '/{organisation}/sign-in-links',
      permit: 'anyone',
      limit: 'sign-in-link',
      params: ORGANISATION,
      body: z.strictObject({
        email: z.string().trim().min(3).max(254),
        next: z.string().max(2000).optional().openapi({ description: 'The page of ours to come back to' }),
      }),
      summary: 'Ask for a sign-in link by mail; the answer is the same for everyone',
      answers: { 202: 'It is on its way, if the address is known' },
    },
    async ({ c, params, body }) => {
      const house = await frame.houses.bySlug(params.organisation);
      // Made and carried after the answer: how long it takes says nothing of who is known.
      if (house)
        setImmediate(() => {
          const next = ownPath(body.next);
          linkByEmail(frame.db, house, urlOf(frame, house), body.email, frame.clock.now(), next).then(
            (link) => link && carry(house, link),
            () => {},
          );
        });
      return c.json({ sent: true }, 202);
    },
  );

  door(
    doors,
    frame,
    {
      method: 'post',
      path: '/{organisation}/sessions',
      permit: 'anyone',
      limit: 'token',
      params: ORGANISATION,
      body: z.strictObject({ token: z.string().min(20).max(200) }),
      summary: 'Sign in with a one-time link',
      answers: { 201: z.object({ locale: z.enum(['fr', 'en']) }) },
    },
    async ({ c, params, body }) => {
      const house = await houseOf(frame, params.organisation);
      if (!house.settings.mailLinks) throw noLinks();
      const session = await signIn(
        frame.db,
        house,
        body.token,
        { userAgent: c.req.header('user-agent'), instead: sessionSecret(c, frame.url, house.slug) },
        frame.clock.now(),
      );
      if (!session) throw badLink();
      giveSession(c, frame.url, house.slug, session);
      return c.json({ locale: localeOf(c.req.header('accept-language')) }, 201);
    },
  );

  door(
    doors,
    frame,
    {
      method: 'delete',
      path: '/{organisation}/sessions/current',
      permit: 'organisation',
      params: ORGANISATION,
      summary: 'Sign out',
      answers: { 204: 'Signed out' },
    },
    async ({ c, caller }) => {
      await signOut(frame.db, caller, frame.clock.now());
      takeSession(c, frame.url, caller.house.slug);
      return c.body(null, 204);
    },
  );
};

/** Who works here, and the keys of programs that do. */
export const peopleRoutes = (doors: Doors, frame: Frame, tellMoved: TellMoved): void => {
  const slugOf = (house: House, siteId: string | null): string | null =>
    house.sites.find((site) => site.id === siteId)?.slug ?? null;

  door(
    doors,
    frame,
    {
      method: 'get',
      path: '/{organisation}/members',
      permit: 'organisation',
      params: ORGANISATION,
      summary: 'Who works here; all about them for administrators',
      answers: { 200: z.object({ members: z.array(memberSchema) }) },
    },
    async ({ c, caller }) => {
      const { house } = caller;
      const members = await asOrganisation(frame.db, house.id, (tx) => membersOf(tx, house.id));
      return c.json({
        members: caller.actor.administrator
          ? members.map(({ roles, ...member }) => ({
              ...member,
              roles: roles.map((held) => ({
                app: held.app,
                role: held.role,
                site: slugOf(house, held.siteId),
              })),
            }))
          : members
              .filter((member) => !member.disabled)
              .map((member) => ({ id: member.id, name: member.name })),
      });
    },
  );

  const person = {
    name,
    email: z.email().max(254),
    locale: z.enum(['fr', 'en']),
    administrator: z.boolean(),
    roles: z.array(role).max(200),
  };

  door(
    doors,
    frame,
    {
      method: 'post',
      path: '/{organisation}/members',
      permit: 'administrator',
      params: ORGANISATION,
      body: z.strictObject({
        ...person,
        locale: person.locale.default('fr'),
        administrator: person.administrator.default(false),
        roles: person.roles.default([]),
      }),
      summary: 'Add somebody',
      answers: { 201: z.object({ id: z.string() }) },
    },
    async ({ c, caller, body }) => {
      const id = await unlessTaken(addMember(frame.db, caller.house, body, frame.clock.now(), caller.actor));
      return c.json({ id }, 201);
    },
  );

  door(
    doors,
    frame,
    {
      method: 'patch',
      path: '/{organisation}/members/{id}',
      permit: 'administrator',
      params: ID,
      body: z.strictObject({ ...person, disabled: z.boolean() }).partial(),
      summary: 'Change somebody',
      answers: { 204: 'Changed' },
    },
    async ({ c, caller, params, body }) => {
      const now = frame.clock.now();
      const moving = (): void => mustBeFresh(caller, now);
      await unlessTaken(
        changeMember(frame.db, caller.house, params.id, body, now, caller.actor, { moving, tellMoved }),
      );
      return c.body(null, 204);
    },
  );

  door(
    doors,
    frame,
    {
      method: 'post',
      path: '/{organisation}/members/{id}/sign-in-link',
      permit: 'administrator, freshly',
      params: ID,
      summary: 'A one-time link to hand over',
      answers: { 201: z.object({ url: z.string() }) },
    },
    async ({ c, caller, params }) => {
      const { house } = caller;
      const member = await asOrganisation(frame.db, house.id, (tx) => memberById(tx, house.id, params.id));
      if (!member || member.disabled)
        throw new HttpProblem(
          problem(404, 'not_found', 'Personne de ce nom ici. / Nobody of that name here.'),
        );
      if (!house.settings.mailLinks) throw noLinks();
      const url = await linkFor(
        frame.db,
        house,
        urlOf(frame, house),
        member.id,
        frame.clock.now(),
        caller.actor,
      );
      return c.json({ url }, 201);
    },
  );

  keyRoutes(doors, frame);
};

const UNIQUE_VIOLATION = '23505';

const unlessTaken = async <T>(made: Promise<T>): Promise<T> => {
  try {
    return await made;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === UNIQUE_VIOLATION)
      throw new HttpProblem(
        problem(409, 'address_taken', 'Quelqu’un a déjà cette adresse. / Somebody has this address already.'),
      );
    throw error;
  }
};
