import { chmodSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { createLogger } from '../../src/platform/logging.ts';
import { startEmbedded } from '../../src/platform/postgres/index.ts';

/** How the runner of all tests tells each file where its PostgreSQL is. */
export const CLUSTER_VARIABLE = 'VIGIE_TEST_CLUSTER';

export interface TestCluster {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * A PostgreSQL for tests, in a temporary folder and without fsync. It ends and its folder goes when this
 * process ends, however that happens.
 */
export async function startTestCluster(): Promise<TestCluster> {
  const data = temporaryFolder('vigie-tests-');
  const embedded = await startEmbedded({
    data,
    durable: false,
    throwAway: true,
    log: createLogger('warn'),
    settings: { max_connections: '300', shared_buffers: '256MB', max_wal_size: '4GB' },
  });
  return { url: embedded.url, stop: () => embedded.stop() };
}

/** A new folder that PostgreSQL's user may enter, also when we are root; it goes with the test that it is given to. */
export function temporaryFolder(prefix: string, t?: TestContext): string {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), prefix));
  chmodSync(folder, 0o711);
  t?.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}
