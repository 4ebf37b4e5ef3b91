import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { test, type TestContext } from 'node:test';

import { SMTPServer } from 'smtp-server';

import { openMailer } from './mail.ts';

const MAIL = { to: 'ada@example.org', subject: 'Link', text: 'https://example.org/secret', id: '1' };

/** A mail server; what it was given, and by a connection of which kind. */
const office = async (t: TestContext, disabledCommands: string[]) => {
  const delivered: { secure: boolean; raw: string }[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands,
    closeTimeout: 100,
    onData: (stream, session, done) => {
      let raw = '';
      stream.on('data', (chunk: Buffer) => (raw += chunk.toString()));
      stream.on('end', () => {
        delivered.push({ secure: session.secure, raw });
        done();
      });
    },
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  t.after(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return { port: (server.server.address() as AddressInfo).port, delivered };
};

/** Sends one message; how it was refused, when it was. */
const send = async (t: TestContext, url: string, mail = MAIL): Promise<string | undefined> => {
  const mailer = openMailer(url, 'Vigie <vigie@example.org>');
  assert.ok(mailer);
  t.after(() => mailer.close());
  try {
    await mailer.send(mail);
    return undefined;
  } catch (error) {
    return (error as { code: string }).code;
  }
};

/** Every interface's own address: to the mailer, not a name of this machine. */
const ELSEWHERE = '0.0.0.0';

// asvs 12.3.1
test('mail leaves for another machine under TLS or not at all', async (t) => {
  const { port, delivered } = await office(t, ['STARTTLS', 'AUTH']);
  assert.equal(await send(t, `smtp://${ELSEWHERE}:${port}`), 'ETLS');
  assert.deepEqual(delivered, []);
  assert.equal(await send(t, `smtp://127.0.0.1:${port}`), undefined, 'on this machine nobody listens');
  assert.equal(delivered.length, 1);
});

// asvs 12.3.2 12.3.4
test('a mail server whose certificate nobody vouches for is given nothing', async (t) => {
  const { port, delivered } = await office(t, ['AUTH']);
  for (const host of [ELSEWHERE, 'localhost'])
    assert.match((await send(t, `smtp://${host}:${port}`)) ?? 'sent', /ESOCKET|ETLS|CERT/u);
  assert.deepEqual(delivered, []);
});

// asvs 1.3.11
test('an address or a subject with line breaks adds neither a recipient nor a header', async (t) => {
  const { port, delivered } = await office(t, ['STARTTLS', 'AUTH']);
  const url = `smtp://127.0.0.1:${port}`;
  await send(t, url, { ...MAIL, subject: 'Hello\r\nBcc: eve@example.org\r\n\r\nbody' });
  await send(t, url, { ...MAIL, to: 'ada@example.org>\r\nRCPT TO:<eve@example.org' });
  for (const { raw } of delivered) assert.doesNotMatch(raw, /^bcc:/imu);
  assert.equal(delivered.filter(({ raw }) => /^to:.*eve@example\.org$/imu.test(raw)).length, 0);
});
