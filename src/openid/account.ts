import { z } from '@hono/zod-openapi';
import { deleteCookie, getCookie } from 'hono/cookie';

import { record } from '../log/index.ts';
import { cookieName, door, type Doors, type Frame, signOut } from '../people/index.ts';
import { HttpProblem, problem } from '../platform/http/problem.ts';
import { asOrganisation } from '../platform/postgres/index.ts';
import type { Logger } from '../platform/logging.ts';
import { ProviderTrouble } from './client.ts';
import type { OpenId } from './index.ts';
import { page, toldAt } from './paths.ts';
import { unseal } from './seal.ts';
import { farewellOf, giveFarewell, takeFarewell } from './secrets.ts';
import { endSessionsBy, identitiesOf, removeIdentity, sessionMarks } from './store.ts';

const ORGANISATION = z.object({ organisation: z.string().max(80) });
const provider = z.object({ id: z.string(), title: z.object({ fr: z.string(), en: z.string() }) });

/** One's own identities at providers, and signing out there too. */
export const identityRoutes = (doors: Doors, frame: Frame, openId: OpenId, logger: Logger): void => {
  const { db, clock, url } = frame;
  const shown = (slug: string, id: string) => {
    const found = openId.of(slug).find((one) => one.id === id);
    // A provider that was taken out of the configuration: its identities are still there to be removed.
    return { id, title: found?.title ?? { fr: id, en: id } };
  };

  door(
    doors,
    frame,
    {
      method: 'get',
      path: '/{organisation}/openid/identities',
      permit: 'member',
      params: ORGANISATION,
      summary: 'One’s identities at providers, and how one came in',
      answers: {
        200: z.object({
          identities: z.array(
            z.object({
              id: z.string(),
              provider,
              label: z.string(),
              linked: z.string(),
              used: z.string().nullable(),
            }),
          ),
          providers: z.array(provider),
          session: z.object({
            provider: provider.nullable(),
            activity: z.string().nullable(),
            leaves: z.boolean(),
          }),
        }),
      },
    },
    async ({ c, caller }) => {
      const { house, session, actor } = caller;
      const { listed, marks } = await asOrganisation(db, house.id, async (tx) => ({
        listed: await identitiesOf(tx, house.id, actor.id ?? ''),
        marks: session && (await sessionMarks(tx, house.id, session.hash)),
      }));
      const by = marks?.provider ?? null;
      return c.json({
        identities: listed.map(({ id, provider: at, label, linkedAt, usedAt }) => ({
          id,
          provider: shown(house.slug, at),
          label,
          linked: linkedAt.toISOString(),
          used: usedAt?.toISOString() ?? null,
        })),
        providers: openId.of(house.slug).map(({ id, title }) => ({ id, title })),
        session: {
          provider: by === null ? null : shown(house.slug, by),
          activity: marks?.activity ?? null,
          leaves: marks?.hint != null,
        },
      });
    },
  );

  door(
    doors,
    frame,
    {
      method: 'delete',
      path: '/{organisation}/openid/identities/{id}',
      permit: 'member, freshly',
      params: ORGANISATION.extend({ id: z.uuid() }),
      summary: 'Unlink an identity; the sessions that began by it end',
      answers: { 204: 'Unlinked' },
    },
    async ({ c, caller, params }) => {
      const { house, session, actor } = caller;
      const removed = await asOrganisation(db, house.id, async (tx) => {
        const at = await removeIdentity(tx, house.id, actor.id ?? '', params.id);
        if (at === undefined || session === null) return false;
        await endSessionsBy(tx, house.id, params.id, session.hash, new Date(clock.now()));
        await record(
          tx,
          house.id,
          'identity_unlinked',
          actor,
          { member: actor.id, identity: params.id, provider: at },
          clock.now(),
        );
        return true;
      });
      if (!removed)
        throw new HttpProblem(
          problem(
            404,
            'not_found',
            'Cette identité n’est plus reliée. / This identity is not linked any more.',
          ),
        );
      frame.committed();
      return c.body(null, 204);
    },
  );

  door(
    doors,
    frame,
    {
      method: 'post',
      path: '/{organisation}/openid/sign-out',
      permit: 'member',
      params: ORGANISATION,
      summary: 'Sign out here; at openid/leave, also at the provider',
      answers: { 200: z.object({ leave: z.string().nullable() }) },
    },
    async ({ c, caller }) => {
      const { house, session } = caller;
      const name = cookieName(url, house.slug);
      const marks =
        session && (await asOrganisation(db, house.id, (tx) => sessionMarks(tx, house.id, session.hash)));
      const hint = marks?.hint ? unseal(getCookie(c, name) ?? '', marks.hint) : null;
      await signOut(db, caller, clock.now());
      deleteCookie(c, name, { path: '/', secure: url.startsWith('https:') });
      if (hint === null || typeof marks?.provider !== 'string') return c.json({ leave: null });
      giveFarewell(c, url, house.slug, `${marks.provider}.${hint}`);
      return c.json({ leave: `/api/v1/${encodeURIComponent(house.slug)}/openid/leave` });
    },
  );

  door(
    doors,
    frame,
    {
      method: 'get',
      path: '/{organisation}/openid/leave',
      permit: 'anyone',
      params: ORGANISATION,
      summary: 'Sign out at the provider too, right after signing out here',
      answers: { 303: 'To the provider, or to the sign-in page' },
    },
    async ({ c, params }) => {
      const slug = params.organisation;
      const [id = '', ...hint] = (farewellOf(c, url, slug) ?? '').split('.');
      takeFarewell(c, url, slug);
      const home = page(slug, '/sign-in');
      try {
        const there = await openId.clientFor(slug, id)?.farewell(hint.join('.'), `${url}/`);
        return c.redirect(there ?? home, 303);
      } catch (error) {
        if (!(error instanceof ProviderTrouble)) throw error;
        logger.warn({ provider: id, code: error.why }, 'A provider could not be told of a sign-out.');
        return c.redirect(toldAt(slug, 'still_there', id), 303);
      }
    },
  );
};
