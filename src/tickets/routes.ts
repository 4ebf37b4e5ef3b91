import { z } from '@hono/zod-openapi';

import {
  type AppDefinition,
  editableFields,
  may,
  mayOpen,
  movesOf,
  readingInGeneral,
  Refused,
  type TicketState,
} from '../engine/index.ts';
import { appOf, timeZoneAt } from '../organisations/index.ts';
import { type Caller, door, type Doors, type Frame, stayWith } from '../people/index.ts';
import { assignTicket, attachTicket, commentTicket, editTicket, moveTicket, undoTicket } from './acts.ts';
import { moveMany } from './bulk.ts';
import { viewHistory } from './history.ts';
import { openTicket } from './open.ts';
import { callOf, typingAt, valuesOf } from './request.ts';
import { bulkAnswer, bulkBody, editBody, eventSchema, moveBody, openBody, ticketSchema } from './schemas.ts';
import { textOf } from './lists/kept.ts';
import { lookUp, viewOpened, viewTicket } from './lists/view.ts';
import { refusalProblem } from './refusal.ts';
import type { Call } from './call.ts';
import { jsonText, madeText } from '../platform/http/json.ts';
import { HttpProblem } from '../platform/http/problem.ts';

const APP = z.object({ organisation: z.string().max(80), app: z.string().max(80) });
const TICKET = APP.extend({ reference: z.string().max(80) });
const MOVE = { move: z.string().max(80) };

const values = (
  caller: Caller,
  definition: AppDefinition,
  body: Parameters<typeof valuesOf>[2],
  site?: string | null,
) => {
  const siteId = caller.house.sites.find((candidate) => candidate.slug === site)?.id ?? null;
  return valuesOf(definition, typingAt(timeZoneAt(caller.house, siteId), caller.locale), body);
};

/** What this caller may do with an app: what screens are drawn from. */
const faculties = (definition: AppDefinition, caller: Caller) => {
  const reading = readingInGeneral(definition, caller.actor);
  return {
    open: mayOpen(definition, caller.actor, undefined),
    comment: may(definition, caller.actor, 'comments'),
    assign: may(definition, caller.actor, 'assigns'),
    export: may(definition, caller.actor, 'exports'),
    edits: editableFields(definition, caller.actor),
    reads: Object.keys(definition.fields).filter((name) => reading(name) === 'shown'),
    moves: movesOf(definition, caller.actor),
  };
};

