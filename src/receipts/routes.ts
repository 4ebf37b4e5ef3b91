import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { z } from '@hono/zod-openapi';

import { Refused } from '../engine/index.ts';
import { door, type Doors, type Frame, houseAt } from '../people/index.ts';
import { giveText } from '../platform/http/text.ts';
import { callOf } from '../tickets/index.ts';
import { traceBytes, traced } from '../traces/index.ts';
import { type Vault, VaultError } from '../vault/index.ts';
import { handOver } from './hand-over.ts';
import { publicKeys, ticketReceipts } from './read.ts';

const ORGANISATION = z.object({ organisation: z.string().max(80) });
const TICKET = ORGANISATION.extend({ app: z.string().max(80), reference: z.string().max(80) });
/** As people are called, on one line. */
const name = z.string().trim().min(1).max(200);

const receiptSchema = z
  .object({
    id: z.string(),
    kind: z.enum(['handed-over', 'received']),
    direction: z.enum(['in', 'out']),
    fields: z.array(z.string()),
    files: z.number().int(),
    at: z.string(),
    from: z.string().nullable().openapi({ description: 'Null, as `to`, once what it says was erased.' }),
    to: z.string().nullable(),
  })
  .openapi('Receipt');

const VERIFIER = join(import.meta.dirname, '../../client/verify-receipt.mjs');

/** Signed statements of what was handed over, and what verifies them without us. */
export const receiptRoutes = (doors: Doors, frame: Frame, vault: Vault): void => {
  const path = '/{organisation}/{app}/tickets/{reference}/receipts';

  door(
    doors,
    frame,
    {
      method: 'get',
      path,
      permit: 'app',
      params: TICKET,
      summary: 'What was handed over of a ticket, the newest first: of the files that you read',
      answers: { 200: z.object({ receipts: z.array(receiptSchema) }) },
    },
    async ({ c, caller, params }) => {
      const call = await callOf(frame, c, caller);
      const { state, receipts } = await ticketReceipts(vault, call, params);
      await traced(call, [{ state }]);
      return c.json({
        receipts: receipts.map(({ row: { id, kind, direction, fields, files, at }, said }) => ({
          id,
          kind,
          direction,
          fields: [...fields],
          files,
          at: at.toISOString(),
          from: said?.from ?? null,
          to: said?.to ?? null,
        })),
      });
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
      body: z.union([
        z.strictObject({ field: z.string().max(80), to: name }),
        z.strictObject({ field: z.string().max(80), from: name }),
      ]),
      summary:
        'State that you handed the files of a field over `to` somebody, or received them `from` somebody',
      answers: { 201: z.object({ id: z.string(), text: z.string() }) },
    },
    async ({ c, caller, params, body: { field, ...other } }) => {
      const call = await callOf(frame, c, caller);
      return c.json(await handOver(vault, frame, call, params, { field, other }), 201);
    },
  );

  door(
    doors,
    frame,
    {
      method: 'get',
      path: `${path}/{id}`,
      permit: 'app',
      params: TICKET.extend({ id: z.uuid() }),
      summary: 'A receipt, as the text that was signed',
      answers: { 200: 'A text' },
    },
    async ({ c, caller, params }) => {
      const call = await callOf(frame, c, caller);
      const { state, receipts } = await ticketReceipts(vault, call, params);
      const found = receipts.find(({ row }) => row.id === params.id);
      if (!found?.said) throw new Refused({ code: 'not_found' });
      await traceBytes(call, state);
      return giveText(
        c,
        found.said.text,
        `${state.reference}-${found.row.at.toISOString().slice(0, 10)}.txt`,
      );
    },
  );

  door(
    doors,
    frame,
    {
      method: 'get',
      path: '/{organisation}/receipts/key.txt',
      permit: 'anyone',
      params: ORGANISATION,
      summary: 'The public keys by which the receipts of an organisation are verified',
      answers: { 200: 'A text: a line for verifiers of signed notes, then the same key in PEM' },
    },
    async ({ c, params }) => {
      const house = await houseAt(frame, c, params.organisation);
      if (!house) throw new Refused({ code: 'not_found' });
      const keys = await publicKeys(vault, frame, house).catch((error: unknown) => {
        // Who signs nothing has no key to show: as whoever is not there.
        if (error instanceof VaultError && error.code === 'closed') throw new Refused({ code: 'not_found' });
        throw error;
      });
      return giveText(c, keys, 'key.txt');
    },
  );

  let verifier: string | null = null;
  door(
    doors,
    frame,
    {
      method: 'get',
      path: '/{organisation}/receipts/verify-receipt.mjs',
      permit: 'anyone',
      params: ORGANISATION,
      summary: 'A script that verifies receipts on any machine with Node.js, without a network',
      answers: { 200: 'A script, to be kept' },
    },
    ({ c }) => giveText(c, (verifier ??= readFileSync(VERIFIER, 'utf8')), 'verify-receipt.mjs'),
  );
};
