import { z } from '@hono/zod-openapi';

import { Refused } from '../engine/index.ts';
import { type Caller, door, type DoorContext, type Doors, type Frame } from '../people/index.ts';
import { reachOf } from './pieces.ts';
import type { Desk } from './desk.ts';
import { nameOf } from './names.ts';
import { answerTus, type Tus } from './tus.ts';
import { isOver, uploadOf } from './upload.ts';

const PLACE = z.object({ organisation: z.string().max(80) });
const ONE = PLACE.extend({ id: z.uuid() });

const uploadSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    folder: z.string(),
    size: z.number().nullable().openapi({ description: 'Null while its sender has not said it.' }),
    offset: z.number().openapi({ description: 'Bytes that have come.' }),
    file: z
      .string()
      .nullable()
      .openapi({ description: 'What it became; a field of a ticket takes it by this.' }),
    state: z.enum(['waiting', 'kept', 'quarantined']).nullable(),
    reason: z.string().nullable(),
    expires: z.string(),
  })
  .openapi('Upload');

/** Bytes of members and keys, which become files that a ticket's field then takes. */
export const uploadRoutes = (doors: Doors, frame: Frame, desk: Desk): void => {
  const path = '/{organisation}/uploads';
  const tus = (c: DoorContext, { house, actor }: Caller): Promise<Response> => {
    const place: Tus = {
      desk,
      organisationId: house.id,
      path: `/api/v1/${encodeURIComponent(house.slug)}/uploads`,
      by: actor,
      room: desk,
    };
    return answerTus(place, c.req.raw);
  };

  door(
    doors,
    frame,
    {
      method: 'post',
      path,
      permit: 'organisation',
      params: PLACE,
      summary:
        'Begin to send a file, in as many pieces as it takes (tus 1.0, https://tus.io): `filename`, `relativePath`',
      answers: { 201: 'Begun; `Location` says where it goes on' },
    },
    ({ c, caller }) => tus(c, caller),
  );

  door(
    doors,
    frame,
    {
      method: 'options',
      path,
      permit: 'organisation',
      params: PLACE,
      summary: 'What of tus there is here',
      answers: { 204: '`Tus-Version`, `Tus-Extension`, `Tus-Max-Size`, `Tus-Checksum-Algorithm`' },
    },
    ({ c, caller }) => tus(c, caller),
  );

  door(
    doors,
    frame,
    {
      method: 'patch',
      path: `${path}/{id}`,
      permit: 'organisation',
      params: ONE,
      summary: 'Send a piece: `application/offset+octet-stream`, from `Upload-Offset` on',
      answers: { 204: 'Kept; `Vigie-File` says the file that it became, with the last piece' },
    },
    ({ c, caller }) => tus(c, caller),
  );

  door(
    doors,
    frame,
    {
      method: 'delete',
      path: `${path}/{id}`,
      permit: 'organisation',
      params: ONE,
      summary: 'Take back what was sent, as long as no ticket has it',
      answers: { 204: 'Gone' },
    },
    ({ c, caller }) => tus(c, caller),
  );

  door(
    doors,
    frame,
    {
      method: 'get',
      path: `${path}/{id}`,
      permit: 'organisation',
      params: ONE,
      summary:
        'What has come of an upload, to whoever began it, until a ticket has it; `HEAD` says where it goes on',
      answers: { 200: uploadSchema },
    },
    async ({ c, caller, params }) => {
      if (c.req.method === 'HEAD') return tus(c, caller);
      const upload = await uploadOf(desk, caller.house.id, caller.actor, params.id);
      if (!upload || isOver(desk, upload)) throw new Refused({ code: 'not_found' });
      const { row, about, keys, file } = upload;
      const offset = row.fileId === null ? (await reachOf(desk, keys, row.id)).offset : row.length;
      return c.json({
        id: row.id,
        ...nameOf(about.said),
        size: about.deferred ? null : row.length,
        offset,
        file: row.fileId,
        state: file?.state ?? null,
        reason: file?.reason ?? null,
        expires: row.expiresAt.toISOString(),
      });
    },
  );
};
