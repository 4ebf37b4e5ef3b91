/**
 * When a site is open, from opening hours in the syntax of OpenStreetMap
 * (https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification) and French public holidays.
 */
import OpeningHours from 'opening_hours';
import { Temporal } from 'temporal-polyfill';
import type { OpenInterval } from '../engine/calendar.ts';

export interface SiteHours {
  /** `Tu-Sa 10:00-12:30,14:00-19:00; PH off` */
  readonly openingHours: string;
  /** An IANA name: `Europe/Paris`. */
  readonly timeZone: string;
  /** `FR`, or `FR-` and an ISO 3166-2 code of a region or department: `FR-BRE`, `FR-68`, `FR-974`. */
  readonly holidays: string;
}

/** Opening hours or holidays that cannot be followed. The message is for a log, `reason` for whoever says it. */
export class InvalidHours extends Error {
  override readonly name = 'InvalidHours';
  readonly reason: 'empty' | 'long' | 'syntax' | 'school holidays' | 'sun' | 'holidays' | 'evaluation';

  constructor(reason: InvalidHours['reason'], message: string) {
    super(message);
    this.reason = reason;
  }
}

const DAY = 86_400_000;

/**
 * The intervals in which the site is open between two instants (epoch ms), cut at both, in order, for
 * `openTime`. What the hours call unknown or on request is not open. An open stretch belongs to the local
 * day it starts; one longer than 24 hours by the clock is cut at each midnight.
 *
 * Hours are wall-clock times of the site: on the days the clocks change an interval has its real length, a
 * time that is skipped is the instant of the change, one that comes twice is the first of the two.
 * @throws InvalidHours, or RangeError for an unknown time zone.
 */
export function openIntervals(site: SiteHours, from: number, to: number): OpenInterval[] {
  if (!(from < to)) return [];
  const clock = wallClock(site.timeZone, from, to);
  // An interval that reaches `from` began the day before at the earliest, or is cut at midnight anyway.
  const stretches = openStretches(
    site,
    midnight(clock.wall(from)) - 2 * DAY,
    midnight(clock.wall(to)) + 2 * DAY,
  );
  return stretches
    .flatMap(cutAtMidnights)
    .map(({ start, end }) => ({
      start: Math.max(clock.instant(start), from),
      end: Math.min(clock.instant(end), to),
      day: midnight(start) / DAY,
    }))
    .filter(({ start, end }) => start < end);
}

/** What the site's own clock shows at the beginning and the end, in ms as if it ran on UTC. */
interface Stretch {
  readonly start: number;
  readonly end: number;
}

const midnight = (wall: number): number => Math.floor(wall / DAY) * DAY;

/** What is open by the clock on the wall; stretches that touch are one. */
function openStretches(site: SiteHours, from: number, to: number): Stretch[] {
  const intervals = evaluate(site, from, (hours) =>
    hours
      .getOpenIntervals(new Date(from), new Date(to))
      .flatMap(([start, end, unknown]) => (unknown ? [] : [{ start: start.getTime(), end: end.getTime() }])),
  );
  const stretches: Stretch[] = [];
  for (const { start, end } of intervals) {
    const last = stretches.at(-1);
    if (last && start <= last.end)
      stretches[stretches.length - 1] = { start: last.start, end: Math.max(end, last.end) };
    else stretches.push({ start, end });
  }
  return stretches;
}

function cutAtMidnights({ start, end }: Stretch): Stretch[] {
  if (end - start <= DAY) return [{ start, end }];
  const pieces: Stretch[] = [];
  for (let at = start; at < end; at = midnight(at) + DAY)
    pieces.push({ start: at, end: Math.min(midnight(at) + DAY, end) });
  return pieces;
}

/** Both ways between instants and a zone's wall clock, from two days before to three days after a period. */
function wallClock(timeZone: string, from: number, to: number) {
  let at = Temporal.Instant.fromEpochMilliseconds(from - 3 * DAY).toZonedDateTimeISO(timeZone);
  /** Periods between two changes of the clocks. */
  const periods: { start: number; end: number; offset: number }[] = [];
  for (let start = -Infinity; start < to + 4 * DAY;) {
    const next = at.getTimeZoneTransition('next');
    const end = next?.epochMilliseconds ?? Infinity;
    periods.push({ start, end, offset: at.offsetNanoseconds / 1e6 });
    start = end;
    if (next) at = next;
  }
  const instant = (wall: number): number => {
    const period = periods.find(({ end, offset }) => wall - offset < end);
    return period ? Math.max(wall - period.offset, period.start) : Infinity;
  };
  const wall = (t: number): number => t + (periods.find(({ end }) => t < end)?.offset ?? 0);
  return { instant, wall };
}

