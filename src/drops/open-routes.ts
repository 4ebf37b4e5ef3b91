import { z } from '@hono/zod-openapi';
import { Metadata } from '@tus/utils';

import { Refused } from '../engine/index.ts';
import { type Caller, door, type DoorContext, type Doors, type Frame } from '../people/index.ts';
import { giveText } from '../platform/http/text.ts';
import { asOrganisation } from '../platform/postgres/index.ts';
import { depositReceipt } from '../receipts/index.ts';
import { answerTus, type Desk, type Tus } from '../uploads/index.ts';
import { writtenOf } from './about.ts';
import { bringingWith, dropOf, mustBeTaken } from './bringing.ts';
import { beginDeposit, endDeposit } from './deposit.ts';
import { put, reserve } from './put.ts';
import { isClosed, notSupported } from './refusals.ts';
import { roomInField, type Standing } from './standing.ts';
import { announced, depositById } from './store.ts';

const PLACE = z.object({ organisation: z.string().max(80) });
const DEPOSIT = PLACE.extend({ deposit: z.uuid() });
const UPLOAD = DEPOSIT.extend({ id: z.uuid() });

const openSchema = z
  .object({
    organisation: z.object({ slug: z.string(), name: z.string(), locale: z.enum(['fr', 'en']) }),
    timeZone: z.string(),
    title: z.string(),
    note: z.string().nullable(),
    until: z.string(),
    names: z.boolean().openapi({ description: 'Whoever brings says who they are.' }),
    messages: z.boolean().openapi({ description: 'They may leave a message.' }),
    accept: z.array(z.string()).openapi({ description: 'Media types that are taken; none: any.' }),
    files: z.number().int().openapi({ description: 'How many more are taken.' }),
    bytes: z.number().openapi({ description: 'How many more bytes are taken, in all.' }),
    largest: z.number().openapi({ description: 'Of one file, in bytes.' }),
  })
  .openapi('OpenDrop');

/** What a tus client says that a file is; empty when it says nothing. */
const typeSaid = (header: string | undefined): string => {
  try {
    return Metadata.parse(header ?? '')['filetype'] ?? '';
  } catch {
    return '';
  }
};

