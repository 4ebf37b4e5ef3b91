import assert from 'node:assert/strict';
import { resolve } from 'node:path';
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
