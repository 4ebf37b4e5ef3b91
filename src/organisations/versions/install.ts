import { type AppDefinition, Refused, system } from '../../engine/index.ts';
import { type Live, openAnswers, type Plan, planVersion } from '../../engine/plan.ts';
import { record } from '../../log/index.ts';
import { type Call, perform } from '../../tickets/index.ts';
import { type House, type Installed, openHouses } from '../house.ts';
import { installApp } from '../store.ts';
import { keepDefinition } from '../create.ts';
import { asOrganisation, type Database, type Tx } from '../../platform/postgres/index.ts';
import { definitionHash } from '../../apps/index.ts';
import {
  choiceCounts,
  fieldCounts,
  idsOf,
  lockInstalled,
  renameRole,
  renameStationStep,
  roleCounts,
  stepCounts,
  wakeApp,
} from './store.ts';

/**
 * `new`: the organisation does not use the app yet. `same`: nothing to do. `safe`: nothing is lost.
 * `answer`: the maker has not said what is meant. `loss`: something would be lost.
 * `rewrite`: nothing is lost, and tickets are called otherwise, by an event of each.
 * `exposed`: values become personal data, and the events that wrote them would keep them in clear.
 */
export type Verdict = 'new' | 'same' | 'safe' | 'answer' | 'loss' | 'rewrite' | 'exposed';

/** The verdicts with which a definition is installed. */
export const INSTALLS: ReadonlySet<Verdict> = new Set(['new', 'safe', 'rewrite']);

export interface Planned {
  readonly verdict: Verdict;
  readonly plan: Plan | null;
}

type Counted = { readonly name: string; readonly count: number };

const byName = (rows: readonly Counted[]): { readonly [name: string]: number } =>
  Object.fromEntries(rows.map(({ name, count }) => [name, count]));

/** What stands in the database. */
const count = async (tx: Tx, organisationId: string, old: AppDefinition): Promise<Live> => {
  const choices = Object.keys(old.fields).filter((name) => old.fields[name]?.is === 'choice');
  const [steps, fields, values, roles] = await Promise.all([
    stepCounts(tx, organisationId, old.app),
    fieldCounts(tx, organisationId, old.app),
    choiceCounts(tx, organisationId, old.app, choices),
    roleCounts(tx, organisationId, old.app),
  ]);
  return {
    stepCounts: byName(steps),
    fieldCounts: byName(fields),
    choiceCounts: Object.fromEntries(
      choices.map((field) => [field, byName(values.filter((row) => row.field === field))]),
    ),
    roleCounts: { ...Object.fromEntries(Object.keys(old.roles).map((role) => [role, 0])), ...byName(roles) },
  };
};

/** Do values become personal data that are in the log in clear? */
const exposes = ({ migration }: Plan, live: Live): boolean => {
  const formerly = new Map(Object.entries(migration.renames.fields).map(([former, name]) => [name, former]));
  return migration.seals.some((field) => (live.fieldCounts[formerly.get(field) ?? field] ?? 0) > 0);
};

/** Do tickets have to change? A row is what its events say, so each that does has an event. */
const rewrites = ({ migration }: Plan, live: Live): boolean => {
  const { steps, fields, choices } = migration.renames;
  const formerly = new Map(Object.entries(fields).map(([former, name]) => [name, former]));
  const has = (field: string): boolean => (live.fieldCounts[formerly.get(field) ?? field] ?? 0) > 0;
  return (
    Object.keys(steps).some((step) => (live.stepCounts[step] ?? 0) > 0) ||
    Object.keys(fields).some((field) => (live.fieldCounts[field] ?? 0) > 0) ||
    Object.entries(choices).some(([field, renamed]) =>
      Object.keys(renamed).some(
        (choice) => (live.choiceCounts[formerly.get(field) ?? field]?.[choice] ?? 0) > 0,
      ),
    ) ||
    migration.unseals.some(has)
  );
};

const planIn = async (tx: Tx, organisationId: string, next: AppDefinition): Promise<Planned> => {
  const installed = await lockInstalled(tx, organisationId, next.app);
  if (!installed) return { verdict: 'new', plan: null };
  if (installed.hash === definitionHash(next)) return { verdict: 'same', plan: null };
  // What is stored was checked before it was.
  const old = installed.body as AppDefinition;
  const live = await count(tx, organisationId, old);
  const plan = planVersion(old, next, live);
  if (openAnswers(plan).length > 0) return { verdict: 'answer', plan };
  if (plan.changes.some(({ weight }) => weight === 'destructive')) return { verdict: 'loss', plan };
  if (exposes(plan, live)) return { verdict: 'exposed', plan };
  return { verdict: rewrites(plan, live) ? 'rewrite' : 'safe', plan };
};

/** What installing a checked definition would do to an organisation, counted now. Changes nothing. */
export const planInstall = (db: Database, organisationId: string, next: AppDefinition): Promise<Planned> =>
  asOrganisation(db, organisationId, (tx) => planIn(tx, organisationId, next));

/**
 * Installs a checked definition where that is safe, counted again in the same transaction.
 * @returns what it found: installed when `new`, `safe` or `rewrite`
 */
export const install = async (
  db: Database,
  organisationId: string,
  next: AppDefinition,
  now: number,
): Promise<Planned> => {
  const before = await planInstall(db, organisationId, next);
  if (!INSTALLS.has(before.verdict)) return before;
  const hash = await keepDefinition(db, next, now);
  const house = await openHouses(db).byId(organisationId);
  if (!house) throw new Error('There is no such organisation.');
  return asOrganisation(db, organisationId, async (tx) => {
    const planned = await planIn(tx, organisationId, next);
    if (!INSTALLS.has(planned.verdict)) return planned;
    await installApp(tx, organisationId, next.app, hash, new Date(now));
    for (const [former, name] of Object.entries(planned.plan?.migration.renames.roles ?? {}))
      await renameRole(tx, organisationId, next.app, former, name);
    for (const [former, name] of Object.entries(planned.plan?.migration.renames.steps ?? {}))
      await renameStationStep(tx, organisationId, next.app, former, name);
    if (planned.plan && planned.verdict === 'rewrite')
      await migrateTickets(tx, db, { house, hash, next, migration: planned.plan.migration, now });
    await wakeApp(tx, organisationId, next.app, new Date(now));
    await record(tx, organisationId, 'version_installed', system, { app: next.app, version: hash }, now);
    return planned;
  });
};

/** Every ticket that a new version calls otherwise follows it, in the transaction that installs it: none is stranded. */
const migrateTickets = async (
  tx: Tx,
  db: Database,
  to: {
    readonly house: House;
    readonly hash: string;
    readonly next: AppDefinition;
    readonly migration: Plan['migration'];
    readonly now: number;
  },
): Promise<void> => {
  const { app } = to.next;
  const installed: Installed = { app, hash: to.hash, definition: to.next, overrides: {} };
  const house: House = { ...to.house, apps: new Map([...to.house.apps, [app, installed]]) };
  for (const id of await idsOf(tx, house.id, app)) {
    try {
      const call: Call = { db, house, actor: system, now: to.now, once: null };
      await perform(tx, call, { id }, () => ({ type: 'migrate', migration: to.migration }));
    } catch (error) {
      if (!(error instanceof Refused) || error.refusal.code !== 'nothing_to_change') throw error;
    }
  }
};
