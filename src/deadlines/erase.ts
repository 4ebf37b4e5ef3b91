import { Temporal } from 'temporal-polyfill';

import { type AppDefinition, Refused, system } from '../engine/index.ts';
import { eraseContacts } from '../contacts/index.ts';
import { eraseSealedFiles } from '../files/index.ts';
import type { House } from '../organisations/index.ts';
import { asOrganisation } from '../platform/postgres/index.ts';
import { perform } from '../tickets/index.ts';
import { collect, type Vault } from '../vault/index.ts';
import { eraseDrops } from '../drops/index.ts';
import { eraseReceipts } from '../receipts/index.ts';
import { contactsIn, emptySealed, toErase } from './store.ts';

const BATCH = 100;

/** The instant before which what ended has been kept long enough. */
const keptSince = (keep: NonNullable<AppDefinition['keep']>, now: number): Date => {
  const [count = '0', unit = 'days'] = keep.split(' ');
  const at = Temporal.Instant.fromEpochMilliseconds(now)
    .toZonedDateTimeISO('UTC')
    .subtract({ [unit]: Number(count) });
  return new Date(at.epochMilliseconds);
};

/**
 * Erases the personal data of tickets that ended long enough ago: from the ticket, from its events, the contacts that
 * nothing else names, and the files of sealed fields, off the shelf. The history says that it was erased, and when.
 * @returns how many tickets were erased
 */
export const eraseKept = async (vault: Vault, house: House, now: number): Promise<number> => {
  const { db } = vault;
  let erased = 0;
  let files = 0;
  for (const { app, definition } of house.apps.values()) {
    if (!definition.keep) continue;
    const before = keptSince(definition.keep, now);
    await asOrganisation(db, house.id, async (tx) => {
      await eraseReceipts(tx, house.id, app, before);
      await eraseDrops(tx, house.id, app, before);
    });
    for (;;) {
      const ids = await asOrganisation(db, house.id, (tx) => toErase(tx, house.id, app, before, BATCH));
      for (const id of ids) {
        await asOrganisation(db, house.id, async (tx) => {
          const contacts = await contactsIn(tx, house.id, id);
          await perform(tx, { db, house, actor: system, now, once: null }, { id }, () => ({ type: 'erase' }));
          await emptySealed(tx, house.id, id);
          files += await eraseSealedFiles(tx, house.id, definition, id);
          await eraseContacts(tx, house.id, contacts);
        }).catch((error: unknown) => {
          // Somebody reopened it meanwhile.
          if (!(error instanceof Refused)) throw error;
        });
        erased += 1;
      }
      if (ids.length < BATCH) break;
    }
  }
  if (files > 0) await collect(vault, house.id);
  return erased;
};
