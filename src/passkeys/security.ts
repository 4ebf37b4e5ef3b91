import { z } from '@hono/zod-openapi';

import { record } from '../log/index.ts';
import { setSettings, type Settings } from '../organisations/index.ts';
import { atLeast, type Caller, door, type Doors, type Frame } from '../people/index.ts';
import { HttpProblem, problem } from '../platform/http/problem.ts';
import { asOrganisation, type Tx } from '../platform/postgres/index.ts';
import { ORGANISATION } from './schemas.ts';
import { passkeysOf } from './store.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const settingsSchema = z
  .strictObject({
    deviceBound: z.boolean().openapi({ description: 'Only passkeys that never leave their device' }),
    mailLinks: z.boolean().openapi({ description: 'Whether one may come in by a one-time link' }),
    idleMinutes: z.int().min(5).max(720).nullable(),
    totalHours: z.int().min(1).max(168).nullable(),
  })
  .openapi('SecuritySettings');

const shown = (settings: Settings): z.output<typeof settingsSchema> => ({
  deviceBound: settings.deviceBound,
  mailLinks: settings.mailLinks,
  idleMinutes: settings.idle === null ? null : settings.idle / MINUTE,
  totalHours: settings.total === null ? null : settings.total / HOUR,
});

/** Nobody shuts themselves out: whoever closes a door came in, or can come in, by one that stays open. */
const checkStaysIn = async (tx: Tx, caller: Caller, before: Settings, after: Settings): Promise<void> => {
  const { house, session, member } = caller;
  const had = member ? await passkeysOf(tx, house.id, member.id) : [];
  const links = before.mailLinks && !after.mailLinks;
  const copied = !before.deviceBound && after.deviceBound;
  if (
    (links && !(session && atLeast(session.assurance, 'strong'))) ||
    (copied && !had.some(({ deviceBound }) => deviceBound))
  )
    throw new HttpProblem(
      problem(
        409,
        'shuts_you_out',
        'Vous ne pourriez plus entrer vous-même : connectez-vous d’abord avec une clé d’accès qui restera permise. / You could not come in any more yourself: sign in first with a passkey that will still be allowed.',
      ),
    );
};

/** How an organisation wants its people to come in. */
export const securityRoutes = (doors: Doors, frame: Frame): void => {
  door(
    doors,
    frame,
    {
      method: 'get',
      path: '/{organisation}/security',
      permit: 'administrator',
      params: ORGANISATION,
      summary: 'How people come in here',
      answers: { 200: settingsSchema },
    },
    ({ c, caller }) => c.json(shown(caller.house.settings)),
  );

  door(
    doors,
    frame,
    {
      method: 'patch',
      path: '/{organisation}/security',
      permit: 'administrator, freshly',
      params: ORGANISATION,
      body: settingsSchema.partial(),
      summary: 'Ask more of how people come in; sessions may be shortened, never lengthened',
      answers: { 204: 'Changed' },
    },
    async ({ c, caller, body }) => {
      const { house, actor } = caller;
      const before = shown(house.settings);
      const after = {
        deviceBound: body.deviceBound ?? before.deviceBound,
        mailLinks: body.mailLinks ?? before.mailLinks,
        idleMinutes: body.idleMinutes === undefined ? before.idleMinutes : body.idleMinutes,
        totalHours: body.totalHours === undefined ? before.totalHours : body.totalHours,
      };
      const settings: Settings = {
        deviceBound: after.deviceBound,
        mailLinks: after.mailLinks,
        idle: after.idleMinutes === null ? null : after.idleMinutes * MINUTE,
        total: after.totalHours === null ? null : after.totalHours * HOUR,
      };
      await asOrganisation(frame.db, house.id, async (tx) => {
        await checkStaysIn(tx, caller, house.settings, settings);
        await setSettings(tx, house.id, settings);
        await record(tx, house.id, 'security_changed', actor, after, frame.clock.now());
      });
      frame.houses.forget(house.id);
      frame.committed();
      return c.body(null, 204);
    },
  );
};
