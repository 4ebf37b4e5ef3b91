import type { AppDefinition, Lateness, Text } from '../engine/index.ts';

type Locale = 'fr' | 'en';

export interface Said {
  readonly subject: string;
  readonly body: string;
}

/** What a notice may speak of. `null` where the classification keeps it back. */
export interface About {
  readonly organisation: string;
  readonly reference: string;
  readonly heading: string | null;
  readonly step: string;
  /** The name of the ticket's site, or nothing. */
  readonly site: string;
  readonly lateness: Lateness;
  readonly due: string | null;
  /** Where to look, for those who can sign in. */
  readonly url: string | null;
}

export const textIn = (text: Text, locale: Locale): string =>
  typeof text === 'string' ? text : text[locale];

const LATENESS: { readonly [L in Locale]: { readonly [S in Lateness]: string } } = {
  fr: {
    'on time': 'à l’heure',
    'at risk': 'à risque',
    'will be late': 'sera en retard',
    late: 'en retard',
    stuck: 'coincé',
  },
  en: {
    'on time': 'on time',
    'at risk': 'at risk',
    'will be late': 'will be late',
    late: 'late',
    stuck: 'stuck',
  },
};

/** Each name once, in one pass: what somebody typed is never read as a name itself. */
const fill = (template: string, about: About, locale: Locale): string => {
  const names = new Map<string, string>([
    ['reference', about.reference],
    ['heading', about.heading ?? ''],
    ['step', about.step],
    ['site', about.site],
    ['lateness', LATENESS[locale][about.lateness]],
    ['due', about.due ?? ''],
    ['organisation', about.organisation],
  ]);
  return template.replaceAll(/\{(\w+)\}/gu, (whole, name: string) => names.get(name) ?? whole);
};

const usual = (about: About, on: string, locale: Locale): Said => {
  const named = about.heading ? `${about.reference} · ${about.heading}` : about.reference;
  const late = on === 'late' || on === 'stuck' || on === 'at risk' || on === 'will be late';
  const what = late
    ? LATENESS[locale][about.lateness]
    : on === 'open'
      ? locale === 'fr'
        ? 'ouvert'
        : 'opened'
      : about.step;
  const due =
    about.due === null ? '' : locale === 'fr' ? `\nÀ rendre : ${about.due}.` : `\nDue: ${about.due}.`;
  const body =
    locale === 'fr' ? `${named}\nÉtape : ${about.step}.${due}` : `${named}\nStep: ${about.step}.${due}`;
  return { subject: `${about.reference} : ${what}`.replace(' :', locale === 'fr' ? '\u00a0:' : ':'), body };
};

/** The words of one notice. A definition may say its own; what the classification keeps back stays back. */
export const sayNotice = (
  rule: NonNullable<AppDefinition['notify']>[number],
  about: About,
  locale: Locale,
): Said => {
  const frame = usual(about, rule.on, locale);
  const subject =
    rule.subject === undefined ? frame.subject : fill(textIn(rule.subject, locale), about, locale);
  const link = about.url === null ? '' : `\n\n${about.url}`;
  if (rule.text !== undefined)
    return { subject, body: `${fill(textIn(rule.text, locale), about, locale)}${link}` };
  return { subject, body: `${frame.body}${link}\n\n${about.organisation}` };
};

/** Many at once are one message: nobody reads forty. */
export const sayMany = (
  count: number,
  all: readonly Said[],
  about: Pick<About, 'organisation'>,
  locale: Locale,
): Said => ({
  subject: locale === 'fr' ? `${count} nouvelles à voir` : `${count} things to look at`,
  body: `${all.map(({ subject }) => `– ${subject}`).join('\n')}\n\n${about.organisation}`,
});
