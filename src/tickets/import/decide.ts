import {
  type Context,
  decide,
  importer,
  type Refusal,
  sayProblem,
  sayRefusal,
  standingOf,
  type TicketEvent,
  type TicketState,
} from '../../engine/index.ts';
import { type House, type Installed, openTimeAt } from '../../organisations/index.ts';
import { newId } from '../../platform/ids.ts';
import { choicesOf } from '../choices.ts';
import type { Imported } from './store.ts';

/** Into what, where and when rows are imported. */
export interface Target {
  readonly house: House;
  readonly installed: Installed;
  readonly siteId: string | null;
  /** Where a ticket stands that the other system says has ended. */
  readonly closedStep: string | undefined;
  readonly now: number;
  readonly locale: 'fr' | 'en';
}

export interface Recorded {
  readonly source: string;
  readonly openedAt: number;
  readonly closedAt: number | null;
  /** Values as the engine takes them. */
  readonly fields: { readonly [name: string]: unknown };
}

/** Why a row is wrong, in words. */
export const sayWrong = (refusal: Refusal, locale: 'fr' | 'en'): readonly string[] =>
  refusal.problems?.map((one) => `${one.path.replace(/^fields\./u, '')}: ${sayProblem(one, locale)}`) ?? [
    sayRefusal(refusal, locale),
  ];

const WRONG_TIME = {
  fr: {
    future: 'la date d’ouverture ou de clôture est dans le futur',
    past: 'la date d’ouverture est avant 1970',
  },
  en: { future: 'it was opened or closed in the future', past: 'it was opened before 1970' },
};

/**
 * The ticket that a record of another system is: opened and ended when it says, then looked at now, so that what
 * is late is late at once.
 */
export const decideImported = (
  target: Target,
  recorded: Recorded,
): { readonly ticket: Imported } | { readonly wrong: readonly string[] } => {
  const { house, siteId, now, locale, closedStep } = target;
  const { definition } = target.installed;
  const { openedAt, closedAt } = recorded;
  // An id and a calendar begin in 1970; a clerk's typing error may not.
  if (openedAt < 0) return { wrong: [WRONG_TIME[locale].past] };
  if (openedAt > now || (closedAt ?? 0) > now) return { wrong: [WRONG_TIME[locale].future] };
  const at = (instant: number): Context => ({
    actor: importer,
    now: instant,
    open: openTimeAt(house, siteId, instant, openedAt),
    heldOpen: 0,
  });
  const id = newId(openedAt);
  const opening = decide(
    definition,
    null,
    {
      type: 'open',
      id,
      reference: '',
      fields: recorded.fields,
      siteId,
      holder: null,
      source: recorded.source,
    },
    at(openedAt),
  );
  if ('refusal' in opening) return { wrong: sayWrong(opening.refusal, locale) };
  const events: TicketEvent[] = [opening.event];
  let state: TicketState = opening.state;
  let latenessAt = openedAt;
  if (closedAt !== null && closedStep !== undefined) {
    const settled = decide(definition, state, { type: 'settle', step: closedStep }, at(closedAt));
    if ('refusal' in settled) return { wrong: sayWrong(settled.refusal, locale) };
    events.push(settled.event);
    state = settled.state;
  } else {
    const woken = decide(definition, state, { type: 'wake' }, at(now));
    if ('refusal' in woken) state = { ...state, standing: standingOf(definition, state, at(now).open, now) };
    else {
      events.push(woken.event);
      state = woken.state;
      latenessAt = now;
    }
  }
  return {
    ticket: {
      state,
      latenessAt,
      choices: choicesOf(definition, state.fields),
      events: events.map((event) => ({ id: newId(event.at), event })),
    },
  };
};

/** The same ticket under its reference. */
export const referred = (ticket: Imported, reference: string): Imported => ({
  ...ticket,
  state: { ...ticket.state, reference },
  events: ticket.events.map(({ id, event }) => ({
    id,
    event: event.type === 'opened' ? { ...event, body: { ...event.body, reference } } : event,
  })),
});
