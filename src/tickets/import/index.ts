import { keepContacts, writesContact } from '../../contacts/index.ts';
import { Refused } from '../../engine/index.ts';
import { timeZoneAt } from '../../organisations/index.ts';
import { asOrganisation, type Database, type Tx } from '../../platform/postgres/index.ts';
import { seriesOf, writeReference, yearIn } from '../reference.ts';
import { typingAt, valuesOf } from '../request.ts';
import { idBySource, takeNumbers } from '../store.ts';
import { decideImported, referred, sayWrong, type Target } from './decide.ts';
import type { CsvFile, Line } from './file.ts';
import type { ImportMap } from './map.ts';
import { type ImportedTicket, readRow, type Row } from './row.ts';
import { type Imported, insertImported, lockImport } from './store.ts';

export { type CsvFile, openCsv, UnreadableFile } from './file.ts';
export { checkColumns, type ImportMap, type MapError, readImportMap } from './map.ts';
export { analyze } from './store.ts';
export type { Target };

/** Rows a transaction: large enough to be fast, small enough that nothing else waits for long. */
const BATCH = 500;
/** An index holds each source. */
const LONGEST_KEY = 500;

/** A row that is not imported, and all that is wrong with it. */
export interface Rejected extends Line {
  readonly reasons: readonly string[];
}

export interface Counts {
  readonly imported: number;
  /** Already there, from the same source. */
  readonly known: number;
  readonly rejected: number;
}

interface Candidate extends Line {
  readonly ticket: ImportedTicket;
}

const REASONS = {
  fr: {
    columns: (expected: number, found: number) => `${expected} colonnes attendues, ${found} trouvées`,
    twice: (key: string, line: number) => `même ${key} que la ligne ${line}`,
    key: (key: string) => `${key} est trop long pour distinguer une ligne`,
    nul: 'un caractère nul, qu’aucun texte n’a',
  },
  en: {
    columns: (expected: number, found: number) => `${expected} columns expected, ${found} found`,
    twice: (key: string, line: number) => `same ${key} as line ${line}`,
    key: (key: string) => `${key} is too long to tell rows apart`,
    nul: 'a null character, which no text has',
  },
};

/** Values for the engine: texts are read as a person's typing is, by the types of their fields. */
const typed = ({ house, installed, siteId, locale }: Target, values: ImportedTicket['fields']) => {
  const fields: { [name: string]: unknown } = {};
  const text: { [name: string]: string } = {};
  for (const [name, value] of Object.entries(values))
    if (typeof value === 'string') text[name] = value;
    else fields[name] = value;
  return valuesOf(installed.definition, typingAt(timeZoneAt(house, siteId), locale), { fields, text });
};

/** Somebody, to see whether the rest of a row is right before anybody is written down. */
const SOMEBODY = { id: '00000000-0000-7000-8000-000000000000' };

/** What becomes of one row. Nobody is kept of a row that is not. */
const decideRow = async (
  tx: Tx,
  target: Target,
  ticket: ImportedTicket,
): Promise<ReturnType<typeof decideImported>> => {
  const { definition } = target.installed;
  const fields = typed(target, ticket.fields);
  if (!writesContact(definition, fields)) return decideImported(target, { ...ticket, fields });
  const somebody = Object.entries(fields).map(([name, value]) => [
    name,
    definition.fields[name]?.is === 'contact' && value !== null ? SOMEBODY : value,
  ]);
  const trial = decideImported(target, { ...ticket, fields: Object.fromEntries(somebody) as typeof fields });
  if ('wrong' in trial) return trial;
  const kept = await keepContacts(tx, target.house, definition, fields, ticket.openedAt);
  return decideImported(target, { ...ticket, fields: kept });
};

