import { z } from '@hono/zod-openapi';
import qrcode from 'qrcode';

import { urlOf } from '../organisations/index.ts';
import { door, type Doors, type Frame } from '../people/index.ts';
import { HttpProblem, problem } from '../platform/http/problem.ts';
import type { Identity, Vault } from '../vault/index.ts';
import { callOf } from '../tickets/index.ts';
import { damagedFor } from './places.ts';
import { confirmRecovery, makeRecovery } from './recovery.ts';
import { stateOf } from './state.ts';

const ORGANISATION = z.object({ organisation: z.string().max(80) });
const moment = z.string().nullable();

const vaultSchema = z
  .object({
    openSince: moment.openapi({
      description: 'Since when it can keep files; null while it has no recovery key.',
    }),
    lies: z.enum(['folder', 's3']),
    recovery: z.object({ recipient: z.string(), made: moment, kept: moment }).nullable().openapi({
      description: 'Its public half, when it was made, and when somebody said that they hold it.',
    }),
    files: z.number().int(),
    stored: z.number().openapi({ description: 'Bytes.' }),
    quota: z.number().nullable(),
    damaged: z.object({ missing: z.number(), corrupt: z.number(), unreadable: z.number() }),
    places: z
      .array(
        z.object({
          kind: z.enum(['missing', 'corrupt', 'unreadable']),
          ticket: z.object({ app: z.string(), reference: z.string() }).nullable(),
          file: z.string().nullable(),
        }),
      )
      .openapi({ description: 'Where it belongs that is damaged: the tickets that you see are named.' }),
    verifiedSince: moment.openapi({ description: 'All that is kept was read through since.' }),
    indexed: moment,
  })
  .openapi('Vault');

const recoverySchema = z
  .object({
    identity: z.string().openapi({ description: 'The recovery key: shown this once, and kept nowhere.' }),
    recipient: z.string(),
    qr: z.string().openapi({ description: 'The same, as an SVG of a QR code in a data: address.' }),
    made: z.string(),
  })
  .openapi('RecoveryKey');

/** The key and its picture. An identity is capitals and digits: alphanumeric mode keeps the code small. */
const shown = async ({ identity, recipient }: Identity, now: number) => {
  const svg = await qrcode.toString(identity, { type: 'svg', errorCorrectionLevel: 'M', margin: 2 });
  const qr = `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
  return { identity, recipient, qr, made: new Date(now).toISOString() };
};

/** How an organisation's files are kept, and its recovery key. */
export const keepingRoutes = (doors: Doors, frame: Frame, vault: Vault, lies: 'folder' | 's3'): void => {
  const path = '/{organisation}/vault';
  const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

  door(
    doors,
    frame,
    {
      method: 'get',
      path,
      permit: 'administrator',
      params: ORGANISATION,
      summary:
        'How the files of the organisation are kept: open or not, how much, since when verified, what is damaged',
      answers: { 200: vaultSchema },
    },
    async ({ c, caller }) => {
      const state = await stateOf(vault, caller.house.id);
      const places = await damagedFor(vault, await callOf(frame, c, caller));
      return c.json({
        openSince: iso(state.openSince),
        lies,
        recovery:
          state.recipient === null
            ? null
            : {
                recipient: state.recipient,
                made: iso(state.recoveryMadeAt),
                kept: iso(state.recoveryKeptAt),
              },
        files: state.files,
        stored: state.stored,
        quota: state.quota,
        damaged: state.damaged,
        places: [...places],
        verifiedSince: iso(state.verifiedSince),
        indexed: iso(state.indexedAt),
      });
    },
  );

  for (const [which, where, summary] of [
    ['first', path, 'Open the vault: makes its recovery key, which is shown this once'],
    ['another', `${path}/recovery`, 'Make another recovery key, which is shown this once'],
  ] as const)
    door(
      doors,
      frame,
      {
        method: 'post',
        path: where,
        permit: 'administrator, freshly',
        params: ORGANISATION,
        summary,
        answers: { 201: recoverySchema },
      },
      async ({ c, caller }) => {
        const made = await makeRecovery(vault, caller.house, which, caller.actor, urlOf(frame, caller.house));
        frame.committed();
        c.header('cache-control', 'no-store');
        return c.json(await shown(made, frame.clock.now()), 201);
      },
    );

  door(
    doors,
    frame,
    {
      method: 'post',
      path: `${path}/recovery/kept`,
      permit: 'administrator',
      params: ORGANISATION,
      body: z.strictObject({ recipient: z.string().max(200) }),
      summary: 'Say that the recovery key was printed and is kept',
      answers: { 204: 'Written down' },
    },
    async ({ c, caller, body }) => {
      if (!(await confirmRecovery(vault, caller.house, body.recipient, caller.actor)))
        throw new HttpProblem(
          problem(
            409,
            'another_recovery_key',
            'Une autre clé de secours a été créée depuis : c’est elle qu’il faut garder. / Another recovery key was made since: that is the one to keep.',
          ),
        );
      frame.committed();
      return c.body(null, 204);
    },
  );
};
