import { z } from '@hono/zod-openapi';

import { isOpen, sightOf } from '../engine/index.ts';
import { headOf, record } from '../log/index.ts';
import { door, type Doors, type Frame } from '../people/index.ts';
import { HttpProblem, problem } from '../platform/http/problem.ts';
import { newId } from '../platform/ids.ts';
import { asOrganisation } from '../platform/postgres/index.ts';
import { checkOpeningHours } from '../sites/index.ts';
import { appOf, type House, openTimeAt } from './house.ts';
import { overridesSchema, unknownNames } from './overrides.ts';
import { insertSite, setOverrides, updateSite, wakeSite } from './store.ts';
import { wakeApp } from './versions/store.ts';
import { deletionOf } from './whole/store.ts';

const ORGANISATION = z.object({ organisation: z.string().max(80) });
const zone = z
  .string()
  .max(80)
  .refine((name) => Intl.supportedValuesOf('timeZone').includes(name) || name === 'UTC', 'unknown time zone');
const siteBody = z.strictObject({
  name: z.string().trim().min(1).max(200),
  openingHours: z.string().trim().min(1).max(500),
  timeZone: zone.default('Europe/Paris'),
  holidays: z
    .string()
    .regex(/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/u)
    .default('FR'),
});
const siteSchema = z
  .object({
    slug: z.string(),
    name: z.string(),
    openingHours: z.string(),
    timeZone: z.string(),
    holidays: z.string(),
    openNow: z.boolean(),
    version: z.number().int(),
  })
  .openapi('Site');

const showSites = (house: House, now: number) =>
  house.sites.map(({ id, ...site }) => ({ ...site, openNow: isOpen(openTimeAt(house, id, now), now) }));

const checkHours = (openingHours: string, holidays: string, locale: 'fr' | 'en', now: number): void => {
  const checked = checkOpeningHours(openingHours, { holidays, locale, now });
  if (!checked.ok)
    throw new HttpProblem(
      problem(422, 'invalid', 'Ces horaires ne se lisent pas. / These opening hours cannot be read.', {
        errors: [{ path: 'openingHours', code: 'opening_hours', message: checked.message }],
      }),
    );
};

