import { openPool, type Sql } from './pool.ts';

/**
 * The database as its owner, who sees its catalogues and jobs and may analyze it, on one connection: for commands,
 * never for requests. Row-level security still holds where the owner is no superuser.
 */
export const openOwner = (url: string): Sql => openPool({ url, name: 'vigie command' }, 1).sql;
