import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { TestContext } from 'node:test';

import { testClock } from '../../src/platform/clock.ts';
import { setStage } from './cast.ts';
import { temporaryFolder } from './cluster.ts';
import { testDatabase } from './database.ts';
import { layLine, type Line } from './line.ts';
import type { Said } from './server.ts';
import { handsAt, MONDAY, type Stage, type StageOptions } from './vigie.ts';

/** A stage whose server is a process of its own, at the far end of a line: both can be cut off, and come back. */
export interface Apart extends Pick<Stage, 'as' | 'cast' | 'clock' | 'db' | 'stranger'> {
  readonly line: Line;
  /** Where people reach it, before and after. */
  readonly vigie: { readonly url: string; settled(): Promise<void> };
  /** Kills the server at once, whatever it does. */
  kill(): Promise<void>;
  /** Starts it again on the same data. */
  again(): Promise<void>;
  /** Lets time pass, and everything that follows from it happen. */
  pass(milliseconds: number): Promise<void>;
}

/** The cast, their vaults open, and a server to be killed. @param options which mail server, what time, who else */
export const stageApart = async (
  t: TestContext,
  { at = MONDAY, also, smtpUrl }: Pick<StageOptions, 'at' | 'also' | 'smtpUrl'> = {},
): Promise<Apart> => {
  let child: ChildProcess | null = null;
  const kill = async (): Promise<void> => {
    const dying = child;
    child = null;
    if (!dying || dying.exitCode !== null || dying.signalCode !== null) return;
    dying.kill('SIGKILL');
    await once(dying, 'exit');
  };
  t.after(kill);
  const db = await testDatabase(t);
  const clock = testClock(at);
  const line = await layLine(t);
  const cast = await setStage(db, clock.now(), also);
  const environment = {
    PORT: '0',
    VIGIE_URL: line.url,
    VIGIE_DEMO: '0',
    VIGIE_DATA: temporaryFolder('vigie-apart-', t),
    DATABASE_URL: db.url,
    LOG_LEVEL: 'error',
    VIGIE_LIMITS: 'off',
    ...(smtpUrl !== undefined && { SMTP_URL: smtpUrl }),
  };
  const heard = async (from: ChildProcess): Promise<Said> => {
    const [said] = (await Promise.race([
      once(from, 'message'),
      once(from, 'exit').then(() => Promise.reject(new Error('The server ended.'))),
    ])) as [Said];
    return said;
  };
  const start = async (vaults = ''): Promise<void> => {
    child = fork(join(import.meta.dirname, 'server.ts'), {
      env: {
        PATH: process.env['PATH'],
        ...environment,
        VIGIE_TEST_AT: new Date(clock.now()).toISOString(),
        VIGIE_TEST_VAULTS: vaults,
      },
      execArgv: [],
    });
    const said = await heard(child);
    if ('ready' in said) line.leadTo(said.ready);
  };
  await start([...new Set(Object.values(cast).map(({ organisationId }) => organisationId))].join());
  const settled = async (): Promise<void> => {
    if (!child) throw new Error('No server runs.');
    const said = heard(child);
    child.send(clock.now());
    await said;
  };
  const pass = async (milliseconds: number): Promise<void> => {
    clock.advance(milliseconds);
    await settled();
  };
  const vigie = { url: line.url, settled };
  const { as, stranger } = handsAt(vigie, { db, cast, clock });
  return { as, stranger, cast, clock, db, line, vigie, kill, again: () => start(), pass };
};
