import { totalmem } from 'node:os';

const MEGABYTE = 1024 * 1024;

/** How the embedded server is set: for a small machine that other programs share, and never at durability's cost. */
export function settingsFor(sockets: string, durable: boolean): Record<string, string> {
  const memory = totalmem() / MEGABYTE;
  const megabytes = (value: number, least: number, most: number): string =>
    `${Math.round(Math.min(Math.max(value, least), most))}MB`;
  return {
    listen_addresses: '',
    unix_socket_directories: sockets,
    unix_socket_permissions: '0700',
    max_connections: '64',
    shared_buffers: megabytes(memory / 8, 64, 1024),
    effective_cache_size: megabytes(memory / 2, 256, 16_384),
    work_mem: '8MB',
    maintenance_work_mem: megabytes(memory / 32, 64, 512),
    random_page_cost: '1.1',
    // Many short statements on few cores: neither compiling nor splitting them pays.
    jit: 'off',
    max_parallel_workers_per_gather: '0',
    max_wal_size: '2GB',
    wal_compression: 'on',
    // Lists filter by columns that change all day: a planner that knows the tables of an hour ago chooses badly.
    autovacuum_naptime: '15s',
    autovacuum_vacuum_scale_factor: '0.05',
    autovacuum_analyze_scale_factor: '0.02',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_line_prefix: '',
    log_checkpoints: 'off',
    // Statements and the values of a violated key may hold personal data, which no log may.
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    ...(durable
      ? {}
      : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', autovacuum: 'off' }),
  };
}
