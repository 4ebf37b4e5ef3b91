import { writeSync } from 'node:fs';

import { readConfig } from '../../src/platform/config.ts';
import { createLogger } from '../../src/platform/logging.ts';
import { startVigie } from '../../src/server.ts';

/** A server on somebody else's PostgreSQL, to be killed or refused by the disk: only its own calls are counted. */
const config = readConfig();
const vigie = await startVigie(config, createLogger('silent'));
writeSync(1, `${JSON.stringify({ url: vigie.url, pid: process.pid })}\n`);
