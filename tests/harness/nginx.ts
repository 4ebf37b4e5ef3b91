import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { temporaryFolder } from './cluster.ts';

const PROGRAM = '/usr/sbin/nginx';

/** Why there is no proxy to test with, if there is none. */
export const cannotProxy = existsSync(PROGRAM) ? false : 'Debian’s nginx is not installed';

/** A port of this machine that nobody listens on now. */
export const freePort = async (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

export interface Mistake {
  /** Lines of `http { … }`, beside what every proxy has. */
  readonly http?: string;
  /** Lines of `server { … }`: where requests go. */
  readonly server: string;
}

const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];

/** Debian's nginx on a loopback port, as this test's child, with a configuration of its own in a temporary folder. */
export const startNginx = async (
  t: TestContext,
  port: number,
  { http = '', server }: Mistake,
): Promise<string> => {
  const folder = temporaryFolder('vigie-nginx-');
  for (const name of temporary) mkdirSync(join(folder, name), { mode: 0o777 });
  const file = join(folder, 'nginx.conf');
  writeFileSync(
    file,
    `daemon off;
${process.getuid?.() === 0 ? 'user www-data;' : ''}
worker_processes 1;
pid ${folder}/nginx.pid;
error_log stderr crit;
events { worker_connections 256; }
http {
  access_log off;
${temporary.map((name) => `  ${name}_temp_path ${folder}/${name};`).join('\n')}
${http.replaceAll('$FOLDER', folder)}
  server {
    listen 127.0.0.1:${port};
${server}
  }
}
`,
  );
  const child = spawn(PROGRAM, ['-e', 'stderr', '-c', file], { stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  t.after(async () => {
    child.kill('SIGTERM');
    await ended;
  });
  for (let tries = 0; !(await answers(port)); tries += 1) {
    if (tries > 100 || child.exitCode !== null) throw new Error('nginx did not start.');
    await sleep(50);
  }
  return `http://127.0.0.1:${port}`;
};
