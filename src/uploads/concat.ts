import { Metadata } from '@tus/utils';

import { arrived } from '../files/index.ts';
import { HttpProblem, problem } from '../platform/http/problem.ts';
import { isUuid, newId } from '../platform/ids.ts';
import { asOrganisation } from '../platform/postgres/index.ts';
import { currentKeys, lay } from '../vault/index.ts';
import { KEPT } from './data-store.ts';
import { nameOf } from './names.ts';
import { bytesOf, dropPieces, reachOf } from './pieces.ts';
import { refusalOf } from './refusals.ts';
import { tooLarge } from './room.ts';
import { insertUpload, setArrived } from './store.ts';
import type { Tus } from './tus.ts';
import { type AboutUpload, isOver, type Upload, uploadOf } from './upload.ts';

/** Parts of one file: more than any client makes. */
const MOST = 100;

const malformed = (detail: string): HttpProblem =>
  new HttpProblem(problem(400, 'malformed', detail), { 'tus-resumable': '1.0.0' });

/** The parts that are named: addresses of this very place, in whatever form. */
const namedIn = ({ path }: Tus, url: string, concat: string): readonly string[] => {
  const addresses = concat
    .slice('final;'.length)
    .split(' ')
    .filter((one) => one !== '');
  if (addresses.length === 0 || addresses.length > MOST) throw malformed('Upload-Concat');
  return addresses.map((address) => {
    const pathname = URL.canParse(address, url) ? new URL(address, url).pathname : '';
    const id = pathname.slice(path.length + 1).toLowerCase();
    if (!pathname.startsWith(`${path}/`) || !isUuid(id)) throw refusalOf(404, null, 0);
    return id;
  });
};

const saidIn = (request: Request): AboutUpload['said'] => {
  const metadata = request.headers.get('upload-metadata');
  if (metadata === null) return {};
  try {
    return Metadata.parse(metadata);
  } catch {
    throw malformed('Upload-Metadata');
  }
};

/** All of them theirs, whole, and parts. */
const partsOf = async (tus: Tus, ids: readonly string[]): Promise<readonly Upload[]> => {
  const parts: Upload[] = [];
  for (const id of new Set(ids)) {
    const part = await uploadOf(tus.desk, tus.organisationId, tus.by, id);
    if (!part?.row.part) throw refusalOf(404, null, 0);
    if (isOver(tus.desk, part)) throw refusalOf(410, null, 0);
    parts.push(part);
  }
  return ids.flatMap((id) => parts.filter(({ row }) => row.id === id));
};

async function* all(tus: Tus, parts: readonly Upload[]): AsyncGenerator<Uint8Array> {
  for (const { row, keys } of parts)
    yield* bytesOf(tus.desk, keys, row.id, await reachOf(tus.desk, keys, row.id));
}

/** What it became, when the same parts were put together before and the answer was lost. */
const doneBefore = (parts: readonly Upload[]): string | null => {
  const [first] = parts;
  const fileId = first?.row.fileId ?? null;
  return fileId !== null && parts.every(({ row }) => row.fileId === fileId) ? fileId : null;
};

const mustBeWhole = async ({ desk }: Tus, parts: readonly Upload[]): Promise<void> => {
  for (const { row, keys, about } of parts) {
    const { offset } = await reachOf(desk, keys, row.id);
    if (row.fileId !== null || about.deferred || offset !== row.length)
      throw new HttpProblem(
        problem(
          409,
          'part_unfinished',
          'Une des parties n’est pas arrivée en entier. / One of the parts has not arrived whole.',
        ),
        { 'tus-resumable': '1.0.0' },
      );
  }
};

/**
 * Puts parts together: read, and sealed again as one. The same again gives the same file.
 * @throws HttpProblem
 */
const put = async (tus: Tus, request: Request, concat: string): Promise<Response> => {
  const { desk, organisationId, by, path } = tus;
  const { vault } = desk;
  const parts = await partsOf(tus, namedIn(tus, request.url, concat));
  const length = parts.reduce((sum, { row }) => sum + row.length, 0);
  if (length > tus.room.largest) throw tooLarge(tus.room.largest);
  const about: AboutUpload = { said: saidIn(request), deferred: false, concat };
  const now = vault.clock.now();
  const keys = await currentKeys(vault, organisationId);
  const id = newId(now);
  const row = (fileId: string) => ({
    id,
    length,
    about: keys.sealAbout(id, about),
    keyId: keys.id,
    expiresAt: new Date(now + KEPT),
    createdKind: by.kind,
    createdBy: by.id,
    part: false,
    fileId,
  });
  let fileId = doneBefore(parts);
  if (fileId !== null) {
    const known = fileId;
    await asOrganisation(vault.db, organisationId, (tx) =>
      insertUpload(tx, organisationId, row(known), new Date(now)),
    );
  } else {
    await mustBeWhole(tus, parts);
    const laid = await lay(vault, keys, all(tus, parts));
    const ids = [...new Set(parts.map((part) => part.row.id))];
    fileId = await arrived(vault, keys, laid, nameOf(about.said), by, async (tx, arrivedId) => {
      // Somebody who was first has made another file of them.
      if ((await setArrived(tx, organisationId, ids, arrivedId)) !== ids.length)
        throw refusalOf(423, null, 0);
      await insertUpload(tx, organisationId, row(arrivedId), new Date(now));
      await tus.also?.(tx, arrivedId);
    });
    for (const one of ids) await dropPieces(desk, organisationId, one).catch(() => {});
    desk.arrived(organisationId);
  }
  const headers = { 'tus-resumable': '1.0.0', location: `${path}/${id}`, 'vigie-file': fileId };
  return new Response(null, { status: 201, headers });
};

/** One at a time for the same parts. */
export const concatenate = async (tus: Tus, request: Request, concat: string): Promise<Response> => {
  const lock = tus.desk.locker.newLock(`concat ${namedIn(tus, request.url, concat)[0] ?? ''}`);
  try {
    await lock.lock(request.signal, () => {});
  } catch {
    throw refusalOf(423, null, 0);
  }
  try {
    return await put(tus, request, concat);
  } catch (error) {
    if (error instanceof HttpProblem) throw error;
    throw refusalOf(500, error, tus.room.largest);
  } finally {
    await lock.unlock();
  }
};
