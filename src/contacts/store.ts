import type { Tx } from '../platform/postgres/index.ts';

/** A person or partner outside, kept once in an organisation. */
export interface Contact {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly locale: 'fr' | 'en';
}

export const insertContact = (
  tx: Tx,
  organisationId: string,
  contact: Contact,
  at: Date,
): Promise<unknown> => tx`
  insert into contact (organisation_id, id, name, email, phone, locale, created_at)
  values (${organisationId}, ${contact.id}, ${contact.name}, ${contact.email}, ${contact.phone}, ${contact.locale}, ${at})`;

/** The same person, written again: the same name, and the same address or number. */
export const sameContact = async (
  tx: Tx,
  organisationId: string,
  wanted: Pick<Contact, 'name' | 'email' | 'phone'>,
): Promise<string | undefined> => {
  const [row] = await tx<{ id: string }[]>`
    select id from contact
    where organisation_id = ${organisationId} and lower(name) = lower(${wanted.name})
      and ((email is not null and lower(email) = lower(${wanted.email})) or (phone is not null and phone = ${wanted.phone}))
    order by id limit 1`;
  return row?.id;
};

export const contactsById = (
  tx: Tx,
  organisationId: string,
  ids: readonly string[],
): Promise<Contact[]> => tx<Contact[]>`
  select id, name, email, phone, locale from contact
  where organisation_id = ${organisationId} and id = any(${ids as string[]}::uuid[])`;

/** Contacts that no ticket names any more are erased with the last that did. */
export const eraseContacts = (tx: Tx, organisationId: string, ids: readonly string[]): Promise<unknown> => tx`
  delete from contact c
  where c.organisation_id = ${organisationId} and c.id = any(${ids as string[]}::uuid[])
    and not exists (
      select 1 from ticket t where t.organisation_id = ${organisationId}
        and (jsonb_path_exists(t.sealed, '$.*.id ? (@ == $id)', jsonb_build_object('id', c.id))
          or jsonb_path_exists(t.fields, '$.*.id ? (@ == $id)', jsonb_build_object('id', c.id))))`;
