import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLogger } from './logging.ts';

// asvs 16.2.4 16.2.5
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

// asvs 16.2.5
test('an error of the database is logged by what it is, without the row that it repeats', () => {
  let written = '';
  const log = createLogger('info', { write: (line) => void (written += line) });
  const refused = Object.assign(new Error('duplicate key value violates unique constraint "member_email"'), {
    code: '23505',
    detail: 'Key (lower(email))=(ada@example.org) already exists.',
    where: 'SQL statement "insert into member values (\'Ada\')"',
    constraint_name: 'member_email',
  });
  log.error({ err: refused }, 'A request failed.');
  const unread = Object.assign(new Error('invalid input syntax for type date: "Ada "Countess" Lovelace"'), {
    code: '22007',
  });
  log.error({ err: new Error('Nothing was written.', { cause: unread }) }, 'A request failed.');
  const mail = Object.assign(new Error("Can't send mail"), {
    code: 'EENVELOPE',
    response: '550 <ada@example.org>',
  });
  log.error({ err: mail }, 'A request failed.');
  assert.doesNotMatch(written, /ada@|Ada|Lovelace/);
  assert.match(written, /"code":"23505"/);
  assert.match(written, /member_email/);
  assert.match(written, /invalid input syntax for type date/);
  assert.match(written, /logging\.test\.ts/, 'where it happened is still told');
});

// asvs 16.2.4 16.4.1
test('what somebody typed cannot pretend to be another line of the log', () => {
  let written = '';
  const log = createLogger('info', { write: (line) => void (written += line) });
  const forged = 'x\n{"level":"info","msg":"Somebody signed in"}\r\u2028';
  log.warn({ asked: forged, err: new Error(forged) }, forged);
  assert.equal(written.trimEnd().split(/[\n\r]/u).length, 1);
  assert.equal((JSON.parse(written) as { asked: string }).asked, forged);
});
