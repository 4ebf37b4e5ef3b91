import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';

import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';

/** A mail server that keeps what it is given. */
export interface PostOffice {
  readonly url: string;
  /** What was delivered, in the order it came. */
  readonly delivered: readonly Email[];
  /** The next so many messages are refused, as by a server that is too busy. */
  refuse(count: number): void;
  /** Resolves with what was delivered once that is at least `count` messages. */
  arrived(count: number): Promise<readonly Email[]>;
}

const PATIENCE = 15_000;

/** Opens a real SMTP server on a free port of this machine, for one test. */
export const postOffice = async (t: TestContext): Promise<PostOffice> => {
  const delivered: Email[] = [];
  let refusing = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    // The server under test keeps its connection open, and stops after us.
    closeTimeout: 100,
    onData: (stream, _session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        if (refusing > 0) {
          refusing -= 1;
          done(Object.assign(new Error('Try again later'), { responseCode: 451 }));
          return;
        }
        PostalMime.parse(Buffer.concat(chunks)).then((email) => {
          delivered.push(email);
          done();
        }, done);
      });
    },
  });
  // Those who send may be killed while they do.
  server.on('error', () => {});
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  t.after(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    delivered,
    refuse: (count) => {
      refusing = count;
    },
    arrived: async (count) => {
      for (const until = Date.now() + PATIENCE; delivered.length < count;) {
        if (Date.now() > until) throw new Error(`${delivered.length} messages came, not ${count}.`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      return delivered;
    },
  };
};
