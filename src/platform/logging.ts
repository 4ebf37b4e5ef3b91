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
      redact: { paths: redactedPaths, censor: '[redacted]' },
    },
    destination ?? pino.destination({ fd: 2, sync: true }),
  );
}
