import type { AppDefinition } from '../../src/engine/index.ts';
import { defineApp } from '../../src/engine/define.ts';
import { install } from '../../src/organisations/versions/install.ts';
import { tusOf } from './tus.ts';
import type { Hand, Stage } from './vigie.ts';

/** A file that somebody brings. */
export interface Brought {
  readonly name: string;
  readonly folder?: string;
  readonly content: Buffer | string;
}

/**
 * Puts files into a field of a ticket as somebody's, sent as a program sends them, and waits until they were looked at.
 * @returns their ids, in the order they were given
 */
export const bring = async (
  stage: Pick<Stage, 'vigie'>,
  hand: Hand,
  ticket: { readonly organisation: string; readonly app: string; readonly reference: string },
  field: string,
  files: readonly Brought[],
): Promise<readonly string[]> => {
  const tus = tusOf(stage, ticket.organisation, hand);
  const ids: string[] = [];
  for (const { name, folder, content } of files)
    ids.push(
      await tus.bring(
        name,
        Buffer.from(content),
        folder === undefined ? {} : { relativePath: `${folder}/${name}` },
      ),
    );
  const path = `/${ticket.organisation}/${ticket.app}/tickets/${ticket.reference}/files`;
  const { status, body } = await hand.ask<unknown>('POST', path, { field, files: ids });
  if (status !== 200) throw new Error(`The files could not be put there: ${status} ${JSON.stringify(body)}`);
  await stage.vigie.settled();
  return ids;
};

/** A small app with fields of files, as any organisation could write: the file of a permit to build. */
export const permits = (classification: 'internal' | 'health', app = 'permis'): AppDefinition =>
  defineApp({
    app,
    title: { fr: 'Permis', en: 'Permits' },
    noun: { one: { fr: 'dossier', en: 'file' }, many: { fr: 'dossiers', en: 'files' } },
    reference: 'P-{seq}',
    keep: '12 months',
    classification,
    heading: ['what'],
    fields: {
      what: { is: 'text', label: { fr: 'Objet', en: 'Subject' }, required: true, search: true },
      plans: {
        is: 'files',
        label: { fr: 'Plans', en: 'Plans' },
        accept: ['image/*', 'application/pdf', 'text/plain'],
        max: 60,
      },
      papers: { is: 'files', label: { fr: 'Pièces', en: 'Papers' }, sealed: true },
    },
    roles: {
      clerk: {
        label: { fr: 'Instruction', en: 'Clerk' },
        sees: 'all',
        reveals: ['papers'],
        edits: 'all',
        opens: true,
        comments: true,
      },
      reader: { label: { fr: 'Lecture', en: 'Reader' }, sees: 'all', comments: true },
    },
    steps: {
      open: { label: { fr: 'Ouvert', en: 'Open' }, start: true },
      done: { label: { fr: 'Rendu', en: 'Done' }, end: true },
    },
    moves: {
      end: { label: { fr: 'Rendre', en: 'End' }, from: 'open', to: 'done', by: 'clerk', main: true },
      again: { label: { fr: 'Rouvrir', en: 'Reopen' }, from: 'done', to: 'open', by: 'clerk' },
    },
  });

/** Installs it in Kerlann: Maëlle instructs, Yann reads. */
export const installPermits = async (
  { db, cast, clock, as }: Pick<Stage, 'db' | 'cast' | 'clock' | 'as'>,
  classification: 'internal' | 'health' = 'internal',
): Promise<void> => {
  await install(db, cast.maelle.organisationId, permits(classification), clock.now());
  // What another process installed is known within a second.
  await new Promise((resolve) => setTimeout(resolve, 1100));
  const maelle = await as('maelle', 'strong');
  for (const [name, roles] of [
    [
      'yann',
      [
        { app: 'permis', role: 'reader', site: null },
        { app: 'voirie', role: 'crew', site: null },
      ],
    ],
    ['armelle', [{ app: 'permis', role: 'clerk', site: null }]],
    [
      'maelle',
      [
        { app: 'permis', role: 'clerk', site: null },
        { app: 'voirie', role: 'clerk', site: null },
      ],
    ],
  ] as const) {
    const { status, body } = await maelle.ask<unknown>('PATCH', `/kerlann/members/${cast[name].id}`, {
      roles,
    });
    if (status !== 204) throw new Error(`${name} was given no role: ${status} ${JSON.stringify(body)}`);
  }
};
