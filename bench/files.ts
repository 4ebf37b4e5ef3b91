/**
 * Vigie as it runs in service, with a vault and one large file in a ticket; and beside it, in the same process, a route
 * that gives and takes the same bytes in clear. Started by vault.ts: DATABASE_URL and BENCH_BYTES in, where things are out.
 */
import { randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream, mkdtempSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import voirie from '../apps/voirie/app.ts';
import { arrived } from '../src/files/index.ts';
import { createOrganisation, openHouses } from '../src/organisations/index.ts';
import { createKey } from '../src/people/index.ts';
import { readConfig } from '../src/platform/config.ts';
import { give } from '../src/platform/http/give.ts';
import { createLogger } from '../src/platform/logging.ts';
import { asOrganisation } from '../src/platform/postgres/index.ts';
import { startVigie } from '../src/server.ts';
import { currentKeys, lay, openBlob, openVaultOf } from '../src/vault/index.ts';

const MiB = 1024 * 1024;
const bytes = Number(process.env['BENCH_BYTES']);
const data = mkdtempSync(join(tmpdir(), 'vigie-bench-files-'));
const plain = join(data, 'plain');
const config = readConfig({
  PORT: '0',
  HOST: '127.0.0.1',
  VIGIE_DEMO: '0',
  VIGIE_LIMITS: 'off',
  VIGIE_DATA: data,
  DATABASE_URL: process.env['DATABASE_URL'],
});
const vigie = await startVigie(config, createLogger('warn'));
const site = {
  slug: 'mairie',
  name: 'Mairie',
  openingHours: '24/7',
  timeZone: 'Europe/Paris',
  holidays: 'FR',
};
const now = Date.now();
const organisation = {
  slug: 'kerlann',
  name: 'Kerlann',
  locale: 'fr' as const,
  sites: [site],
  apps: [voirie],
};
const organisationId = await createOrganisation(vigie.db, organisation, now);
const house = await openHouses(vigie.db).byId(organisationId);
if (!house) throw new Error('The commune was not made.');
await openVaultOf(vigie.vault, organisationId);
const { id, key } = await createKey(
  vigie.db,
  house,
  { app: 'voirie', role: 'clerk', site: null, name: 'bench', expires: null },
  now,
);

/** Brings so many bytes, as they are in the plain file too, and says where they are. */
const brought = async (length: number): Promise<{ readonly path: string; readonly blob: string }> => {
  const file = await open(plain, 'w');
  const keys = await currentKeys(vigie.vault, organisationId);
  const laid = await lay(
    vigie.vault,
    keys,
    (async function* () {
      for (let at = 0; at < length; at += MiB) {
        const piece = randomBytes(Math.min(MiB, length - at));
        await file.write(piece);
        yield piece;
      }
    })(),
  );
  await file.sync();
  await file.close();
  const name = { name: 'film.bin', folder: '' };
  const loose = await arrived(vigie.vault, keys, laid, name, { kind: 'key', id });
  const opened = await fetch(`${vigie.url}/api/v1/kerlann/voirie/tickets`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      fields: { kind: 'pothole', place: { lat: 47, lng: -2 }, photos: [{ id: loose }] },
    }),
  });
  if (!opened.ok) throw new Error(`No ticket: ${opened.status} ${await opened.text()}`);
  const { reference } = (await opened.json()) as { reference: string };
  // What it is has no part in what it costs to give it.
  const blob = await asOrganisation(vigie.db, organisationId, async (tx) => {
    const [row] = await tx<{ blob: string }[]>`
      update file set state = 'kept', reason = null, look_at = null where organisation_id = ${organisationId} and id = ${loose}
      returning blob_id as blob`;
    return row?.blob ?? '';
  });
  return { path: `/api/v1/kerlann/voirie/tickets/${reference}/files/${loose}/content`, blob };
};

const thin = new Hono()
  .get('/plain', async (c) => {
    const size = await open(plain).then(async (file) => {
      const { size: length } = await file.stat();
      await file.close();
      return length;
    });
    const read = (from: number, to: number) =>
      createReadStream(plain, {
        start: from,
        end: to - 1,
        highWaterMark: 256 * 1024,
      }) as AsyncIterable<Uint8Array>;
    return give(c, { name: 'film.bin', type: 'application/octet-stream', size, tag: 'plain', read });
  })
  .put('/plain', async (c) => {
    const path = join(data, 'taken');
    const body = c.req.raw.body;
    if (body) await pipeline(Readable.fromWeb(body as never), createWriteStream(path, { flush: true }));
    await rm(path);
    return c.body(null, 204);
  });
const server = serve({ fetch: thin.fetch, port: 0, hostname: '127.0.0.1' });
await new Promise((resolve) => server.once('listening', resolve));

/** Milliseconds that so many random pieces of 64 KiB take, of the blob and of the plain file. */
const ranges = async (blob: string, size: number, count: number) => {
  const piece = 64 * 1024;
  const places = Array.from({ length: count }, () => Math.floor(Math.random() * (size - piece)));
  const timed = async (work: (at: number) => Promise<unknown>): Promise<number> => {
    const start = performance.now();
    for (const at of places) await work(at);
    return performance.now() - start;
  };
  const { read } = await openBlob(vigie.vault, organisationId, blob);
  const ofBlob = await timed(async (at) => {
    for await (const _ of read(at, at + piece));
  });
  const ofPlain = await timed(async (at) => {
    const file = await open(plain);
    await file.read(Buffer.alloc(piece), 0, piece, at);
    await file.close();
  });
  return { ofBlob, ofPlain };
};

const first = await brought(bytes);
process.send?.({
  port: vigie.port,
  thin: (server.address() as AddressInfo).port,
  key,
  plain,
  ...first,
});
process.on('message', async (asked: 'use' | 'settled' | 'ranges' | { readonly bring: number }) => {
  if (typeof asked === 'object') process.send?.(await brought(asked.bring));
  else if (asked === 'ranges') process.send?.(await ranges(first.blob, bytes, 400));
  else if (asked === 'settled') process.send?.(await vigie.settled().then(() => ({})));
  else process.send?.({ rss: process.memoryUsage.rss(), cpu: process.cpuUsage() });
});
process.on('disconnect', async () => {
  await vigie.stop();
  await rm(data, { recursive: true, force: true });
  process.exit();
});