/** What the library takes for the present: it says which dates of the hours are past. */
let present = 0;

/** Dates whose local time is UTC. */
class UtcDate extends Date {
  constructor(
    year?: number | string | Date,
    month?: number,
    day = 1,
    hour = 0,
    minute = 0,
    second = 0,
    ms = 0,
  ) {
    if (month !== undefined) super(Date.UTC(Number(year), month, day, hour, minute, second, ms));
    else if (year !== undefined) super(year);
    else super(present);
  }

  static {
    for (const name of Object.getOwnPropertyNames(Date.prototype)) {
      const [, verb, part] = /^(get|set)UTC(.+)$/.exec(name) ?? [];
      const method = Object.getOwnPropertyDescriptor(Date.prototype, name);
      if (verb && part && method) Object.defineProperty(UtcDate.prototype, verb + part, method);
    }
  }

  override getTimezoneOffset(): number {
    return 0;
  }
}

/**
 * Asks the library. It reads and builds its dates in the time zone of the process, where some wall-clock
 * times of the site do not exist and some days are too short: while it runs (nothing else does meanwhile)
 * dates are UTC, which knows no change of the clocks.
 */
function evaluate<T>(
  site: Pick<SiteHours, 'openingHours' | 'holidays'>,
  now: number,
  ask: (hours: OpeningHours) => T,
): T {
  const text = readable(site.openingHours);
  const address = { country_code: 'fr', state: holidayState(site.holidays) };
  const LocalDate = globalThis.Date;
  let reason: InvalidHours['reason'] = 'syntax';
  present = now;
  globalThis.Date = UtcDate as unknown as DateConstructor;
  try {
    const hours = new OpeningHours(text, { lat: 0, lon: 0, address });
    reason = 'evaluation';
    return ask(hours);
  } catch (error) {
    throw new InvalidHours(reason, error instanceof Error ? error.message : String(error));
  } finally {
    globalThis.Date = LocalDate;
  }
}

/** OpenStreetMap's own limit for a value. */
const LONGEST = 255;

function readable(openingHours: string): string {
  // The library takes exponential time over a run of spaces and semicolons at the beginning.
  const text = openingHours.replace(/^[\s;]+/, '');
  const words = withoutComments(text);
  if (text === '') throw new InvalidHours('empty', 'there are no opening hours');
  if (text.length > LONGEST)
    throw new InvalidHours('long', `opening hours of more than ${LONGEST} characters`);
  if (/\bSH\b/i.test(words))
    throw new InvalidHours('school holidays', 'school holidays (SH) are not known years ahead');
  if (/\b(?:sunrise|sunset|dawn|dusk)\b/i.test(words))
    throw new InvalidHours('sun', 'hours of the sun are not counted');
  return text;
}

const withoutComments = (text: string): string => text.replaceAll(/"[^"]*"/g, '');

/** Where public holidays differ from the rest of France: ISO 3166-2 codes, and the library's names. */
const OWN_HOLIDAYS: ReadonlyMap<string, string> = new Map([
  ['57', 'Moselle'],
  ['67', 'Bas-Rhin'],
  ['68', 'Haut-Rhin'],
  ['6AE', 'Bas-Rhin'],
  ['971', 'Guadeloupe'],
  ['972', 'Martinique'],
  ['973', 'Guyane'],
  ['974', 'La Réunion'],
  ['976', 'Mayotte'],
  ['BL', 'Saint-Barthélemy'],
  ['MF', 'Saint-Martin'],
  ['NC', 'Nouvelle-Calédonie'],
  ['PF', 'Polynésie française'],
  ['WF', 'Wallis-et-Futuna'],
]);
const COMMON_HOLIDAYS =
  /^(?:0[1-9]|[1-8]\d|9[0-5]|2[AB]|20R|ARA|BFC|BRE|CVL|COR|GES|HDF|IDF|NAQ|NOR|OCC|PAC|PDL|PM)$/;

