import { z } from '@hono/zod-openapi';

import { askAgain } from '../log/index.ts';
import {
  beginSession,
  type Caller,
  door,
  type Doors,
  type Frame,
  giveSession,
  personOf,
  revokeSession,
} from '../people/index.ts';
import { asOrganisation } from '../platform/postgres/index.ts';
import { toSign } from './ask.ts';
import { type About, answered, challenge } from './challenge.ts';
import { partyOf } from './party.ts';
import { prove } from './prove.ts';
import { badPasskey, notDeviceBound } from './refusals.ts';
import { askedSchema, assertionSchema, ORGANISATION } from './schemas.ts';
import { passkeysOf } from './store.ts';

const aboutOf = (caller: Caller): About => {
  const { member, session } = personOf(caller);
  return { purpose: 'step-up', memberId: member.id, boundTo: session.hash };
};

/** Proving again, in the middle of what one does, who one is. */
export const stepUpRoutes = (doors: Doors, frame: Frame): void => {
  door(
    doors,
    frame,
    {
      method: 'post',
      path: '/{organisation}/account/step-up/challenge',
      permit: 'member',
      params: ORGANISATION,
      summary: 'What one of your passkeys is asked to sign, to confirm that it is you',
      answers: { 201: askedSchema },
    },
    async ({ c, caller }) => {
      const { house } = caller;
      const { member } = personOf(caller);
      const had = await asOrganisation(frame.db, house.id, (tx) => passkeysOf(tx, house.id, member.id));
      const asked = await challenge(frame.db, house.id, aboutOf(caller), frame.clock.now());
      return c.json({ ...(await toSign(partyOf(frame, house), had, asked)) }, 201);
    },
  );

  door(
    doors,
    frame,
    {
      method: 'post',
      path: '/{organisation}/account/step-up',
      permit: 'member',
      params: ORGANISATION,
      body: z.strictObject({ credential: assertionSchema }),
      summary: 'Confirm that it is you; the session goes on under a new identifier',
      answers: { 204: 'Confirmed' },
    },
    async ({ c, caller, body }) => {
      const { house } = caller;
      const { member, session } = personOf(caller);
      const now = frame.clock.now();
      const { credential } = body;
      const about = aboutOf(caller);
      const asked = await answered(frame.db, house.id, about, credential.response.clientDataJSON, now);
      if (!asked) throw badPasskey();
      const gone = await asOrganisation(frame.db, house.id, async (tx) => {
        const proof = await prove(tx, { house, party: partyOf(frame, house), asked }, credential, now);
        if ('refused' in proof) return proof;
        // Somebody else's passkey, or a session that ended meanwhile.
        if (proof.memberId !== member.id || !(await revokeSession(tx, house.id, session.hash, new Date(now))))
          return { refused: 'unknown' } as const;
        await askAgain(tx, house.id);
        const methods = [...session.methods.filter((method) => method !== 'passkey'), 'passkey' as const];
        const userAgent = c.req.header('user-agent');
        return {
          secret: await beginSession(
            tx,
            house.id,
            { memberId: member.id, methods, assurance: 'strong', userAgent },
            now,
          ),
        };
      });
      frame.committed();
      if ('refused' in gone) throw gone.refused === 'not device-bound' ? notDeviceBound() : badPasskey();
      giveSession(c, frame.url, house.slug, gone.secret);
      return c.body(null, 204);
    },
  );
};
