import { z } from 'zod';

import type { Clock } from '../platform/clock.ts';
import type { Mailer } from '../platform/mail.ts';
import { asOrganisation, type Database } from '../platform/postgres/index.ts';
import { lockNotice, noticeFailed, noticeSent } from './store.ts';

const payload = z.object({ organisationId: z.uuid(), notice: z.uuid() });

/** SMTP's own words can repeat the address: only their code is kept. */
const failureOf = (error: unknown): string => {
  const { code, responseCode } = error as { readonly code?: unknown; readonly responseCode?: unknown };
  return (
    [code, responseCode]
      .filter((part) => part !== undefined)
      .map(String)
      .join(' ') || 'mail failed'
  );
};

/**
 * The job that sends one notice. Without a mail server it stays in the outbox, where administrators see it.
 * @throws when the mail server refuses: the queue tries again later
 */
export const sendNotice =
  (deps: { readonly db: Database; readonly mailer: Mailer | null; readonly clock: Clock }) =>
  async (given: unknown): Promise<void> => {
    const { organisationId, notice } = payload.parse(given);
    const { mailer } = deps;
    if (mailer === null) return;
    const failure = await asOrganisation(deps.db, organisationId, async (tx) => {
      const found = await lockNotice(tx, organisationId, notice);
      if (!found || found.sentAt !== null || found.address === null) return null;
      try {
        await mailer.send({ to: found.address, subject: found.subject, text: found.body, id: found.id });
      } catch (error) {
        await noticeFailed(tx, organisationId, notice, failureOf(error));
        return failureOf(error);
      }
      await noticeSent(tx, organisationId, notice, new Date(deps.clock.now()));
      return null;
    });
    if (failure !== null) throw new Error(`The notice could not be sent: ${failure}`);
  };
