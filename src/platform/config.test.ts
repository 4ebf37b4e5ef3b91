import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { ConfigurationError, readConfig } from './config.ts';

test('an environment that says nothing gives a server that only this machine reaches', () => {
  const config = readConfig({});
  assert.equal(config.port, 3000);
  assert.equal(config.host, 'localhost');
  assert.equal(config.data, resolve('data'));
  assert.equal(config.url, 'http://localhost:3000');
  assert.equal(config.demonstration, true);
  assert.equal(config.databaseUrl, undefined);
});

test('what is set is read, and an empty variable counts as not set', () => {
  const config = readConfig({
    PORT: '8080',
    VIGIE_DEMO: '0',
    VIGIE_URL: 'https://vigie.example.org/',
    HOST: '',
    LOG_LEVEL: 'debug',
  });
  assert.equal(config.port, 8080);
  assert.equal(config.host, 'localhost');
  assert.equal(config.url, 'https://vigie.example.org');
  assert.equal(config.demonstration, false);
  assert.equal(config.logLevel, 'debug');
  assert.equal(readConfig({ PORT: '8080' }).url, 'http://localhost:8080');
});

test('every wrong value is named at once, with why and what is allowed', () => {
  assert.throws(
    () =>
      readConfig({
        PORT: '80a',
        VIGIE_DEMO: 'yes',
        LOG_LEVEL: 'loud',
        VIGIE_URL: 'https://example.org/vigie',
      }),
    (error) => {
      assert.ok(error instanceof ConfigurationError);
      assert.match(error.message, /^4 variables/);
      assert.match(error.message, /PORT is "80a"\. It must be a whole number from 0 to 65535/);
      assert.match(error.message, /VIGIE_DEMO is "yes"\. It must be 1 .* or 0/);
      assert.match(error.message, /LOG_LEVEL is "loud"\. It must be trace, debug/);
      assert.match(error.message, /VIGIE_URL is "https:\/\/example\.org\/vigie".* without a path/);
      return true;
    },
  );
});

test('a port beyond the last one is refused', () => {
  assert.throws(() => readConfig({ PORT: '65536' }), /PORT is "65536"/);
});

test('a wrong address does not repeat the password it may hold', () => {
  assert.throws(
    () => readConfig({ DATABASE_URL: 'mysql://vigie:hunter2@db/vigie', SMTP_URL: 'hunter2' }),
    (error) =>
      error instanceof Error &&
      /DATABASE_URL/.test(error.message) &&
      /SMTP_URL/.test(error.message) &&
      !/hunter2/.test(error.message),
  );
});

// asvs 12.3.1 12.3.2 12.3.4
test('a database on another machine is spoken to under TLS with its certificate checked, unless one says otherwise', () => {
  const read = (url: string) => readConfig({ DATABASE_URL: url }).databaseUrl;
  assert.equal(
    read('postgresql://vigie:p@db.example.org:5432/vigie'),
    'postgresql://vigie:p@db.example.org:5432/vigie?sslmode=verify-full',
  );
  assert.equal(
    read('postgres://db/vigie?application_name=x'),
    'postgres://db/vigie?application_name=x&sslmode=verify-full',
  );
  assert.equal(
    read('postgresql://localhost/vigie?host=db.example.org'),
    'postgresql://localhost/vigie?host=db.example.org&sslmode=verify-full',
  );
  for (const kept of [
    'postgresql://db.example.org/vigie?sslmode=verify-full',
    'postgresql://db.example.org/vigie?sslmode=disable',
    'postgresql://localhost/vigie',
    'postgresql://127.0.0.1:5433/vigie',
    'postgresql://[::1]/vigie',
    'postgresql://vigie@localhost/vigie?host=%2Frun%2Fpostgresql',
    'postgresql://vigie@%2Frun%2Fpostgresql/vigie',
  ])
    assert.equal(read(kept), kept);
  // These speak in clear, or to whoever answers, and would look as if they did not.
  for (const mode of ['allow', 'prefer', 'require', 'no-verify', ''])
    assert.throws(
      () => read(`postgresql://vigie:hunter2@db/vigie?sslmode=${mode}`),
      (error) => {
        assert.ok(error instanceof ConfigurationError);
        assert.match(error.message, /sslmode=verify-full/);
        assert.doesNotMatch(error.message, /hunter2/);
        return true;
      },
    );
});

// asvs 13.3.1
test('what is secret can be handed over as a file, whose words are in no error', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-config-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'smtp');
  writeFileSync(file, 'smtps://vigie:hunter2@mail.example.org\n');
  assert.equal(readConfig({ SMTP_URL_FILE: file }).smtpUrl, 'smtps://vigie:hunter2@mail.example.org');
  assert.throws(
    () => readConfig({ SMTP_URL_FILE: file, SMTP_URL: 'smtp://localhost' }),
    /SMTP_URL and SMTP_URL_FILE/,
  );
  assert.throws(
    () => readConfig({ DATABASE_URL_FILE: join(folder, 'none') }),
    /DATABASE_URL_FILE.*cannot be read/,
  );
  writeFileSync(file, 'hunter2');
  assert.throws(
    () => readConfig({ DATABASE_URL_FILE: file }),
    (error) => error instanceof ConfigurationError && !/hunter2/.test(error.message),
  );
  assert.equal(readConfig({ PORT_FILE: file }).port, 3000, 'only what is secret');
});
