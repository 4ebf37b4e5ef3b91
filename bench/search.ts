/**
 * How long a search takes among ten thousand tickets and among a million, in the same run: by kind of query,
 * right after the load, before any ANALYZE and with the words uncounted, and once all is as in daily use.
 *
 *   node bench/search.ts [tickets] [more tickets]
 */
import { chmodSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import postgres from 'postgres';
import { newId } from '../src/platform/ids.ts';
import { createLogger } from '../src/platform/logging.ts';
import {
  asOrganisation,
  type Database,
  migrate,
  openDatabase,
  startEmbedded,
  withDatabase,
} from '../src/platform/postgres/index.ts';
import { indexTickets, refreshLexicon, search } from '../src/search/index.ts';
import { flatten } from '../src/search/plain.ts';
import type { Line } from './ratios.ts';
import { corpus, type CorpusTicket, mistype, picker, randomFrom } from './search-corpus.ts';

const now = Date.now();
const queriesOfAKind = 300;
const goal = 3;

interface House {
  readonly size: number;
  readonly db: Database;
  readonly owner: postgres.Sql;
  readonly organisationId: string;
  /** Some of its tickets, to ask for. */
  readonly remembered: readonly CorpusTicket[];
}

const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(1)} s`;

const insertTickets = (
  owner: postgres.Sql,
  organisationId: string,
  rows: readonly CorpusTicket[],
): Promise<unknown> => owner`
  insert into ticket (organisation_id, id, app, reference, definition_hash, version, step, fields, sealed, choices,
    created_at, updated_at, step_at, lateness_at)
  select ${organisationId}, id, app, reference, ${'0'.repeat(64)}, 1, 'open', '{}', '{}', '{}', at, at, at, at
  from unnest(${rows.map((row) => row.ticketId)}::uuid[], ${rows.map((row) => row.app)}::text[],
    ${rows.map((row) => row.reference)}::text[],
    ${rows.map((row) => row.createdAt.toISOString())}::text[]::timestamptz[]) as given (id, app, reference, at)`;

/** A connection as the owner of a database, past every wall. */
const asOwner = (url: string): postgres.Sql =>
  postgres(url.replace(/\?.*$/, ''), {
    host: new URL(url).searchParams.get('host') ?? undefined,
    max: 2,
    onnotice: () => {},
  });

const load = async (server: string, size: number): Promise<House> => {
  const url = withDatabase(server, `search_${size}`);
  const admin = asOwner(withDatabase(server, 'postgres'));
  await admin`create database ${admin(`search_${size}`)}`;
  await admin.end();
  await migrate({ url, log: createLogger('warn') });
  const owner = asOwner(url);
  const db = openDatabase({ url });
  const organisationId = newId();
  await owner`insert into organisation (id, slug, name, created_at) values (${organisationId}, 'bench', 'Bench', now())`;
  await owner`insert into definition (hash, app, body, created_at) values (${'0'.repeat(64)}, 'voirie', '{}', now())`;
  const since = performance.now();
  const remembered: CorpusTicket[] = [];
  const random = randomFrom(size);
  let batch: CorpusTicket[] = [];
  let indexed: Promise<void> = Promise.resolve();
  const flush = async (): Promise<void> => {
    const rows = batch;
    batch = [];
    await insertTickets(owner, organisationId, rows);
    await indexed;
    indexed = asOrganisation(db, organisationId, (tx) => indexTickets(tx, organisationId, rows));
  };
  for (const ticket of corpus(size, now)) {
    batch.push(ticket);
    if (random() < 6000 / size) remembered.push(ticket);
    if (batch.length === 2000) await flush();
  }
  if (batch.length > 0) await flush();
  await indexed;
  console.log(`${size.toLocaleString('en')} tickets loaded and indexed in ${seconds(since)}`);
  return { size, db, owner, organisationId, remembered };
};

type Random = () => number;
type Ask = (ticket: CorpusTicket, random: Random) => string | undefined;

const letters = (text: string): string[] => flatten(text).match(/\p{L}{5,}/gu) ?? [];
const name = (ticket: CorpusTicket): string | undefined =>
  /\p{Lu}\p{L}{4,}$/u.exec(ticket.comments.at(-1) ?? '')?.[0];
const place = (ticket: CorpusTicket): string | undefined =>
  letters(ticket.fields.at(ticket.app === 'voirie' ? 0 : -1) ?? '').at(-1);
const weekday = (ticket: CorpusTicket): string =>
  new Intl.DateTimeFormat('fr', { weekday: 'long', timeZone: 'Europe/Paris' }).format(ticket.createdAt);
const month = (ticket: CorpusTicket): string =>
  new Intl.DateTimeFormat('fr', { month: 'long', year: 'numeric', timeZone: 'Europe/Paris' }).format(
    ticket.createdAt,
  );
const wrong = (random: Random, text: string | undefined): string | undefined =>
  text && mistype(random, text, 1);
const asHeard = (text: string | undefined): string | undefined =>
  text
    ?.toLowerCase()
    .replace('ph', 'f')
    .replace('qu', 'k')
    .replace('eau', 'o')
    .replace('ault', 'o')
    .replace(/(.)\1/, '$1')
    .replace(/[sxt]$/, '');

/** What people type, about a ticket that is there. */
const kinds: { readonly [kind: string]: Ask } = {
  'rare word': name,
  'frequent word': (ticket, random) =>
    picker(random)(['wazemmes', 'portra', 'boutique', 'poule', 'scans', 'rue', '400']),
  typo: (ticket, random) => wrong(random, name(ticket) ?? place(ticket)),
  sound: (ticket) => asHeard(name(ticket) ?? place(ticket)),
  'half word': (ticket) => (name(ticket) ?? place(ticket))?.slice(0, 4),
  reference: (ticket, random) =>
    random() < 0.5 ? ticket.reference : String(Number(ticket.reference.slice(7))),
  'several cues': (ticket, random) =>
    [
      letters(ticket.heading)[0],
      wrong(random, place(ticket)),
      random() < 0.5 ? weekday(ticket) : name(ticket),
    ]
      .filter(Boolean)
      .join(' '),
  'a month and a word': (ticket) => `${letters(ticket.heading)[0] ?? ''} ${month(ticket)}`,
  'one cue wrong': (ticket, random) =>
    `${letters(ticket.heading)[0] ?? ''} ${place(ticket) ?? ''} ${picker(random)(['xylophone', 'cathedrale', 'saxophone'])}`,
  'cues that never meet': () => 'portra lampadaire',
};

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;

const ask = async (house: House, text: string): Promise<{ ms: number; hits: number }> => {
  const { db, organisationId } = house;
  const since = performance.now();
  const { hits } = await asOrganisation(db, organisationId, (tx) =>
    search(tx, {
      organisationId,
      text,
      visible: tx`t.version > 0`,
      limit: 20,
      now,
      timeZone: 'Europe/Paris',
    }),
  );
  return { ms: performance.now() - since, hits: hits.length };
};

/** Asks all in turn, so that whatever else the machine does falls on each of them. */
const measureKind = async (
  houses: readonly House[],
  write: Ask,
): Promise<{ times: number[][]; found: number[] }> => {
  const times = houses.map((): number[] => []);
  const found = houses.map(() => 0);
  for (let nth = -20, cursor = 0; nth < queriesOfAKind && cursor < 5000; cursor += 1) {
    const texts = houses.map(({ remembered }) =>
      write(remembered[cursor % remembered.length] as CorpusTicket, randomFrom(cursor)),
    );
    if (texts.some((text) => text === undefined)) continue;
    nth += 1;
    for (const [at, house] of houses.entries()) {
      const { ms, hits } = await ask(house, texts[at] ?? '');
      if (nth <= 0) continue;
      times[at]?.push(ms);
      if (hits > 0) found[at] = (found[at] ?? 0) + 1;
    }
  }
  return { times, found };
};

const lineOf = (what: string, times: readonly number[][], target?: Line['target']): Line => {
  const [small = [], big = []] = times.map((list) => list.toSorted((a, b) => a - b));
  const [ours, floor] = [quantile(big, 0.95), quantile(small, 0.95)];
  return {
    what,
    ours: `${ours.toFixed(1)} ms`,
    floor: `${floor.toFixed(1)} ms`,
    ratio: ours / floor,
    ...(target && { target }),
  };
};

/** Prints what each kind of query took; returns the p95 of each, and of all, with the goal for all. */
const measureAll = async (houses: readonly House[], when: string): Promise<Line[]> => {
  const heads = houses
    .map(({ size }) => `${size.toLocaleString('en')}: p50    p95   max ms`.padStart(32))
    .join('');
  console.log(`\n${when}\n${''.padEnd(22)}${heads}   p95 ratio   found`);
  const all = houses.map((): number[] => []);
  const lines: Line[] = [];
  for (const [kind, write] of Object.entries(kinds)) {
    const { times, found } = await measureKind(houses, write);
    for (const [at, list] of times.entries()) all[at]?.push(...list);
    const line = lineOf(`search, ${kind}`, times);
    lines.push(line);
    const figures = times.map((list) => {
      const sorted = list.toSorted((a, b) => a - b);
      return [0.5, 0.95, 1]
        .map((share) => quantile(sorted, share).toFixed(1).padStart(7))
        .join('')
        .padStart(32);
    });
    const shares = found
      .map((count, at) => `${Math.round((100 * count) / (times[at]?.length ?? 1))} %`)
      .join(', ');
    console.log(`${kind.padEnd(22)}${figures.join('')}   ${line.ratio.toFixed(2).padStart(9)}   ${shares}`);
  }
  const whole = lineOf(`search p95, ${when}`, all, { most: goal });
  console.log(
    `${'all'.padEnd(22)}${''.padEnd(32 * houses.length)}   ${whole.ratio.toFixed(2).padStart(9)}   goal: at most ${goal}`,
  );
  return [whole, ...lines];
};

/** Loads so many tickets, and so many more, and compares what a search takes among them. */
export const measureSearch = async (small: number, big: number): Promise<Line[]> => {
  const data = mkdtempSync(join(realpathSync(tmpdir()), 'vigie-bench-'));
  chmodSync(data, 0o711);
  const server = await startEmbedded({ data, log: createLogger('warn'), throwAway: true });
  try {
    const houses: House[] = [];
    for (const size of [small, big]) houses.push(await load(server.url, size));
    const loaded = await measureAll(houses, 'right after the load');
    for (const { db, owner, organisationId, size } of houses) {
      const since = performance.now();
      await asOrganisation(db, organisationId, (tx) => refreshLexicon(tx, organisationId));
      console.log(`lexicon of ${size.toLocaleString('en')} tickets counted in ${seconds(since)}`);
      await owner`vacuum analyze`;
    }
    const daily = await measureAll(houses, 'in daily use');
    await Promise.all(houses.flatMap(({ db, owner }) => [db.close(), owner.end()]));
    return [...loaded.slice(0, 1), ...daily];
  } finally {
    await server.stop();
    rmSync(data, { recursive: true, force: true });
  }
};

if (import.meta.main)
  await measureSearch(Number(process.argv[2] ?? 10_000), Number(process.argv[3] ?? 1_000_000));
