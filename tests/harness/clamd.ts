import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { temporaryFolder } from './cluster.ts';
import { freePort } from './nginx.ts';

const PROGRAM = '/usr/sbin/clamd';

/** Why there is no scanner to test with, if there is none. */
export const cannotScan = existsSync(PROGRAM) ? false : 'Debian’s clamav-daemon is not installed';

/** What our own signatures find; harmless words that stand nowhere else. */
export const INFECTED = 'vigie-test-signature-of-a-harmless-file-5d1c';
/** A whole content that is known by its hash. */
export const INFECTED_WHOLE = 'The whole of a content that the test knows by its hash.\n';

export interface Clamd {
  /** `VIGIE_CLAMD` by a Unix socket, and by TCP. */
  readonly unix: string;
  readonly tcp: string;
  readonly signal: (name: 'SIGSTOP' | 'SIGCONT') => void;
  /** Ends it at once, as when it crashes. */
  readonly kill: () => Promise<void>;
}

/** Debian's clamd as this test's child, with two signatures of ours and none of anybody's. */
export const startClamd = async (
  t: TestContext,
  { largest = '4M', port: asked = 0 } = {},
): Promise<Clamd> => {
  const folder = temporaryFolder('vigie-clamd-');
  const port = asked || (await freePort());
  const socket = join(folder, 'clamd.ctl');
  writeFileSync(join(folder, 'vigie.ndb'), `Vigie.Test:0:*:${Buffer.from(INFECTED).toString('hex')}\n`);
  const md5 = createHash('md5').update(INFECTED_WHOLE).digest('hex');
  writeFileSync(join(folder, 'vigie.hdb'), `${md5}:${INFECTED_WHOLE.length}:Vigie.Whole\n`);
  const configuration = join(folder, 'clamd.conf');
  writeFileSync(
    configuration,
    `Foreground yes
DatabaseDirectory ${folder}
TemporaryDirectory ${folder}
LocalSocket ${socket}
TCPSocket ${port}
TCPAddr 127.0.0.1
StreamMaxLength ${largest}
AlertExceedsMax yes
MaxThreads 4
`,
  );
  const child = spawn(PROGRAM, ['--config-file', configuration], { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
  };
  t.after(async () => {
    await kill();
    rmSync(folder, { recursive: true, force: true });
  });
  for (let tries = 0; !(await answers(socket)); tries += 1) {
    if (tries > 400 || child.exitCode !== null) throw new Error('clamd did not start.');
    await sleep(50);
  }
  return {
    unix: `unix:${socket}`,
    tcp: `tcp://127.0.0.1:${port}`,
    signal: (name) => child.kill(name),
    kill,
  };
};

const answers = (path: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(path, () => socket.write('zPING\0'));
    socket.once('data', (bytes) => {
      socket.destroy();
      resolve(bytes.toString() === 'PONG\0');
    });
    socket.once('error', () => resolve(false));
  });