/** References in the year of each ticket's opening, in the order of the file. */
const refer = async (tx: Tx, target: Target, tickets: readonly Imported[]): Promise<readonly Imported[]> => {
  const { house, installed, siteId } = target;
  const pattern = installed.definition.reference;
  const zone = timeZoneAt(house, siteId);
  const years = tickets.map(({ state }) => yearIn(zone, state.createdAt));
  const next = new Map<string, number>();
  if (pattern.includes('{seq}')) {
    const series = years.map((year) => seriesOf(installed.app, pattern, year));
    // Always in the same order: two who take numbers of several series never wait for each other.
    for (const name of [...new Set(series)].toSorted()) {
      const count = series.filter((one) => one === name).length;
      next.set(name, (await takeNumbers(tx, house.id, name, count)) - count + 1);
    }
  }
  return tickets.map((ticket, index) => {
    const year = years[index] ?? '';
    const name = seriesOf(installed.app, pattern, year);
    const seq = next.get(name) ?? null;
    if (seq !== null) next.set(name, seq + 1);
    return referred(ticket, writeReference(pattern, year, seq));
  });
};

/** One batch, in the caller's transaction: all of it is written, or nothing. */
const importBatch = async (
  tx: Tx,
  target: Target,
  candidates: readonly Candidate[],
): Promise<{ readonly counts: Counts; readonly rejected: readonly Rejected[] }> => {
  const { house, installed, locale } = target;
  await lockImport(tx, house.id, installed.app);
  const known = await idBySource(
    tx,
    house.id,
    installed.app,
    candidates.map(({ ticket }) => ticket.source),
  );
  const tickets: Imported[] = [];
  const rejected: Rejected[] = [];
  for (const { ticket, line, record } of candidates) {
    if (known.has(ticket.source)) continue;
    try {
      const decided = await decideRow(tx, target, ticket);
      if ('ticket' in decided) tickets.push(decided.ticket);
      else rejected.push({ line, record, reasons: decided.wrong });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      rejected.push({ line, record, reasons: sayWrong(error.refusal, locale) });
    }
  }
  if (tickets.length > 0)
    await insertImported(tx, house.id, installed.app, installed.hash, await refer(tx, target, tickets));
  return { counts: { imported: tickets.length, known: known.size, rejected: rejected.length }, rejected };
};

/**
 * Imports the rows of a file. A row is never imported twice, however often the file is; stopped anywhere,
 * the same command goes on where it was.
 * @param told after each batch: the counts so far, and the rows rejected since the last time
 */
export const importTickets = async (
  db: Database,
  target: Target,
  map: ImportMap,
  { header, lines }: CsvFile,
  told: (counts: Counts, rejected: readonly Rejected[]) => Promise<void> | void = () => {},
): Promise<Counts> => {
  const say = REASONS[target.locale];
  const seen = new Map<string, number>();
  let counts: Counts = { imported: 0, known: 0, rejected: 0 };
  let batch: Candidate[] = [];
  let wrong: Rejected[] = [];

  const flush = async (): Promise<void> => {
    const candidates = batch;
    batch = [];
    const done =
      candidates.length === 0
        ? { counts: { imported: 0, known: 0, rejected: 0 }, rejected: [] }
        : await asOrganisation(db, target.house.id, (tx) => importBatch(tx, target, candidates));
    const rejected = [...wrong, ...done.rejected].toSorted((a, b) => a.line - b.line);
    wrong = [];
    counts = {
      imported: counts.imported + done.counts.imported,
      known: counts.known + done.counts.known,
      rejected: counts.rejected + rejected.length,
    };
    await told(counts, rejected);
  };

  const read = (record: readonly string[]): ReturnType<typeof readRow> => {
    if (record.length !== header.length) return { wrong: [say.columns(header.length, record.length)] };
    if (record.some((value) => value.includes('\0'))) return { wrong: [say.nul] };
    const row: Row = Object.fromEntries(header.map((name, index) => [name, record[index] ?? '']));
    const found = readRow(map, row);
    return 'ticket' in found && found.ticket.source.length > LONGEST_KEY
      ? { wrong: [say.key(map.source.key)] }
      : found;
  };

  for await (const { line, record } of lines) {
    const row = read(record);
    const first = 'ticket' in row ? seen.get(row.ticket.source) : undefined;
    if ('wrong' in row) wrong.push({ line, record, reasons: row.wrong });
    else if (first !== undefined) wrong.push({ line, record, reasons: [say.twice(map.source.key, first)] });
    else {
      seen.set(row.ticket.source, line);
      batch.push({ line, record, ticket: row.ticket });
    }
    if (batch.length + wrong.length >= BATCH) await flush();
  }
  await flush();
  return counts;
};
