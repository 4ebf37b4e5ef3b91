import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import { openTexter } from './sms.ts';

test('a message goes to the command: its text as it is, the number aside, none of our keys', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-sms-'));
  t.after(() => rmSync(folder, { recursive: true }));
  process.env['VIGIE_MASTER_KEY'] = 'of nobody’s business';
  process.env['SMS_TOKEN'] = 'for the provider';
  t.after(() => {
    delete process.env['VIGIE_MASTER_KEY'];
    delete process.env['SMS_TOKEN'];
  });
  const sent = join(folder, 'sent');
  const texter = openTexter(`{ echo "$SMS_TO $SMS_TOKEN $VIGIE_MASTER_KEY"; cat; } > ${sent}`);
  await texter?.send('+33612345678', 'Votre code : `$(id)` "1234 5678"');
  assert.equal(
    readFileSync(sent, 'utf8'),
    '+33612345678 for the provider \nVotre code : `$(id)` "1234 5678"',
  );
});

test('a command that fails, hangs or does not read is said to, without the number or the text', async () => {
  const failing = (command: string) => async () => openTexter(command, 300)?.send('+33612345678', 'a code');
  for (const command of ['exit 3', 'sleep 60', 'no-such-command'])
    await assert.rejects(failing(command), (error) => {
      assert.ok(error instanceof Error);
      assert.match(error.message, /^The command ended with (?:3|127|a signal, or after its time)\.$/u);
      return true;
    });
  await openTexter('exec <&-; exit 0')?.send('+33612345678', 'x'.repeat(1_000_000));
});

test('without a command there is nobody to carry messages', () => {
  assert.equal(openTexter(undefined), null);
});
