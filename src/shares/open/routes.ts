import { z } from '@hono/zod-openapi';

import { traceBytes, traced } from '../../traces/index.ts';
import { Refused } from '../../engine/index.ts';
import {
  atLeast,
  type Caller,
  door,
  type DoorContext,
  type Doors,
  type Frame,
  personOf,
  stepUp,
} from '../../people/index.ts';
import { give } from '../../platform/http/give.ts';
import { giveText } from '../../platform/http/text.ts';
import type { Images } from '../../platform/images/index.ts';
import { asOrganisation } from '../../platform/postgres/index.ts';
import { callOf } from '../../tickets/index.ts';
import type { Vault } from '../../vault/index.ts';
import type { Post } from '../post.ts';
import { found, foundBy, opened } from './found.ts';
import { receiptOfVisit, withReceipt } from './receipt.ts';
import { openShare, openVisit, sendCode } from './prove.ts';
import { linkById } from './store.ts';
import { allFiles, oneFile, pictureOf, reserve, whileItStands } from './take.ts';
import { sharedSchema, showShared } from './view.ts';

const ORGANISATION = z.object({ organisation: z.string().max(80) });
const LINK = ORGANISATION.extend({ link: z.uuid() });
const FILE = LINK.extend({ file: z.uuid() });
const MINE = ORGANISATION.extend({ id: z.uuid() });
const BYTES = { 200: 'The file', 206: 'The part that was asked for', 416: 'There is no such part' };

