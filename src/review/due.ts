import { Temporal } from 'temporal-polyfill';

import { system } from '../engine/index.ts';
import { record } from '../log/index.ts';
import { tellMembers } from '../notices/index.ts';
import type { House } from '../organisations/index.ts';
import { administrators, membersOf } from '../people/index.ts';
import { asOrganisation, type Database } from '../platform/postgres/index.ts';
import { lastReviewed } from './store.ts';

/** Is it more than a year? */
export const isDue = (last: Date, now: number): boolean =>
  Temporal.Instant.fromEpochMilliseconds(last.getTime()).toZonedDateTimeISO('UTC').add({ years: 1 })
    .epochMilliseconds <= now;

const WORDS = {
  fr: {
    subject: (organisation: string) => `Revue annuelle des droits · ${organisation}`,
    body: (url: string) =>
      `Bonjour,\n\nLes droits de chacun n’ont pas été revus depuis plus d’un an. Il suffit de passer en revue qui peut quoi, et de garder ou retirer chaque droit d’un geste :\n\n${url}\n`,
  },
  en: {
    subject: (organisation: string) => `Yearly review of rights · ${organisation}`,
    body: (url: string) =>
      `Hello,\n\nNobody has reviewed for more than a year who may do what. Go through the list, and keep or remove each right with one gesture:\n\n${url}\n`,
  },
};

/**
 * Tells the administrators, once, that the last review is older than a year.
 * @returns whether they were told now
 */
export const remindReview = (db: Database, house: House, url: string, now: number): Promise<boolean> =>
  asOrganisation(db, house.id, async (tx) => {
    // Also keeps another server from telling them at the same time.
    const admins = await administrators(tx, house.id);
    const last = await lastReviewed(tx, house.id);
    if (!last || last.open || !isDue(last.at, now)) return false;
    if (last.remindedAt !== null && last.remindedAt >= last.at) return false;
    await record(tx, house.id, 'review_due', system, {}, now);
    const people = (await membersOf(tx, house.id)).filter(({ id }) => admins.includes(id));
    await tellMembers(
      tx,
      house.id,
      people.map(({ id, email, locale }) => ({
        id,
        email,
        locale,
        subject: WORDS[locale].subject(house.name),
        body: WORDS[locale].body(`${url}/${house.slug}/settings/review`),
      })),
      now,
    );
    return true;
  });
