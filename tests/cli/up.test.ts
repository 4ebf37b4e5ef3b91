import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '../harness/cluster.ts';
import { testDatabase } from '../harness/database.ts';
import { run } from './run.ts';

const VIGIE = fileURLToPath(new URL('../../src/cli/vigie.ts', import.meta.url));

test('the server starts, says where it is, lets commands work beside it, and ends when told', async (t) => {
  const db = await testDatabase(t);
  const environment = {
    DATABASE_URL: db.url,
    VIGIE_DATA: join(temporaryFolder('vigie-up-', t), 'data'),
    VIGIE_DEMO: '0',
    PORT: '0',
  };
  const server = spawn(process.execPath, [VIGIE, 'up'], {
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.after(() => server.kill('SIGKILL'));
  const lines = createInterface({ input: server.stdout });
  const [ready] = (await once(lines, 'line')) as [string];
  assert.match(ready, /^Vigie is ready at http:\/\/localhost:\d+$/u);
  const url = ready.slice('Vigie is ready at '.length);
  assert.equal((await fetch(`${url}/healthz`)).status, 200);

  const made = await run(
    ['key', 'create', '--organisation', 'maison', '--app', 'voirie', '--role', 'clerk'],
    environment,
  );
  assert.equal(made.exit, 0, made.err);
  const late = await run(['ticket', 'late'], { VIGIE_URL: `${url}/maison`, VIGIE_KEY: made.out.trim() });
  assert.deepEqual([late.exit, late.out], [0, 'Nothing is late.\n']);
  const doctor = await run(['doctor', '--json'], environment);
  assert.deepEqual(
    (JSON.parse(doctor.out) as { findings: { check: string; state: string }[] }).findings.filter(
      ({ state }) => state === 'problem',
    ),
    [],
  );

  const ended = once(server, 'exit');
  server.kill('SIGTERM');
  assert.deepEqual(await ended, [0, null]);
});

test('a port that is taken is said, with what to do', async (t) => {
  const db = await testDatabase(t);
  const taken = createServer().listen(0, 'localhost');
  await once(taken, 'listening');
  t.after(() => taken.close());
  const { port } = taken.address() as AddressInfo;
  const { exit, err } = await run(['up'], {
    DATABASE_URL: db.url,
    VIGIE_DATA: temporaryFolder('vigie-up-', t),
    PORT: String(port),
    LOG_LEVEL: 'silent',
  });
  assert.equal(exit, 1);
  assert.match(err, new RegExp(`Port ${port} is taken`, 'u'));
});
