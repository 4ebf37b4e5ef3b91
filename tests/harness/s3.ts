import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { AwsClient } from 'aws4fetch';
import type { BucketPlace } from '../../src/platform/vault-place.ts';
import { temporaryFolder } from './cluster.ts';

const PYTHON = '/usr/bin/python3';
const PARTS = ['proxy', 'account', 'container', 'object'];
const PATIENCE = 60_000;

/** Why there is no S3 store to test with, if there is none. */
export const cannotStore = PARTS.every((part) => existsSync(`/usr/bin/swift-${part}-server`))
  ? false
  : 'Debian’s swift-proxy, swift-account, swift-container and swift-object are not installed';

export interface S3Store {
  /** A new, empty bucket. */
  bucket(name: string): Promise<BucketPlace>;
  /** How many bytes a bucket takes, from now on. */
  quota(place: BucketPlace, bytes: number): Promise<void>;
  /** Asks the store in one's own words, signed. */
  ask(place: BucketPlace, path: string, init?: RequestInit): Promise<Response>;
}

/** OpenStack Swift with its S3 face: one process of this test's own, in a temporary folder, on loopback. */
export const startS3 = async (t: Pick<TestContext, 'after'>): Promise<S3Store> => {
  const folder = temporaryFolder('vigie-s3-');
  const keyId = 'vigie:tests';
  const secret = 'a-secret-of-tests';
  const child = spawn(PYTHON, [join(import.meta.dirname, 's3.py'), folder, keyId, secret], {
    // It ends when our end of its input does, so a test that is killed leaves nothing behind.
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  t.after(async () => {
    child.kill('SIGKILL');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  });
  const port = await Promise.race([
    once(createInterface(child.stdout), 'line').then(([line]) => String(line).replace('ready ', '')),
    ended.then(() => Promise.reject(new Error('Swift did not start.'))),
    sleep(PATIENCE, undefined, { ref: false }).then(() => Promise.reject(new Error('Swift says nothing.'))),
  ]);
  const endpoint = `http://127.0.0.1:${port}`;
  const client = new AwsClient({ accessKeyId: keyId, secretAccessKey: secret, service: 's3', retries: 0 });
  const ask: S3Store['ask'] = ({ bucket }, path, init) =>
    client.fetch(`${endpoint}/${bucket}${path}`, { ...init, aws: { region: 'us-east-1' } });
  return {
    ask,
    bucket: async (bucket) => {
      const place: BucketPlace = {
        kind: 's3',
        bucket,
        prefix: 'blobs/',
        endpoint,
        region: 'us-east-1',
        keyId,
        secret,
      };
      const made = await ask(place, '', { method: 'PUT' });
      if (!made.ok) throw new Error(`Swift makes no bucket: ${made.status} ${await made.text()}`);
      return place;
    },
    quota: async ({ bucket }, bytes) => {
      // Quotas are no business of S3's: they are set by Swift's own face, whose tokens the same key gives.
      const entry = await fetch(`${endpoint}/auth/v1.0`, {
        headers: { 'x-auth-user': keyId, 'x-auth-key': secret },
      });
      const set = await fetch(`${endpoint}/v1/AUTH_vigie/${bucket}`, {
        method: 'POST',
        headers: {
          'x-auth-token': entry.headers.get('x-auth-token') ?? '',
          'x-container-meta-quota-bytes': String(bytes),
        },
      });
      if (!set.ok) throw new Error(`Swift sets no quota: ${set.status} ${await set.text()}`);
    },
  };
};
