import { keepContacts, writesContact } from '../contacts/index.ts';
import { type Context, decide, type Decision, maySee, Refused, type TicketState } from '../engine/index.ts';
import { appOf, type Installed, openTimeAt, timeZoneAt } from '../organisations/index.ts';
import { newId } from '../platform/ids.ts';
import { asOrganisation, inOrganisation, type Tx } from '../platform/postgres/index.ts';
import { firstAnswer } from './answer.ts';
import type { Call } from './call.ts';
import type { Numbers } from './numbers.ts';
import { seriesOf, writeReference, yearIn } from './reference.ts';
import { insertTicket, lockByReference, nextNth, takeNumbers } from './store.ts';
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

/** Somebody who works at one site opens tickets there. */
const onlySiteOf = (call: Call): string | null => {
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

/**
 * Opens a ticket; when its key already did, gives it as it was then.
 * @throws Refused with what is wrong; KeyReused
 */
export const openTicket = async (call: Call, numbers: Numbers, input: OpenInput): Promise<TicketState> => {
  const installed = appOf(call.house, input.app);
  const pattern = installed.definition.reference;
  const refer = async (
    next: Numbers['next'],
    siteId: string | null,
    holder: Holder | null,
  ): Promise<string> => {
    const year = yearIn(timeZoneAt(call.house, siteId), call.now);
    const seq = pattern.includes('{seq}')
      ? await next(call.house.id, seriesOf(installed.app, pattern, year))
      : null;
    return writeReference(pattern, {
      year,
      seq,
      holder: holder?.reference ?? null,
      nth: holder?.nth ?? null,
    });
  };
  if (pattern.includes('{holder}') && !input.holder)
    throw new Refused({ code: 'holder_not_found', params: { holder: '' } });

  // A reference is taken only for a ticket that will be: what is refused leaves no hole in the numbers.
  const attempt = async (
    next: Numbers['next'],
    siteId: string | null,
    holder: Holder | null,
    fields: OpenInput['fields'],
  ) => {
    const trial = decideOpen(call, installed, { ...input, fields }, { siteId, reference: '', holder });
    if ('refusal' in trial) throw new Refused(trial.refusal);
    const reference = await refer(next, siteId, holder);
    const state = { ...trial.state, reference };
    const event = { ...trial.event, body: { ...trial.event.body, reference } } as typeof trial.event;
    return writing(installed, event, state, call.once);
  };

  try {
    if (!input.holder && !writesContact(installed.definition, input.fields)) {
      const written = await attempt(numbers.next, siteIdOf(call, input.site), null, input.fields);
      const done = await inOrganisation(call.db, call.house.id, (tx) =>
        insertTicket(tx, call.house.id, written),
      );
      if (done.length === 0) throw new AlreadyAnswered();
      return written.state;
    }
    return await asOrganisation(call.db, call.house.id, async (tx) => {
      const held = input.holder ? await holderOf(tx, call, installed, input.holder) : null;
      const siteId = held && input.site === undefined ? held.siteId : siteIdOf(call, input.site);
      const fields = await keepContacts(tx, call.house, installed.definition, input.fields, call.now);
      // By this transaction's own connection: were it to wait for another one, all could wait for each other.
      const next: Numbers['next'] = (organisationId, series) => takeNumbers(tx, organisationId, series, 1);
      const written = await attempt(next, siteId, held?.holder ?? null, fields);
      if ((await insertTicket(tx, call.house.id, written)).length === 0) throw new AlreadyAnswered();
      return written.state;
    });
  } catch (error) {
    if (!(error instanceof AlreadyAnswered)) throw refusalOf(error);
    const first = await firstAnswer(call);
    if (!first) throw error;
    return first;
  }
};
