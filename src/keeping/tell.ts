import { tellMembers } from '../notices/index.ts';
import type { House } from '../organisations/index.ts';
import { administrators, membersOf } from '../people/index.ts';
import type { Tx } from '../platform/postgres/index.ts';

export interface Words {
  readonly subject: string;
  readonly body: string;
}

/** Tells all administrators of an organisation something of its vault, each in their language. */
export const tellAdministrators = async (
  tx: Tx,
  house: House,
  words: { readonly [locale in 'fr' | 'en']: Words },
  now: number,
): Promise<void> => {
  const admins = await administrators(tx, house.id);
  const people = (await membersOf(tx, house.id)).filter(({ id }) => admins.includes(id));
  await tellMembers(
    tx,
    house.id,
    people.map(({ id, email, locale }) => ({ id, email, locale, ...words[locale] })),
    now,
  );
};
