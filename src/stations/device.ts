import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { getCookie } from 'hono/cookie';

import type { House } from '../organisations/index.ts';
import { authenticate, cookieName, door, type Doors, type Frame, hashSecret } from '../people/index.ts';
import { HttpProblem, problem } from '../platform/http/problem.ts';
import { asOrganisation } from '../platform/postgres/index.ts';
import { deviceSecret, giveDevice, giveUnlocked, takeUnlocked } from './cookie.ts';
import { pair } from './manage.ts';
import { lockStation, peopleAt, type Station, stationBy, touchStation } from './store.ts';
import { memberRoles, unlock } from './unlock.ts';

/** How often it is written down that a station was seen, in milliseconds. */
const TOUCH = 60_000;

const ORGANISATION = z.object({ organisation: z.string().max(80) });
const person = z.object({ id: z.string(), name: z.string() });
const deviceSchema = z
  .object({
    station: z
      .object({
        id: z.string(),
        name: z.string(),
        organisation: z.object({ slug: z.string(), name: z.string(), locale: z.enum(['fr', 'en']) }),
        app: z.string(),
        site: z.string().nullable(),
        steps: z.array(z.string()),
        opens: z.boolean(),
        idleSeconds: z.number().int(),
        people: z.array(person).openapi({ description: 'Who works here: names, and no more.' }),
        unlockedBy: person.nullable(),
      })
      .nullable()
      .openapi({ description: 'Null where this device is no station.' }),
  })
  .openapi('Device');

const NO_CODE = (): HttpProblem =>
  new HttpProblem(
    problem(
      401,
      'bad_code',
      'Ce code n’est pas valable : il sert une fois, pendant dix minutes. Demandez-en un autre. / This code is not valid: it works once, for ten minutes. Ask for another.',
    ),
  );

/** The same for a wrong PIN, for none, and for somebody who has to wait. */
const NO_PIN = (): HttpProblem =>
  new HttpProblem(
    problem(
      401,
      'bad_pin',
      'Ce n’est pas le bon code. Après plusieurs erreurs il faut attendre une minute, puis demander à un administrateur. / This is not the PIN. After several wrong ones one waits a minute, then asks an administrator.',
    ),
  );

const NO_STATION = (): HttpProblem =>
  new HttpProblem(
    problem(
      401,
      'no_station',
      'Cet appareil n’est pas, ou n’est plus, un poste. / This device is not, or is no longer, a station.',
    ),
  );

/** What a tablet does for itself, known by the cookie it got when it was paired. */
export const deviceRoutes = (doors: Doors, frame: Frame, pepper: Buffer): void => {
  const stationOf = async (
    c: Context,
    house: House | undefined,
  ): Promise<{ house: House; station: Station } | null> => {
    const secret = house && deviceSecret(c, frame.url, house.slug);
    if (!house || secret === undefined) return null;
    const now = frame.clock.now();
    const station = await asOrganisation(frame.db, house.id, async (tx) => {
      const found = await stationBy(tx, house.id, hashSecret(secret));
      if (found && (found.seenAt === null || now - found.seenAt.getTime() > TOUCH))
        await touchStation(tx, house.id, found.id, new Date(now));
      return found;
    });
    return station ? { house, station } : null;
  };

  door(
    doors,
    frame,
    {
      method: 'get',
      path: '/{organisation}/station',
      permit: 'anyone',
      params: ORGANISATION,
      summary: 'The shared station that this device is, and who has unlocked it',
      answers: { 200: deviceSchema },
    },
    async ({ c, params }) => {
      const found = await stationOf(c, await frame.houses.bySlug(params.organisation));
      if (!found) return c.json({ station: null });
      const { house, station } = found;
      const roles = memberRoles(house.apps.get(station.app)?.definition);
      const people = await asOrganisation(frame.db, house.id, (tx) => peopleAt(tx, house.id, station, roles));
      const caller = await authenticate(
        frame.db,
        house,
        {
          authorization: undefined,
          cookie: getCookie(c, cookieName(frame.url, house.slug)),
          acceptLanguage: undefined,
        },
        frame.clock.now(),
      );
      const { id, name, app, siteId, steps, opens, idleSeconds } = station;
      const by = caller?.actor.station === id ? caller.member : null;
      return c.json({
        station: {
          id,
          name,
          organisation: { slug: house.slug, name: house.name, locale: house.locale },
          app,
          site: house.sites.find((site) => site.id === siteId)?.slug ?? null,
          steps,
          opens,
          idleSeconds,
          people,
          unlockedBy: by && { id: by.id, name: by.name },
        },
      });
    },
  );

  door(
    doors,
    frame,
    {
      method: 'post',
      path: '/{organisation}/station',
      permit: 'anyone',
      limit: 'token',
      params: ORGANISATION,
      body: z.strictObject({ code: z.string().min(4).max(40) }),
      summary: 'Make this device a shared station, with a code of an administrator',
      answers: { 201: z.object({ paired: z.literal(true) }) },
    },
    async ({ c, params, body }) => {
      const house = await frame.houses.bySlug(params.organisation);
      const secret =
        house &&
        (await pair(frame.db, house, pepper, body.code, c.req.header('user-agent'), frame.clock.now()));
      if (!house || !secret) throw NO_CODE();
      giveDevice(c, frame.url, house.slug, secret);
      takeUnlocked(c, frame.url, house.slug);
      return c.json({ paired: true }, 201);
    },
  );

  door(
    doors,
    frame,
    {
      method: 'post',
      path: '/{organisation}/station/unlock',
      permit: 'anyone',
      params: ORGANISATION,
      body: z.strictObject({ member: z.uuid(), pin: z.string().regex(/^\d{6}$/u) }),
      summary: 'Unlock this station with one’s PIN',
      answers: { 201: z.object({ unlocked: z.literal(true) }) },
    },
    async ({ c, params, body }) => {
      const found = await stationOf(c, await frame.houses.bySlug(params.organisation));
      if (!found) throw NO_STATION();
      const { house, station } = found;
      const tried = { memberId: body.member, pin: body.pin, userAgent: c.req.header('user-agent') };
      const secret = await unlock(frame.db, house, pepper, station, tried, frame.clock.now());
      if (!secret) throw NO_PIN();
      giveUnlocked(c, frame.url, house.slug, secret);
      giveDevice(c, frame.url, house.slug, deviceSecret(c, frame.url, house.slug) ?? '');
      return c.json({ unlocked: true }, 201);
    },
  );

  door(
    doors,
    frame,
    {
      method: 'delete',
      path: '/{organisation}/station/unlock',
      permit: 'anyone',
      params: ORGANISATION,
      summary: 'Lock this station',
      answers: { 204: 'Locked' },
    },
    async ({ c, params }) => {
      const found = await stationOf(c, await frame.houses.bySlug(params.organisation));
      if (!found) throw NO_STATION();
      const { house, station } = found;
      await asOrganisation(frame.db, house.id, (tx) =>
        lockStation(tx, house.id, station.id, new Date(frame.clock.now())),
      );
      takeUnlocked(c, frame.url, house.slug);
      return c.body(null, 204);
    },
  );
};
