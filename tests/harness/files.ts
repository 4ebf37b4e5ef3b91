import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';

import { type AppDefinition, defineApp } from '../../src/engine/define.ts';
import { arrived } from '../../src/files/index.ts';
import { install } from '../../src/organisations/versions/install.ts';
import { currentKeys, lay } from '../../src/vault/index.ts';
import type { Person } from './cast.ts';
import type { Hand, Stage } from './vigie.ts';

/** A file as a test brings it. */
export interface Brought {
  readonly name: string;
  readonly content: string | Uint8Array;
  readonly folder?: string;
}

/** What tests read of a file in a list. */
export interface Listed {
  readonly id: string;
  readonly field: string;
  readonly name: string;
  readonly folder: string;
  readonly size: number;
  readonly type: string | null;
  readonly state: 'waiting' | 'kept' | 'quarantined';
  readonly reason: string | null;
  readonly warnings: readonly string[];
  readonly findings: readonly { readonly rule: string; readonly strength: string; readonly where: string }[];
  readonly sha256: string;
  readonly previews: readonly string[];
  readonly picture: {
    readonly takenAt: string | null;
    readonly place: object | null;
    readonly camera: string | null;
  } | null;
}

/** Where files are put: `/<organisation>/<app>/tickets/<reference>`. */
export type Place = `/${string}/${string}/tickets/${string}`;

/** Files that somebody has uploaded and nothing names yet. @returns their ids */
export const loose = async (
  { vigie }: Pick<Stage, 'vigie'>,
  { id, organisationId }: Pick<Person, 'id' | 'organisationId'>,
  files: readonly Brought[],
): Promise<readonly string[]> => {
  const keys = await currentKeys(vigie.vault, organisationId);
  const ids: string[] = [];
  for (const { name, content, folder = '' } of files) {
    const bytes = (async function* () {
      yield Buffer.from(content);
    })();
    const laid = await lay(vigie.vault, keys, bytes);
    ids.push(await arrived(vigie.vault, keys, laid, { name, folder }, { kind: 'member', id }));
  }
  return ids;
};

/** Brings files and adds them to a field, then waits until they were looked at. @returns them as they are then, in that order */
export const bring = async (
  scene: Pick<Stage, 'vigie'>,
  person: Pick<Person, 'id' | 'organisationId'>,
  hand: Hand,
  place: Place,
  field: string,
  files: readonly Brought[],
): Promise<readonly Listed[]> => {
  const ids = await loose(scene, person, files);
  const { status, body } = await hand.ask<unknown>('POST', `${place}/files`, { field, files: ids });
  assert.equal(status, 200, JSON.stringify(body));
  await scene.vigie.settled();
  const found = await filesAt(hand, place);
  return ids.map((id) => {
    const file = found.find((one) => one.id === id);
    assert.ok(file, `${id} is not in the list.`);
    return file;
  });
};

/** The files of a ticket as somebody reads them. */
export const filesAt = async (hand: Hand, place: Place): Promise<readonly Listed[]> => {
  const { status, body } = await hand.ask<{ files: readonly Listed[] }>('GET', `${place}/files`);
  assert.equal(status, 200, JSON.stringify(body));
  return body.files;
};

/** Bytes as a browser gets them; nothing is decoded. */
export const bytesAt = async (
  { vigie }: Pick<Stage, 'vigie'>,
  hand: Hand,
  path: string,
  headers: Record<string, string> = {},
): Promise<{ readonly status: number; readonly headers: Headers; readonly bytes: Buffer }> => {
  const answer = await fetch(`${vigie.url}/api/v1${path}`, { headers: { cookie: hand.cookie, ...headers } });
  return {
    status: answer.status,
    headers: answer.headers,
    bytes: Buffer.from(await answer.arrayBuffer()),
  };
};

export const DOSSIER = defineApp({
  app: 'dossier',
  title: { fr: 'Dossiers', en: 'Folders' },
  noun: { one: { fr: 'dossier', en: 'folder' }, many: { fr: 'dossiers', en: 'folders' } },
  reference: 'D-{seq}',
  keep: '12 months',
  classification: 'internal',
  heading: ['subject'],
  fields: {
    subject: { is: 'text', label: { fr: 'Objet', en: 'Subject' }, required: true, search: true },
    documents: { is: 'files', label: { fr: 'Documents', en: 'Documents' } },
    few: { is: 'files', label: { fr: 'Trois', en: 'Three' }, max: 3 },
    photos: { is: 'files', label: { fr: 'Photos', en: 'Photos' }, accept: ['image/*'] },
    // Only a keeper reveals it.
    secret: { is: 'files', label: { fr: 'Réservé', en: 'Reserved' }, sealed: true },
    // Those who only read do not know that it is there.
    inside: { is: 'files', label: { fr: 'Entre nous', en: 'Among us' } },
  },
  roles: {
    keeper: {
      label: { fr: 'Gardien', en: 'Keeper' },
      sees: 'all',
      reveals: ['secret'],
      edits: 'all',
      opens: true,
      comments: true,
      exports: true,
    },
    reader: {
      label: { fr: 'Lecture', en: 'Reader' },
      sees: 'all',
      hides: ['inside'],
      edits: ['documents'],
      exports: true,
    },
    visitor: {
      label: { fr: 'Visite', en: 'Visitor' },
      sees: 'all',
      hides: ['inside', 'secret'],
      guest: true,
    },
  },
  steps: {
    open: { label: { fr: 'Ouvert', en: 'Open' }, start: true, waits: ['keeper'] },
    filed: { label: { fr: 'Classé', en: 'Filed' }, end: true },
  },
  moves: {
    file: { label: { fr: 'Classer', en: 'File' }, from: 'open', to: 'filed', by: ['keeper'], main: true },
  },
});

/** Its twin for health data, where no link leads. */
export const DOSSIER_SANTE: AppDefinition = {
  ...DOSSIER,
  app: 'dossier-sante',
  reference: 'S-{seq}',
  classification: 'health',
  roles: Object.fromEntries(Object.entries(DOSSIER.roles).filter(([role]) => role !== 'visitor')),
};

/** Folders for Kerlann: Maëlle keeps them all, Yann reads, Gwenn has no part in them, Armelle keeps those of health alone. */
export const withFolders = async (scene: Stage): Promise<void> => {
  const { db, cast, clock, as } = scene;
  for (const app of [DOSSIER, DOSSIER_SANTE]) await install(db, cast.maelle.organisationId, app, clock.now());
  // What another process installed is known within a second.
  await sleep(1100);
  const maelle = await as('maelle', 'strong');
  const both = (role: string) => [
    { app: 'dossier', role, site: null },
    { app: 'dossier-sante', role, site: null },
  ];
  for (const [name, roles] of [
    ['maelle', both('keeper')],
    ['yann', both('reader')],
    ['armelle', both('keeper').slice(1)],
  ] as const) {
    const { status, body } = await maelle.ask('PATCH', `/kerlann/members/${cast[name].id}`, { roles });
    assert.equal(status, 204, JSON.stringify(body));
  }
};

/** Opens a folder. @returns where it is */
export const openFolder = async (
  hand: Hand,
  app: 'dossier' | 'dossier-sante' = 'dossier',
  subject = 'Marché des halles',
): Promise<Place> => {
  const { status, body } = await hand.ask('POST', `/kerlann/${app}/tickets`, { fields: { subject } });
  assert.equal(status, 201, JSON.stringify(body));
  return `/kerlann/${app}/tickets/${body.reference}`;
};
