import { hash } from 'node:crypto';

import { Temporal } from 'temporal-polyfill';

import { type AppDefinition, fieldKinds, Refused, type Typing } from '../engine/index.ts';
import { timeZoneAt } from '../organisations/index.ts';
import type { Caller, DoorContext, Frame } from '../people/index.ts';
import { HttpProblem, problem } from '../platform/http/problem.ts';
import type { Call } from './call.ts';
import { choiceKey } from './choices.ts';
import { type Filter, haveFew } from './lists/store.ts';
import { findByReference, type Once } from './store.ts';
import { asOrganisation } from '../platform/postgres/index.ts';
import { wayOf } from '../traces/index.ts';

const KEY = /^[\x21-\x7e]{1,200}$/u;

/** The idempotency key of a write, its own to each caller, and what it was first used for. */
const onceOf = async (c: DoorContext, caller: Caller): Promise<Once | null> => {
  const key = c.req.header('idempotency-key');
  if (key === undefined) return null;
  if (!KEY.test(key))
    throw new HttpProblem(
      problem(
        400,
        'bad_idempotency_key',
        'Idempotency-Key: 1 to 200 visible ASCII characters, such as a UUID.',
      ),
    );
  const body = await c.req.text();
  const request = hash('sha256', `${c.req.method} ${c.req.path}\n${body}`);
  return { key: `${caller.actor.kind}:${caller.actor.id ?? ''}:${key}`, requestHash: request };
};

/** What an operation on tickets needs to know of a request. */
export const callOf = async (frame: Frame, c: DoorContext, caller: Caller): Promise<Call> => ({
  db: frame.db,
  house: caller.house,
  actor: caller.actor,
  now: frame.clock.now(),
  once: c.req.method === 'GET' ? null : await onceOf(c, caller),
  // Few reads leave a trace, and only for it is this asked.
  way: () => wayOf(c.req.method, c.req.routePath),
});

/** Wall times typed at a site. */
export const typingAt = (timeZone: string, locale: 'fr' | 'en'): Typing => ({
  locale,
  instant: (wall) => {
    try {
      return Temporal.PlainDateTime.from(wall).toZonedDateTime(timeZone).toInstant().toString();
    } catch {
      return null;
    }
  },
});

interface Written {
  readonly fields: { readonly [name: string]: unknown };
  readonly text: { readonly [name: string]: string };
}

/** Values of a command from what was sent: JSON values, and texts read as their field reads them. An empty text empties. */
export const valuesOf = (
  definition: AppDefinition,
  typing: Typing,
  { fields, text }: Written,
): { readonly [name: string]: unknown } => ({
  ...fields,
  ...Object.fromEntries(
    Object.entries(text).map(([name, typed]) => {
      const field = Object.hasOwn(definition.fields, name) ? definition.fields[name] : undefined;
      if (!field || typed.trim() === '') return [name, null];
      return [name, fieldKinds[field.is].fromText(typed, field, typing)];
    }),
  ),
});

interface AskedFilter {
  readonly step?: readonly string[] | undefined;
  readonly lateness?: Filter['lateness'] | undefined;
  readonly assignee?: string | undefined;
  readonly site?: string | undefined;
  readonly holder?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly open?: string | undefined;
}

const day = (text: string, timeZone: string, after: number): number =>
  text.length === 10
    ? Temporal.PlainDate.from(text).add({ days: after }).toZonedDateTime(timeZone).epochMilliseconds
    : Date.parse(text);

/** `field.kind=pothole` of a query. */
const choicesAsked = (c: DoorContext): readonly string[] =>
  Object.entries(c.req.query())
    .filter(([name, value]) => name.startsWith('field.') && value !== '')
    .map(([name, value]) => choiceKey(name.slice('field.'.length), value));

/** The id of no ticket. */
const NOTHING = '00000000-0000-0000-0000-000000000000';

/** What a list is narrowed to, from a query. Empty values of a form narrow nothing. A day given as `to` is included. */
export const filterOf = async (call: Call, c: DoorContext, asked: AskedFilter): Promise<Filter> => {
  const { house, actor } = call;
  const site = house.sites.find((candidate) => candidate.slug === asked.site);
  if (asked.site && !site) throw new Refused({ code: 'unknown_site', params: { site: asked.site } });
  const zone = timeZoneAt(house, site?.id ?? null);
  const choices = choicesAsked(c);
  const few =
    choices.length > 0 &&
    (await asOrganisation(call.db, house.id, (tx) => haveFew(tx, house.id, c.req.param('app'), choices)));
  const holding = [...house.apps.values()].find(
    ({ definition }) => definition.holds?.app === c.req.param('app'),
  );
  const reference = asked.holder;
  const holder =
    reference && holding
      ? await asOrganisation(call.db, house.id, (tx) => findByReference(tx, house.id, holding.app, reference))
      : null;
  return {
    ...(asked.step && asked.step.length > 0 && { steps: asked.step }),
    ...(asked.lateness && asked.lateness.length > 0 && { lateness: asked.lateness }),
    ...(asked.assignee && {
      assignee: asked.assignee === 'none' ? null : asked.assignee === 'me' ? actor.id : asked.assignee,
    }),
    ...(site && { siteId: site.id }),
    ...(choices.length > 0 && { choices: { all: choices, few } }),
    ...(asked.from && { from: day(asked.from, zone, 0) }),
    ...(asked.to && { to: day(asked.to, zone, 1) }),
    ...(asked.open && { open: asked.open === 'true' }),
    // What is not there holds nothing: the same answer as for what is there and holds nothing one sees.
    ...(reference && { holderId: holder?.id ?? NOTHING }),
  };
};