/** Opening tickets, and all that can be done to one. */
export const ticketRoutes = (doors: Doors, frame: Frame): void => {
  door(
    doors,
    frame,
    {
      method: 'get',
      path: '/{organisation}/{app}/definition',
      permit: 'app, stations',
      params: APP,
      summary: 'What the app is, in this organisation’s words, and what you may do with it',
      answers: { 200: 'The definition' },
    },
    ({ c, caller, params }) => {
      const { hash, definition } = appOf(caller.house, params.app);
      return c.json({ app: params.app, hash, definition, may: faculties(definition, caller) });
    },
  );

  door(
    doors,
    frame,
    {
      method: 'post',
      path: '/{organisation}/{app}/tickets',
      permit: 'app, stations',
      params: APP,
      body: openBody,
      summary: 'Open a ticket',
      answers: { 201: ticketSchema },
    },
    async ({ c, caller, params, body }) => {
      const call = await callOf(frame, c, caller);
      const { definition } = appOf(caller.house, params.app);
      const state = await openTicket(call, {
        app: params.app,
        fields: values(caller, definition, body, body.site),
        ...(body.site !== undefined && { site: body.site }),
        holder: body.holder ?? null,
      });
      const actor = await stayWith(frame.db, caller, state, call.now);
      frame.committed();
      const view = await viewOpened({ ...call, actor }, caller.locale, state, body.holder ?? null);
      return madeText(
        JSON.stringify(view),
        `/api/v1/${caller.house.slug}/${params.app}/tickets/${state.reference}`,
      );
    },
  );

  door(
    doors,
    frame,
    {
      method: 'post',
      path: '/{organisation}/{app}/moves/{move}',
      permit: 'app',
      params: APP.extend(MOVE),
      body: bulkBody,
      summary: 'Make one move on many tickets: each succeeds or is refused on its own',
      answers: { 200: bulkAnswer },
    },
    async ({ c, caller, params, body }) => {
      const call = await callOf(frame, c, caller);
      const { definition } = appOf(caller.house, params.app);
      const input = {
        move: params.move,
        fields: values(caller, definition, body),
        comment: body.comment ?? null,
      };
      const results = await moveMany(call, caller.locale, params.app, body.references, input);
      frame.committed();
      return c.json({ results });
    },
  );

  door(
    doors,
    frame,
    {
      method: 'get',
      path: '/{organisation}/{app}/tickets/{reference}',
      permit: 'app, stations',
      params: TICKET,
      summary: 'One ticket',
      answers: { 200: ticketSchema },
      foresee: (house, { app, reference }) => lookUp(frame.db, house, app, reference),
    },
    async ({ c, caller, params: { app, reference }, foreseen }) => {
      const call = await callOf(frame, c, caller);
      return jsonText(c, textOf(await viewTicket(call, caller.locale, app, reference, { found: foreseen })));
    },
  );

  door(
    doors,
    frame,
    {
      method: 'get',
      path: '/{organisation}/{app}/tickets/{reference}/events',
      permit: 'app, stations',
      params: TICKET,
      summary: 'What happened to it, oldest first',
      answers: { 200: z.object({ events: z.array(eventSchema) }) },
    },
    async ({ c, caller, params }) => {
      const { events } = await viewHistory(await callOf(frame, c, caller), params);
      return c.json({ events });
    },
  );

  door(
    doors,
    frame,
    {
      method: 'patch',
      path: '/{organisation}/{app}/tickets/{reference}',
      permit: 'app',
      params: TICKET,
      body: editBody,
      summary: 'Change fields, when nobody has changed the ticket since the version you read',
      answers: { 200: ticketSchema },
    },
    async ({ c, caller, params, body }) => {
      const call = await callOf(frame, c, caller);
      const { definition } = appOf(caller.house, params.app);
      const state = await withCurrent(
        call,
        caller,
        params,
        unlessSame(
          editTicket(call, params, {
            version: body.version,
            fields: values(caller, definition, body, body.site),
            ...(body.site !== undefined && { site: body.site }),
          }),
        ),
      );
      frame.committed();
      return c.json(await viewTicket(call, caller.locale, params.app, params.reference, { as: state }));
    },
  );

  door(
    doors,
    frame,
    {
      method: 'post',
      path: '/{organisation}/{app}/tickets/{reference}/moves/{move}',
      permit: 'app, stations',
      params: TICKET.extend(MOVE),
      body: moveBody,
      summary: 'Make a move: the only way a step changes',
      answers: { 200: ticketSchema },
    },
    async ({ c, caller, params, body }) => {
      const call = await callOf(frame, c, caller);
      const { definition } = appOf(caller.house, params.app);
      const state = await withCurrent(
        call,
        caller,
        params,
        moveTicket(call, params, {
          move: params.move,
          fields: values(caller, definition, body),
          comment: body.comment ?? null,
          ...(body.version !== undefined && { version: body.version }),
        }),
      );
      const actor = await stayWith(frame.db, caller, state, call.now);
      frame.committed();
      return c.json(
        await viewTicket({ ...call, actor }, caller.locale, params.app, params.reference, { as: state }),
      );
    },
  );

  door(
    doors,
    frame,
    {
      method: 'post',
      path: '/{organisation}/{app}/tickets/{reference}/comments',
      permit: 'app, stations',
      params: TICKET,
      body: z.strictObject({ text: z.string().max(20_000) }),
      summary: 'Say something',
      answers: { 201: eventSchema },
    },
    async ({ c, caller, params, body }) => {
      const call = await callOf(frame, c, caller);
      const state = await commentTicket(call, params, body.text);
      frame.committed();
      const { events } = await viewHistory(call, params);
      return c.json(events.find((event) => event.version === state.version) ?? {}, 201);
    },
  );

  door(
    doors,
    frame,
    {
      method: 'put',
      path: '/{organisation}/{app}/tickets/{reference}/assignee',
      permit: 'app',
      params: TICKET,
      body: z.strictObject({ member: z.union([z.uuid(), z.literal('me')]).nullable() }),
      summary: 'Give it to somebody, take it, put it back',
      answers: { 200: ticketSchema },
    },
    async ({ c, caller, params, body }) => {
      const call = await callOf(frame, c, caller);
      const state = await unlessSame(
        assignTicket(call, params, body.member === 'me' ? caller.actor.id : body.member),
      );
      frame.committed();
      return c.json(await viewTicket(call, caller.locale, params.app, params.reference, { as: state }));
    },
  );

  door(
    doors,
    frame,
    {
      method: 'put',
      path: '/{organisation}/{app}/tickets/{reference}/holder',
      permit: 'app',
      params: TICKET,
      body: z.strictObject({ holder: z.string().max(80).nullable() }),
      summary: 'Put it in the hold of another ticket, or take it out',
      answers: { 200: ticketSchema },
    },
    async ({ c, caller, params, body }) => {
      const call = await callOf(frame, c, caller);
      const state = await unlessSame(attachTicket(call, params, body.holder));
      frame.committed();
      return c.json(await viewTicket(call, caller.locale, params.app, params.reference, { as: state }));
    },
  );

  door(
    doors,
    frame,
    {
      method: 'post',
      path: '/{organisation}/{app}/tickets/{reference}/undo',
      permit: 'app, stations',
      params: TICKET,
      summary: 'Take back your last move, within its minute',
      answers: { 200: ticketSchema },
    },
    async ({ c, caller, params }) => {
      const call = await callOf(frame, c, caller);
      const state = await undoTicket(call, params);
      frame.committed();
      return c.json(await viewTicket(call, caller.locale, params.app, params.reference, { as: state }));
    },
  );
};

/** Asking for what already is so is no error. */
const unlessSame = async (made: Promise<TicketState>): Promise<TicketState | undefined> => {
  try {
    return await made;
  } catch (error) {
    if (!(error instanceof Refused) || error.refusal.code !== 'nothing_to_change') throw error;
    return undefined;
  }
};

/** Somebody else was faster: the answer carries the ticket as it is now, so that both can be compared. */
const withCurrent = async <T>(
  call: Call,
  caller: Caller,
  { app, reference }: { readonly app: string; readonly reference: string },
  made: Promise<T>,
): Promise<T> => {
  try {
    return await made;
  } catch (error) {
    if (!(error instanceof Refused) || error.refusal.code !== 'version_conflict') throw error;
    const current = await viewTicket(call, caller.locale, app, reference);
    throw new HttpProblem({ ...refusalProblem(error, caller.locale), current });
  }
};
