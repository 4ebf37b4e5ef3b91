import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const PROGRAM = '/usr/bin/strace';

/** Why nothing can be seen of what a process asks of the system, if nothing can. */
export const cannotTrace =
  spawnSync(PROGRAM, ['-o', '/dev/null', 'true']).status === 0
    ? false
    : 'Debian’s strace is not installed, or may not trace here';

/** A call that a process made: its name, and what it was about, with the paths of the files that it had open. */
export interface Call {
  readonly call: string;
  readonly about: string;
}

/**
 * A program seen by strace, told to make calls fail, or the program die, where `inject` says so (as `fsync:error=EIO`).
 * Only calls about `path` are looked at when there is one.
 */
export const straced = (
  log: string,
  { calls, inject, path }: { readonly calls: string; readonly inject?: string; readonly path?: string },
  command: readonly string[],
) =>
  spawn(
    PROGRAM,
    [
      ...'-f -y -qq -s 120'.split(' '),
      '-o',
      log,
      '-e',
      `trace=${calls}`,
      ...(inject === undefined ? [] : ['-e', `inject=${inject}`]),
      ...(path === undefined ? [] : ['-P', path]),
      ...command,
    ],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      // strace does not see what Node asks by io_uring, and counts the calls of each thread apart.
      env: { ...process.env, UV_USE_IO_URING: '0', UV_THREADPOOL_SIZE: '1' },
    },
  );

/** The calls of a log, in the order in which they began. */
export const callsIn = (log: string): readonly Call[] =>
  readFileSync(log, 'utf8')
    .split('\n')
    .flatMap((line) => {
      const { call, about } = /^\d+\s+(?<call>\w+)\((?<about>.*)$/u.exec(line)?.groups ?? {};
      return call !== undefined && about !== undefined ? [{ call, about }] : [];
    });
