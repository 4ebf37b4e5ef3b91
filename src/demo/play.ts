import { keepContact } from '../contacts/index.ts';
import { type Actor, type AppDefinition, type Demo, system } from '../engine/index.ts';
import { goOn } from '../holds/index.ts';
import { appOf, createOrganisation, type House, openHouses, openTimeAt } from '../organisations/index.ts';
import { addMember } from '../people/index.ts';
import { asOrganisation, type Database } from '../platform/postgres/index.ts';
import {
  assignTicket,
  type Call,
  commentTicket,
  editTicket,
  moveTicket,
  openTicket,
  seenByReference,
} from '../tickets/index.ts';
import { openVaultOf, type Vault, verify } from '../vault/index.ts';
import { bringFiles } from './files.ts';
import { type DemoClock, demoInstant } from './time.ts';
import { demoValues } from './values.ts';

type Told = Demo['tickets'][number];
type Act = NonNullable<Told['acts']>[number];

interface Stage {
  readonly db: Database;
  readonly vault: Vault;
  readonly house: House;
  readonly people: ReadonlyMap<string, Actor>;
  readonly contacts: ReadonlyMap<string, string>;
  readonly now: number;
}

interface Ref {
  readonly app: string;
  readonly reference: string;
}

const clockOf = (stage: Stage, site: string): DemoClock => {
  const found = stage.house.sites.find((one) => one.slug === site);
  if (!found) throw new Error(`The story knows no site "${site}".`);
  return { open: openTimeAt(stage.house, found.id, stage.now), timeZone: found.timeZone, now: stage.now };
};

const callBy = (stage: Stage, who: string, now: number): Call => {
  const actor = stage.people.get(who);
  if (!actor) throw new Error(`The story knows nobody called "${who}".`);
  return { db: stage.db, house: stage.house, actor, now, once: null };
};

/** The fields of a story as commands take them: files are made, and come after those that are there. */
const valuesOf = async (
  stage: Stage,
  call: Call,
  definition: AppDefinition,
  fields: Told['fields'],
  clock: DemoClock,
  on?: Ref,
): Promise<{ readonly [field: string]: unknown }> => {
  const values = demoValues(definition, fields, clock, stage.contacts);
  const brought = await bringFiles(stage.vault, stage.house.id, definition, fields, call.actor, call.now);
  if (Object.keys(brought).length === 0) return values;
  const state = on && (await asOrganisation(stage.db, stage.house.id, (tx) => seenByReference(tx, call, on)));
  const had = (name: string): readonly unknown[] => {
    const value = state?.fields[name] ?? state?.sealed[name];
    return Array.isArray(value) ? value : [];
  };
  return {
    ...values,
    ...Object.fromEntries(Object.entries(brought).map(([name, list]) => [name, [...had(name), ...list]])),
  };
};

const act = async (stage: Stage, told: Act, on: Ref, clock: DemoClock): Promise<string> => {
  const call = callBy(stage, told.by, demoInstant(told.when, clock));
  const { definition } = appOf(stage.house, on.app);
  const values = (fields: Told['fields']) => valuesOf(stage, call, definition, fields, clock, on);
  if ('move' in told)
    return (
      await moveTicket(call, on, {
        move: told.move,
        fields: await values(told.fields ?? {}),
        comment: told.comment ?? null,
      })
    ).id;
  if ('edit' in told)
    return (await editTicket(call, on, { version: null, fields: await values(told.edit) })).id;
  if ('assign' in told)
    return (
      await assignTicket(
        call,
        on,
        told.assign === null ? null : callBy(stage, told.assign, call.now).actor.id,
      )
    ).id;
  return (await commentTicket(call, on, told.comment)).id;
};

