import { createHash } from 'node:crypto';

import { record } from '../../log/index.ts';
import { type Actor } from '../../engine/index.ts';
import { asOrganisation, type Database } from '../../platform/postgres/index.ts';
import type { House } from '../house.ts';
import { readmeOf } from './readme.ts';
import { definitionsOf, holdStill, organisationAsJson, rowsOf, type Table, tenantTables } from './store.ts';

/** Where the files of an export go, one after the other. */
export interface Sink {
  /** Files longer than so many bytes are continued in another. */
  readonly longest: number;
  /** Begins a file; what was begun before is whole. */
  begin(name: string): Promise<void>;
  write(chunk: Buffer): Promise<void>;
  /** Everything was written. */
  end(): Promise<void>;
}

/** Rows read at once. */
const ROWS = 500;

/** `tables/ticket.jsonl`, then `tables/ticket.2.jsonl`. */
const nth = (name: string, part: number): string =>
  part === 1 ? name : name.replace(/(\.\w+)?$/u, `.${part}$1`);

/** Writes files, cut between two rows where they are too long, and their sums as `sha256sum -c` reads them. */
const summed = (sink: Sink) => {
  const sums: string[] = [];
  return {
    sums,
    file: async (name: string, chunks: AsyncIterable<string> | Iterable<string>): Promise<void> => {
      let part = 1;
      let size = 0;
      let hash = createHash('sha256');
      const sum = (): void => void sums.push(`${hash.digest('hex')}  ${nth(name, part)}\n`);
      await sink.begin(name);
      for await (const chunk of chunks) {
        const bytes = Buffer.from(chunk);
        if (size > 0 && size + bytes.length > sink.longest) {
          sum();
          part += 1;
          size = 0;
          hash = createHash('sha256');
          await sink.begin(nth(name, part));
        }
        size += bytes.length;
        hash.update(bytes);
        await sink.write(bytes);
      }
      sum();
    },
  };
};

/**
 * Writes everything an organisation has: a file of JSON lines for each table, its definitions, what each is, and
 * checksums. All of one moment, however long it takes; memory stays flat. Personal data is in it, sealed fields too.
 */
export const exportWhole = (
  db: Pick<Database, 'app'>,
  house: House,
  sink: Sink,
  now: number,
): Promise<readonly { readonly table: string; readonly rows: number }[]> =>
  asOrganisation(db, house.id, async (tx) => {
    await holdStill(tx);
    const { file, sums } = summed(sink);
    const tables = await tenantTables(tx);
    const counts = new Map<string, number>();
    const lines = async function* (table: Table): AsyncGenerator<string> {
      for await (const rows of rowsOf(tx, house.id, table, ROWS)) {
        counts.set(table.name, (counts.get(table.name) ?? 0) + rows.length);
        yield `${rows.join('\n')}\n`;
      }
    };
    await file('organisation.json', [`${await organisationAsJson(tx, house.id)}\n`]);
    for (const { app, hash, body } of await definitionsOf(tx, house.id))
      await file(`definitions/${app}-${hash.slice(0, 12)}.json`, [`${body}\n`]);
    for (const table of tables) await file(`tables/${table.name}.jsonl`, lines(table));
    const done = tables.map(({ name }) => ({ table: name, rows: counts.get(name) ?? 0 }));
    await file('README.txt', [readmeOf(house, tables, counts, now)]);
    await sink.begin('SHA256SUMS');
    await sink.write(Buffer.from(sums.join('')));
    await sink.end();
    return done;
  });

/** Writes down that somebody took everything out: before anything leaves. */
export const recordExport = (
  db: Pick<Database, 'app'>,
  house: House,
  actor: Actor,
  now: number,
): Promise<unknown> =>
  asOrganisation(db, house.id, (tx) => record(tx, house.id, 'organisation_exported', actor, {}, now));
