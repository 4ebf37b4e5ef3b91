import { accessSync, constants, existsSync, readdirSync, statfsSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { createTransport } from 'nodemailer';
import { allSetAside } from '../../log/index.ts';
import { allOrganisations } from '../../organisations/index.ts';
import type { Config } from '../../platform/config.ts';
import { transportTo } from '../../platform/mail.ts';
import { asOrganisation, MIGRATIONS_FOLDER } from '../../platform/postgres/index.ts';
import type { Office } from '../administer.ts';
import type { Say } from '../terminal.ts';
import { checkReadable } from './readable.ts';
import { appliedMigrations, forgotten, hasLeader, lags, queueOf, serverOf, unordered } from './store.ts';
import { checkVault, checkVaultPlace } from './vault.ts';

/** What was looked at, how it is, and what to do when it is not well. */
export interface Finding {
  readonly check: string;
  readonly state: 'ok' | 'warning' | 'problem';
  readonly says: string;
  readonly todo?: string;
}

const NODE = 24;
const POSTGRES = 15;
const EXTENSIONS = ['pg_trgm', 'unaccent', 'btree_gin', 'fuzzystrmatch'];
const GIGABYTE = 1024 ** 3;
const FAR = 1000;

const ok = (check: string, says: string): Finding => ({ check, state: 'ok', says });
const warning = (check: string, says: string, todo: string): Finding => ({
  check,
  state: 'warning',
  says,
  todo,
});
const problem = (check: string, says: string, todo: string): Finding => ({
  check,
  state: 'problem',
  says,
  todo,
});

export const checkNode = (say: Say, version = process.versions.node): Finding =>
  Number.parseInt(version, 10) >= NODE
    ? ok('node', version)
    : problem(
        'node',
        version,
        say(
          `Il faut Node ${NODE} : lancez par npm (npm run vigie), qui prend le bon.`,
          `Node ${NODE} is needed: run by npm (npm run vigie), which takes the right one.`,
        ),
      );

/** Whoever may write in the data folder may put another in its place. */
const checkFolder = ({ data }: Config, say: Say): Finding => {
  if (!existsSync(data))
    return warning(
      'data',
      data,
      say(
        'Le dossier n’existe pas encore : npm start le fait.',
        'The folder does not exist yet: npm start makes it.',
      ),
    );
  const { mode } = statSync(data);
  const says = `${data} (${(mode & 0o777).toString(8)})`;
  try {
    accessSync(data, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch {
    return problem(
      'data',
      data,
      say(
        `Ce compte ne peut pas y écrire : chown -R $(id -un) ${data}`,
        `This account may not write there: chown -R $(id -un) ${data}`,
      ),
    );
  }
  if ((mode & 0o022) !== 0)
    return problem(
      'data',
      says,
      say(
        `D’autres comptes de la machine peuvent y écrire : chmod go-rw ${data}`,
        `Other accounts of the machine may write there: chmod go-rw ${data}`,
      ),
    );
  return (mode & 0o044) === 0
    ? ok('data', data)
    : warning(
        'data',
        says,
        say(
          `D’autres comptes de la machine peuvent voir ce qu’il contient : chmod go-rw ${data}`,
          `Other accounts of the machine may see what is in it: chmod go-rw ${data}`,
        ),
      );
};

const checkDisk = ({ data }: Config, say: Say): Finding => {
  const { bavail, bsize } = statfsSync(existsSync(data) ? data : '.');
  const free = (bavail * bsize) / GIGABYTE;
  const says = say(`${free.toFixed(1)} Go libres`, `${free.toFixed(1)} GB free`);
  const todo = say(
    'Faites de la place : quand le disque est plein, rien ne s’enregistre plus.',
    'Make room: when the disk is full, nothing is kept any more.',
  );
  return free < 1 ? problem('disk', says, todo) : free < 5 ? warning('disk', says, todo) : ok('disk', says);
};

const checkMail = async ({ smtpUrl }: Config, say: Say): Promise<Finding> => {
  if (smtpUrl === undefined)
    return warning(
      'mail',
      say('pas de serveur de courrier', 'no mail server'),
      say(
        'Les avis restent dans la page « Envois » : donnez SMTP_URL pour qu’ils partent.',
        'Notices stay on the outbox page: give SMTP_URL to send them.',
      ),
    );
  const transport = createTransport(transportTo(smtpUrl, 5000));
  try {
    await transport.verify();
    return ok('mail', new URL(smtpUrl).host);
  } catch (error) {
    // Its code only: SMTP's own words can repeat a password.
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    return problem(
      'mail',
      `${new URL(smtpUrl).host} ${code}`,
      say(
        'Le serveur de courrier ne répond pas, ou refuse ce compte : vérifiez SMTP_URL.',
        'The mail server does not answer, or refuses this account: check SMTP_URL.',
      ),
    );
  } finally {
    transport.close();
  }
};

/** By http, whoever is on the way reads along: it is for this very machine. */
const checkAddress = ({ url }: Config, say: Say): Finding =>
  new URL(url).protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(new URL(url).hostname)
    ? ok('address', url)
    : warning(
        'address',
        url,
        say(
          'Sans https, tout se lit en chemin, sessions comprises : mettez un proxy devant (nginx, Caddy) et VIGIE_URL en https.',
          'Without https everything can be read on the way, sessions included: put a proxy before it (nginx, Caddy) and VIGIE_URL on https.',
        ),
      );

/** What needs no database. */
export const checkMachine = async (config: Config, say: Say): Promise<Finding[]> => [
  checkNode(say),
  checkFolder(config, say),
  ...checkReadable(config.data, say),
  ...checkVaultPlace(config, say),
  checkDisk(config, say),
  checkAddress(config, say),
  await checkMail(config, say),
];

const checkPostgres = async ({ owner }: Office, say: Say): Promise<Finding[]> => {
  const asked = Date.now();
  const server = await serverOf(owner);
  const answered = Date.now();
  const missing = EXTENSIONS.filter((name) => !server.extensions.includes(name));
  // The server's clock was read somewhere between asking and its answer.
  const drift = Math.max(0, asked - server.now.getTime(), server.now.getTime() - answered);
  const seconds = (drift / 1000).toFixed(0);
  return [
    server.number >= POSTGRES * 10_000
      ? ok('postgresql', server.version)
      : problem(
          'postgresql',
          server.version,
          say(`Il faut PostgreSQL ${POSTGRES} ou plus récent.`, `PostgreSQL ${POSTGRES} or newer is needed.`),
        ),
    missing.length === 0
      ? ok('extensions', EXTENSIONS.join(', '))
      : problem(
          'extensions',
          missing.join(', '),
          say(
            'Elles manquent : installez le paquet postgresql-contrib, puis redémarrez Vigie.',
            'They are missing: install the package postgresql-contrib, then start Vigie again.',
          ),
        ),
    drift < 2000
      ? ok('clock', new Date(answered).toISOString())
      : problem(
          'clock',
          say(`${seconds} s d’écart avec PostgreSQL`, `${seconds} s away from PostgreSQL’s`),
          say(
            'Mettez les deux machines à l’heure (timedatectl set-ntp true).',
            'Set both machines by a time server (timedatectl set-ntp true).',
          ),
        ),
  ];
};

const checkMigrations = async ({ owner }: Office, say: Say): Promise<Finding> => {
  const files = readdirSync(MIGRATIONS_FOLDER).filter((file) => file.endsWith('.sql'));
  const applied = await appliedMigrations(owner);
  const waiting = files.filter((file) => !applied.includes(file));
  const unknown = applied.filter((file) => !files.includes(file));
  if (unknown.length > 0)
    return problem(
      'migrations',
      unknown.join(', '),
      say(
        'Cette base a servi à un Vigie plus récent : démarrez celui-là.',
        'A newer Vigie has used this database: start that one.',
      ),
    );
  return waiting.length === 0
    ? ok('migrations', String(applied.length))
    : problem(
        'migrations',
        waiting.join(', '),
        say(
          'Elles attendent : redémarrez Vigie, qui les applique.',
          'They wait: start Vigie again, which applies them.',
        ),
      );
};

const checkQueue = async ({ owner }: Office, runs: boolean, say: Say): Promise<Finding> => {
  const { waiting, failed, error } = await queueOf(owner);
  if (failed > 0)
    return problem(
      'queue',
      say(`${failed} travaux abandonnés`, `${failed} jobs given up`),
      say(
        `Le dernier dit : ${error?.split('\n')[0] ?? ''}. La page « Envois » montre les avis et permet de les refaire partir.`,
        `The last says: ${error?.split('\n')[0] ?? ''}. The outbox page shows the notices and sends them again.`,
      ),
    );
  return waiting > 0 && runs
    ? warning(
        'queue',
        say(
          `${waiting} travaux attendent depuis plus de 5 minutes`,
          `${waiting} jobs have waited for over 5 minutes`,
        ),
        say('Regardez le journal du serveur.', 'Look at the server’s log.'),
      )
    : ok('queue', say(`${waiting} en attente`, `${waiting} waiting`));
};

const checkSetAside = async ({ db }: Office, say: Say): Promise<Finding> => {
  const found: string[] = [];
  for (const { id, slug } of await allOrganisations(db.app)) {
    const aside = await asOrganisation(db, id, (tx) => allSetAside(tx, id));
    if (aside.length > 0)
      found.push(`${slug}: ${aside.length} (${aside[0]?.consumer}: ${aside[0]?.error.split('\n')[0]})`);
  }
  return found.length === 0
    ? ok('set aside', '0')
    : problem(
        'set aside',
        found.join('; '),
        say(
          'Des événements n’ont pas eu leur effet : les réglages de l’organisation les montrent, et permettent de réessayer.',
          'Some events did not have their effect: the organisation’s settings show them, and try again.',
        ),
      );
};

const checkLog = async ({ db, owner }: Office, runs: boolean, say: Say): Promise<Finding[]> => {
  let waiting = await unordered(db.system);
  if (!runs) {
    const says = say(
      `aucun serveur ne tourne ; ${waiting} événements attendent leur place`,
      `no server runs; ${waiting} events wait for their place`,
    );
    return [
      waiting > 0
        ? warning('log', says, say('Démarrez Vigie : npm start.', 'Start Vigie: npm start.'))
        : ok('log', says),
    ];
  }
  // A server under load always has some; one that orders has others a moment later.
  for (let look = 0; look < 3 && waiting > 0; look += 1) {
    await sleep(700);
    const now = await unordered(db.system);
    if (now < waiting || now === 0) {
      waiting = 0;
      break;
    }
    waiting = now;
  }
  const behind = (await lags(db.system)).filter(({ events }) => events > FAR);
  const late = await forgotten(db.system);
  const restart = say(
    'Regardez le journal du serveur, puis redémarrez-le : rien ne se perd.',
    'Look at the server’s log, then start it again: nothing is lost.',
  );
  const led = await hasLeader(owner);
  return [
    waiting > 0 && led
      ? problem(
          'log',
          say(
            `${waiting} événements n’ont pas leur place dans le journal`,
            `${waiting} events have no place in the log`,
          ),
          restart,
        )
      : ok('log', say('à jour', 'up to date')),
    behind.length > 0
      ? warning(
          'followers',
          behind.map(({ consumer, events }) => `${consumer}: ${events}`).join(', '),
          say(
            'Ils rattrapent leur retard, ou sont bloqués : refaites ce diagnostic dans une minute.',
            'They are catching up, or stuck: ask again in a minute.',
          ),
        )
      : ok('followers', say('à jour', 'up to date')),
    late > 0
      ? problem(
          'deadlines',
          say(
            `${late} échéances passées que personne n’a regardées`,
            `${late} deadlines that nobody has looked at`,
          ),
          restart,
        )
      : ok('deadlines', say('à jour', 'up to date')),
  ];
};

/** What the database says. The later checks need what the earlier ones look for. */
export const checkDatabase = async (office: Office, say: Say): Promise<Finding[]> => {
  const findings = [...(await checkPostgres(office, say)), await checkMigrations(office, say)];
  if (findings.some(({ check, state }) => check === 'migrations' && state === 'problem')) return findings;
  const runs = await hasLeader(office.owner);
  return [
    ...findings,
    ...(await checkLog(office, runs, say)),
    await checkQueue(office, runs, say),
    await checkSetAside(office, say),
    ...(await checkVault(office, say)),
  ];
};
