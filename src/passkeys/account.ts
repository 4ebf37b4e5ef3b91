import { z } from '@hono/zod-openapi';

import { askAgain, record } from '../log/index.ts';
import { urlOf } from '../organisations/index.ts';
import {
  atLeast,
  type Caller,
  door,
  type Doors,
  type Frame,
  personOf,
  revokeOtherSessions,
  stepUp,
} from '../people/index.ts';
import { HttpProblem, problem } from '../platform/http/problem.ts';
import { asOrganisation } from '../platform/postgres/index.ts';
import { type About, answered, challenge } from './challenge.ts';
import { checkMade, keepMade, toMake } from './make.ts';
import { partyOf } from './party.ts';
import { usualName } from './name.ts';
import { badAnswer } from './refusals.ts';
import { askedSchema, nameSchema, ORGANISATION, passkeySchema, registrationSchema } from './schemas.ts';
import { type PasskeyRow, passkeysOf, renamePasskey, revokePasskey } from './store.ts';
import { tellOf } from './words.ts';

const PASSKEY = ORGANISATION.extend({ id: z.uuid() });

const gone = (): HttpProblem =>
  new HttpProblem(problem(404, 'not_found', 'Cette clé n’existe plus. / There is no such passkey any more.'));

const shown = (row: PasskeyRow): z.output<typeof passkeySchema> => ({
  id: row.id,
  name: row.name,
  created: row.createdAt.toISOString(),
  lastUsed: row.lastUsedAt?.toISOString() ?? null,
  deviceBound: row.deviceBound,
  backedUp: row.backedUp,
});

/** Another passkey takes more than a link: the first comes with an invitation. */
const aboutOf = (caller: Caller): About => {
  const { member, session } = personOf(caller);
  if (!atLeast(session.assurance, 'strong')) throw stepUp('assurance', caller);
  return { purpose: 'addition', memberId: member.id, boundTo: session.hash };
};

/** One's own passkeys. */
export const ownPasskeyRoutes = (doors: Doors, frame: Frame): void => {
  door(
    doors,
    frame,
    {
      method: 'get',
      path: '/{organisation}/account/passkeys',
      permit: 'member',
      params: ORGANISATION,
      summary: 'Your passkeys',
      answers: {
        200: z.object({
          passkeys: z.array(passkeySchema),
          deviceBound: z
            .boolean()
            .openapi({ description: 'Whether only passkeys will do that never leave their device' }),
        }),
      },
    },
    async ({ c, caller }) => {
      const { house } = caller;
      const rows = await asOrganisation(frame.db, house.id, (tx) =>
        passkeysOf(tx, house.id, personOf(caller).member.id),
      );
      return c.json({ passkeys: rows.map(shown), deviceBound: house.settings.deviceBound });
    },
  );

  door(
    doors,
    frame,
    {
      method: 'post',
      path: '/{organisation}/account/passkeys/challenge',
      permit: 'member, freshly',
      params: ORGANISATION,
      summary: 'What your device is asked, to make another passkey',
      answers: { 201: askedSchema },
    },
    async ({ c, caller }) => {
      const { house } = caller;
      const { member } = personOf(caller);
      const about = aboutOf(caller);
      const had = await asOrganisation(frame.db, house.id, (tx) => passkeysOf(tx, house.id, member.id));
      const asked = await challenge(frame.db, house.id, about, frame.clock.now());
      return c.json({ ...(await toMake(partyOf(frame, house), member, had, asked)) }, 201);
    },
  );

  door(
    doors,
    frame,
    {
      method: 'post',
      path: '/{organisation}/account/passkeys',
      permit: 'member, freshly',
      params: ORGANISATION,
      body: z.strictObject({ credential: registrationSchema, name: nameSchema.optional() }),
      summary: 'Add a passkey; you are told by mail',
      answers: { 201: z.object({ id: z.string() }) },
    },
    async ({ c, caller, body }) => {
      const { house, actor } = caller;
      const { member } = personOf(caller);
      const now = frame.clock.now();
      const party = partyOf(frame, house);
      const { credential, name = usualName(c.req.header('user-agent')) } = body;
      const said = credential.response.clientDataJSON;
      const asked = await answered(frame.db, house.id, aboutOf(caller), said, now);
      if (!asked) throw badAnswer();
      const made = await checkMade(house, party, asked, credential);
      const id = await asOrganisation(frame.db, house.id, (tx) =>
        keepMade(tx, house, party, { actor, member, name, made }, now),
      );
      frame.committed();
      return c.json({ id }, 201);
    },
  );

  door(
    doors,
    frame,
    {
      method: 'patch',
      path: '/{organisation}/account/passkeys/{id}',
      permit: 'member',
      params: PASSKEY,
      body: z.strictObject({ name: nameSchema }),
      summary: 'Call a passkey otherwise',
      answers: { 204: 'Renamed' },
    },
    async ({ c, caller, params, body }) => {
      const { house } = caller;
      const renamed = await asOrganisation(frame.db, house.id, (tx) =>
        renamePasskey(tx, house.id, personOf(caller).member.id, params.id, body.name),
      );
      if (!renamed) throw gone();
      return c.body(null, 204);
    },
  );

  door(
    doors,
    frame,
    {
      method: 'delete',
      path: '/{organisation}/account/passkeys/{id}',
      permit: 'member, freshly',
      params: PASSKEY,
      summary: 'Remove a passkey, and end your other sessions, which it may have begun; you are told by mail',
      answers: { 204: 'Removed' },
    },
    async ({ c, caller, params }) => {
      const { house, actor } = caller;
      const { member, session } = personOf(caller);
      const now = frame.clock.now();
      await asOrganisation(frame.db, house.id, async (tx) => {
        const name = await revokePasskey(tx, house.id, member.id, params.id, new Date(now));
        if (name === undefined) throw gone();
        await revokeOtherSessions(tx, house.id, member.id, session.id, new Date(now));
        await askAgain(tx, house.id);
        await record(
          tx,
          house.id,
          'passkey_removed',
          actor,
          { member: member.id, passkey: params.id.toLowerCase() },
          now,
        );
        await tellOf(tx, house, urlOf(frame, house), member, 'removed', name, now);
      });
      frame.committed();
      return c.body(null, 204);
    },
  );
};
