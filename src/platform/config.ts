import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { isClamd } from './clamd.ts';
import { isNetwork } from './http/proxies.ts';
import { LOG_LEVELS, type LogLevel } from './logging.ts';
import { type VaultPlace, vaultPlace, vaultVariables } from './vault-place.ts';

/** What an installation may set, read once from the environment. */
export interface Config {
  /** The port to listen on; 0 takes any free one. */
  readonly port: number;
  /** The address to listen on. Only this machine unless told otherwise. */
  readonly host: string;
  /** The folder that holds everything that must be kept, absolute. */
  readonly data: string;
  /** Where people reach this server, without a slash at the end. Links in mails begin with it. */
  readonly url: string;
  /** A PostgreSQL of one's own; without it, the embedded one. */
  readonly databaseUrl: string | undefined;
  /** Whether an empty installation is filled with the demonstration. */
  readonly demonstration: boolean;
  /** The mail server; without it, notices wait in the outbox. */
  readonly smtpUrl: string | undefined;
  readonly mailFrom: string;
  /** By whom people may come in: JSON, or the path of a file of it. What it says is checked where it is used. */
  readonly openid: string | undefined;
  readonly logLevel: LogLevel;
  /** Addresses of the proxies whose X-Forwarded-For is believed; nobody's otherwise. */
  readonly proxies: readonly string[];
  /** How many times the usual limits; 0 is none. */
  readonly limits: number;
  /** What opens /metrics; without it, only this machine does. */
  readonly metricsToken: string | undefined;
  /** The key that opens the keys of organisations, as age-keygen prints it; otherwise a file of the data folder is. */
  readonly masterKey: string | undefined;
  /** A command that prints it. */
  readonly masterKeyCommand: string | undefined;
  readonly smsCommand: string | undefined;
  /** Where sealed files lie. */
  readonly vault: VaultPlace;
  /** The most that an organisation keeps, in bytes, unless it has a limit of its own; `null` for as much as there is room for. */
  readonly quota: number | null;
  /** The largest file that is taken, in bytes. */
  readonly largestFile: number;
  /** Where ClamAV's clamd looks at files; without it, no file is known to be clean. */
  readonly clamd: string | undefined;
}

/** Says every wrong variable at once: which, why, and what is allowed. */
export class ConfigurationError extends Error {
  override name = 'ConfigurationError';
}

interface Variable {
  readonly schema: z.ZodType<unknown, string>;
  readonly allowed: string;
  /** Its value may hold a password, and is not repeated in the error. */
  readonly secret?: true;
}

const SIZE = /^(\d{1,9}(?:\.\d{1,3})?)\s?([kMGT]i?)?B$/u;
const STEPS = ['', 'k', 'M', 'G', 'T'];

/** `50 GB` is 50,000,000,000 bytes, `50 GiB` 53,687,091,200. */
function bytesIn(text: string): number {
  const [, count = '', unit = ''] = SIZE.exec(text) ?? [];
  const step = unit.endsWith('i') ? 1024 : 1000;
  return Math.round(Number(count) * step ** STEPS.indexOf(unit.charAt(0)));
}

const web = z.string().refine(isUrlOf('http:', 'https:'));

