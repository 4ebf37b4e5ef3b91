import { z } from 'zod';

import { type AppDefinition, type Problem, Refused } from '../engine/index.ts';
import { isUuid, newId } from '../platform/ids.ts';
import type { Tx } from '../platform/postgres/index.ts';
import { contactsById, insertContact, sameContact } from './store.ts';

const written = z.strictObject({
  name: z.string().trim().min(1).max(200),
  email: z.union([z.literal('').transform(() => null), z.email().max(254)]).nullish(),
  phone: z
    .string()
    .trim()
    .max(40)
    .nullish()
    .transform((phone) => phone || null),
});

/** The id of a contact: the one that is known by the same name and address or number, or a new one. */
export const keepContact = async (
  tx: Tx,
  organisation: { readonly id: string; readonly locale: 'fr' | 'en' },
  given: {
    readonly name: string;
    readonly email?: string | null | undefined;
    readonly phone?: string | null | undefined;
  },
  now: number,
): Promise<string> => {
  const contact = { name: given.name, email: given.email ?? null, phone: given.phone ?? null };
  const known = await sameContact(tx, organisation.id, contact);
  if (known !== undefined) return known;
  const id = newId(now);
  await insertContact(tx, organisation.id, { id, ...contact, locale: organisation.locale }, new Date(now));
  return id;
};

/** The values of a command once every contact written in them is kept: `{name, email?}` becomes `{id}`. */
export const keepContacts = async (
  tx: Tx,
  organisation: { readonly id: string; readonly locale: 'fr' | 'en' },
  definition: AppDefinition,
  values: { readonly [name: string]: unknown },
  now: number,
): Promise<{ readonly [name: string]: unknown }> => {
  const kept: { [name: string]: unknown } = { ...values };
  for (const [name, value] of Object.entries(values)) {
    if (definition.fields[name]?.is !== 'contact' || typeof value !== 'object' || value === null) continue;
    if ('id' in value) {
      await mustBeKnown(tx, organisation.id, name, value.id);
      continue;
    }
    const read = written.safeParse(value);
    if (!read.success)
      throw new Refused({
        code: 'invalid',
        problems: read.error.issues.map((issue) => problemAt(name, issue.path)),
      });
    kept[name] = { id: await keepContact(tx, organisation, read.data, now) };
  }
  return kept;
};

/** Who is named by an id is somebody of this organisation; what is no id at all is left for the field to refuse. */
const mustBeKnown = async (tx: Tx, organisationId: string, field: string, id: unknown): Promise<void> => {
  if (typeof id !== 'string' || !isUuid(id) || (await contactsById(tx, organisationId, [id])).length > 0)
    return;
  throw new Refused({ code: 'invalid', problems: [problemAt(field, [])] });
};

const problemAt = (field: string, path: readonly PropertyKey[]): Problem => ({
  path: ['fields', field, ...path.map(String)].join('.'),
  code:
    path[0] === 'email'
      ? 'email_expected'
      : path[0] === 'phone'
        ? 'phone_expected'
        : path[0] === 'name'
          ? 'required'
          : 'contact_expected',
});

/** Does a command write a contact? Then it needs more than one statement. */
export const writesContact = (
  definition: AppDefinition,
  values: { readonly [name: string]: unknown },
): boolean => Object.keys(values).some((name) => definition.fields[name]?.is === 'contact');
