/**
 * The least a server can be: `node:http` and the `postgres` driver over one table. No rights, no history, no checks,
 * no organisations. What Vigie costs is measured against it.
 *
 * Started by run.ts as a process of its own: DATABASE_URL in, `{ port }` out, `{ rss }` when asked.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import postgres from 'postgres';

const url = new URL(process.env['DATABASE_URL'] ?? '');
const sql = postgres(url.href.replace(/\?.*$/u, ''), {
  max: 16,
  host: url.searchParams.get('host') ?? undefined,
  onnotice: () => {},
});

const columns = sql`reference, step, fields, due, created, version`;

const create = async (body: string): Promise<object> => {
  const { fields } = JSON.parse(body) as { fields: postgres.JSONValue };
  const [row] = await sql`
    insert into thin (step, fields, due, created, version)
    values ('received', ${sql.json(fields)}, now() + interval '2 days', now(), 1) returning ${columns}`;
  return row ?? {};
};

const get = async (reference: string): Promise<object | undefined> => {
  const [row] = await sql`select ${columns} from thin where reference = ${reference}`;
  return row;
};

const list = async (step: string, limit: number): Promise<object> => ({
  tickets: await sql`select ${columns} from thin where step = ${step} order by due, id limit ${limit}`,
});

const server = createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://thin');
  let body = '';
  for await (const chunk of request) body += String(chunk);
  const answer =
    request.method === 'POST'
      ? await create(body)
      : pathname === '/tickets'
        ? await list(searchParams.get('step') ?? '', Number(searchParams.get('limit')))
        : await get(pathname.slice('/tickets/'.length));
  const status = request.method === 'POST' ? 201 : answer ? 200 : 404;
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer ?? {}));
});

server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on('message', () => process.send?.({ rss: process.memoryUsage.rss() }));
process.on('disconnect', () => process.exit());