const variables = {
  PORT: {
    schema: z
      .string()
      .regex(/^\d{1,5}$/)
      .transform(Number)
      .refine((port) => port <= 65_535),
    allowed: 'a whole number from 0 to 65535 (0 takes any free port), such as 3000',
  },
  HOST: {
    schema: z.string().regex(/^[\w.:%-]+$/),
    allowed:
      "a host name or an address, such as 'localhost' (this machine only) or '0.0.0.0' (every IPv4 network)",
  },
  VIGIE_DATA: {
    schema: z
      .string()
      .refine((path) => !path.includes('\0'))
      .transform((path) => resolve(path)),
    allowed: 'the path of a folder, such as ./data or /srv/vigie',
  },
  VIGIE_URL: {
    schema: web.refine(hasNoPath).transform((url) => new URL(url).origin),
    allowed: 'the address people type, http or https and without a path, such as https://vigie.example.org',
  },
  DATABASE_URL: {
    schema: z.string().refine(isUrlOf('postgres:', 'postgresql:')).refine(saysHowSecure).transform(secured),
    secret: true,
    allowed:
      'postgresql://user:password@host:5432/database, of PostgreSQL 15 or newer, spoken to under TLS when it is on ' +
      'another machine (?sslmode=verify-full, or ?sslmode=disable on a line nobody else has); leave it out for the embedded one',
  },
  VIGIE_DEMO: {
    schema: z.enum(['0', '1']).transform((value) => value === '1'),
    allowed: '1 (fill an empty installation with the demonstration) or 0 (start empty)',
  },
  SMTP_URL: {
    schema: z.string().refine(isUrlOf('smtp:', 'smtps:')),
    secret: true,
    allowed:
      'smtp://user:password@host:587 or smtps://user:password@host:465; leave it out to keep notices in the outbox',
  },
  VIGIE_SMS_COMMAND: {
    schema: z.string().refine((text) => !text.includes('\0')),
    secret: true,
    allowed: 'a command for /bin/sh that sends its standard input to the number in SMS_TO',
  },
  MAIL_FROM: {
    schema: z.string().regex(/^(?:[^<>\r\n]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/),
    allowed: "an address, such as vigie@example.org or 'Vigie <vigie@example.org>'",
  },
  VIGIE_OPENID: {
    schema: z.string().refine((text) => !text.includes('\0')),
    allowed: 'the path of a JSON file, or the JSON itself, as docs/openid.md shows',
  },
  LOG_LEVEL: { schema: z.enum(LOG_LEVELS), allowed: LOG_LEVELS.join(', ') },
  VIGIE_PROXIES: {
    schema: z
      .string()
      .transform((list) => list.split(/[\s,]+/u).filter((part) => part !== ''))
      .refine((list) => list.every(isNetwork)),
    allowed: 'addresses or networks of your own proxies, such as 127.0.0.1, ::1 or 10.0.0.0/8',
  },
  VIGIE_LIMITS: {
    schema: z
      .string()
      .regex(/^(?:off|\d{1,4}(?:\.\d{1,2})?)$/)
      .transform((text) => (text === 'off' ? 0 : Number(text))),
    allowed: "how many times the usual limits, such as 1 or 10, or 'off'",
  },
  VIGIE_METRICS_TOKEN: {
    schema: z.string().regex(/^[\x21-\x7e]{16,200}$/),
    secret: true,
    allowed: 'at least 16 characters without spaces, which whoever reads /metrics presents as a bearer',
  },
  VIGIE_MASTER_KEY: {
    schema: z.string().regex(/^(?:#[^\n]*\n|\s)*AGE-SECRET-KEY-1[0-9A-Z]{20,}\s*$/),
    secret: true,
    allowed: 'an age identity, AGE-SECRET-KEY-1…, as age-keygen prints it',
  },
  VIGIE_MASTER_KEY_COMMAND: {
    schema: z.string().refine((text) => !text.includes('\0')),
    secret: true,
    allowed: 'a command for /bin/sh that prints an age identity',
  },
  ...vaultVariables,
  VIGIE_QUOTA: {
    schema: z.string().regex(SIZE).transform(bytesIn).refine(Number.isSafeInteger),
    allowed: 'a size with its unit, such as 50 GB or 1.5 TiB; leave it out for as much as there is room for',
  },
  VIGIE_LARGEST_FILE: {
    schema: z.string().regex(SIZE).transform(bytesIn).refine(Number.isSafeInteger),
    allowed: 'a size with its unit, such as 10 GB or 512 MiB',
  },
  VIGIE_CLAMD: {
    schema: z.string().refine(isClamd),
    allowed: 'unix: and the path of its socket (unix:/run/clamav/clamd.ctl), or tcp://localhost:3310',
  },
} as const satisfies Record<string, Variable>;

type Name = keyof typeof variables;

/** Reads the configuration from the environment. An empty variable counts as one that is not set. */
export function readConfig(environment: Readonly<Record<string, string | undefined>> = process.env): Config {
  const wrong: string[] = [];
  const read = <N extends Name>(name: N): z.output<(typeof variables)[N]['schema']> | undefined => {
    const { schema, allowed, secret }: Variable = variables[name];
    const file = secret ? environment[`${name}_FILE`] : undefined;
    const text = file ? handed(name, file) : environment[name];
    if (text === undefined || text === '') return undefined;
    const parsed = schema.safeParse(text);
    if (parsed.success) return parsed.data as z.output<(typeof variables)[N]['schema']>;
    wrong.push(
      `  ${name} is ${secret ? 'not one that Vigie can use' : JSON.stringify(text)}. It must be ${allowed}.`,
    );
    return undefined;
  };

  /** What is secret may stand in a file, as systemd and containers hand it, and be in nobody's environment. */
  const handed = (name: Name, file: string): string | undefined => {
    if (environment[name]) wrong.push(`  ${name} and ${name}_FILE are both set. Keep one.`);
    try {
      return readFileSync(file, 'utf8').trim();
    } catch {
      wrong.push(`  ${name}_FILE is ${JSON.stringify(file)}, which cannot be read.`);
      return undefined;
    }
  };

  const port = read('PORT') ?? 3000;
  const config: Config = {
    port,
    host: read('HOST') ?? 'localhost',
    data: read('VIGIE_DATA') ?? resolve('data'),
    url: read('VIGIE_URL') ?? `http://localhost:${port}`,
    databaseUrl: read('DATABASE_URL'),
    demonstration: read('VIGIE_DEMO') ?? true,
    smtpUrl: read('SMTP_URL'),
    smsCommand: read('VIGIE_SMS_COMMAND'),
    mailFrom: read('MAIL_FROM') ?? 'Vigie <vigie@localhost>',
    openid: read('VIGIE_OPENID'),
    logLevel: read('LOG_LEVEL') ?? 'info',
    proxies: read('VIGIE_PROXIES') ?? [],
    limits: read('VIGIE_LIMITS') ?? 1,
    metricsToken: read('VIGIE_METRICS_TOKEN'),
    masterKey: read('VIGIE_MASTER_KEY'),
    masterKeyCommand: read('VIGIE_MASTER_KEY_COMMAND'),
    vault: vaultPlace(
      {
        VIGIE_VAULT: read('VIGIE_VAULT'),
        VIGIE_S3_ENDPOINT: read('VIGIE_S3_ENDPOINT'),
        VIGIE_S3_REGION: read('VIGIE_S3_REGION'),
        VIGIE_S3_KEY_ID: read('VIGIE_S3_KEY_ID'),
        VIGIE_S3_SECRET: read('VIGIE_S3_SECRET'),
      },
      (name, why) => {
        const said = (other: string): boolean => wrong.some((line) => line.startsWith(`  ${other}`));
        if (!said(name) && !said('VIGIE_VAULT')) wrong.push(`  ${name} ${why}.`);
      },
    ),
    clamd: read('VIGIE_CLAMD'),
    quota: read('VIGIE_QUOTA') ?? null,
    largestFile: read('VIGIE_LARGEST_FILE') ?? 10e9,
  };
  if (config.masterKey !== undefined && config.masterKeyCommand !== undefined)
    wrong.push('  VIGIE_MASTER_KEY and VIGIE_MASTER_KEY_COMMAND are both set. Keep one.');
  if (wrong.length > 0) {
    const title =
      wrong.length === 1
        ? 'A variable of the environment is wrong'
        : `${wrong.length} variables of the environment are wrong`;
    throw new ConfigurationError(`${title}:\n${wrong.join('\n')}`);
  }
  return config;
}

function isUrlOf(...protocols: string[]): (text: string) => boolean {
  return (text) => URL.canParse(text) && protocols.includes(new URL(text).protocol);
}

/** The other modes speak in clear, or to whoever answers, and look as if they did not. */
function saysHowSecure(text: string): boolean {
  if (!URL.canParse(text)) return true;
  const mode = new URL(text).searchParams.get('sslmode');
  return mode === null || mode === 'verify-full' || mode === 'disable';
}

/** Unless it says otherwise, a database on another machine is spoken to under TLS, and its certificate checked. */
function secured(text: string): string {
  const { hostname, searchParams } = new URL(text);
  const host = searchParams.get('host') ?? decodeURIComponent(hostname);
  const here = host.startsWith('/') || ['localhost', '127.0.0.1', '::1', '[::1]', ''].includes(host);
  if (here || searchParams.has('sslmode')) return text;
  return `${text}${text.includes('?') ? '&' : '?'}sslmode=verify-full`;
}

function hasNoPath(text: string): boolean {
  if (!URL.canParse(text)) return true;
  const url = new URL(text);
  return url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '';
}
