import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLogger } from './logging.ts';

test('passwords, cookies and personal data do not reach the log', () => {
  let written = '';
  const log = createLogger('info', { write: (line) => void (written += line) });
  log.info(
    {
      request: { headers: { authorization: 'Bearer K', cookie: 'C', 'set-cookie': 'S' } },
      email: 'ada@example.org',
    },
    'asked',
  );
  log.info({ member: { phone: '0600000000', name: 'kept' }, token: 'T' }, 'signed in');
  log.debug('too quiet to be heard');
  assert.doesNotMatch(written, /Bearer K|"C"|"S"|ada@|0600000000|"T"|too quiet/);
  assert.match(written, /"name":"kept"/);
  assert.match(written, /"level":"info".*"msg":"asked"/);
});