/** The library's name of the region, empty where the holidays are those of all of France. */
function holidayState(holidays: string): string {
  const region = /^FR-(.+)$/.exec(holidays)?.[1] ?? '';
  const own = OWN_HOLIDAYS.get(region);
  if (own !== undefined) return own;
  if (holidays === 'FR' || COMMON_HOLIDAYS.test(region)) return '';
  throw new InvalidHours(
    'holidays',
    `"${holidays}" are not known holidays: write FR, or FR-68, FR-974, FR-BRE`,
  );
}

export type HoursCheck =
  | {
      readonly ok: true;
      /** What whoever wrote the hours may not have meant. */
      readonly warnings: readonly string[];
      /** The same hours as the standard writes them, when they open and are written otherwise. */
      readonly suggestion?: string;
    }
  | { readonly ok: false; readonly message: string; readonly suggestion?: string };

/**
 * Reads opening hours as somebody typed them, and says in words what is wrong with them or may surprise in
 * the year that follows `now` (epoch ms). `9h-12h30` and the days in French are understood.
 */
export function checkOpeningHours(
  openingHours: string,
  {
    holidays,
    locale,
    now,
  }: { readonly holidays: string; readonly locale: 'fr' | 'en'; readonly now: number },
): HoursCheck {
  const say = MESSAGES[locale];
  try {
    const { text, kinds, open, unknown } = look({ openingHours, holidays }, now);
    const silent = open && text !== '24/7' && !/\bPH\b/.test(withoutComments(text));
    const warnings = [
      ...(text !== openingHours ? [say.read(text)] : []),
      ...(open ? [] : [say.never]),
      ...(unknown ? [say.unknown] : []),
      ...(silent ? [say.silent] : []),
      ...Object.entries(say.warnings).flatMap(([kind, words]) => (kinds.has(kind) ? [words] : [])),
    ];
    return { ok: true, warnings, ...(open && text !== openingHours && { suggestion: text }) };
  } catch (error) {
    if (!(error instanceof InvalidHours)) throw error;
    if (error.reason !== 'syntax') return { ok: false, message: say[error.reason] };
    const near = /^(.+?)\s*<---/s.exec(error.message)?.[1];
    const message = near === undefined || near.length < 4 ? say.syntax : say.near(near);
    return { ok: false, message, ...repair(openingHours, holidays, now) };
  }
}

function look(site: Pick<SiteHours, 'openingHours' | 'holidays'>, now: number) {
  return evaluate(site, now, (hours) => {
    const year = hours.getOpenIntervals(new Date(now), new Date(now + 366 * DAY));
    return {
      text: hours.prettifyValue(),
      kinds: new Set<string>(hours.getStructuredWarnings().map(({ type }) => type)),
      open: year.some(([, , unknown]) => !unknown),
      unknown: year.some(([, , unknown]) => unknown),
    };
  });
}

/** What people write instead of the syntax, and the library does not understand by itself. */
const HABITS: readonly (readonly [RegExp, string])[] = [
  [/(\d)\s*h\s*(\d\d)/gi, '$1:$2'],
  [/(\d)\s*h(?![\p{L}\d])/giu, '$1:00'],
  [/\s*[–—]\s*|\s+(?:à|au|to)\s+/giu, '-'],
  [/\s+(?:et|and|puis)\s+/gi, ','],
  ...['Lun Mo', 'Mar Tu', 'Mer We', 'Jeu Th', 'Ven Fr', 'Sam Sa', 'Dim Su'].map((pair): [RegExp, string] => {
    const [french = '', english = ''] = pair.split(' ');
    return [new RegExp(`(?<!\\p{L})${french}\\.?(?!\\p{L})`, 'giu'), english];
  }),
  [/(?<!\p{L})(?:du|de|from)\s+/giu, ''],
  [/(?<!\p{L})(?:jours?\s+)?f[ée]ri[ée]s?(?!\p{L})|(?:public|bank)\s+holidays?/giu, 'PH'],
  [/(?<!\p{L})ferm[ée]e?s?(?!\p{L})/giu, 'off'],
  [/\s*[.\n]\s*/g, '; '],
];

