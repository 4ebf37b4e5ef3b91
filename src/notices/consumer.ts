import { contactsById } from '../contacts/index.ts';
import { type AppDefinition, asText, type TicketState } from '../engine/index.ts';
import type { Consumer, OrderedEvent } from '../log/index.ts';
import { appOf, type House, type Houses, timeZoneAt, urlOf } from '../organisations/index.ts';
import { memberById, membersWithRole } from '../people/index.ts';
import type { Clock } from '../platform/clock.ts';
import { newId } from '../platform/ids.ts';
import type { Tx } from '../platform/postgres/index.ts';
import { headingFor, statesById } from '../tickets/index.ts';
import { insertNotices, type NewNotice, queueNotices, standingsBefore } from './store.ts';
import { type About, type Said, sayMany, sayNotice, textIn } from './words.ts';

type Rule = NonNullable<AppDefinition['notify']>[number];

interface Recipient {
  readonly key: string;
  readonly address: string | null;
  readonly locale: 'fr' | 'en';
  /** Can they sign in, and look? */
  readonly member: boolean;
}

/** What a rule says when it is about lateness. */
const LATENESSES: ReadonlySet<string> = new Set(['late', 'stuck', 'at risk', 'will be late']);

/** Beyond so many of one rule in one batch, they are told together. */
const TOGETHER = 5;

const isOfLateness = ({ on }: Rule): boolean => LATENESSES.has(on);

/** Whether a rule speaks of an event; `before`: the lateness of the ticket until then, if it is known. */
const isFor = (rule: Rule, event: OrderedEvent, before: string | null | undefined): boolean => {
  if (isOfLateness(rule))
    return event.body.standing.lateness === rule.on && (before ?? 'on time') !== rule.on;
  switch (rule.on) {
    case 'open':
      return event.type === 'opened';
    default:
      if (rule.on.startsWith('move:'))
        return event.type === 'moved' && event.body.move === rule.on.slice('move:'.length);
      return event.type === 'moved' && event.body.step.to === rule.on.slice('step:'.length);
  }
};

/** A ticket whose opening names nobody in the field of this rule. */
const isForNobody = ({ to }: Rule, event: OrderedEvent): boolean =>
  event.type === 'opened' &&
  !event.hasSealed &&
  to.startsWith('field:') &&
  (event.body.fields[to.slice('field:'.length)] ?? null) === null;

const member = async (tx: Tx, house: House, id: string | null): Promise<Recipient[]> => {
  const found = id === null ? undefined : await memberById(tx, house.id, id);
  return found && !found.disabled
    ? [{ key: `member:${found.id}`, address: found.email, locale: found.locale, member: true }]
    : [];
};

const inField = async (
  tx: Tx,
  house: House,
  definition: AppDefinition,
  state: TicketState,
  name: string,
): Promise<Recipient[]> => {
  const value = state.sealed[name] ?? state.fields[name];
  if (value === undefined || value === null) return [];
  if (definition.fields[name]?.is === 'email')
    return [{ key: `field:${name}`, address: asText(value), locale: house.locale, member: false }];
  const { id } = value as { readonly id: string };
  const [contact] = await contactsById(tx, house.id, [id]);
  return contact
    ? [{ key: `contact:${id}`, address: contact.email, locale: contact.locale, member: false }]
    : [];
};

const recipients = async (
  tx: Tx,
  house: House,
  definition: AppDefinition,
  state: TicketState,
  rule: Rule,
): Promise<Recipient[]> => {
  if (rule.to === '$assignee') return member(tx, house, state.assigneeId);
  if (rule.to === '$creator') return member(tx, house, state.createdBy);
  if (rule.to.startsWith('field:'))
    return inField(tx, house, definition, state, rule.to.slice('field:'.length));
  const people = await membersWithRole(tx, house.id, definition.app, rule.to, state.siteId);
  return people.map(({ id, email, locale }) => ({
    key: `member:${id}`,
    address: email,
    locale,
    member: true,
  }));
};

