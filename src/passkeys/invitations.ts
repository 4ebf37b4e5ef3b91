import { z } from '@hono/zod-openapi';

import { type House, urlOf } from '../organisations/index.ts';
import {
  beginSession,
  type Carry,
  door,
  type Doors,
  type Frame,
  giveSession,
  invited,
  type Member,
  sessionSecret,
  useInvitation,
} from '../people/index.ts';
import { asOrganisation } from '../platform/postgres/index.ts';
import { type About, answered, challenge } from './challenge.ts';
import { invite } from './invite.ts';
import { checkMade, keepMade, toMake } from './make.ts';
import { usualName } from './name.ts';
import { partyOf } from './party.ts';
import { badAnswer, badInvitation } from './refusals.ts';
import { askedSchema, nameSchema, ORGANISATION, registrationSchema } from './schemas.ts';
import { passkeysOf } from './store.ts';

const token = z.string().min(20).max(200);

interface Guest {
  readonly house: House;
  readonly member: Member;
  readonly hash: Buffer;
  readonly about: About;
}

/** Invitations: somebody's first passkey, or the next one after they lost theirs. */
export const invitationRoutes = (doors: Doors, frame: Frame, carry: Carry, mails: boolean): void => {
  /** @throws HttpProblem the same for a link that was used, that never was, and of an unknown organisation */
  const guestOf = async (slug: string, secret: string): Promise<Guest> => {
    const house = await frame.houses.bySlug(slug);
    const found =
      house &&
      (await asOrganisation(frame.db, house.id, (tx) => invited(tx, house.id, secret, frame.clock.now())));
    if (!house || !found) throw badInvitation();
    const about = { purpose: 'invitation', memberId: found.member.id, boundTo: found.hash } as const;
    return { house, ...found, about };
  };

  door(
    doors,
    frame,
    {
      method: 'post',
      path: '/{organisation}/members/{id}/invitation',
      permit: 'administrator, freshly',
      params: ORGANISATION.extend({ id: z.uuid() }),
      body: z.strictObject({
        days: z.coerce.number().int().min(1).max(7).default(7),
        mail: z.boolean().default(false).openapi({ description: 'Mail it, instead of handing it over' }),
      }),
      summary: 'Invite somebody to make a passkey, the first or another; they are told',
      answers: { 201: z.object({ url: z.string().optional(), mailed: z.boolean() }) },
    },
    async ({ c, caller, params, body }) => {
      const { house, actor } = caller;
      const given = { memberId: params.id, days: body.days };
      const { url, ...person } = await invite(
        frame.db,
        house,
        urlOf(frame, house),
        given,
        actor,
        frame.clock.now(),
      );
      frame.committed();
      const mailed = body.mail && mails;
      if (mailed) carry(house, { purpose: 'invitation', url, ...person });
      // What was mailed is theirs alone.
      return c.json(mailed ? { mailed } : { url, mailed }, 201);
    },
  );

  door(
    doors,
    frame,
    {
      method: 'post',
      path: '/{organisation}/invitations/challenge',
      permit: 'anyone',
      limit: 'token',
      params: ORGANISATION,
      body: z.strictObject({ token }),
      summary: 'Whom an invitation is for, and what their device is asked; uses nothing up',
      answers: {
        201: z.object({ name: z.string(), organisation: z.string(), asked: askedSchema }),
      },
    },
    async ({ c, params, body }) => {
      const { house, member, about } = await guestOf(params.organisation, body.token);
      const had = await asOrganisation(frame.db, house.id, (tx) => passkeysOf(tx, house.id, member.id));
      const asked = await challenge(frame.db, house.id, about, frame.clock.now());
      return c.json(
        {
          name: member.name,
          organisation: house.name,
          asked: { ...(await toMake(partyOf(frame, house), member, had, asked)) },
        },
        201,
      );
    },
  );

  door(
    doors,
    frame,
    {
      method: 'post',
      path: '/{organisation}/invitations/passkeys',
      permit: 'anyone',
      limit: 'token',
      params: ORGANISATION,
      body: z.strictObject({ token, credential: registrationSchema, name: nameSchema.optional() }),
      summary: 'Make the passkey of an invitation, and sign in; this uses it up',
      answers: { 201: z.object({ id: z.string() }) },
    },
    async ({ c, params, body }) => {
      const now = frame.clock.now();
      const { house, member, hash, about } = await guestOf(params.organisation, body.token);
      const party = partyOf(frame, house);
      const userAgent = c.req.header('user-agent');
      const { credential, name = usualName(userAgent) } = body;
      const asked = await answered(frame.db, house.id, about, credential.response.clientDataJSON, now);
      if (!asked) throw badAnswer();
      const made = await checkMade(house, party, asked, credential);
      const { id, session } = await asOrganisation(frame.db, house.id, async (tx) => {
        // Of many who have it at once, one goes on.
        if ((await useInvitation(tx, house.id, hash, now)) !== member.id) throw badInvitation();
        const actor = { kind: 'member', id: member.id, grants: [], administrator: false } as const;
        const instead = sessionSecret(c, frame.url, house.slug);
        const arrival = {
          memberId: member.id,
          methods: ['passkey'],
          assurance: 'strong',
          userAgent,
          instead,
        } as const;
        return {
          id: await keepMade(tx, house, party, { actor, member, name, made }, now),
          session: await beginSession(tx, house.id, arrival, now),
        };
      });
      frame.committed();
      giveSession(c, frame.url, house.slug, session);
      return c.json({ id }, 201);
    },
  );
};