const tell = async (stage: Stage, told: Told): Promise<void> => {
  const clock = clockOf(stage, told.site);
  const opened = demoInstant(told.opened, clock);
  const call = callBy(stage, told.by, opened);
  const { definition } = appOf(stage.house, told.app);
  const open = async (app: string, of: AppDefinition, fields: Told['fields'], holder: string | null) =>
    openTicket(call, {
      app,
      site: told.site,
      holder,
      fields: await valuesOf(stage, call, of, fields, clock),
    });

  const ticket = await open(told.app, definition, told.fields, null);
  const held: Ref[] = [];
  for (const fields of told.holds ?? []) {
    const app = definition.holds?.app ?? '';
    const { reference } = await open(app, appOf(stage.house, app).definition, fields, ticket.reference);
    held.push({ app, reference });
  }
  for (const one of told.acts ?? []) {
    const on =
      one.held === undefined
        ? [ticket]
        : one.held === 'all'
          ? held
          : one.held.flatMap((nth) => held[nth - 1] ?? []);
    for (const ref of on) {
      const id = await act(stage, one, ref, clock);
      // What the frame does by itself happens then, in the story, and not when the server starts.
      if (one.held !== undefined) {
        const later: Call = { ...call, actor: system, now: demoInstant(one.when, clock) };
        await asOrganisation(stage.db, stage.house.id, (tx) => goOn(tx, later, id));
      }
    }
  }
};

/** Somebody of the story, and how they can be presented. */
export interface DemoPerson {
  readonly id: string;
  readonly name: string;
  /** The roles they have, as their apps call them. */
  readonly roles: readonly string[];
}

const roleNames = (
  definitions: readonly AppDefinition[],
  roles: Demo['members'][string]['roles'],
): readonly string[] => [
  ...new Set(
    roles.map(({ app, role, site }) => {
      const label = definitions.find((one) => one.app === app)?.roles[role]?.label ?? role;
      return `${typeof label === 'string' ? label : label.fr}${site ? ` (${site})` : ''}`;
    }),
  ),
];

const YEAR = 365 * 24 * 3_600_000;

/** Plays a story through the real operations, as of `now`: a whole organisation, living. */
export const playDemo = async (
  vault: Vault,
  demo: Demo,
  definitions: readonly AppDefinition[],
  now: number,
): Promise<readonly DemoPerson[]> => {
  const { db } = vault;
  const apps = demo.apps.map((name) => {
    const found = definitions.find(({ app }) => app === name);
    if (!found) throw new Error(`The story uses an app "${name}" that is not shipped.`);
    return found;
  });
  const sites = Object.entries(demo.sites).map(([slug, site]) => ({ slug, ...site }));
  const organisationId = await createOrganisation(db, { ...demo.organisation, sites, apps }, now);
  const house = await openHouses(db).byId(organisationId);
  if (!house) throw new Error('The organisation of the story was not made.');

  const people = new Map<string, Actor>();
  const persons: DemoPerson[] = [];
  for (const [key, member] of Object.entries(demo.members)) {
    const { name, email, locale = demo.organisation.locale, administrator = false } = member;
    const roles = member.roles.map(({ app, role, site }) => ({ app, role, site: site ?? null }));
    const id = await addMember(db, house, { name, email, locale, administrator, roles }, now);
    const grants = roles.map(({ app, role, site }) => ({
      app,
      role,
      siteId: house.sites.find(({ slug }) => slug === site)?.id ?? null,
    }));
    people.set(key, { kind: 'member', id, grants, administrator });
    persons.push({ id, name, roles: roleNames(apps, member.roles) });
  }
  const contacts = new Map<string, string>();
  for (const [key, contact] of Object.entries(demo.contacts))
    contacts.set(key, await asOrganisation(db, house.id, (tx) => keepContact(tx, house, contact, now)));

  // Before anything of the story was brought.
  const begun = { ...vault, clock: { ...vault.clock, now: () => now - YEAR } };
  await openVaultOf(begun, organisationId);
  const stage: Stage = { db, vault, house, people, contacts, now };
  for (const told of demo.tickets) await tell(stage, told);
  // What is told of months was kept today: it is read through as if the rounds had been made since.
  await verify(vault, organisationId, now, Infinity);
  return persons;
};