/** What an organisation is: its sites, its apps, who you are in it. */
export const organisationRoutes = (doors: Doors, frame: Frame): void => {
  door(
    doors,
    frame,
    {
      method: 'get',
      path: '/{organisation}',
      permit: 'organisation, stations',
      params: ORGANISATION,
      summary: 'The organisation, and who you are in it',
      answers: { 200: 'Sites, apps, your roles' },
    },
    async ({ c, caller }) => {
      const { house, actor, member, locale, withheld } = caller;
      const [seq, deletion] = await asOrganisation(frame.db, house.id, (tx) =>
        Promise.all([headOf(tx, house.id), deletionOf(tx, house.id)]),
      );
      const slugOf = (siteId: string | null): string | null =>
        house.sites.find((site) => site.id === siteId)?.slug ?? null;
      return c.json({
        slug: house.slug,
        name: house.name,
        locale: house.locale,
        // Everything here will be deleted then, unless an administrator takes it back.
        deletion: deletion?.deleteAt.toISOString() ?? null,
        // From here a page follows the stream: what happens while it is drawn is not missed.
        seq,
        me: {
          id: actor.id,
          name: member?.name ?? null,
          locale,
          administrator: actor.administrator,
          roles: actor.grants.map((grant) => ({
            app: grant.app,
            role: grant.role,
            site: slugOf(grant.siteId),
          })),
        },
        sites: showSites(house, frame.clock.now()),
        apps: [...house.apps.values()]
          .filter(({ definition }) => sightOf(definition, actor).length > 0)
          .map(({ app, definition }) => ({
            app,
            title: definition.title,
            noun: definition.noun,
            classification: definition.classification,
            holds: definition.holds ?? null,
          })),
        // Theirs, once they have confirmed who they are.
        withheld: [...house.apps.values()]
          .filter(({ app }) => withheld.has(app))
          .map(({ app, definition }) => ({ app, title: definition.title })),
      });
    },
  );

  door(
    doors,
    frame,
    {
      method: 'get',
      path: '/{organisation}/sites',
      permit: 'organisation',
      params: ORGANISATION,
      summary: 'Sites and their hours',
      answers: { 200: z.object({ sites: z.array(siteSchema) }) },
    },
    ({ c, caller }) => c.json({ sites: showSites(caller.house, frame.clock.now()) }),
  );

  door(
    doors,
    frame,
    {
      method: 'post',
      path: '/{organisation}/sites',
      permit: 'administrator',
      params: ORGANISATION,
      body: siteBody.extend({ slug: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/u) }),
      summary: 'A new site',
      answers: { 201: z.object({ slug: z.string() }) },
    },
    async ({ c, caller, body }) => {
      const { house } = caller;
      checkHours(body.openingHours, body.holidays, caller.locale, frame.clock.now());
      if (house.sites.some((site) => site.slug === body.slug))
        throw new HttpProblem(
          problem(409, 'site_taken', 'Ce nom court est déjà pris. / This short name is taken.'),
        );
      const now = frame.clock.now();
      await asOrganisation(frame.db, house.id, async (tx) => {
        const site = { id: newId(now), ...body };
        await insertSite(tx, house.id, site);
        await record(tx, house.id, 'site_added', caller.actor, { site: site.id }, now);
      });
      frame.houses.forget(house.id);
      return c.json({ slug: body.slug }, 201);
    },
  );

  door(
    doors,
    frame,
    {
      method: 'patch',
      path: '/{organisation}/sites/{slug}',
      permit: 'administrator',
      params: ORGANISATION.extend({ slug: z.string().max(80) }),
      body: siteBody.partial().extend({ version: z.int().positive() }),
      summary: 'Change a site; open tickets are counted again',
      answers: { 204: 'Changed' },
    },
    async ({ c, caller, params, body }) => {
      const { house } = caller;
      const site = house.sites.find((candidate) => candidate.slug === params.slug);
      if (!site)
        throw new HttpProblem(problem(404, 'not_found', 'Ce site n’existe pas. / There is no such site.'));
      const changed = {
        ...site,
        version: body.version,
        name: body.name ?? site.name,
        openingHours: body.openingHours ?? site.openingHours,
        timeZone: body.timeZone ?? site.timeZone,
        holidays: body.holidays ?? site.holidays,
      };
      checkHours(changed.openingHours, changed.holidays, caller.locale, frame.clock.now());
      await asOrganisation(frame.db, house.id, async (tx) => {
        if (!(await updateSite(tx, house.id, changed)))
          throw new HttpProblem(
            problem(
              409,
              'version_conflict',
              'Quelqu’un vient de modifier ce site. Relisez, puis enregistrez. / Somebody has just changed this site. Read again, then save.',
            ),
          );
        await wakeSite(tx, house.id, site.id, new Date(frame.clock.now()));
        const fields = Object.keys(body).filter((field) => field !== 'version');
        await record(
          tx,
          house.id,
          'site_changed',
          caller.actor,
          { site: site.id, fields },
          frame.clock.now(),
        );
      });
      frame.houses.forget(house.id);
      frame.committed();
      return c.body(null, 204);
    },
  );

  door(
    doors,
    frame,
    {
      method: 'get',
      path: '/{organisation}/apps',
      permit: 'administrator',
      params: ORGANISATION,
      summary: 'Installed apps',
      answers: { 200: 'Apps, with their definitions' },
    },
    ({ c, caller }) =>
      c.json({
        apps: [...caller.house.apps.values()].map(({ app, hash, definition, overrides }) => ({
          app,
          hash,
          definition,
          overrides,
        })),
      }),
  );

  door(
    doors,
    frame,
    {
      method: 'patch',
      path: '/{organisation}/apps/{app}',
      permit: 'administrator',
      params: ORGANISATION.extend({ app: z.string().max(80) }),
      body: z.strictObject({ overrides: overridesSchema }),
      summary: 'Say an app in your own words and with your own deadlines; open tickets are counted again',
      answers: { 204: 'Changed' },
    },
    async ({ c, caller, params, body }) => {
      const { house } = caller;
      const { definition } = appOf(house, params.app);
      const unknown = unknownNames(definition, body.overrides);
      if (unknown.length > 0)
        throw new HttpProblem(
          problem(
            422,
            'invalid',
            'Ces noms n’existent pas dans cette application. / The app has no such names.',
            {
              errors: unknown.map((path) => ({
                path: `overrides.${path}`,
                code: 'unknown_name',
                message: path,
              })),
            },
          ),
        );
      await asOrganisation(frame.db, house.id, async (tx) => {
        await setOverrides(tx, house.id, params.app, JSON.stringify(body.overrides));
        await wakeApp(tx, house.id, params.app, new Date(frame.clock.now()));
        const fields = Object.keys(body.overrides);
        await record(
          tx,
          house.id,
          'app_changed',
          caller.actor,
          { app: params.app, fields },
          frame.clock.now(),
        );
      });
      frame.houses.forget(house.id);
      frame.committed();
      return c.body(null, 204);
    },
  );
};