function repair(openingHours: string, holidays: string, now: number): { suggestion?: string } {
  const repaired = HABITS.reduce(
    (text, [habit, usual]) => text.replaceAll(habit, usual),
    openingHours.trim(),
  );
  try {
    const { text, open } = look({ openingHours: repaired, holidays }, now);
    return open ? { suggestion: text } : {};
  } catch (error) {
    if (error instanceof InvalidHours) return {};
    throw error;
  }
}

const EXAMPLE = 'Tu-Sa 10:00-12:30,14:00-19:00; PH off';

const MESSAGES = {
  fr: {
    empty: `Il manque les horaires. Écrivez par exemple : ${EXAMPLE}`,
    long: `Ces horaires dépassent ${LONGEST} caractères.`,
    syntax: `Ces horaires ne se lisent pas. Écrivez par exemple : ${EXAMPLE}`,
    near: (text: string) =>
      `Ces horaires ne se lisent pas, près de « ${text} ». Écrivez par exemple : ${EXAMPLE}`,
    'school holidays':
      'Les vacances scolaires (SH) ne sont pas connues plusieurs années à l’avance : écrivez leurs dates, par exemple « 2026 Jul 04-2026 Aug 31 off ».',
    sun: 'Les heures du soleil (sunrise, sunset, dawn, dusk) ne peuvent pas compter des délais : écrivez des heures.',
    holidays:
      'Jours fériés inconnus : écrivez FR, ou FR et le code d’une région ou d’un département, comme FR-68 ou FR-974.',
    evaluation:
      'Ces horaires se lisent, mais leurs jours ne peuvent pas être calculés. Écrivez-les plus simplement.',
    read: (text: string) => `Lu comme : ${text}`,
    never: 'Avec ces horaires, le site n’ouvre pas de toute l’année qui vient.',
    unknown: 'Les heures incertaines (« unknown », sur rendez-vous, « 10:00+ ») comptent comme fermées.',
    silent:
      'Rien n’est dit des jours fériés : ils comptent comme les autres. Pour fermer ces jours-là, ajoutez « ; PH off ».',
    warnings: {
      additional_rule_separator_not_used_after_time_wrapping_midnight:
        'Un jour fermé l’est de minuit à minuit : une nuit commencée la veille s’arrête à minuit, une nuit de ce jour-là reprend à minuit.',
      vague: 'Un jour sans heures compte comme ouvert de minuit à minuit.',
      date_past: 'Une date de ces horaires est passée.',
      date_range_past: 'Une période de ces horaires est passée.',
      year_past: 'Une année de ces horaires est passée.',
    },
  },
  en: {
    empty: `The opening hours are missing. Write for instance: ${EXAMPLE}`,
    long: `These opening hours are longer than ${LONGEST} characters.`,
    syntax: `These opening hours cannot be read. Write for instance: ${EXAMPLE}`,
    near: (text: string) =>
      `These opening hours cannot be read, near “${text}”. Write for instance: ${EXAMPLE}`,
    'school holidays':
      'School holidays (SH) are not known years ahead: write their dates, for instance “2026 Jul 04-2026 Aug 31 off”.',
    sun: 'Times of the sun (sunrise, sunset, dawn, dusk) cannot be used to count deadlines: write hours.',
    holidays:
      'Unknown public holidays: write FR, or FR and the code of a region or department, like FR-68 or FR-974.',
    evaluation:
      'These opening hours can be read, but their days cannot be worked out. Write them more simply.',
    read: (text: string) => `Read as: ${text}`,
    never: 'With these hours, the site does not open once in the coming year.',
    unknown: 'Uncertain hours (“unknown”, by appointment, “10:00+”) count as closed.',
    silent:
      'Nothing is said of public holidays: they count as any other day. To close on them, add “; PH off”.',
    warnings: {
      additional_rule_separator_not_used_after_time_wrapping_midnight:
        'A closed day is closed from midnight to midnight: a night begun the day before stops at midnight, a night of that day resumes at midnight.',
      vague: 'A day without hours counts as open from midnight to midnight.',
      date_past: 'A date in these hours is past.',
      date_range_past: 'A period in these hours is past.',
      year_past: 'A year in these hours is past.',
    },
  },
};
