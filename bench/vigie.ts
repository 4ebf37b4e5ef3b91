/**
 * Vigie as it runs in service, in a process of its own: rights, history, search words, jobs, deadlines and pages.
 * Started by run.ts: DATABASE_URL in, `{ port }` out; `{ rss }` and `{ settled }` when asked.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../src/platform/config.ts';
import { createLogger } from '../src/platform/logging.ts';
import { startVigie } from '../src/server.ts';

const config = readConfig({
  PORT: '0',
  HOST: '127.0.0.1',
  VIGIE_DEMO: '0',
  VIGIE_DATA: mkdtempSync(join(tmpdir(), 'vigie-bench-data-')),
  DATABASE_URL: process.env['DATABASE_URL'],
});
const vigie = await startVigie(config, createLogger('warn'));

process.send?.({ port: Number(new URL(vigie.url).port) });
process.on('message', async (asked: 'rss' | 'settled') => {
  if (asked === 'settled') await vigie.settled();
  process.send?.({ rss: process.memoryUsage.rss(), settled: true });
});
process.on('disconnect', async () => {
  await vigie.stop();
  process.exit();
});
