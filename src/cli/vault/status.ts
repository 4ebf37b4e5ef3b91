import type { Command } from 'commander';

import { damagedPlaces, stateOf } from '../../keeping/index.ts';
import { allOrganisations } from '../../organisations/index.ts';
import { asOrganisation } from '../../platform/postgres/index.ts';
import type { Vault } from '../../vault/index.ts';
import { administer, houseNamed, type Office } from '../administer.ts';
import { answer, describe, type Made } from '../command.ts';
import type { Say, Terminal } from '../terminal.ts';
import { table } from '../write.ts';
import { vaultOf } from './office.ts';
import { sayBytes } from './sizes.ts';

/** The organisations a command speaks of: the one that is named, or all. */
export const housesOf = async (
  terminal: Terminal,
  office: Office,
  slug: string | undefined,
): Promise<readonly { readonly id: string; readonly slug: string; readonly name: string }[]> =>
  slug === undefined ? allOrganisations(office.db.app) : [await houseNamed(terminal, office, slug)];

const day = (at: Date | null): string => at?.toISOString().slice(0, 10) ?? '–';

/** One organisation, as a program reads it. */
const one = async (vault: Vault, { id, slug }: { readonly id: string; readonly slug: string }) => {
  const state = await stateOf(vault, id);
  const damaged = await asOrganisation(vault.db, id, (tx) => damagedPlaces(tx, id, 1000));
  return { organisation: slug, ...state, places: damaged };
};

/** What is damaged, and where it is named. */
export const sayPlaces = (places: Awaited<ReturnType<typeof one>>['places'], say: Say): string =>
  places
    .map(({ app, reference, fault, blob }) => {
      const where = reference === '' ? say('(aucune fiche)', '(no ticket)') : `${app} ${reference}`;
      return `  ${where}  ${fault}  ${blob}\n`;
    })
    .join('');

export const status = (made: Made): Command => {
  const { say, terminal } = made;
  return describe(made, {
    usage: 'status',
    does: say('comment les fichiers sont gardés', 'how files are kept'),
    examples: ['vigie vault status', 'vigie vault status --organisation argentique --json'],
  })
    .option('--organisation <name>', say('une seule', 'one only'))
    .action((options: { readonly organisation?: string; readonly json?: boolean }) =>
      administer(terminal, async (office) => {
        const vault = await vaultOf(office);
        const states: Awaited<ReturnType<typeof one>>[] = [];
        for (const house of await housesOf(terminal, office, options.organisation))
          states.push(await one(vault, house));
        answer(terminal, options.json, { organisations: states }, () => {
          const rows = states.map((state) => [
            state.organisation,
            day(state.openSince),
            state.openSince === null ? '–' : day(state.recoveryKeptAt),
            String(state.files),
            `${sayBytes(state.stored, say)} / ${state.quota === null ? '–' : sayBytes(state.quota, say)}`,
            day(state.verifiedSince),
            String(state.places.length),
          ]);
          const head = [
            'organisation',
            say('ouvert depuis', 'open since'),
            say('clé imprimée', 'key printed'),
            say('fichiers', 'files'),
            say('gardé / quota', 'kept / quota'),
            say('tout relu depuis', 'all read since'),
            say('abîmés', 'damaged'),
          ];
          return table(head, rows) + states.map(({ places }) => sayPlaces(places, say)).join('');
        });
      }),
    );
};
