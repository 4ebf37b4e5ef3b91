/**
 * What tus-js-client tests against a real server (test/spec/test-end-to-end.js and test-end-to-end-node.js of
 * https://github.com/tus/tus-js-client, 4.3.1 and main), against this one; the address apart, and that the content is
 * read where files are kept: an upload shows what it became, not its bytes.
 */
import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { before, test, type TestContext } from 'node:test';

import { type DetailedError, type HttpResponse, Upload, type UploadOptions } from 'tus-js-client';

import { filesById } from '../../src/files/index.ts';
import { asOrganisation } from '../../src/platform/postgres/index.ts';
import { openBlob } from '../../src/vault/index.ts';
import { keyFor } from '../harness/cast.ts';
import { stage, type Stage } from '../harness/vigie.ts';

const SIZE = 50 * 1024 * 1024;
const CHUNK = 20 * 1024 * 1024;
const metadata = {
  nonlatin: 'słońce',
  number: '100',
  filename: 'large-file.txt',
  filetype: 'text/plain',
};

let large: Buffer;
before(() => (large = Buffer.alloc(SIZE, 'abcdefghij')));

interface Client {
  readonly set: Stage;
  readonly headers: Record<string, string>;
  readonly endpoint: string;
}

const clientOf = async (t: TestContext): Promise<Client> => {
  const set = await stage(t, { vault: true });
  const { organisationId } = set.cast.maelle;
  const key = await keyFor(
    set.db,
    organisationId,
    { app: 'voirie', role: 'clerk', site: null },
    set.clock.now(),
  );
  return {
    set,
    headers: { authorization: `Bearer ${key}` },
    endpoint: `${set.vigie.url}/api/v1/kerlann/uploads`,
  };
};

interface Sent {
  readonly upload: Upload;
  readonly last: HttpResponse;
}

const send = (
  { endpoint, headers }: Client,
  file: Buffer | Readable,
  options: Partial<UploadOptions> = {},
): Promise<Sent> =>
  new Promise((resolve, reject) => {
    const upload = new Upload(file as never, {
      endpoint,
      headers,
      metadata,
      ...options,
      onSuccess: ({ lastResponse }) => resolve({ upload, last: lastResponse }),
      onError: (error: Error | DetailedError) => reject(error),
    });
    upload.start();
  });

const validateUploadContent = async ({ set }: Client, { last }: Sent, original: Buffer): Promise<void> => {
  const { organisationId } = set.cast.maelle;
  const id = last.getHeader('Vigie-File') ?? '';
  const [file] = await asOrganisation(set.vigie.db, organisationId, (tx) =>
    filesById(tx, organisationId, [id]),
  );
  assert.ok(file);
  const { size, read } = await openBlob(set.vigie.vault, organisationId, file.blobId);
  assert.equal(size, original.length);
  assert.ok(Buffer.concat(await Array.fromAsync(read(0, size))).equals(original));
};

const validateUploadMetadata = async (
  { headers }: Client,
  { upload }: Sent,
  expected: number,
): Promise<void> => {
  const res = await fetch(upload.url ?? '', {
    method: 'HEAD',
    headers: { ...headers, 'Tus-Resumable': '1.0.0' },
  });
  assert.equal(res.status, 200);
  assert.equal(res.headers.get('tus-resumable'), '1.0.0');
  assert.equal(res.headers.get('upload-offset'), String(expected));
  assert.equal(res.headers.get('upload-length'), String(expected));
  assert.deepEqual(
    res.headers.get('upload-metadata')?.split(',').toSorted(),
    [
      'filename bGFyZ2UtZmlsZS50eHQ=',
      'filetype dGV4dC9wbGFpbg==',
      'nonlatin c8WCb8WEY2U=',
      'number MTAw',
    ].toSorted(),
  );
  assert.equal(await res.text(), '');
};

const validateUploadDeletion = async ({ headers }: Client, { upload }: Sent): Promise<void> => {
  assert.equal((await fetch(upload.url ?? '', { headers })).status, 404);
};

test('should upload to a real tus server', async (t) => {
  const client = await clientOf(t);
  const sent = await send(client, large);
  assert.ok(sent.upload.url?.startsWith(`${client.endpoint}/`));
  await validateUploadContent(client, sent, large);
  await validateUploadMetadata(client, sent, SIZE);
  await sent.upload.abort(true);
  await validateUploadDeletion(client, sent);
});

test('should upload to a real tus server with creation-with-upload', async (t) => {
  const client = await clientOf(t);
  const sent = await send(client, large, { uploadDataDuringCreation: true });
  await validateUploadContent(client, sent, large);
});

test('should upload a streamed 50 MB file to a real tus server', async (t) => {
  const client = await clientOf(t);
  const pieces = Readable.from(
    Array.from({ length: 50 }, (_, at) => large.subarray(at << 20, (at + 1) << 20)),
  );
  const sent = await send(client, pieces, { chunkSize: CHUNK, uploadLengthDeferred: true });
  await validateUploadContent(client, sent, large);
  await validateUploadMetadata(client, sent, SIZE);
  await sent.upload.abort(true);
  await validateUploadDeletion(client, sent);
});

test('should upload a 50 MiB file from Node.js ReadableStream to a real tus server', async (t) => {
  const client = await clientOf(t);
  const pieces = Readable.from(
    Array.from({ length: 50 }, (_, at) => large.subarray(at << 20, (at + 1) << 20)),
  );
  const sent = await send(client, pieces, { chunkSize: CHUNK, uploadSize: SIZE });
  await validateUploadContent(client, sent, large);
  await validateUploadMetadata(client, sent, SIZE);
  await sent.upload.abort(true);
  await validateUploadDeletion(client, sent);
});

test('should upload in parallel, and put the parts together', async (t) => {
  const client = await clientOf(t);
  const sent = await send(client, large, { parallelUploads: 3 });
  await validateUploadContent(client, sent, large);
});

test('should go on after it was paused', async (t) => {
  const client = await clientOf(t);
  const sent = await new Promise<Sent>((resolve, reject) => {
    let paused = false;
    const upload = new Upload(large as never, {
      endpoint: client.endpoint,
      headers: client.headers,
      metadata,
      chunkSize: 5 * 1024 * 1024,
      onChunkComplete: (_size, sofar) => {
        if (paused || sofar < SIZE / 3) return;
        paused = true;
        void upload.abort().then(() => upload.start());
      },
      onSuccess: ({ lastResponse }) => resolve({ upload, last: lastResponse }),
      onError: reject,
    });
    upload.start();
  });
  await validateUploadContent(client, sent, large);
});
