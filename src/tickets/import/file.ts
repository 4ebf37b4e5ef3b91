import { TextDecoder } from 'node:util';
import { CsvError, parse } from 'csv-parse';

/** One record of a CSV, and the line of the file where it begins (1 is the header). */
export interface Line {
  readonly line: number;
  readonly record: readonly string[];
}

export interface CsvFile {
  readonly header: readonly string[];
  readonly lines: AsyncIterable<Line>;
}

/** The file is not one that can be read; the message says where and what to do. */
export class UnreadableFile extends Error {
  override name = 'UnreadableFile';
}

const DELIMITERS = [',', ';', '\t'];

/** What separates the columns: what the header has most of. French spreadsheets write semicolons. */
const delimiterOf = (text: string): string => {
  const header = (/^.*$/mu.exec(text)?.[0] ?? '').replaceAll(/"[^"]*"/gu, '');
  const counts = DELIMITERS.map((delimiter) => header.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
};

async function* decoded(
  bytes: AsyncIterable<Uint8Array>,
  encoding: string,
): AsyncGenerator<string, void, void> {
  let decoder: TextDecoder;
  try {
    decoder = new TextDecoder(encoding, { fatal: true });
  } catch {
    throw new UnreadableFile(`There is no encoding "${encoding}": write utf-8, windows-1252 or utf-16le.`);
  }
  try {
    for await (const chunk of bytes) yield decoder.decode(chunk, { stream: true });
    yield decoder.decode();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new UnreadableFile(
      `The file is not ${encoding}. Save it as "CSV UTF-8", or say what it is: --encoding windows-1252.`,
      { cause: error },
    );
  }
}

async function* joined(first: string, rest: AsyncIterable<string>): AsyncGenerator<string, void, void> {
  yield first;
  yield* rest;
}

async function* parsed(text: AsyncIterable<string>, delimiter: string): AsyncGenerator<Line, void, void> {
  const parser = parse({
    delimiter,
    bom: true,
    info: true,
    relax_column_count: true,
    // A quotation mark in the middle of a value is only that.
    relax_quotes: true,
    skip_empty_lines: true,
  });
  const fed = (async () => {
    for await (const chunk of text)
      if (!parser.write(chunk)) await new Promise((resolve) => parser.once('drain', resolve));
    parser.end();
  })();
  fed.catch((error: unknown) => parser.destroy(error as Error));
  try {
    for await (const { record, info } of parser as AsyncIterable<{
      record: string[];
      info: { lines: number };
    }>) {
      // It counts the lines up to the end of the record; a quoted value may have several.
      const more = record.reduce((sum, value) => sum + (value.match(/\r\n|\n|\r/gu)?.length ?? 0), 0);
      yield { line: info.lines - more, record };
    }
    await fed;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new UnreadableFile(
      error.code === 'CSV_QUOTE_NOT_CLOSED'
        ? `A quotation mark opened near line ${Number(error['records']) + 1} is never closed: all that follows would be one value.`
        : error.message,
      { cause: error },
    );
  } finally {
    parser.destroy();
  }
}

/** Opens a CSV: with a byte-order mark or not, any ends of lines, columns separated by commas, semicolons or tabs. */
export const openCsv = async (bytes: AsyncIterable<Uint8Array>, encoding = 'utf-8'): Promise<CsvFile> => {
  const text = decoded(bytes, encoding);
  let start = '';
  // The header decides how the rest is read, and may be longer than a chunk.
  while (!/[\r\n]/u.test(start)) {
    const { done, value } = await text.next();
    if (done) break;
    start += value;
  }
  const lines = parsed(joined(start, text), delimiterOf(start));
  const { done, value: header } = await lines.next();
  if (done) throw new UnreadableFile('The file is empty: its first line must name the columns.');
  return { header: header.record.map((name) => name.trim()), lines };
};
