import { z } from '@hono/zod-openapi';

import { Refused } from '../engine/index.ts';
import { door, type Doors, type Frame, stayWith, stepUp } from '../people/index.ts';
import { give } from '../platform/http/give.ts';
import { callOf } from '../tickets/index.ts';
import { traceBytes, traced } from '../traces/index.ts';
import { currentKeys, type Vault } from '../vault/index.ts';
import { addFiles, removeFile } from './change.ts';
import { clearOfHealth } from './clear.ts';
import { moveFile } from './move.ts';
import { fileNamed, lookUpFile } from './one.ts';
import { original, outgoingLater, rendition } from './read.ts';
import { sidecarsOf } from './sidecars.ts';
import { fileSchema, type Known, mustBeKept, showFile, ticketFiles, type Which } from './view.ts';
import { zipOf } from './zip.ts';

const TICKET = z.object({
  organisation: z.string().max(80),
  app: z.string().max(80),
  reference: z.string().max(80),
});
const FILE = TICKET.extend({ file: z.uuid() });
const TOO_SHORT = 'Dix caractères au moins. / Ten characters at least.';
const FOUND = z.object({ files: z.array(fileSchema) });

/** Files of tickets: seen, taken out, added, removed, by whoever sees the field they are in. */
export const downloadRoutes = (doors: Doors, frame: Frame, vault: Vault): void => {
  const path = '/{organisation}/{app}/tickets/{reference}/files';

  const one = async (call: Parameters<typeof ticketFiles>[1], which: Which, id: string) => {
    const {
      state,
      files: [known],
    } = await ticketFiles(vault, call, which, id);
    if (!known) throw new Refused({ code: 'not_found' });
    return { state, known };
  };

  door(
    doors,
    frame,
    {
      method: 'get',
      path,
      permit: 'app, stations',
      params: TICKET,
      summary: 'The files of a ticket, in the fields that you read',
      answers: { 200: FOUND },
    },
    async ({ c, caller, params }) => {
      const call = await callOf(frame, c, caller);
      const { state, files } = await ticketFiles(vault, call, params);
      await traced(call, [{ state }]);
      return c.json({ files: files.map(showFile) });
    },
  );

  door(
    doors,
    frame,
    {
      method: 'post',
      path,
      permit: 'app',
      params: TICKET,
      body: z.strictObject({ field: z.string().max(80), files: z.array(z.uuid()).min(1).max(500) }),
      summary: 'Add files that were uploaded to a field of a ticket, after those it has',
      answers: { 200: FOUND },
    },
    async ({ c, caller, params, body }) => {
      const call = await callOf(frame, c, caller);
      const state = await addFiles(call, params, body.field, body.files);
      const actor = await stayWith(frame.db, caller, state, call.now);
      frame.committed();
      const { files } = await ticketFiles(vault, { ...call, actor, once: null }, params);
      await traced(call, [{ state }]);
      return c.json({ files: files.map(showFile) });
    },
  );

  door(
    doors,
    frame,
    {
      method: 'get',
      path: `${path}/{file}/content`,
      permit: 'app, stations',
      params: FILE,
      query: z.object({ shown: z.literal('1').optional() }),
      summary: 'A file as it came; a part of it by `Range`. `shown=1`: to look at, where it is a picture',
      answers: { 200: 'The file', 206: 'The part that was asked for', 416: 'There is no such part' },
      foresee: (house, params) => lookUpFile(vault, house.id, params, params.file),
    },
    async ({ c, caller, params, query, foreseen }) => {
      const call = await callOf(frame, c, caller);
      const named = await (foreseen ?? lookUpFile(vault, caller.house.id, params, params.file));
      const { state, row, about, blob } = await fileNamed(vault, call, named);
      mustBeKept({ row });
      // Nothing of it leaves before it is written down; that it is opened meanwhile shows nobody anything.
      const [bytes] = await Promise.all([
        original(vault, caller.house.id, row, about, blob),
        traceBytes(call, state),
      ]);
      return give(c, bytes, query.shown === '1');
    },
  );

  door(
    doors,
    frame,
    {
      method: 'get',
      path: `${path}/{file}/preview`,
      permit: 'app, stations',
      params: FILE,
      query: z.object({ size: z.enum(['small', 'large']).default('small') }),
      summary: 'A picture of a file, without what it says of place and time',
      answers: { 200: 'A picture' },
    },
    async ({ c, caller, params, query }) => {
      const call = await callOf(frame, c, caller);
      const { state, known } = await one(call, params, params.file);
      mustBeKept(known);
      const bytes = await rendition(vault, caller.house.id, known.row, known.about, query.size);
      if (!bytes) throw new Refused({ code: 'not_found' });
      await traceBytes(call, state, query.size === 'small');
      return give(c, bytes, true);
    },
  );

  door(
    doors,
    frame,
    {
      method: 'get',
      path: `${path}/{file}/sidecar`,
      permit: 'app, stations',
      params: FILE,
      summary:
        'What the ticket says of a photograph, as an XMP sidecar to be kept beside it; where the app has any',
      answers: { 200: 'XMP', 206: 'The part that was asked for', 416: 'There is no such part' },
    },
    async ({ c, caller, params }) => {
      const call = await callOf(frame, c, caller);
      const { state, known } = await one(call, params, params.file);
      mustBeKept(known);
      const [sidecar] = sidecarsOf(call, state, [{ known, path: known.about.name }]);
      if (!sidecar) throw new Refused({ code: 'not_found' });
      await traced(call, [{ state }]);
      return give(c, sidecar);
    },
  );

  door(
    doors,
    frame,
    {
      method: 'delete',
      path: `${path}/{file}`,
      permit: 'app',
      params: FILE,
      summary: 'Take a file out of its field; for thirty days it can be put back',
      answers: { 204: 'Taken out' },
    },
    async ({ c, caller, params }) => {
      const call = await callOf(frame, c, caller);
      await one(call, params, params.file);
      await removeFile(call, params, params.file);
      frame.committed();
      return c.body(null, 204);
    },
  );

  door(
    doors,
    frame,
    {
      method: 'post',
      path: `${path}/{file}/move`,
      permit: 'app',
      params: FILE,
      body: z.strictObject({
        app: z.string().max(80),
        reference: z.string().max(80),
        field: z.string().max(80),
      }),
      summary:
        'Move a file to a field of another ticket, such as one for health data; it is looked at again there',
      answers: { 204: 'Moved' },
    },
    async ({ c, caller, params, body }) => {
      if (caller.withheld.has(body.app)) throw stepUp('assurance', caller);
      const call = await callOf(frame, c, caller);
      const { known } = await one(call, params, params.file);
      await moveFile(call, params, { id: params.file, field: known.row.field ?? '' }, body);
      frame.committed();
      return c.body(null, 204);
    },
  );

  door(
    doors,
    frame,
    {
      method: 'post',
      path: `${path}/{file}/release`,
      permit: 'administrator, freshly',
      params: FILE,
      body: z.strictObject({ reason: z.string().trim().min(10, TOO_SHORT).max(1000) }),
      summary: 'Let go of a file that was held back for health data and has none, with the reason',
      answers: { 204: 'Released' },
    },
    async ({ c, caller, params, body }) => {
      const call = await callOf(frame, c, caller);
      // Whoever runs the organisation decides about what they see themselves, and about nothing else.
      await one(call, params, params.file);
      await clearOfHealth(call, await currentKeys(vault, caller.house.id), params.file, body.reason);
      frame.committed();
      return c.body(null, 204);
    },
  );

  door(
    doors,
    frame,
    {
      method: 'get',
      path: '/{organisation}/{app}/tickets/{reference}/files.zip',
      permit: 'app, stations',
      params: TICKET,
      query: z.object({ field: z.string().max(80).optional(), folder: z.string().max(500).optional() }),
      summary: 'The files of a ticket, of a field or of a folder, as one zip; a part of it by `Range`',
      answers: { 200: 'A zip', 206: 'The part that was asked for', 416: 'There is no such part' },
    },
    async ({ c, caller, params, query }) => {
      const call = await callOf(frame, c, caller);
      const { state, files } = await ticketFiles(vault, call, params);
      const wanted = files.filter(
        ({ row, about }: Known) =>
          row.state === 'kept' &&
          (query.field === undefined || row.field === query.field) &&
          (query.folder === undefined ||
            about.folder === query.folder ||
            about.folder.startsWith(`${query.folder}/`)),
      );
      if (wanted.length === 0) throw new Refused({ code: 'not_found' });
      const contents = await outgoingLater(vault, caller.house.id, wanted, 'kept');
      const entries = wanted.flatMap(({ row, about }, index) => {
        const bytes = contents[index];
        return bytes ? [{ row, about, bytes }] : [];
      });
      const beside = (paths: readonly string[]) =>
        sidecarsOf(
          call,
          state,
          wanted.map((known, index) => ({ known, path: paths[index] ?? '' })),
        );
      await traceBytes(call, state);
      return give(c, zipOf(state.reference, entries, beside));
    },
  );
};
