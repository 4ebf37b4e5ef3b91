import type { Locale } from './locale.ts';

/** In which language, at which clock on the wall, and counted from when. */
export interface Reading {
  readonly locale: Locale;
  readonly zone: string;
  readonly now: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();
const format = (locale: string, zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  const key = `${locale}|${zone}|${JSON.stringify(options)}`;
  const known = formats.get(key) ?? new Intl.DateTimeFormat(locale, { ...options, timeZone: zone });
  formats.set(key, known);
  return known;
};

const tag = (locale: Locale): string => (locale === 'fr' ? 'fr-FR' : 'en-GB');
/** A date in words; the first of a month is `1er` in French, which `Intl` does not say. */
const date = (at: number, locale: Locale, zone: string, options: Intl.DateTimeFormatOptions): string => {
  const text = format(tag(locale), zone, options).format(at);
  return locale === 'fr' ? text.replace(/(?<!\S)1(?=\s\p{L})/u, '1er') : text;
};
const DAY = 86_400_000;

/** `2026-11-12`, the day on the wall at that instant. */
const dayOf = (at: number, zone: string): string =>
  format('en-CA', zone, { year: 'numeric', month: '2-digit', day: '2-digit' }).format(at);

const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / DAY);

/** `18 h`, `8 h 52`; in English `18:00`. */
export const hour = (at: number, { locale, zone }: Reading): string => {
  const parts = format('en-GB', zone, { hour: '2-digit', minute: '2-digit' }).format(at).split(':');
  const [h = '0', min = '00'] = parts;
  if (locale === 'en') return `${h}:${min}`;
  return min === '00' ? `${Number(h)}\u00a0h` : `${Number(h)}\u00a0h\u00a0${min}`;
};

/** A day as it is said: `aujourd’hui`, `demain`, `jeu. 12 nov.`, `12 nov. 2024`. */
export const day = (at: number, reading: Reading): string => {
  const { locale, zone, now } = reading;
  const away = daysBetween(dayOf(now, zone), dayOf(at, zone));
  if (Math.abs(away) <= 1) {
    const names = locale === 'fr' ? ['hier', 'aujourd’hui', 'demain'] : ['yesterday', 'today', 'tomorrow'];
    return names[away + 1] ?? '';
  }
  if (away > 0 && away <= 6) return format(tag(locale), zone, { weekday: 'short' }).format(at);
  if (away < 0 && away >= -6)
    return date(at, locale, zone, { weekday: 'short', day: 'numeric', month: 'short' });
  const sameYear = dayOf(at, zone).slice(0, 4) === dayOf(now, zone).slice(0, 4);
  return date(at, locale, zone, {
    day: 'numeric',
    month: 'short',
    ...(!sameYear && { year: 'numeric' }),
  });
};

/** `demain 11 h`, `ce soir 19 h`, `hier 18 h`, `jeu. 17 h`; further than a week, the day alone. */
export const moment = (at: number, reading: Reading): string => {
  const { locale, zone, now } = reading;
  const away = daysBetween(dayOf(now, zone), dayOf(at, zone));
  const time = hour(at, reading);
  if (Math.abs(away) > 6) return day(at, reading);
  const evening =
    away === 0 && at > now + 60_000 && Number(format('en-GB', zone, { hour: '2-digit' }).format(at)) >= 17;
  if (evening) return locale === 'fr' ? `ce soir ${time}` : `tonight ${time}`;
  return `${day(at, reading)} ${time}`;
};

/** `jeudi 12 novembre 2026 à 8 h 52`, for a title or a print. */
export const fullMoment = (at: number, reading: Reading): string => {
  const { locale, zone } = reading;
  const whole = date(at, locale, zone, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  });
  return locale === 'fr' ? `${whole} à ${hour(at, reading)}` : `${whole}, ${hour(at, reading)}`;
};

/** A day alone (`2026-11-12`), which has no hour and no zone. */
export const plainDay = (text: string, reading: Reading): string => {
  const at = Date.parse(`${text}T12:00:00Z`);
  if (Number.isNaN(at)) return text;
  return date(at, reading.locale, 'UTC', {
    weekday: 'short',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  });
};

const relatives = new Map<string, Intl.RelativeTimeFormat>();
const relative = (locale: Locale, style: 'short' | 'long'): Intl.RelativeTimeFormat => {
  const key = `${locale}|${style}`;
  const known = relatives.get(key) ?? new Intl.RelativeTimeFormat(tag(locale), { numeric: 'always', style });
  relatives.set(key, known);
  return known;
};

/** `il y a 40 min`, `il y a 3 h`, `hier`, `il y a 9 jours`. */
export const ago = (at: number, reading: Reading): string => {
  const { locale, zone, now } = reading;
  const minutes = Math.round((now - at) / 60_000);
  if (minutes < 1) return locale === 'fr' ? 'à l’instant' : 'just now';
  if (minutes < 60) return relative(locale, 'short').format(-minutes, 'minute');
  const days = daysBetween(dayOf(at, zone), dayOf(now, zone));
  if (days === 0) return relative(locale, 'short').format(-Math.round(minutes / 60), 'hour');
  if (days === 1) return locale === 'fr' ? 'hier' : 'yesterday';
  if (days <= 60) return relative(locale, 'long').format(-days, 'day');
  if (days < 730) return relative(locale, 'long').format(-Math.round(days / 30.44), 'month');
  return relative(locale, 'long').format(-Math.floor(days / 365.25), 'year');
};

/** What `<input type="datetime-local">` shows of an instant: the wall time of the site. */
export const wallTime = (at: number, zone: string): string =>
  `${dayOf(at, zone)}T${format('en-GB', zone, { hour: '2-digit', minute: '2-digit' }).format(at)}`;
