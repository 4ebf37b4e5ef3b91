import { spawn } from 'node:child_process';

/** Carries short messages by a command of whoever runs the server: a modem's, or one that calls a provider. */
export interface Texter {
  /** @throws when the command fails, or has not ended in time; neither number nor text is in the error */
  send(to: string, text: string): Promise<void>;
}

/** Milliseconds that a command has: a modem takes its time. */
const TIMEOUT = 30_000;

/** What a command may need of our environment. Keys of ours are none of its business. */
const handed = (name: string): boolean => ['PATH', 'HOME', 'LANG'].includes(name) || name.startsWith('SMS_');

/**
 * @param command for /bin/sh: the text comes on its standard input, the number in `SMS_TO`; it ends with 0 once the message
 * is taken in charge
 * @returns `null` where none is configured
 */
export const openTexter = (command: string | undefined, timeout = TIMEOUT): Texter | null =>
  command === undefined
    ? null
    : {
        send: (to, text) =>
          new Promise((resolve, reject) => {
            const kept = Object.entries(process.env).filter(([name]) => handed(name));
            const child = spawn('/bin/sh', ['-c', command], {
              env: { ...Object.fromEntries(kept), SMS_TO: to },
              stdio: ['pipe', 'ignore', 'ignore'],
              // A group of its own: what it started ends with it.
              detached: true,
            });
            const timer = setTimeout(() => {
              if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
            }, timeout);
            child.once('error', reject);
            child.once('close', (code) => {
              clearTimeout(timer);
              if (code === 0) resolve();
              else reject(new Error(`The command ended with ${code ?? 'a signal, or after its time'}.`));
            });
            // A command that does not read its input says by its end whether that mattered.
            child.stdin.on('error', () => {});
            child.stdin.end(text);
          }),
      };
