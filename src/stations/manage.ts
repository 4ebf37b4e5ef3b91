import type { Actor } from '../engine/index.ts';
import { record } from '../log/index.ts';
import type { House } from '../organisations/index.ts';
import { agentOf, hashSecret, newSecret } from '../people/index.ts';
import { HttpProblem, problem } from '../platform/http/problem.ts';
import { newId } from '../platform/ids.ts';
import { asOrganisation, type Database, type Tx } from '../platform/postgres/index.ts';
import { CODE, hashCode, newCode, readCode } from './code.ts';
import {
  type Code,
  insertStation,
  lockStation,
  revokeStation,
  setCode,
  type Station,
  useCode,
} from './store.ts';

/** A station as an administrator describes it: the site by its slug. */
export interface NewStation {
  readonly name: string;
  readonly app: string;
  readonly steps: readonly string[];
  readonly site: string | null;
  readonly opens: boolean;
  readonly idleSeconds: number;
}

const refuse = (status: number, code: string, fr: string, en: string): HttpProblem =>
  new HttpProblem(problem(status, code, `${fr} / ${en}`));

const NO_STATION = (): HttpProblem =>
  refuse(404, 'not_found', 'Ce poste n’existe plus.', 'There is no such station any more.');

/** @throws HttpProblem when the app, a step or the site does not exist here, or a PIN is not enough for the app */
const readStation = (house: House, given: NewStation, id: string): Station => {
  const definition = house.apps.get(given.app)?.definition;
  if (!definition)
    throw refuse(
      422,
      'unknown_app',
      `L’application « ${given.app} » n’est pas installée.`,
      `The app "${given.app}" is not installed.`,
    );
  if (definition.classification === 'health')
    throw refuse(
      422,
      'health_by_pin',
      'Un code ne suffit pas pour des données de santé : chacun s’y connecte avec sa clé d’accès.',
      'A PIN is not enough for health data: everyone signs in to it with their passkey.',
    );
  const unknown = given.steps.find((step) => !Object.hasOwn(definition.steps, step));
  if (unknown !== undefined)
    throw refuse(
      422,
      'unknown_step',
      `L’étape « ${unknown} » n’existe pas. Étapes : ${Object.keys(definition.steps).join(', ')}.`,
      `There is no step "${unknown}". Steps: ${Object.keys(definition.steps).join(', ')}.`,
    );
  const site = house.sites.find((candidate) => candidate.slug === given.site);
  if (given.site !== null && !site)
    throw refuse(
      422,
      'unknown_site',
      `Le site « ${given.site} » n’existe pas.`,
      `There is no site "${given.site}".`,
    );
  const { site: _, ...rest } = given;
  return { ...rest, id, steps: [...new Set(given.steps)], siteId: site?.id ?? null };
};

/** A code as it is shown, once, and as it is kept. */
const codeBy = (pepper: Buffer, by: string, now: number): { readonly text: string; readonly kept: Code } => {
  const text = newCode();
  return { text, kept: { hash: hashCode(pepper, text), expiresAt: new Date(now + CODE), by } };
};

export interface Pairing {
  readonly id: string;
  /** Typed on the tablet; shown here and never again. */
  readonly code: string;
  readonly until: Date;
}

export const addStation = (
  db: Database,
  house: House,
  pepper: Buffer,
  actor: Actor & { readonly id: string },
  given: NewStation,
  now: number,
): Promise<Pairing> =>
  asOrganisation(db, house.id, async (tx) => {
    const station = readStation(house, given, newId(now));
    const code = codeBy(pepper, actor.id, now);
    await insertStation(tx, house.id, station, code.kept, new Date(now));
    const { id, app, steps, siteId, opens, idleSeconds } = station;
    await record(
      tx,
      house.id,
      'station_added',
      actor,
      { station: id, app, steps, site: siteId, opens, idleSeconds },
      now,
    );
    return { id, code: code.text, until: code.kept.expiresAt };
  });

/** Another code for a station whose tablet is lost or forgot it: once used, the device it had is out. */
export const pairAgain = (
  db: Database,
  house: House,
  pepper: Buffer,
  actor: Actor & { readonly id: string },
  id: string,
  now: number,
): Promise<Pairing> =>
  asOrganisation(db, house.id, async (tx) => {
    const code = codeBy(pepper, actor.id, now);
    if (!(await setCode(tx, house.id, id, code.kept))) throw NO_STATION();
    await record(tx, house.id, 'station_code_made', actor, { station: id }, now);
    return { id, code: code.text, until: code.kept.expiresAt };
  });

/**
 * Makes this device the station whose code was typed; `null` when the code is not one, was used, or is over.
 * @returns the device's secret, which is kept nowhere
 */
export const pair = (
  db: Database,
  house: House,
  pepper: Buffer,
  typed: string,
  userAgent: string | undefined,
  now: number,
): Promise<string | null> =>
  asOrganisation(db, house.id, async (tx) => {
    const secret = newSecret();
    const at = new Date(now);
    const code = hashCode(pepper, readCode(typed));
    const paired = await useCode(tx, house.id, code, hashSecret(secret), agentOf(userAgent), at);
    if (!paired) return null;
    await lockStation(tx, house.id, paired.id, at);
    // The act of whoever made the code: nobody else is known at the tablet.
    const by: Actor = { kind: 'member', id: paired.by, grants: [], administrator: false };
    await record(tx, house.id, 'station_paired', by, { station: paired.id }, now);
    return secret;
  });

/** Ends a station at once, and whatever is unlocked there. */
export const endStation = (
  db: Database,
  house: House,
  actor: Actor,
  id: string,
  now: number,
): Promise<void> =>
  asOrganisation(db, house.id, async (tx: Tx) => {
    if (!(await revokeStation(tx, house.id, id, new Date(now)))) throw NO_STATION();
    await lockStation(tx, house.id, id, new Date(now));
    await record(tx, house.id, 'station_revoked', actor, { station: id }, now);
  });
