import { DataStore, ERRORS, Upload as TusUpload } from '@tus/utils';

import { asOrganisation } from '../platform/postgres/index.ts';
import { currentKeys, VaultError } from '../vault/index.ts';
import { checkingOf } from './checksum.ts';
import { finish } from './finish.ts';
import { dropBroken, dropPieces, type Reach, reachOf } from './pieces.ts';
import { ProtocolError } from './protocol-error.ts';
import { receive } from './receive.ts';
import { remove } from './remove.ts';
import { checkDisk, makeRoom } from './room.ts';
import { insertUpload, setLength } from './store.ts';
import type { Tus } from './tus.ts';
import { type AboutUpload, isOver, type Upload, uploadOf } from './upload.ts';

const HOUR = 3_600_000;
/** How long an upload may be gone on with. */
export const KEPT = 72 * HOUR;

/** What the tus server found out of an upload, for the headers of its answer. */
export interface Seen {
  upload: Upload | null;
  /** What it has become. */
  fileId: string | null;
  expiresAt: Date | null;
  thrown: unknown;
}

const PUT_TOGETHER = { status_code: 403, body: 'This upload was put together from its parts.' };

const EXTENSIONS = [
  'creation',
  'creation-with-upload',
  'creation-defer-length',
  'termination',
  'expiration',
  'checksum',
  'concatenation',
];

/** Where the tus library puts bytes: pieces in the staging folder, a row for each upload, a file once all is there. */
export const dataStoreFor = (tus: Tus, request: Request, seen: Seen): DataStore => {
  const { desk, organisationId, by, room } = tus;
  const { vault } = desk;
  const isPart = request.headers.get('upload-concat') === 'partial';

  const found = async (id: string): Promise<Upload> => {
    const upload = await uploadOf(desk, organisationId, by, id);
    if (!upload) throw new ProtocolError(ERRORS.FILE_NOT_FOUND);
    if (isOver(desk, upload, tus.also !== undefined)) throw new ProtocolError(ERRORS.FILE_NO_LONGER_EXISTS);
    seen.upload = upload;
    seen.fileId = upload.row.fileId;
    seen.expiresAt = upload.row.fileId === null ? upload.row.expiresAt : null;
    return upload;
  };

  /** What is whole becomes a file; what the disk has lost is to be sent again. */
  const finished = async (upload: Upload, reach: Reach): Promise<number> => {
    const { row, about, keys } = upload;
    if (about.deferred || row.part || row.fileId !== null)
      return row.fileId === null ? reach.offset : row.length;
    try {
      seen.fileId = await finish(desk, upload, reach, by, tus.also);
    } catch (error) {
      if (!(error instanceof VaultError && error.code === 'corrupt')) throw error;
      await dropBroken(desk, keys, row.id, reach);
      throw new ProtocolError(ERRORS.INVALID_OFFSET);
    }
    if (seen.fileId !== null) seen.expiresAt = null;
    return seen.fileId === null ? reach.offset : row.length;
  };

  const saidLength = (upload: Upload, length: number, about: AboutUpload): Promise<unknown> =>
    asOrganisation(vault.db, organisationId, async (tx) => {
      const { row, keys } = upload;
      await makeRoom(tx, organisationId, room, by, Math.max(0, length - row.length), vault.clock.now());
      await setLength(tx, organisationId, row.id, { length, about: keys.sealAbout(row.id, about) });
    });

  const getUpload: DataStore['getUpload'] = async (id) => {
    const upload = await found(id);
    const { row, about, keys } = upload;
    if (request.method === 'PATCH' && about.concat !== undefined) throw new ProtocolError(PUT_TOGETHER);
    const reach = await reachOf(desk, keys, id);
    let offset: number;
    try {
      offset = await finished(upload, reach);
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      ({ offset } = await reachOf(desk, keys, id));
    }
    const metadata = Object.keys(about.said).length > 0 ? { metadata: about.said } : {};
    const size = about.deferred ? {} : { size: row.length };
    return new TusUpload({ id, offset, ...size, ...metadata, creation_date: new Date(0).toISOString() });
  };

  const store: Partial<DataStore> = {
    extensions: EXTENSIONS,
    // The library asks for one of them by a name of its own.
    hasExtension: (name) => EXTENSIONS.includes(name) || name === 'concatentation',
    // Its clock is not ours: what is over is said by `found`.
    getExpiration: () => 0,

    create: async (file) => {
      const length = file.size ?? 0;
      await checkDisk(desk, length);
      const now = vault.clock.now();
      const keys = await currentKeys(vault, organisationId);
      const about: AboutUpload = { said: file.metadata ?? {}, deferred: file.sizeIsDeferred };
      const row = {
        id: file.id,
        length,
        about: keys.sealAbout(file.id, about),
        keyId: keys.id,
        expiresAt: new Date(now + KEPT),
        createdKind: by.kind,
        createdBy: by.id,
        part: isPart,
        fileId: null,
      };
      await asOrganisation(vault.db, organisationId, async (tx) => {
        await makeRoom(tx, organisationId, room, by, length, now);
        await tus.reserve?.(tx, length);
        await insertUpload(tx, organisationId, row, new Date(now));
      });
      const upload = { row, keys, about, file: null };
      seen.upload = upload;
      seen.expiresAt = row.expiresAt;
      if (length === 0 && !file.sizeIsDeferred) await finished(upload, { offset: 0, stretches: [] });
      return file;
    },

    getUpload,

    declareUploadLength: async (id, length) => {
      const upload = seen.upload ?? (await found(id));
      const about = { ...upload.about, deferred: false };
      await saidLength(upload, length, about);
      seen.upload = { ...upload, about, row: { ...upload.row, length } };
    },

    write: async (stream, id, offset) => {
      const upload = seen.upload ?? (await found(id));
      const { row, keys, about } = upload;
      if (row.fileId !== null) return row.length;
      const checking = checkingOf(request.headers.get('upload-checksum'));
      if (about.deferred)
        await asOrganisation(vault.db, organisationId, (tx) =>
          makeRoom(tx, organisationId, room, by, 0, vault.clock.now()),
        );
      await receive(desk, keys, id, offset, stream, checking);
      const reach = await reachOf(desk, keys, id);
      if (about.deferred) await saidLength(upload, reach.offset, about);
      return finished(upload, reach);
    },

    remove: async (id) => {
      const upload = await found(id);
      // What is in its place already is no longer theirs to take back.
      if (upload.file?.ticketId) throw new ProtocolError(ERRORS.FILE_NO_LONGER_EXISTS);
      await remove(desk, upload);
      await dropPieces(desk, organisationId, id);
    },
  };
  return Object.assign(new DataStore(), store);
};
