import { z } from '@hono/zod-openapi';

import type { Actor } from '../engine/index.ts';
import type { Caller, Doors, Frame } from '../people/index.ts';
import { door } from '../people/index.ts';
import { asOrganisation } from '../platform/postgres/index.ts';
import { deviceRoutes } from './device.ts';
import { addStation, endStation, pairAgain, type Pairing } from './manage.ts';
import { pinRoutes } from './pins.ts';
import { lockedOut, stationsOf } from './store.ts';

const ORGANISATION = z.object({ organisation: z.string().max(80) });
const ID = ORGANISATION.extend({ id: z.uuid() });
const pairingSchema = z
  .object({
    id: z.string(),
    code: z.string().openapi({ description: 'To type on the tablet: it works once, for ten minutes.' }),
    until: z.string(),
  })
  .openapi('Pairing');
const described = {
  name: z.string().trim().min(1).max(80),
  app: z.string().max(80),
  steps: z.array(z.string().max(80)).min(1).max(50),
  site: z.string().max(80).nullable(),
  opens: z.boolean(),
  idleSeconds: z.int().min(30).max(900),
};
const stationSchema = z
  .object({
    id: z.string(),
    ...described,
    device: z
      .object({ paired: z.string(), seen: z.string().nullable(), agent: z.string() })
      .nullable()
      .openapi({ description: 'The tablet, once it is paired.' }),
    codeUntil: z.string().nullable(),
  })
  .openapi('Station');

const showPairing = ({ id, code, until }: Pairing) => ({ id, code, until: until.toISOString() });

/** An administrator is a person, as `permit` says. */
const personOf = ({ actor }: Caller): Actor & { readonly id: string } => {
  if (actor.id === null) throw new TypeError('An administrator has an id.');
  return { ...actor, id: actor.id };
};

/** Shared stations: an administrator adds, pairs and revokes them; a tablet is one; people set the PIN that unlocks it. */
export const stationRoutes = (doors: Doors, frame: Frame, pepper: Buffer): void => {
  door(
    doors,
    frame,
    {
      method: 'get',
      path: '/{organisation}/stations',
      permit: 'administrator',
      params: ORGANISATION,
      summary: 'Shared stations, and who is locked out of them',
      answers: {
        200: z.object({
          stations: z.array(stationSchema),
          lockedOut: z.array(z.object({ id: z.string(), name: z.string(), since: z.string() })),
        }),
      },
    },
    async ({ c, caller }) => {
      const { house } = caller;
      const now = new Date(frame.clock.now());
      const [stations, locked] = await asOrganisation(frame.db, house.id, (tx) =>
        Promise.all([stationsOf(tx, house.id, now), lockedOut(tx, house.id)]),
      );
      return c.json({
        stations: stations.map(({ siteId, pairedAt, seenAt, agent, codeUntil, ...station }) => ({
          ...station,
          site: house.sites.find((site) => site.id === siteId)?.slug ?? null,
          device: pairedAt && {
            paired: pairedAt.toISOString(),
            seen: seenAt?.toISOString() ?? null,
            agent,
          },
          codeUntil: codeUntil?.toISOString() ?? null,
        })),
        lockedOut: locked.map(({ id, name, at }) => ({ id, name, since: at.toISOString() })),
      });
    },
  );

  door(
    doors,
    frame,
    {
      method: 'post',
      path: '/{organisation}/stations',
      permit: 'administrator, freshly',
      params: ORGANISATION,
      body: z.strictObject({
        ...described,
        site: described.site.default(null),
        opens: described.opens.default(false),
        idleSeconds: described.idleSeconds.default(120),
      }),
      summary: 'Add a shared station; answers the code that pairs its tablet',
      answers: { 201: pairingSchema },
    },
    async ({ c, caller, body }) =>
      c.json(
        showPairing(
          await addStation(frame.db, caller.house, pepper, personOf(caller), body, frame.clock.now()),
        ),
        201,
      ),
  );

  door(
    doors,
    frame,
    {
      method: 'post',
      path: '/{organisation}/stations/{id}/pairing-code',
      permit: 'administrator, freshly',
      params: ID,
      summary: 'Another code, for another tablet: the one before is out once it is used',
      answers: { 201: pairingSchema },
    },
    async ({ c, caller, params }) =>
      c.json(
        showPairing(
          await pairAgain(frame.db, caller.house, pepper, personOf(caller), params.id, frame.clock.now()),
        ),
        201,
      ),
  );

  door(
    doors,
    frame,
    {
      method: 'delete',
      path: '/{organisation}/stations/{id}',
      permit: 'administrator',
      params: ID,
      summary: 'Revoke a station and what is unlocked there, at once',
      answers: { 204: 'Revoked' },
    },
    async ({ c, caller, params }) => {
      await endStation(frame.db, caller.house, caller.actor, params.id, frame.clock.now());
      return c.body(null, 204);
    },
  );

  pinRoutes(doors, frame, pepper);
  deviceRoutes(doors, frame, pepper);
};
