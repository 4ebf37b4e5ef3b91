import { tellMember } from '../notices/index.ts';
import type { House } from '../organisations/index.ts';
import type { Member } from '../people/index.ts';
import type { Tx } from '../platform/postgres/index.ts';

type What = 'made' | 'changed' | 'retired' | 'lock added';

const SUBJECTS: { readonly [L in 'fr' | 'en']: { readonly [W in What]: string } } = {
  fr: {
    made: 'Une clé d’échange scellé a été faite pour votre compte',
    changed: 'Votre clé d’échange scellé a été remplacée',
    retired: 'Votre clé d’échange scellé a été retirée',
    'lock added': 'Une façon d’ouvrir votre clé d’échange scellé a été ajoutée',
  },
  en: {
    made: 'A sealed-exchange key was made for your account',
    changed: 'Your sealed-exchange key was replaced',
    retired: 'Your sealed-exchange key was retired',
    'lock added': 'A way to open your sealed-exchange key was added',
  },
};

const BODIES = {
  fr: (organisation: string, url: string) =>
    `Si c’était vous, il n’y a rien à faire. Sinon, quelqu’un pourrait lire ce qu’on vous envoie : prévenez tout de suite qui administre ${organisation}.\n\nVos clés : ${url}`,
  en: (organisation: string, url: string) =>
    `If it was you, there is nothing to do. If not, somebody could read what is sent to you: tell who administers ${organisation} at once.\n\nYour keys: ${url}`,
};

/** Tells somebody what happened to their key, by mail and on their account. */
export const tellOfKey = (
  tx: Tx,
  house: House,
  base: string,
  member: Member,
  what: What,
  now: number,
): Promise<unknown> => {
  const url = `${base}/${house.slug}/account/sealed`;
  const said = { subject: SUBJECTS[member.locale][what], body: BODIES[member.locale](house.name, url) };
  return tellMember(tx, house.id, member, said, now);
};