/** For whoever holds a link to put files: they bring, and get a receipt; nothing is shown of what is there. */
export const openDropRoutes = (doors: Doors, frame: Frame, desk: Desk): void => {
  const path = '/{organisation}/drop';
  const common = { permit: 'drop', limit: 'drop' } as const;

  door(
    doors,
    frame,
    {
      ...common,
      method: 'get',
      path,
      params: PLACE,
      summary: 'Which files are asked for, by whom and until when; `Authorization: Drop SECRET`, of the link',
      answers: { 200: openSchema },
    },
    async ({ c, caller }) => {
      const there = await dropOf(frame, caller);
      const { drop, field, state } = there;
      const { house } = caller;
      const [written, coming] = await asOrganisation(frame.db, house.id, async (tx) => [
        await writtenOf(desk.vault, tx, house.id, drop),
        await announced(tx, house.id, drop.id, new Date(frame.clock.now())),
      ]);
      const site = house.sites.find(({ id }) => id === state.siteId) ?? house.sites[0];
      return c.json({
        organisation: { slug: house.slug, name: house.name, locale: house.locale },
        timeZone: site?.timeZone ?? 'Europe/Paris',
        title: written?.title ?? '',
        note: written?.note ?? null,
        until: drop.expiresAt.toISOString(),
        names: drop.names,
        messages: drop.messages,
        accept: field.is === 'files' ? [...(field.accept ?? [])] : [],
        files: Math.max(0, Math.min(drop.mostFiles - drop.files, roomInField(there)) - coming.files),
        bytes: Math.max(0, drop.mostBytes - drop.bytes - coming.bytes),
        largest: desk.largest,
      });
    },
  );

  door(
    doors,
    frame,
    {
      ...common,
      method: 'post',
      path: `${path}/deposits`,
      params: PLACE,
      body: z.strictObject({
        name: z.string().trim().max(200).optional(),
        message: z.string().trim().max(2000).optional(),
      }),
      summary: 'Begin to bring files; nobody but you goes on with what you begin',
      answers: { 201: z.object({ id: z.string() }) },
    },
    async ({ c, caller, body }) => {
      const { drop } = await dropOf(frame, caller);
      const said = { name: body.name || undefined, message: body.message || undefined };
      return c.json({ id: await beginDeposit(desk.vault, caller.house.id, drop, said) }, 201);
    },
  );

  /** A deposit of theirs that takes more. */
  const open = async (caller: Caller, deposit: string): Promise<Standing> => {
    const there = await dropOf(frame, caller);
    const row = await asOrganisation(frame.db, caller.house.id, (tx) =>
      depositById(tx, caller.house.id, there.drop.id, deposit),
    );
    if (!row) throw new Refused({ code: 'not_found' });
    if (row.closedAt !== null) throw isClosed();
    return there;
  };

  const tus = async (c: DoorContext, caller: Caller, deposit: string): Promise<Response> => {
    const there = await open(caller, deposit);
    if (c.req.method === 'POST') {
      // Room is kept for what is said: what is not, and what is put together from parts, has none.
      if (c.req.header('upload-defer-length') !== undefined || c.req.header('upload-concat') !== undefined)
        throw notSupported();
      mustBeTaken(there, typeSaid(c.req.header('upload-metadata')));
    }
    const { slug } = caller.house;
    const bringing = () => bringingWith(frame, caller, deposit);
    const place: Tus = {
      desk,
      organisationId: caller.house.id,
      path: `/api/v1/${encodeURIComponent(slug)}/drop/deposits/${deposit}/uploads`,
      by: { kind: 'drop', id: deposit },
      room: desk,
      reserve: (tx, bytes) => reserve(tx, bringing(), bytes),
      also: (tx, id) => put(tx, frame, desk, bringing(), id, true),
    };
    const answer = await answerTus(place, c.req.raw);
    if (answer.headers.has('vigie-file')) frame.committed();
    return answer;
  };

  const uploads = `${path}/deposits/{deposit}/uploads`;
  door(
    doors,
    frame,
    {
      ...common,
      method: 'post',
      path: uploads,
      params: DEPOSIT,
      summary: 'Begin to send a file of a deposit, in as many pieces as it takes (tus 1.0)',
      answers: { 201: 'Begun; `Location` says where it goes on' },
    },
    ({ c, caller, params }) => tus(c, caller, params.deposit),
  );

  door(
    doors,
    frame,
    {
      ...common,
      method: 'get',
      path: `${uploads}/{id}`,
      params: UPLOAD,
      summary: '`HEAD` says where an upload goes on; nothing of it is given back',
      answers: { 200: '`Upload-Offset`' },
    },
    ({ c, caller, params }) => {
      if (c.req.method !== 'HEAD') throw new Refused({ code: 'not_found' });
      return tus(c, caller, params.deposit);
    },
  );

  door(
    doors,
    frame,
    {
      ...common,
      method: 'patch',
      path: `${uploads}/{id}`,
      params: UPLOAD,
      summary: 'Send a piece: `application/offset+octet-stream`, from `Upload-Offset` on',
      answers: { 204: 'Kept' },
    },
    ({ c, caller, params }) => tus(c, caller, params.deposit),
  );

  door(
    doors,
    frame,
    {
      ...common,
      method: 'delete',
      path: `${uploads}/{id}`,
      params: UPLOAD,
      summary: 'Take back what was begun and has not come whole',
      answers: { 204: 'Gone' },
    },
    ({ c, caller, params }) => tus(c, caller, params.deposit),
  );

  door(
    doors,
    frame,
    {
      ...common,
      method: 'post',
      path: `${path}/deposits/{deposit}/receipt`,
      params: DEPOSIT,
      summary: 'All has come: end a deposit, and have its receipt; again, the same one',
      answers: { 200: 'The signed text' },
    },
    async ({ c, caller, params }) => {
      const { drop } = await dropOf(frame, caller);
      const text = await endDeposit(desk.vault, frame, caller.house, drop.id, params.deposit);
      if (text === null) throw new Refused({ code: 'not_found' });
      return giveText(c, text, 'receipt.txt');
    },
  );

  door(
    doors,
    frame,
    {
      ...common,
      method: 'get',
      path: `${path}/deposits/{deposit}/receipt`,
      params: DEPOSIT,
      summary: 'The receipt of a deposit that has ended',
      answers: { 200: 'The signed text' },
    },
    async ({ c, caller, params }) => {
      const { drop } = await dropOf(frame, caller);
      const { id } = caller.house;
      const text = await asOrganisation(frame.db, id, async (tx) =>
        (await depositById(tx, id, drop.id, params.deposit))
          ? depositReceipt(desk.vault, tx, id, params.deposit)
          : null,
      );
      if (text === null) throw new Refused({ code: 'not_found' });
      return giveText(c, text, 'receipt.txt');
    },
  );
};
