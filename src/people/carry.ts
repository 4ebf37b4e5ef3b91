import type { Logger } from '../platform/logging.ts';
import type { Mailer } from '../platform/mail.ts';
import { newId } from '../platform/ids.ts';
import type { House } from '../organisations/index.ts';
import type { Link } from './sign-in.ts';

/** How somebody's link reaches them. */
export type Carry = (house: House, link: Link) => void;

const WORDS = {
  'sign-in': {
    fr: {
      subject: (organisation: string) => `Votre lien de connexion · ${organisation}`,
      text: (name: string, url: string) =>
        `Bonjour ${name},\n\nOuvrez ce lien pour vous connecter. Il sert une seule fois, pendant un quart d’heure :\n\n${url}\n\nSi vous n’avez rien demandé, ne faites rien : personne n’entrera.\n`,
    },
    en: {
      subject: (organisation: string) => `Your sign-in link · ${organisation}`,
      text: (name: string, url: string) =>
        `Hello ${name},\n\nOpen this link to sign in. It works once, for a quarter of an hour:\n\n${url}\n\nIf you did not ask for it, do nothing: nobody will come in.\n`,
    },
  },
  invitation: {
    fr: {
      subject: (organisation: string) => `Votre invitation · ${organisation}`,
      text: (name: string, url: string) =>
        `Bonjour ${name},\n\nOuvrez ce lien sur l’appareil avec lequel vous vous connecterez : vous y ferez votre clé d’accès. Il sert une seule fois :\n\n${url}\n\nSi vous n’attendez rien, dites-le à qui administre, et ne faites rien.\n`,
    },
    en: {
      subject: (organisation: string) => `Your invitation · ${organisation}`,
      text: (name: string, url: string) =>
        `Hello ${name},\n\nOpen this link on the device that you will sign in with: you will make your passkey there. It works once:\n\n${url}\n\nIf you expect nothing, tell who administers, and do nothing.\n`,
    },
  },
};

/** Sends links by mail, at once and never through the queue: a link is a secret, and a queue is kept. */
export const carryByMail =
  (mailer: Mailer | null, logger: Logger): Carry =>
  (house, link) => {
    if (mailer === null) {
      logger.warn(
        { organisation: house.slug },
        'A link was to be mailed, and no mail server is configured (SMTP_URL).',
      );
      return;
    }
    const words = WORDS[link.purpose][link.locale];
    mailer
      .send({
        to: link.email,
        subject: words.subject(house.name),
        text: words.text(link.name, link.url),
        id: newId(),
      })
      // SMTP's own words can repeat the address.
      .catch((error: { readonly code?: unknown }) =>
        logger.error({ code: error.code }, 'A link could not be mailed.'),
      );
  };
