import { createContext } from 'svelte';
import type { Definition, Organisation, Text } from '../api/types.ts';
import { type Messages, messages } from '../messages/index.ts';
import type { Locale } from './locale.ts';
import * as numbers from './numbers.ts';
import * as time from './time.ts';
import { french } from './typography.ts';

/** How this page speaks: its language, its clock, and the sites whose hours it tells. */
export class Words {
  now: number = $state(Date.now());
  readonly #data: () => { readonly locale?: Locale; readonly organisation?: Organisation };

  /** `data` is read anew each time, so that signing in changes the language at once. */
  constructor(data: () => { readonly locale?: Locale; readonly organisation?: Organisation }) {
    this.#data = data;
  }

  get locale(): Locale {
    return this.#data().locale ?? 'fr';
  }

  get organisation(): Organisation | undefined {
    return this.#data().organisation;
  }

  get m(): Messages {
    return messages[this.locale];
  }

  zone(site?: string | null): string {
    const sites = this.organisation?.sites ?? [];
    return (sites.find(({ slug }) => slug === site) ?? sites[0])?.timeZone ?? 'Europe/Paris';
  }

  siteName(slug: string): string {
    return this.organisation?.sites.find((site) => site.slug === slug)?.name ?? slug;
  }

  appTitle(app: string): string {
    const found = this.organisation?.apps.find((one) => one.app === app);
    return found ? this.say(found.title) : app;
  }

  say(text: Text): string {
    const said = typeof text === 'string' ? text : text[this.locale];
    return this.locale === 'fr' ? french(said) : said;
  }

  reading(site?: string | null): time.Reading {
    return { locale: this.locale, zone: this.zone(site), now: this.now };
  }

  moment(iso: string, site?: string | null): string {
    return time.moment(Date.parse(iso), this.reading(site));
  }
  fullMoment(iso: string, site?: string | null): string {
    return time.fullMoment(Date.parse(iso), this.reading(site));
  }
  day(iso: string, site?: string | null): string {
    return time.day(Date.parse(iso), this.reading(site));
  }
  hour(iso: string, site?: string | null): string {
    return time.hour(Date.parse(iso), this.reading(site));
  }
  ago(iso: string, site?: string | null): string {
    return time.ago(Date.parse(iso), this.reading(site));
  }
  plainDay(text: string): string {
    return time.plainDay(text, this.reading());
  }
  number(value: number): string {
    return numbers.number(value, this.locale);
  }
  bytes(count: number): string {
    return numbers.bytes(count, this.locale);
  }
  money(cents: number): string {
    return numbers.money(cents, this.locale);
  }

  /** The label of a field, or of what a form asks beside fields. */
  fieldLabel(definition: Definition, name: string): string | undefined {
    const field = definition.fields[name];
    if (field) return this.say(field.label);
    return name === 'comment' ? this.m.ticket.comment : name === 'site' ? this.m.ticket.site : undefined;
  }

  step(definition: Definition, name: string): string {
    const step = definition.steps[name];
    return step ? this.say(step.label) : name;
  }
}

export const [getWords, setWords] = createContext<Words>();
