import { z } from '@hono/zod-openapi';

import { record } from '../log/index.ts';
import { atLeast, door, type Doors, type Frame } from '../people/index.ts';
import { HttpProblem, problem } from '../platform/http/problem.ts';
import { asOrganisation } from '../platform/postgres/index.ts';
import { hashPin, isTrivial } from './pin.ts';
import { lockEverywhere, pinOf, removePin, setPin, unlockPin } from './store.ts';

const ORGANISATION = z.object({ organisation: z.string().max(80) });
const ID = ORGANISATION.extend({ id: z.uuid() });

const NO_PIN = (): HttpProblem =>
  new HttpProblem(problem(404, 'not_found', 'Cette personne n’a pas de code. / This person has no PIN.'));

/** The PIN of each person: chosen by them, and known to nobody. */
export const pinRoutes = (doors: Doors, frame: Frame, pepper: Buffer): void => {
  door(
    doors,
    frame,
    {
      method: 'get',
      path: '/{organisation}/me/pin',
      permit: 'member',
      params: ORGANISATION,
      summary: 'Whether you have a PIN for shared stations',
      answers: { 200: z.object({ set: z.string().nullable(), lockedOut: z.boolean() }) },
    },
    async ({ c, caller }) => {
      const { house, actor } = caller;
      const pin = await asOrganisation(frame.db, house.id, (tx) => pinOf(tx, house.id, actor.id ?? ''));
      return c.json({ set: pin?.setAt.toISOString() ?? null, lockedOut: (pin?.lockedAt ?? null) !== null });
    },
  );

  door(
    doors,
    frame,
    {
      method: 'put',
      path: '/{organisation}/me/pin',
      permit: 'member, freshly',
      params: ORGANISATION,
      body: z.strictObject({ pin: z.string().regex(/^\d{6}$/u, 'six digits') }),
      summary: 'Choose your PIN for shared stations: six digits that nobody would try first',
      answers: { 204: 'Chosen' },
    },
    async ({ c, caller, body }) => {
      if (isTrivial(body.pin))
        throw new HttpProblem(
          problem(
            422,
            'trivial_pin',
            'Ce code serait essayé parmi les premiers. Ni date, ni suite, ni répétition. / This PIN would be tried among the first. No date, no run, no repetition.',
          ),
        );
      const { house, actor, session } = caller;
      const hashed = await hashPin(pepper, body.pin);
      const now = frame.clock.now();
      await asOrganisation(frame.db, house.id, async (tx) => {
        const unlocks = session !== null && atLeast(session.assurance, 'strong');
        await setPin(tx, house.id, actor.id ?? '', hashed, unlocks, new Date(now));
        await lockEverywhere(tx, house.id, actor.id ?? '', new Date(now));
        await record(tx, house.id, 'pin_chosen', actor, { member: actor.id }, now);
      });
      return c.body(null, 204);
    },
  );

  door(
    doors,
    frame,
    {
      method: 'delete',
      path: '/{organisation}/members/{id}/pin',
      permit: 'administrator',
      params: ID,
      summary: 'Take somebody’s PIN away: they choose another',
      answers: { 204: 'Taken away' },
    },
    async ({ c, caller, params }) => {
      const { house, actor } = caller;
      const now = frame.clock.now();
      await asOrganisation(frame.db, house.id, async (tx) => {
        if (!(await removePin(tx, house.id, params.id))) throw NO_PIN();
        await lockEverywhere(tx, house.id, params.id, new Date(now));
        await record(tx, house.id, 'pin_removed', actor, { member: params.id }, now);
      });
      return c.body(null, 204);
    },
  );

  door(
    doors,
    frame,
    {
      method: 'post',
      path: '/{organisation}/members/{id}/pin/tries',
      permit: 'administrator, freshly',
      params: ID,
      summary: 'Let somebody who was locked out try their PIN again',
      answers: { 204: 'They may' },
    },
    async ({ c, caller, params }) => {
      const { house, actor } = caller;
      await asOrganisation(frame.db, house.id, async (tx) => {
        if (!(await unlockPin(tx, house.id, params.id))) throw NO_PIN();
        await record(tx, house.id, 'pin_unlocked', actor, { member: params.id }, frame.clock.now());
      });
      return c.body(null, 204);
    },
  );
};
