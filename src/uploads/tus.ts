import { Server, type ServerOptions } from '@tus/server';

import { HttpProblem } from '../platform/http/problem.ts';
import { newId, isUuid } from '../platform/ids.ts';
import type { Tx } from '../platform/postgres/index.ts';
import { CHECKSUMS } from './checksum.ts';
import { concatenate } from './concat.ts';
import { dataStoreFor, type Seen } from './data-store.ts';
import type { Desk, Room } from './desk.ts';
import type { Then } from './finish.ts';
import { refusalOf } from './refusals.ts';
import type { Bringer } from './upload.ts';

/** A place where somebody may bring bytes in. */
export interface Tus {
  readonly desk: Desk;
  readonly organisationId: string;
  /** As it stands in addresses, without a slash at the end: `/api/v1/kerlann/uploads`. */
  readonly path: string;
  /** Whoever begins an upload here alone goes on with it, sees it, ends it. */
  readonly by: Bringer;
  readonly room: Room;
  /** What else belongs in the transaction in which a file arrives; where it puts it in its place, that is told as done. */
  readonly also?: Then;
  /** What else must have room for so many bytes, in the transaction that keeps it. @throws HttpProblem when it has not */
  readonly reserve?: (tx: Tx, bytes: number) => Promise<void>;
}

/** Milliseconds that a request has to end in good order when another one for the same upload has come. */
const DRAIN = 500;

const idIn = (url: string): string | undefined => {
  const id = new URL(url).pathname.split('/').at(-1) ?? '';
  return isUuid(id) ? id.toLowerCase() : undefined;
};

/** What the library says to other sites: here, none is let in. */
const withoutForeigners = (headers: Headers): Headers =>
  new Headers([...headers].filter(([name]) => !name.startsWith('access-control-')));

/** What is refused is not heard to its end: who sends it is told not to speak on this line again. */
const hangingUp = (request: Request, refused: Error): Error => {
  if (request.body === null || !(refused instanceof HttpProblem)) return refused;
  const told = new HttpProblem(refused.body, { ...refused.headers, connection: 'close' });
  told.cause = refused.cause;
  return told;
};

/**
 * Answers one request of the tus protocol, version 1.0 (https://tus.io/protocols/resumable-upload). Bodies are written
 * as they come, never gathered.
 * @returns with `Vigie-File` once the upload has become a file
 * @throws HttpProblem
 */
export const answerTus = async (tus: Tus, request: Request): Promise<Response> => {
  // The library would call another version malformed.
  if (request.method !== 'OPTIONS' && request.headers.get('tus-resumable') !== '1.0.0')
    throw refusalOf(412, null, 0);
  const seen: Seen = { upload: null, fileId: null, expiresAt: null, thrown: null };
  const concat = request.headers.get('upload-concat');
  const options: ServerOptions & { readonly datastore: ReturnType<typeof dataStoreFor> } = {
    path: tus.path,
    datastore: dataStoreFor(tus, request, seen),
    locker: tus.desk.locker,
    lockDrainTimeout: DRAIN,
    maxSize: tus.room.largest,
    relativeLocation: true,
    namingFunction: () => newId(tus.desk.vault.clock.now()),
    getFileIdFromRequest: ({ url }) => idIn(url),
    onResponseError: (_request, error) => {
      seen.thrown = error;
      return { status_code: 'status_code' in error ? error.status_code : 500, body: '' };
    },
  };
  if (request.method === 'POST' && concat?.startsWith('final')) return concatenate(tus, request, concat);
  const answered = await new Server(options).handleWeb(request);
  if (answered.status >= 400)
    throw hangingUp(request, refusalOf(answered.status, seen.thrown, tus.room.largest));
  const headers = withoutForeigners(answered.headers);
  const { upload } = seen;
  if (request.method === 'OPTIONS') headers.set('tus-checksum-algorithm', CHECKSUMS);
  if (seen.fileId !== null) headers.set('vigie-file', seen.fileId);
  if (seen.expiresAt !== null && request.method !== 'DELETE')
    headers.set('upload-expires', seen.expiresAt.toUTCString());
  if (request.method === 'HEAD' && upload) {
    if (upload.row.part) headers.set('upload-concat', 'partial');
    else if (upload.about.concat !== undefined) headers.set('upload-concat', upload.about.concat);
  }
  return new Response(answered.body, { status: answered.status, headers });
};