const about = (house: House, state: TicketState, url: string, to: Recipient): About => {
  const { definition } = appOf(house, state.app);
  const due = state.standing.dueAt;
  return {
    organisation: house.name,
    reference: state.reference,
    // `health`: a notice says a reference and nothing else.
    heading: definition.classification === 'health' ? null : headingFor(definition, state, to.locale),
    step: textIn(definition.steps[state.step]?.label ?? state.step, to.locale),
    site: house.sites.find(({ id }) => id === state.siteId)?.name ?? '',
    lateness: state.standing.lateness,
    due:
      due === null
        ? null
        : new Intl.DateTimeFormat(to.locale, {
            dateStyle: 'full',
            timeStyle: 'short',
            timeZone: timeZoneAt(house, state.siteId),
          }).format(due),
    url: to.member ? `${url}/${house.slug}/${state.app}/${state.reference}` : null,
  };
};

interface Due {
  readonly recipient: Recipient;
  readonly rule: number;
  readonly event: OrderedEvent;
  readonly said: Said;
}

const notice = (parts: readonly Due[], house: House, now: number): NewNotice[] => {
  const [first] = parts;
  if (!first) return [];
  const together =
    parts.length > TOGETHER
      ? [
          {
            ...first,
            said: sayMany(
              parts.length,
              parts.map(({ said }) => said),
              { organisation: house.name },
              first.recipient.locale,
            ),
          },
        ]
      : parts;
  return together.map(({ recipient, rule, event, said }) => ({
    id: newId(now),
    eventId: event.id,
    recipient: recipient.key,
    rule,
    ticketId: event.ticketId,
    locale: recipient.locale,
    address: recipient.address,
    subject: said.subject,
    body: said.body,
  }));
};

/** Tells people what a definition says they are told: once each, and never what they have just done themselves. */
export const noticesConsumer = (deps: {
  readonly houses: Houses;
  readonly clock: Clock;
  readonly url: string;
}): Consumer => ({
  name: 'notices',
  follow: async (tx, organisationId, events) => {
    const house = await deps.houses.byId(organisationId);
    const rulesFor = (event: OrderedEvent): readonly Rule[] =>
      (house?.apps.get(event.app)?.definition.notify ?? []).filter(
        (rule) => isFor(rule, event, undefined) && !isForNobody(rule, event),
      );
    // What is imported happened elsewhere, and people know.
    const told = events.filter((event) => event.actor.kind !== 'import' && rulesFor(event).length > 0);
    if (!house || told.length === 0) return;
    const states = await statesById(
      tx,
      house.id,
      told.map((event) => event.ticketId),
    );
    const worse = told.filter((event) => rulesFor(event).some((rule) => isOfLateness(rule)));
    const standings =
      worse.length === 0
        ? []
        : await standingsBefore(
            tx,
            house.id,
            worse.map(({ id }) => id),
          );
    const before = new Map(standings.map(({ id, lateness }) => [id, lateness]));
    const groups = new Map<string, Due[]>();
    for (const event of told) {
      const state = states.get(event.ticketId);
      if (!state) continue;
      const { definition } = appOf(house, event.app);
      for (const [index, rule] of (definition.notify ?? []).entries()) {
        if (!isFor(rule, event, before.get(event.id)) || isForNobody(rule, event)) continue;
        for (const recipient of await recipients(tx, house, definition, state, rule)) {
          if (recipient.key === `member:${event.actor.id}`) continue;
          const said = sayNotice(rule, about(house, state, urlOf(deps, house), recipient), recipient.locale);
          const key = `${event.app} ${index} ${recipient.key}`;
          groups.set(key, [...(groups.get(key) ?? []), { recipient, rule: index, event, said }]);
        }
      }
    }
    const now = deps.clock.now();
    const notices = [...groups.values()].flatMap((parts) => notice(parts, house, now));
    if (notices.length === 0) return;
    const fresh = await insertNotices(tx, house.id, notices, new Date(now));
    if (fresh.length > 0) await queueNotices(tx, fresh);
  },
});
