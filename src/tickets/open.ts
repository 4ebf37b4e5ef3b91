import { keepContacts, writesContact } from '../contacts/index.ts';
import { type Context, decide, type Decision, maySee, Refused, type TicketState } from '../engine/index.ts';
import { keepFiles, writesFiles } from '../files/index.ts';
import { appOf, type Installed, openTimeAt, timeZoneAt } from '../organisations/index.ts';
import { newId } from '../platform/ids.ts';
import {
  asOrganisation,
  inOrganisation,
  together,
  type Tx,
  unlessDeadlocked,
} from '../platform/postgres/index.ts';
import { firstAnswer } from './answer.ts';
import type { Call } from './call.ts';
import { insertTickets, type NewTicket } from './opening/store.ts';
import { numberingOf, yearIn } from './reference.ts';
import { lockByReference, nextNth } from './store.ts';
import { AlreadyAnswered, refusalOf, writing } from './write.ts';

export interface OpenInput {
  readonly app: string;
  readonly fields: { readonly [name: string]: unknown };
  /** Slug; absent: the organisation's only site, or none. */
  readonly site?: string | null;
  /** Reference of the ticket that holds this one. */
  readonly holder?: string | null;
}

interface Holder {
  readonly id: string;
  readonly nth: number;
  readonly promiseAt: number | null;
  readonly reference: string;
}

const siteIdOf = (call: Call, slug: string | null | undefined): string | null => {
  if (slug === undefined)
    return call.house.sites.length === 1 ? (call.house.sites[0]?.id ?? null) : onlySiteOf(call);
  if (slug === null) return null;
  const site = call.house.sites.find((candidate) => candidate.slug === slug);
  if (!site) throw new Refused({ code: 'unknown_site', params: { site: slug } });
  return site.id;
};

/** Somebody who works at one site, or stands at a station of one, opens tickets there. */
const onlySiteOf = (call: Call): string | null => {
  if (call.actor.within?.siteId !== undefined) return call.actor.within.siteId;
  const sites = new Set(call.actor.grants.map((grant) => grant.siteId));
  return sites.size === 1 ? ([...sites][0] ?? null) : null;
};

const decideOpen = (
  call: Call,
  installed: Installed,
  input: OpenInput,
  given: { readonly siteId: string | null; readonly reference: string; readonly holder: Holder | null },
): Decision => {
  const context: Context = {
    actor: call.actor,
    now: call.now,
    open: openTimeAt(call.house, given.siteId, call.now),
    heldOpen: 0,
  };
  return decide(
    installed.definition,
    null,
    {
      type: 'open',
      id: newId(call.now),
      reference: given.reference,
      fields: input.fields,
      siteId: given.siteId,
      holder: given.holder,
    },
    context,
  );
};

/** The holder, locked so that two tickets opened at once do not get the same number. */
const holderOf = async (
  tx: Tx,
  call: Call,
  installed: Installed,
  reference: string,
): Promise<{ holder: Holder; siteId: string | null }> => {
  const holding = [...call.house.apps.values()].find(
    ({ definition }) => definition.holds?.app === installed.app,
  );
  if (!holding) throw new Refused({ code: 'holder_wrong_app', params: { holder: reference } });
  const state = await lockByReference(tx, call.house.id, holding.app, reference);
  if (!state || !maySee(holding.definition, call.actor, state))
    throw new Refused({ code: 'holder_not_found', params: { holder: reference } });
  if (state.closedAt !== null) throw new Refused({ code: 'holder_closed', params: { holder: reference } });
  const nth = await nextNth(tx, call.house.id, state.id);
  return { holder: { id: state.id, nth, promiseAt: state.promiseAt, reference }, siteId: state.siteId };
};

/** Writes tickets that are opened at the same moment together, and says the reference of each whose key was not used. */
const insert = together(async (db, organisationId, tickets: readonly NewTicket[]) => {
  const rows = await unlessDeadlocked(() =>
    inOrganisation(db, organisationId, (tx) => insertTickets(tx, organisationId, tickets)),
  );
  const references = new Map(rows.map(({ id, reference }) => [id, reference]));
  return tickets.map(({ state }) => references.get(state.id));
});

/** The ticket as it will be, but for its number: that is taken when it is written, so that what is refused leaves no hole. */
const decided = (
  call: Call,
  installed: Installed,
  input: OpenInput,
  siteId: string | null,
  holder: Holder | null,
): NewTicket => {
  const { app, definition } = installed;
  const numbering = numberingOf(app, definition.reference, {
    year: yearIn(timeZoneAt(call.house, siteId), call.now),
    holder: holder?.reference ?? null,
    nth: holder?.nth ?? null,
  });
  const reference = typeof numbering === 'string' ? numbering : '';
  const decision = decideOpen(call, installed, input, { siteId, reference, holder });
  if ('refusal' in decision) throw new Refused(decision.refusal);
  return {
    ...writing(installed, decision.event, decision.state, call.once),
    numbering: typeof numbering === 'string' ? null : numbering,
  };
};

/** As it was written. @throws AlreadyAnswered when its key was used before, and nothing was */
const asWritten = ({ state }: NewTicket, reference: string | undefined): TicketState => {
  if (reference === undefined) throw new AlreadyAnswered();
  return { ...state, reference };
};

/**
 * Opens a ticket; when its key already did, gives it as it was then.
 * @throws Refused with what is wrong; KeyReused
 */
export const openTicket = async (call: Call, input: OpenInput): Promise<TicketState> => {
  const installed = appOf(call.house, input.app);
  if (installed.definition.reference.includes('{holder}') && !input.holder)
    throw new Refused({ code: 'holder_not_found', params: { holder: '' } });
  try {
    const { definition } = installed;
    if (!input.holder && !writesContact(definition, input.fields) && !writesFiles(definition, input.fields)) {
      const ticket = decided(call, installed, input, siteIdOf(call, input.site), null);
      return asWritten(ticket, await insert(call.db, call.house.id, ticket));
    }
    const write = async (tx: Tx): Promise<TicketState> => {
      const held = input.holder ? await holderOf(tx, call, installed, input.holder) : null;
      const siteId = held && input.site === undefined ? held.siteId : siteIdOf(call, input.site);
      const fields = await keepContacts(tx, call.house, definition, input.fields, call.now);
      const ticket = decided(call, installed, { ...input, fields }, siteId, held?.holder ?? null);
      const [row] = await insertTickets(tx, call.house.id, [ticket]);
      const state = asWritten(ticket, row?.reference);
      const after = { ...state.fields, ...state.sealed };
      await keepFiles(
        tx,
        call.house.id,
        definition,
        { id: state.id, before: {}, after },
        call.actor,
        call.now,
      );
      return state;
    };
    return await unlessDeadlocked(() => asOrganisation(call.db, call.house.id, write));
  } catch (error) {
    if (!(error instanceof AlreadyAnswered)) throw refusalOf(error);
    const first = await firstAnswer(call);
    if (!first) throw error;
    return first;
  }
};
