import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, test, type TestContext } from 'node:test';

import { testClock } from '../../src/platform/clock.ts';
import { readConfig } from '../../src/platform/config.ts';
import { createLogger } from '../../src/platform/logging.ts';
import { startVigie, type Vigie } from '../../src/server.ts';
import { newIdentity } from '../../src/vault/age/index.ts';
import { collect, openBlob, openVaultOf, sweep } from '../../src/vault/index.ts';
import { keyFor, setStage } from '../harness/cast.ts';
import { filesBelow } from '../harness/canaries.ts';
import { temporaryFolder } from '../harness/cluster.ts';
import { testDatabase, type TestDatabase } from '../harness/database.ts';
import { cannotTrace, straced } from '../harness/strace.ts';
import { type TusHand, tusOf } from '../harness/tus.ts';

const DAY = 86_400_000;
const PIECE = 150_000;
const content = randomBytes(3 * PIECE);
const quiet = createLogger('silent');

interface House {
  readonly db: TestDatabase;
  readonly data: string;
  readonly organisationId: string;
  /** A server in this process, after whatever happened to the others. */
  inHere(): Promise<Vigie>;
  /** A server in a process of its own, whose calls fail, or which dies, where `inject` says so. */
  apart(call: string, inject: string): Promise<Apart>;
  handAt(url: string): TusHand;
}

interface Apart {
  /** `null`: it did not come as far as to listen. */
  readonly url: string | null;
  /** Ends it, unless it is dead. */
  end(): Promise<void>;
}

const house = async (t: TestContext): Promise<House> => {
  const db = await testDatabase(t);
  const data = temporaryFolder('vigie-killed-', t);
  const { maelle } = await setStage(db, Date.now());
  const { organisationId } = maelle;
  const { identity } = await newIdentity();
  const environment = {
    PORT: '0',
    VIGIE_DEMO: '0',
    VIGIE_DATA: data,
    DATABASE_URL: db.url,
    VIGIE_LIMITS: 'off',
    VIGIE_MASTER_KEY: identity,
  };
  const key = await keyFor(db, organisationId, { app: 'voirie', role: 'clerk', site: null }, Date.now());
  const inHere = (): Promise<Vigie> => startVigie(readConfig(environment), quiet);
  const first = await inHere();
  await openVaultOf(first.vault, organisationId);
  await first.stop();
  return {
    db,
    data,
    organisationId,
    inHere,
    apart: async (call, inject) => {
      const log = join(temporaryFolder('vigie-calls-', t), 'calls');
      const command = ['env', ...Object.entries(environment).map(([name, value]) => `${name}=${value}`)];
      const server = [process.execPath, join(import.meta.dirname, 'vault-server.ts')];
      const child = straced(log, { calls: call, inject }, [...command, ...server]);
      const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
      const said = createInterface(child.stdout)[Symbol.asyncIterator]();
      const line = await said.next();
      const ready = line.done === true ? null : (JSON.parse(line.value) as { url: string; pid: number });
      return {
        url: ready?.url ?? null,
        end: async () => {
          try {
            if (ready && child.exitCode === null && child.signalCode === null)
              process.kill(ready.pid, 'SIGKILL');
          } catch {}
          await ended;
        },
      };
    },
    handAt: (url) => tusOf({ vigie: { url } }, 'kerlann', { authorization: `Bearer ${key}` }),
  };
};

/** Sends what is missing, as far as somebody answers. */
const send = async (tus: TusHand, path: string, from: number) => {
  let acknowledged = from;
  let file: string | null = null;
  while (acknowledged < content.length) {
    const told = await tus
      .piece(path, acknowledged, content.subarray(acknowledged, acknowledged + PIECE))
      .catch(() => null);
    if (told?.status !== 204) return { acknowledged, file, refused: told };
    acknowledged = Number(told.headers.get('upload-offset'));
    file = told.headers.get('vigie-file');
  }
  return { acknowledged, file, refused: null };
};

/** The bytes of a file as the vault opens them. */
const bytesOf = async ({ vault }: Vigie, { db, organisationId }: House, file: string): Promise<Buffer> => {
  const [row] = await db.owner<{ blob: string }[]>`select blob_id as blob from file where id = ${file}`;
  assert.ok(row, 'what was acknowledged has its row');
  const { size, read } = await openBlob(vault, organisationId, row.blob);
  return Buffer.concat(await Array.fromAsync(read(0, size)));
};

