import { type AppDefinition, Refused, type TicketState } from '../engine/index.ts';
import { appOf } from '../organisations/index.ts';
import type { Caller } from '../people/index.ts';
import { asOrganisation } from '../platform/postgres/index.ts';
import { type Call, statesById, viewTicket } from '../tickets/index.ts';

/** The ticket of a guest. @throws Refused `not_found` once it is gone */
export const ownTicket = async (call: Call): Promise<TicketState> => {
  const id = call.actor.within?.ticketId ?? '';
  const states = await asOrganisation(call.db, call.house.id, (tx) => statesById(tx, call.house.id, [id]));
  const state = states.get(id);
  if (!state) throw new Refused({ code: 'not_found' });
  return state;
};

const named = <T>(all: { readonly [name: string]: T }, names: readonly string[]): { [name: string]: T } =>
  Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name)));

/** Of a definition, what a page needs to show these fields, this step and these moves; no role, no rule, no other step. */
const excerpt = (
  definition: AppDefinition,
  step: string,
  fields: readonly string[],
  moves: readonly string[],
) => ({
  app: definition.app,
  title: definition.title,
  noun: definition.noun,
  fields: named(definition.fields, fields),
  steps: Object.fromEntries(
    Object.entries(named(definition.steps, [step])).map(([name, { label, end }]) => [
      name,
      { label, ...(end && { end }) },
    ]),
  ),
  moves: Object.fromEntries(
    Object.entries(named(definition.moves, moves)).map(([name, { label, asks, main, confirm }]) => [
      name,
      { label, ...(asks && { asks }), ...(main && { main }), ...(confirm && { confirm }) },
    ]),
  ),
});

/** What a guest is told of their ticket: where it stands, what was promised, what their role reads and may do. */
export const follow = async (call: Call, { locale }: Caller) => {
  const state = await ownTicket(call);
  const view = await viewTicket(call, locale, state.app, state.reference);
  const { definition } = appOf(call.house, state.app);
  const asked = view.moves.flatMap((move) =>
    (definition.moves[move]?.asks ?? []).map((ask) => ask.replace('!', '')),
  );
  const site = call.house.sites.find(({ id }) => id === state.siteId);
  const { reference, heading, step, fields, promise, stepSince, closed, moves, version } = view;
  return {
    organisation: { slug: call.house.slug, name: call.house.name, locale: call.house.locale },
    site: site ? { name: site.name, timeZone: site.timeZone } : null,
    definition: excerpt(definition, step, [...Object.keys(fields), ...asked], moves),
    ticket: { reference, heading, step, fields, promise, stepSince, closed, moves, version },
  };
};
