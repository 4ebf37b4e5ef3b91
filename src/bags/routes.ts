import { z } from '@hono/zod-openapi';

import { may, Refused } from '../engine/index.ts';
import { ticketFiles } from '../downloads/index.ts';
import { appOf } from '../organisations/index.ts';
import { door, type Doors, type Frame } from '../people/index.ts';
import { give } from '../platform/http/give.ts';
import { callOf } from '../tickets/index.ts';
import type { Vault } from '../vault/index.ts';
import { bagOf, infoOf } from './bag.ts';
import { gatherTicket } from './gather.ts';
import { bagZip } from './zip.ts';

const TICKET = z.object({
  organisation: z.string().max(80),
  app: z.string().max(80),
  reference: z.string().max(80),
});

/** Taking a ticket out for good, with what it holds. */
export const bagRoutes = (doors: Doors, frame: Frame, vault: Vault): void => {
  door(
    doors,
    frame,
    {
      method: 'post',
      path: '/{organisation}/{app}/tickets/{reference}/bag',
      permit: 'app',
      params: TICKET,
      summary:
        'A ticket with its files and what it holds, as a BagIt bag in a zip, for who exports: sha256sum -c verifies it in twenty years',
      answers: { 200: 'application/zip' },
    },
    async ({ c, caller, params }) => {
      const call = { ...(await callOf(frame, c, caller)), way: 'export' as const };
      const { state } = await ticketFiles(vault, call, params);
      if (!may(appOf(call.house, params.app).definition, call.actor, 'exports', state))
        throw new Refused({ code: 'forbidden' });
      const which = { app: params.app, reference: state.reference };
      const gathered = await gatherTicket(vault, call, which, '', {
        locale: caller.locale,
        url: frame.url,
        whole: false,
      });
      const info = infoOf(call.house, `${which.app}/${which.reference}`, call.now);
      return give(c, bagZip(which.reference, bagOf(gathered, info, call.now)));
    },
  );
};