/** Days later: nothing lies on the shelf that no row names, and no row names what is not there. */
const nothingLeft = async ({ vault }: Vigie, { db, data, organisationId }: House): Promise<void> => {
  const old = (Date.now() - 3 * DAY) / 1000;
  for (const path of filesBelow(join(data, 'vault'))) utimesSync(path, old, old);
  const later = { ...vault, clock: testClock(new Date().toISOString()) };
  await collect(later, organisationId);
  await sweep(later, organisationId);
  const named = await db.owner<{ name: string }[]>`select name from blob`;
  const shelved = (await Array.fromAsync(vault.shelf.list(''))).map(({ name }) => name);
  assert.deepEqual(
    shelved.filter((name) => /\/[0-9a-f]{2}\//u.test(name)),
    named.map(({ name }) => name).toSorted(),
  );
};

describe('an upload through a server', { skip: cannotTrace }, () => {
  for (const call of ['fsync', 'rename'])
    test(`that is killed at any ${call}: what was acknowledged is there, the rest is sent again, and nothing is left over`, async (t) => {
      const here = await house(t);
      let deaths = 0;
      for (let nth = 1, finished = false; !finished; nth += 1) {
        assert.ok(nth < 60);
        const server = await here.apart(call, `${call}:signal=SIGKILL:when=${nth}`);
        if (server.url === null) {
          await server.end();
          continue;
        }
        const tus = here.handAt(server.url);
        const path = await tus.begin(content.length, { filename: 'plan.bin' }).catch(() => null);
        const sent = path === null ? null : await send(tus, path, 0);
        finished = sent?.file != null;
        if (!finished) deaths += 1;
        await server.end();
        const vigie = await here.inHere();
        try {
          if (path !== null && sent) {
            const again = here.handAt(vigie.url);
            const offset = await again.offset(path);
            assert.ok(offset >= sent.acknowledged, `${nth}: ${offset} of ${sent.acknowledged}`);
            const { file } = await send(again, path, offset);
            const made = file ?? (await again.head(path)).headers.get('vigie-file');
            assert.ok(made !== null, `${nth}: it became no file`);
            if (sent.file !== null) assert.equal(made, sent.file);
            assert.ok((await bytesOf(vigie, here, made)).equals(content), String(nth));
          }
          await nothingLeft(vigie, here);
        } finally {
          await vigie.stop();
        }
      }
      t.diagnostic(`killed ${deaths} times`);
      assert.ok(deaths >= (call === 'fsync' ? 6 : 1), String(deaths));
      const staging = join(here.data, 'staging', here.organisationId);
      // What was begun and never answered is of an upload that expires, and goes with it.
      const known = new Set(
        (await here.db.owner<{ id: string }[]>`select id from upload`).map(({ id }) => id),
      );
      for (const id of existsSync(staging) ? readdirSync(staging) : []) assert.ok(known.has(id), id);
    });

  for (const error of ['ENOSPC', 'EIO'])
    test(`whose disk says ${error} at any fsync: it says so, lives, and takes the rest`, async (t) => {
      const here = await house(t);
      const told = new Set<number>();
      for (let nth = 1, refused = true; refused; nth += 1) {
        assert.ok(nth < 60);
        const server = await here.apart('fsync', `fsync:error=${error}:when=${nth}`);
        if (server.url === null) {
          await server.end();
          continue;
        }
        const tus = here.handAt(server.url);
        let path: string | null = null;
        try {
          path = await tus.begin(content.length, { filename: 'plan.bin' });
        } catch (problem) {
          assert.match(String(problem), /50[0-9]/u);
        }
        refused = path === null;
        if (path !== null) {
          const first = await send(tus, path, 0);
          if (first.refused) told.add(first.refused.status);
          refused = first.refused !== null;
          if (refused) assert.match(first.refused?.body ?? '', /storage|full|room|place|disk|disque|vault/iu);
          // The same server goes on.
          const offset = await tus.offset(path);
          assert.ok(offset >= first.acknowledged);
          const { file } = await send(tus, path, offset);
          const made = file ?? first.file ?? (await tus.head(path)).headers.get('vigie-file');
          assert.ok(made !== null, `${nth}: it became no file`);
        }
        await server.end();
      }
      t.diagnostic(`said ${[...told].join(', ')}`);
      assert.ok(told.size > 0);
      for (const status of told) assert.ok([503, 507].includes(status), String(status));
      const vigie = await here.inHere();
      try {
        const files = await here.db.owner<{ id: string }[]>`select id from file`;
        for (const { id } of files) assert.ok((await bytesOf(vigie, here, id)).equals(content));
        await nothingLeft(vigie, here);
      } finally {
        await vigie.stop();
      }
    });
});
