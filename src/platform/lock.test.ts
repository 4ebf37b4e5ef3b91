import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { FolderInUse, lockFolder } from './lock.ts';

function folder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'vigie-lock-'));
  t.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

test('a second server on the same folder is refused and told who has it', (t) => {
  const path = folder(t);
  const lock = lockFolder(path);
  assert.throws(
    () => lockFolder(path),
    (error) => error instanceof FolderInUse && error.message.includes(`process ${process.pid}`),
  );
  lock.release();
  lockFolder(path).release();
});

test('a lock ends with its holder, even by kill -9', async (t) => {
  const path = folder(t);
  const code = `import { lockFolder } from ${JSON.stringify(new URL('lock.ts', import.meta.url).href)};
    globalThis.lock = lockFolder(${JSON.stringify(path)}); console.log('held'); setInterval(() => {}, 1000);`;
  const holder = spawn(process.execPath, ['--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.after(() => holder.kill('SIGKILL'));
  await once(holder.stdout, 'data');
  assert.throws(
    () => lockFolder(path),
    (error) => error instanceof FolderInUse && error.message.includes(`process ${holder.pid}`),
  );
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  lockFolder(path).release();
});