/** Whoever holds a link to files: what it is, what opens it, and what is in it. */
export const openShareRoutes = (
  doors: Doors,
  frame: Frame,
  { vault, images, post }: { readonly vault: Vault; readonly images: Images; readonly post: Post },
): void => {
  /** The path names the link that they came by, and no other. */
  const openedAt = async (c: DoorContext, caller: Caller, link: string) => {
    if (caller.share?.linkId !== link) throw new Refused({ code: 'not_found' });
    const held = await opened(vault, frame, caller);
    const reader = { ...(await callOf(frame, c, caller)), actor: held.actor };
    return { held, reader };
  };
  const stillStands = (caller: Caller) => () => opened(vault, frame, caller);

  door(
    doors,
    frame,
    {
      method: 'get',
      path: '/{organisation}/share',
      permit: 'share',
      limit: 'proof',
      params: ORGANISATION,
      summary: 'What was shared with you; `Authorization: Share SECRET`, of the link you were given',
      answers: { 200: sharedSchema },
    },
    async ({ c, caller }) => {
      const held = await found(vault, frame, caller);
      const visit = caller.share?.visit ?? null;
      if (visit) await traced({ ...(await callOf(frame, c, caller)), actor: held.actor }, [held.standing]);
      return c.json(await showShared(vault, caller.house, held, visit));
    },
  );

  door(
    doors,
    frame,
    {
      method: 'post',
      path: '/{organisation}/share/code',
      permit: 'share',
      limit: 'sign-in-link',
      params: ORGANISATION,
      summary: 'Have a code sent to the address that the link was made for',
      answers: { 204: 'On its way' },
    },
    async ({ c, caller }) => {
      await sendCode(vault, frame, post, c, caller);
      return c.body(null, 204);
    },
  );

  door(
    doors,
    frame,
    {
      method: 'post',
      path: '/{organisation}/share/visits',
      permit: 'share',
      limit: 'proof',
      params: ORGANISATION,
      body: z.strictObject({
        code: z.string().max(40).optional(),
        passphrase: z.string().max(200).optional(),
      }),
      summary: 'Open what was shared with you: its files are shown to this browser from now on',
      answers: { 204: 'Open' },
    },
    async ({ c, caller, body }) => {
      await openShare(vault, frame, c, caller, body);
      return c.body(null, 204);
    },
  );

  door(
    doors,
    frame,
    {
      method: 'get',
      path: '/{organisation}/shared/{link}/files/{file}/content',
      permit: 'share',
      params: FILE,
      summary: 'A file that was shared with you; a part of it by `Range`',
      answers: BYTES,
    },
    async ({ c, caller, params }) => {
      const { held, reader } = await openedAt(c, caller, params.link);
      const gift = await oneFile(vault, caller.house, held, params.file);
      const goesOn = c.req.header('range') !== undefined;
      if (c.req.method !== 'HEAD') await reserve(frame, caller.house, held, params.file, goesOn);
      await traceBytes(reader, held.standing.state);
      const stated = withReceipt(vault, frame, caller.house, held, gift, [gift]);
      return give(c, whileItStands(stated, stillStands(caller)));
    },
  );

  door(
    doors,
    frame,
    {
      method: 'get',
      path: '/{organisation}/shared/{link}/files/{file}/preview',
      permit: 'share',
      params: FILE,
      query: z.object({ size: z.enum(['small', 'large']).default('small') }),
      summary: 'A picture of a file that was shared with you, with your name over it where that was asked',
      answers: { 200: 'A picture' },
    },
    async ({ c, caller, params, query }) => {
      const { held, reader } = await openedAt(c, caller, params.link);
      const gift = await pictureOf(vault, images, caller.house, held, params.file, query.size);
      await traceBytes(reader, held.standing.state, query.size === 'small');
      return give(c, gift, true);
    },
  );

  door(
    doors,
    frame,
    {
      method: 'get',
      path: '/{organisation}/shared/{link}/files.zip',
      permit: 'share',
      params: LINK,
      summary: 'All that was shared with you, as one zip; a part of it by `Range`',
      answers: BYTES,
    },
    async ({ c, caller, params }) => {
      const { held, reader } = await openedAt(c, caller, params.link);
      const { zip, files } = await allFiles(vault, caller.house, held);
      const goesOn = c.req.header('range') !== undefined;
      if (c.req.method !== 'HEAD') await reserve(frame, caller.house, held, null, goesOn);
      await traceBytes(reader, held.standing.state);
      const stated = withReceipt(vault, frame, caller.house, held, zip, files);
      return give(c, whileItStands(stated, stillStands(caller)));
    },
  );

  door(
    doors,
    frame,
    {
      method: 'get',
      path: '/{organisation}/shared/{link}/receipt',
      permit: 'share',
      params: LINK,
      summary:
        'What you took of what was shared with you, signed; there is none before you have something whole',
      answers: { 200: 'The signed text' },
    },
    async ({ c, caller, params }) => {
      const { held, reader } = await openedAt(c, caller, params.link);
      const text = await receiptOfVisit(vault, caller.house, held);
      if (text === null) throw new Refused({ code: 'not_found' });
      const { state } = held.standing;
      await traceBytes(reader, state);
      return giveText(
        c,
        text,
        `${state.reference}-${new Date(frame.clock.now()).toISOString().slice(0, 10)}.txt`,
      );
    },
  );

  /** A share in which this member is named. @throws Refused `not_found` */
  const mine = async (caller: Caller, id: string) => {
    const { house } = caller;
    const { member } = personOf(caller);
    const link = await asOrganisation(frame.db, house.id, (tx) => linkById(tx, house.id, id));
    if (!link || link.memberId !== member.id) throw new Refused({ code: 'not_found' });
    const held = await foundBy(vault, frame, house, { shareId: link.shareId, linkId: id, visit: null });
    if (!held) throw new Refused({ code: 'not_found' });
    return held;
  };

  door(
    doors,
    frame,
    {
      method: 'get',
      path: '/{organisation}/me/shared/{id}',
      permit: 'member',
      params: MINE,
      summary: 'What was shared with you, a member: who shares, until when',
      answers: { 200: sharedSchema },
    },
    async ({ c, caller, params }) =>
      c.json(await showShared(vault, caller.house, await mine(caller, params.id), null)),
  );

  door(
    doors,
    frame,
    {
      method: 'post',
      path: '/{organisation}/me/shared/{id}/visits',
      permit: 'member, freshly',
      params: MINE,
      summary: 'Open what was shared with you, a member: proved by your passkey',
      answers: { 204: 'Open' },
    },
    async ({ c, caller, params }) => {
      const { session } = personOf(caller);
      const held = await mine(caller, params.id);
      if (!atLeast(session.assurance, 'strong') || !session.methods.includes('passkey'))
        throw stepUp('assurance', caller);
      await openVisit(frame, c, caller.house, held, { proof: 'member', sessionId: session.id });
      return c.body(null, 204);
    },
  );

  door(
    doors,
    frame,
    {
      method: 'get',
      path: '/{organisation}/shared/{link}',
      permit: 'share',
      params: LINK,
      summary: 'What you have opened of what was shared with you',
      answers: { 200: sharedSchema },
    },
    async ({ c, caller, params }) => {
      const { held, reader } = await openedAt(c, caller, params.link);
      await traced(reader, [held.standing]);
      return c.json(await showShared(vault, caller.house, held, held.visit));
    },
  );
};
