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

test('a scanner is named by its socket or its host and port', () => {
  assert.equal(readConfig({}).clamd, undefined);
  const socket = 'unix:/run/clamav/clamd.ctl';
  assert.equal(readConfig({ VIGIE_CLAMD: socket }).clamd, socket);
  assert.throws(() => readConfig({ VIGIE_CLAMD: 'localhost' }), /VIGIE_CLAMD is "localhost"/);
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

test('files lie in the data folder, in another, or in a bucket', () => {
  assert.deepEqual(readConfig({}).vault, { kind: 'folder', path: undefined });
  assert.deepEqual(readConfig({ VIGIE_VAULT: 'vault' }).vault, { kind: 'folder', path: resolve('vault') });
  const set = {
    VIGIE_VAULT: 's3://sealed/vigie/kerlann/',
    VIGIE_S3_ENDPOINT: 'https://s3.example.org/',
    VIGIE_S3_KEY_ID: 'key',
    VIGIE_S3_SECRET: 'hunter2',
  };
  const bucket = {
    kind: 's3',
    bucket: 'sealed',
    prefix: 'vigie/kerlann/',
    endpoint: 'https://s3.example.org',
    region: 'us-east-1',
    keyId: 'key',
    secret: 'hunter2',
  };
  assert.deepEqual(readConfig(set).vault, bucket);
  assert.deepEqual(
    readConfig({
      ...set,
      VIGIE_VAULT: 's3://sealed',
      VIGIE_S3_ENDPOINT: 'http://[::1]:9000',
      VIGIE_S3_REGION: 'fr-par',
    }).vault,
    { ...bucket, prefix: '', endpoint: 'http://[::1]:9000', region: 'fr-par' },
  );
});

test('half a bucket is refused, and so is a store in the open, with what is missing and without the secret', () => {
  const whole = {
    VIGIE_VAULT: 's3://sealed',
    VIGIE_S3_ENDPOINT: 'https://s3.example.org',
    VIGIE_S3_KEY_ID: 'key',
    VIGIE_S3_SECRET: 'hunter2',
  };
  const refused = (changed: Readonly<Record<string, string>>, ...says: readonly RegExp[]): void =>
    assert.throws(
      () => readConfig({ ...whole, ...changed }),
      (error) => {
        assert.ok(error instanceof ConfigurationError);
        for (const words of says) assert.match(error.message, words);
        assert.equal(error.message.split('\n').length, says.length + 1, error.message);
        assert.doesNotMatch(error.message, /hunter2/);
        return true;
      },
    );
  refused(
    { VIGIE_S3_ENDPOINT: '' },
    /VIGIE_S3_ENDPOINT is missing, and VIGIE_VAULT is a bucket\. It must be the address/,
  );
  refused({ VIGIE_S3_KEY_ID: '', VIGIE_S3_SECRET: '' }, /KEY_ID is missing/, /SECRET is missing/);
  refused({ VIGIE_S3_ENDPOINT: 'http://s3.example.org' }, /http only for this machine/);
  refused({ VIGIE_S3_ENDPOINT: 'https://s3.example.org/sealed' }, /without bucket or path/);
  refused({ VIGIE_S3_SECRET: 'hunter2 hunter2' }, /VIGIE_S3_SECRET is not one that Vigie can use/);
  for (const place of [
    's3://',
    's3://Sealed',
    's3://sealed/../other',
    's3://sealed//x',
    'https://s3.example.org/sealed',
  ])
    refused(
      { VIGIE_VAULT: place },
      /VIGIE_VAULT is ".*"\. It must be the path of a folder, .* or s3:\/\/bucket/,
    );
  const stray = { VIGIE_VAULT: '', VIGIE_S3_KEY_ID: '', VIGIE_S3_SECRET: '' };
  refused(stray, /VIGIE_S3_ENDPOINT is set, but VIGIE_VAULT names no bucket/);
});
