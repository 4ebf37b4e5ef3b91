import { connect, type Socket } from 'node:net';

/** Where a server is and as whom to speak to it, taken from an address in PostgreSQL's own form. */
export interface Address {
  readonly user: string | undefined;
  readonly password: string | undefined;
  readonly database: string | undefined;
  readonly sslmode: string | undefined;
  /** What is sent when a connection starts, such as `application_name`. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Opens a socket to it. */
  open(): Promise<Socket>;
}

/** The address of a server that listens in a folder. */
export function socketUrl(folder: string, user: string, database: string): string {
  return `postgresql://${user}@localhost/${database}?host=${encodeURIComponent(folder)}`;
}

/** The same server and user, another database. */
export function withDatabase(url: string, database: string): string {
  const other = new URL(url);
  other.pathname = `/${encodeURIComponent(database)}`;
  return other.href;
}

const SSL_MODES = ['disable', 'allow', 'prefer', 'require', 'verify-full'];

/**
 * Reads `postgresql://user:password@host:port/database?…`; a folder in `?host=` means the Unix socket there,
 * as for PostgreSQL's own programs.
 */
export function readAddress(url: string): Address {
  const parsed = new URL(url);
  const { host: folder, port: otherPort, sslmode, ...parameters } = Object.fromEntries(parsed.searchParams);
  if (sslmode !== undefined && !SSL_MODES.includes(sslmode)) {
    throw new Error(`DATABASE_URL asks for sslmode=${sslmode}. It must be one of ${SSL_MODES.join(', ')}.`);
  }
  const host = folder ?? (decodeURIComponent(parsed.hostname).replace(/^\[(.*)\]$/, '$1') || 'localhost');
  const port = Number(parsed.port || otherPort || 5432);
  return {
    user: decodeURIComponent(parsed.username) || undefined,
    password: decodeURIComponent(parsed.password) || undefined,
    database: decodeURIComponent(parsed.pathname.slice(1)) || undefined,
    sslmode,
    parameters,
    open: () => openSocket(host, port),
  };
}

async function openSocket(host: string, port: number): Promise<Socket> {
  const socket = host.startsWith('/')
    ? connect(`${host}/.s.PGSQL.${port}`)
    : connect({ host, port, keepAlive: true });
  await new Promise((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  socket.setNoDelay(true);
  // The driver names the server to TLS by what it finds here.
  return Object.assign(socket, { host, port });
}
