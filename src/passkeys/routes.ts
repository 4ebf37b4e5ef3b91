import { z } from '@hono/zod-openapi';

import { beginSession, door, type Doors, type Frame, giveSession, sessionSecret } from '../people/index.ts';
import { localeOf } from '../platform/http/locale.ts';
import { asOrganisation } from '../platform/postgres/index.ts';
import { toSign } from './ask.ts';
import { type About, answered, challenge, newChallenge } from './challenge.ts';
import { partyOf } from './party.ts';
import { prove } from './prove.ts';
import { badPasskey, notDeviceBound } from './refusals.ts';
import { askedSchema, assertionSchema, ORGANISATION } from './schemas.ts';

const ABOUT: About = { purpose: 'sign-in', memberId: null, boundTo: null };

/** Coming in with a passkey: one gesture, no name to type. */
export const passkeyRoutes = (doors: Doors, frame: Frame): void => {
  door(
    doors,
    frame,
    {
      method: 'get',
      path: '/{organisation}/doors',
      permit: 'anyone',
      params: ORGANISATION,
      summary: 'By what one may come in',
      answers: { 200: z.object({ doors: z.array(z.object({ by: z.enum(['passkey', 'link']) })) }) },
    },
    async ({ c, params }) => {
      const house = await frame.houses.bySlug(params.organisation);
      // An unknown organisation has the doors that most have.
      const links = house?.settings.mailLinks ?? true;
      return c.json({ doors: [{ by: 'passkey' as const }, ...(links ? [{ by: 'link' as const }] : [])] });
    },
  );

  door(
    doors,
    frame,
    {
      method: 'post',
      path: '/{organisation}/passkeys/challenge',
      permit: 'anyone',
      limit: 'proof',
      params: ORGANISATION,
      summary: 'What a passkey is asked to sign, to come in',
      answers: { 201: askedSchema },
    },
    async ({ c, params }) => {
      const house = await frame.houses.bySlug(params.organisation);
      // Which organisations there are is not told: where there is none, nobody keeps what was asked.
      const asked = house ? await challenge(frame.db, house.id, ABOUT, frame.clock.now()) : newChallenge();
      const party = partyOf(frame, house ?? { name: '', url: null });
      return c.json({ ...(await toSign(party, [], asked)) }, 201);
    },
  );

  door(
    doors,
    frame,
    {
      method: 'post',
      path: '/{organisation}/passkeys/sessions',
      permit: 'anyone',
      limit: 'proof',
      params: ORGANISATION,
      body: z.strictObject({ credential: assertionSchema }),
      summary: 'Sign in with a passkey',
      answers: { 201: z.object({ locale: z.enum(['fr', 'en']) }) },
    },
    async ({ c, params, body }) => {
      const now = frame.clock.now();
      const house = await frame.houses.bySlug(params.organisation);
      const { credential } = body;
      const asked =
        house && (await answered(frame.db, house.id, ABOUT, credential.response.clientDataJSON, now));
      if (!house || !asked) throw badPasskey();
      const arrived = await asOrganisation(frame.db, house.id, async (tx) => {
        const proof = await prove(tx, { house, party: partyOf(frame, house), asked }, credential, now);
        if ('refused' in proof) return proof;
        const arrival = {
          memberId: proof.memberId,
          methods: ['passkey'],
          assurance: 'strong',
          userAgent: c.req.header('user-agent'),
          instead: sessionSecret(c, frame.url, house.slug),
        } as const;
        return { session: await beginSession(tx, house.id, arrival, now) };
      });
      frame.committed();
      if ('refused' in arrived)
        throw arrived.refused === 'not device-bound' ? notDeviceBound() : badPasskey();
      giveSession(c, frame.url, house.slug, arrived.session);
      return c.json({ locale: localeOf(c.req.header('accept-language')) }, 201);
    },
  );
};
