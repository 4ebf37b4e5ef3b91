import type { Command } from 'commander';
import { readConfig } from '../../platform/config.ts';
import { createLogger } from '../../platform/logging.ts';
import { describe, type Made } from '../command.ts';
import { Failure, type Say } from '../terminal.ts';
import { recoveryText } from '../vault/paper.ts';
import { writeJson } from '../write.ts';

/** Milliseconds within which a second signal is the first one, passed on by whoever started us. */
const ECHO = 1000;

/** Resolves when the process is told to end. Told again later, it ends at once. */
const toldToEnd = (): Promise<void> =>
  new Promise((resolve) => {
    let first: number | null = null;
    const told = (code: number) => (): void => {
      first ??= Date.now();
      if (Date.now() - first > ECHO) process.exit(code);
      resolve();
    };
    process.on('SIGINT', told(130)).on('SIGTERM', told(143));
  });

/** What keeps a server from listening, and what to do. */
const refusedBy = (error: unknown, port: number, host: string, say: Say): unknown => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE')
    return new Failure(
      1,
      'port_taken',
      say(
        `Le port ${port} est déjà pris. Prenez-en un autre : PORT=3001.`,
        `Port ${port} is taken. Use another: PORT=3001.`,
      ),
    );
  if (code === 'EACCES')
    return new Failure(
      1,
      'port_refused',
      say(
        `Ce compte ne peut pas écouter sur le port ${port}. Prenez-en un au-dessus de 1023.`,
        `This account may not listen on port ${port}. Use one above 1023.`,
      ),
    );
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return new Failure(
      1,
      'host_unknown',
      say(
        `HOST=${host} n’est pas une adresse de cette machine.`,
        `HOST=${host} is not an address of this machine.`,
      ),
    );
  return error;
};

/** The server, until it is told to end. */
export const up = (made: Made): Command => {
  const { say, terminal } = made;
  return describe(made, {
    usage: 'up',
    does: say('démarrer le serveur : ce que fait npm start', 'start the server: what npm start does'),
    examples: [
      'vigie up',
      'PORT=8080 VIGIE_DATA=/srv/vigie VIGIE_URL=https://vigie.example.org vigie up',
      'VIGIE_DEMO=0 vigie up',
    ],
    more: say(
      'Réglages, dans l’environnement : PORT (3000), HOST (localhost), VIGIE_DATA (./data), VIGIE_URL, DATABASE_URL, VIGIE_DEMO,\nSMTP_URL, MAIL_FROM, VIGIE_PROXIES, VIGIE_LIMITS, VIGIE_METRICS_TOKEN, LOG_LEVEL. Un réglage faux dit lequel, pourquoi, et ce qui est permis.',
      'Settings, in the environment: PORT (3000), HOST (localhost), VIGIE_DATA (./data), VIGIE_URL, DATABASE_URL, VIGIE_DEMO,\nSMTP_URL, MAIL_FROM, VIGIE_PROXIES, VIGIE_LIMITS, VIGIE_METRICS_TOKEN, LOG_LEVEL. One that is wrong says which, why, and what is allowed.',
    ),
  }).action(async ({ json }: { readonly json?: boolean }) => {
    const config = readConfig(terminal.environment);
    // The whole server is read only by the command that starts it: the others answer sooner.
    const { up: start } = await import('../../start.ts');
    const ended = toldToEnd();
    const vigie = await start(
      config,
      createLogger(config.logLevel),
      json ? () => {} : (line) => terminal.out(`${line}\n`),
      // What a service prints is kept in its journal: there, the key is made in the settings or by `vigie vault open`.
      json || !terminal.watched
        ? undefined
        : async ({ organisation, key }) => terminal.err(await recoveryText({ name: organisation }, key, say)),
    ).catch((error: unknown) => {
      throw refusedBy(error, config.port, config.host, say);
    });
    if (json) writeJson(terminal, { url: vigie.url });
    await ended;
    await vigie.stop();
  });
};
