import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Account } from './account.ts';

/**
 * PostgreSQL must not outlive us, even when we get a `kill -9`. So a shell stands between: it holds the end
 * of a pipe whose other end is ours, and when that closes, for whatever reason, it asks for the
 * fast shutdown. It ignores signals meant for all processes of a service at once (PostgreSQL sets its own
 * handlers). A folder given to it is removed afterwards (the clusters of tests).
 */
const KEEPER = `
trap '' INT TERM HUP
exec 3<&0
"$@" </dev/null 3<&- &
server=$!
{ while read -r _ <&3; do :; done; kill -INT "$server"; } 2>/dev/null &
watch=$!
wait "$server"
code=$?
kill "$watch" 2>/dev/null
[ -z "$VIGIE_THROW_AWAY" ] || rm -rf "$VIGIE_THROW_AWAY"
exit "$code"`;

/** How long we still listen to what a server says after its keeper has ended, in milliseconds. */
const LAST_WORDS = 500;
/** The exit code of a keeper that was itself killed. */
const KILLED = 137;

export interface Kept {
  /** How the server ended, as a shell says it: 0 when it was asked to, 128 + n for a signal n. */
  readonly ended: Promise<number>;
  /** Asks for the fast shutdown: running transactions are rolled back, everything committed is kept. */
  stop(): void;
}

export interface KeepOptions {
  readonly command: readonly [program: string, ...args: string[]];
  readonly account: Account | undefined;
  readonly environment?: Readonly<Record<string, string>>;
  /** A folder to remove once the server has ended. */
  readonly throwAway?: string | undefined;
  /** Whether our process may end while the server runs, and so end the server. */
  readonly background?: boolean | undefined;
  /** Hears each line the server writes. */
  readonly onLine: (line: string) => void;
}

/** Starts a server under its keeper. */
export function keep(options: KeepOptions): Kept {
  const keeper = spawn('/bin/sh', ['-c', KEEPER, 'sh', ...options.command], {
    ...options.account,
    cwd: '/',
    // Its own session: Ctrl-C in a terminal is for us, and we shut it down in order.
    detached: true,
    // Nothing of our environment, which may hold passwords.
    env: {
      PATH: '/usr/local/bin:/usr/bin:/bin',
      LC_ALL: 'C',
      TZ: 'UTC',
      VIGIE_THROW_AWAY: options.throwAway ?? '',
      ...options.environment,
    },
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  const { stdin, stderr } = keeper;
  const said = createInterface({ input: stderr });
  said.on('line', options.onLine);
  // The keeper may be gone before the pipe is closed.
  stdin.on('error', () => {});

  const silent = once(said, 'close');
  const ended = new Promise<number>((resolve, reject) => {
    keeper.once('error', reject);
    keeper.once('exit', (code) => {
      stdin.destroy();
      // The last lines say why; but a PostgreSQL that outlives its keeper holds the pipe open.
      void Promise.race([silent, sleep(LAST_WORDS)]).then(() => {
        stderr.destroy();
        resolve(code ?? KILLED);
      });
    });
  });
  ended.catch(() => {});
  if (options.background)
    for (const handle of [keeper, stdin, stderr])
      if ('unref' in handle) (handle as { unref(): void }).unref();
  return { ended, stop: () => stdin.end() };
}
