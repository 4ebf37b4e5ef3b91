import { dirname } from 'node:path';

import { defineApp, type AppDefinition } from '../../src/engine/define.ts';
import { arrived } from '../../src/files/index.ts';
import { createOrganisation, type House, openHouses } from '../../src/organisations/index.ts';
import { addMember } from '../../src/people/index.ts';
import { currentKeys, lay, openVaultOf } from '../../src/vault/index.ts';
import { keyFor } from './cast.ts';
import type { Hand, Stage } from './vigie.ts';

/** Files of all kinds, some of a person, who is erased a year after the end. */
export const ALBUM: AppDefinition = defineApp({
  app: 'album',
  title: { fr: 'Albums', en: 'Albums' },
  noun: { one: { fr: 'album', en: 'album' }, many: { fr: 'albums', en: 'albums' } },
  reference: 'B-{seq}',
  keep: '12 months',
  classification: 'internal',
  heading: ['title'],
  fields: {
    title: { is: 'text', label: { fr: 'Titre', en: 'Title' }, required: true },
    who: { is: 'text', label: { fr: 'De qui', en: 'Whose' }, sealed: true },
    files: { is: 'files', label: { fr: 'Fichiers', en: 'Files' }, max: 200 },
    portraits: { is: 'files', label: { fr: 'Portraits', en: 'Portraits' }, sealed: true },
  },
  roles: {
    keeper: {
      label: { fr: 'Gardien', en: 'Keeper' },
      sees: 'all',
      reveals: ['who', 'portraits'],
      edits: 'all',
      opens: true,
      exports: true,
    },
    reader: { label: { fr: 'Lecteur', en: 'Reader' }, sees: 'all' },
  },
  steps: {
    open: { label: { fr: 'Ouvert', en: 'Open' }, start: true },
    closed: { label: { fr: 'Fermé', en: 'Closed' }, end: true },
  },
  moves: { close: { label: { fr: 'Fermer', en: 'Close' }, from: 'open', to: 'closed', by: 'keeper' } },
});

export interface Album {
  readonly house: House;
  readonly recovery: string;
  /** The data folder of the server. */
  readonly data: string;
  /** Who keeps the albums, and who only reads them. */
  readonly keeper: Hand;
  /** The key of the keeper. */
  readonly key: string;
  readonly reader: Hand;
  readonly administratorId: string;
  /** Opens an album. @returns its reference */
  open(fields: Record<string, unknown>): Promise<string>;
  /** Puts a file into a field of it. @returns its id */
  put(reference: string, field: string, path: string, content: string | Uint8Array): Promise<string>;
}

/** An organisation whose vault is open, with its albums. */
export const albumOf = async (scene: Stage): Promise<Album> => {
  const { db, clock, vigie } = scene;
  const { vault } = vigie;
  const now = clock.now();
  const site = {
    slug: 'salle',
    name: 'Salle',
    openingHours: 'Mo-Fr 09:00-18:00',
    timeZone: 'Europe/Paris',
    holidays: 'FR',
  };
  const id = await createOrganisation(
    db,
    { slug: 'armoire', name: 'L’Armoire', locale: 'fr', sites: [site], apps: [ALBUM] },
    now,
  );
  const house = await openHouses(db).byId(id);
  if (!house) throw new Error('The organisation was not made.');
  const administratorId = await addMember(
    db,
    house,
    {
      name: 'Solenn Guivarch',
      email: 'solenn@armoire.example',
      locale: 'fr',
      administrator: true,
      roles: [],
    },
    now,
  );
  const recovery = await openVaultOf(vault, id);
  const keyOf = (role: string) => keyFor(db, id, { app: 'album', role, site: null }, now);
  const key = await keyOf('keeper');
  const keeper = scene.withKey(key);
  const [owner] = await db.owner<{ id: string }[]>`select id from api_key where organisation_id = ${id}`;
  return {
    house,
    recovery: recovery.identity,
    data: dirname(vault.staging),
    keeper,
    key,
    reader: scene.withKey(await keyOf('reader')),
    administratorId,
    open: async (fields) => (await keeper.ask('POST', '/armoire/album/tickets', { fields })).body.reference,
    put: async (reference, field, path, content) => {
      const keys = await currentKeys(vault, id);
      const bytes = (async function* () {
        yield Buffer.from(content as string);
      })();
      const parts = path.split('/');
      const said = { name: parts.pop() ?? '', folder: parts.join('/') };
      const file = await arrived(vault, keys, await lay(vault, keys, bytes), said, {
        kind: 'key',
        id: owner?.id ?? null,
      });
      const put = await keeper.ask('POST', `/armoire/album/tickets/${reference}/files`, {
        field,
        files: [file],
      });
      if (put.status !== 200) throw new Error(`It was not put there: ${JSON.stringify(put.body)}`);
      await vigie.settled();
      return file;
    },
  };
};
