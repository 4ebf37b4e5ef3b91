import type { House } from '../organisations/index.ts';
import { newId } from '../platform/ids.ts';
import type { Logger } from '../platform/logging.ts';
import type { Mailer } from '../platform/mail.ts';
import type { Texter } from '../platform/sms.ts';

/** Carries what opens a share: at once and never through the queue, for a queue is kept. */
export interface Post {
  readonly mailer: Mailer | null;
  readonly texter: Texter | null;
  readonly logger: Logger;
}

/** What a message with a link may say; what its classification does not let it say is `null`. */
export interface Notice {
  /** A mail address, or a number. */
  readonly to: string;
  readonly locale: 'fr' | 'en';
  readonly by: string | null;
  readonly reference: string;
  readonly heading: string | null;
  readonly message: string | null;
  readonly url: string;
  readonly until: string;
  readonly proof: 'code' | 'member';
}

/**
 * What somebody wrote, for a line of a mail: no line break begins a header or a paragraph of ours, and nothing turns the
 * direction of what follows.
 */
const line = (text: string): string =>
  text
    .replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')
    .trim()
    .slice(0, 200);

const paragraph = (text: string): string =>
  text
    .split(/\r\n|\r|\n/u)
    .map((one) => `> ${one.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ').trimEnd()}`)
    .join('\n');

const WORDS = {
  fr: {
    subject: (organisation: string, what: string) => `Fichiers partagés : ${what} · ${organisation}`,
    who: (by: string, organisation: string, what: string) =>
      `${by} (${organisation}) partage des fichiers avec vous : ${what}.`,
    what: (organisation: string, what: string) => `${organisation} partage des fichiers avec vous : ${what}.`,
    open: 'Ouvrez cette page :',
    code: 'Un code vous sera envoyé à cette adresse pour les voir. Cette page est la vôtre : ne la transmettez pas.',
    member: 'Connectez-vous avec votre clé d’accès pour les voir.',
    until: (date: string) => `Elle est ouverte jusqu’au ${date}.`,
    hello: 'Bonjour,',
    short: (organisation: string, reference: string, url: string) =>
      `${organisation} partage des fichiers avec vous (${reference}). Cette page est la vôtre : ${url}`,
    codeShort: (organisation: string, code: string) =>
      `${code} : votre code pour voir les fichiers de ${organisation}. Il sert une fois, pendant un quart d’heure.`,
    codeSubject: (organisation: string) => `Votre code · ${organisation}`,
    codeText: (code: string) =>
      `Bonjour,\n\nvotre code pour voir les fichiers partagés avec vous :\n\n${code}\n\nIl sert une seule fois, pendant un quart d’heure. Si vous n’avez rien demandé, ne faites rien.\n`,
  },
  en: {
    subject: (organisation: string, what: string) => `Shared files: ${what} · ${organisation}`,
    who: (by: string, organisation: string, what: string) =>
      `${by} (${organisation}) shares files with you: ${what}.`,
    what: (organisation: string, what: string) => `${organisation} shares files with you: ${what}.`,
    open: 'Open this page:',
    code: 'A code will be sent to this address to see them. This page is yours: do not pass it on.',
    member: 'Sign in with your passkey to see them.',
    until: (date: string) => `It is open until ${date}.`,
    hello: 'Hello,',
    short: (organisation: string, reference: string, url: string) =>
      `${organisation} shares files with you (${reference}). This page is yours: ${url}`,
    codeShort: (organisation: string, code: string) =>
      `${code}: your code to see the files of ${organisation}. It works once, for a quarter of an hour.`,
    codeSubject: (organisation: string) => `Your code · ${organisation}`,
    codeText: (code: string) =>
      `Hello,\n\nyour code to see the files shared with you:\n\n${code}\n\nIt works once, for a quarter of an hour. If you did not ask for it, do nothing.\n`,
  },
};

/** A mail address has an at sign, and a number has none. */
const isMail = (to: string): boolean => to.includes('@');

/** Is there a way to send something to an address or a number of this kind? */
export const reaches = ({ mailer, texter }: Post, to: string): boolean =>
  (isMail(to) ? mailer : texter) !== null;

interface Words {
  readonly subject: string;
  readonly text: string;
  /** The same for a telephone, in a line. */
  readonly short: string;
}

/** @returns whether it left; why not is in the log, without the address, which SMTP's own words can repeat */
const send = async (
  { mailer, texter, logger }: Post,
  to: string,
  { subject, text, short }: Words,
): Promise<boolean> => {
  if (!reaches({ mailer, texter, logger }, to)) return false;
  try {
    if (isMail(to)) await mailer?.send({ to, subject, text, id: newId() });
    else await texter?.send(to, short);
    return true;
  } catch (error) {
    logger.error(
      { code: (error as { readonly code?: unknown }).code },
      'What opens a share could not be sent.',
    );
    return false;
  }
};

export const sendLink = (post: Post, house: House, notice: Notice): Promise<boolean> => {
  const words = WORDS[notice.locale];
  const organisation = line(house.name);
  const what = [notice.reference, notice.heading ?? ''].map(line).filter(Boolean).join(' ');
  const text = [
    words.hello,
    notice.by === null ? words.what(organisation, what) : words.who(line(notice.by), organisation, what),
    ...(notice.message === null ? [] : [paragraph(notice.message)]),
    `${words.open}\n${notice.url}`,
    `${words[notice.proof]} ${words.until(notice.until)}`,
  ].join('\n\n');
  return send(post, notice.to, {
    subject: words.subject(organisation, what),
    text: `${text}\n`,
    short: words.short(organisation, line(notice.reference), notice.url),
  });
};

/** @param code `1234 5678`, as it is typed */
export const sendCodeTo = (
  post: Post,
  house: House,
  to: string,
  code: string,
  locale: 'fr' | 'en',
): Promise<boolean> =>
  send(post, to, {
    subject: WORDS[locale].codeSubject(line(house.name)),
    text: WORDS[locale].codeText(code),
    short: WORDS[locale].codeShort(line(house.name), code),
  });
