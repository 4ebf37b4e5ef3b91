import type { Member } from '../people/index.ts';
import { tellMember } from '../notices/index.ts';
import type { Tx } from '../platform/postgres/index.ts';

type What = 'invited' | 'added' | 'removed' | 'went back' | 'moved';

const SUBJECTS: {
  readonly [L in 'fr' | 'en']: { readonly [W in What]: (name: string) => string };
} = {
  fr: {
    invited: () => 'Une invitation a été faite pour votre compte',
    added: (name) => `Une clé d’accès a été ajoutée\u00a0: ${name}`,
    removed: (name) => `Une clé d’accès a été retirée\u00a0: ${name}`,
    moved: () => 'L’adresse de courriel de votre compte a été changée',
    'went back': (name) => `Une clé d’accès a été refusée, peut-être copiée\u00a0: ${name}`,
  },
  en: {
    invited: () => 'An invitation was made for your account',
    added: (name) => `A passkey was added: ${name}`,
    removed: (name) => `A passkey was removed: ${name}`,
    moved: () => 'The mail address of your account was changed',
    'went back': (name) => `A passkey was refused, perhaps copied: ${name}`,
  },
};

const BODIES = {
  fr: (organisation: string, url: string) =>
    `Si c’était vous ou si vous l’attendiez, il n’y a rien à faire. Sinon, prévenez tout de suite qui administre ${organisation}.\n\nVotre compte : ${url}`,
  en: (organisation: string, url: string) =>
    `If it was you or you expected it, there is nothing to do. If not, tell who administers ${organisation} at once.\n\nYour account: ${url}`,
};

/** Tells somebody what happened to their account: by mail, and by a line on its page. */
export const tellOf = (
  tx: Tx,
  house: { readonly id: string; readonly name: string; readonly slug: string },
  base: string,
  member: Pick<Member, 'id' | 'email' | 'locale'>,
  what: What,
  name: string,
  now: number,
): Promise<unknown> =>
  tellMember(
    tx,
    house.id,
    member,
    {
      subject: SUBJECTS[member.locale][what](name),
      body: BODIES[member.locale](house.name, `${base}/${house.slug}/account`),
    },
    now,
  );
