import { pino, type DestinationStream, type Logger } from 'pino';

export type { Logger } from 'pino';

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** What must never reach a log, wherever in an object of up to three levels it stands. */
const SECRET = ['authorization', 'cookie', 'password', 'pass', 'secret', 'token', 'email', 'phone', 'sealed'];
const HEADERS = ['set-cookie', 'idempotency-key'];
const redactedPaths = ['', '*.', '*.*.'].flatMap((prefix) => [
  ...SECRET.map((name) => prefix + name),
  ...HEADERS.map((name) => `${prefix.replace(/\.$/, '')}["${name}"]`),
]);

/** What may be told of an error. Others repeat what somebody wrote: PostgreSQL's `detail` the row, SMTP's `response` the address. */
const TOLD = ['code', 'errno', 'syscall', 'responseCode', 'severity', 'table_name', 'constraint_name'];

interface Thrown {
  readonly [property: string]: unknown;
}

/** An error and its causes, without the values it may quote. */
const tellError = (error: unknown): object => {
  if (!(error instanceof Error)) return { type: typeof error };
  const thrown = error as Error & Thrown;
  // PostgreSQL's class 22: a value was wrong, and the message quotes it.
  const quotes = typeof thrown.code === 'string' && /^22...$/u.test(thrown.code);
  const message = quotes ? error.message.replace(/".*"/su, '"…"') : error.message;
  return {
    type: error.name,
    message,
    stack: error.stack?.replace(error.message, () => message),
    ...Object.fromEntries(TOLD.flatMap((name) => (thrown[name] === undefined ? [] : [[name, thrown[name]]]))),
    ...(error.cause !== undefined && { cause: tellError(error.cause) }),
  };
};

/**
 * The log: one JSON line an event, on standard error, because standard output belongs to what a
 * command answers. Secrets and personal data are replaced by `[redacted]`.
 */
export function createLogger(level: LogLevel, destination?: DestinationStream): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: tellError },
      redact: { paths: redactedPaths, censor: '[redacted]' },
    },
    destination ?? pino.destination({ fd: 2, sync: true }),
  );
}
