import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { test, type TestContext } from 'node:test';
import { nirs, prescriptions, structured, tables, type Positive } from '../../tests/harness/guard/corpus.ts';
import {
  innocents,
  numbersAtScale,
  ours,
  unlucky,
  type Innocent,
} from '../../tests/harness/guard/innocent.ts';
import { LIMITS, type Finding, type Look, type Uncovered } from './findings.ts';
import { lookAt } from './look.ts';

/** Looks in this thread: the corpus is ours, and a thousand threads take long. */
async function findingsIn(bytes: Uint8Array): Promise<{ findings: Finding[]; missed: Uncovered[] }> {
  const findings: Finding[] = [];
  const missed: Uncovered[] = [];
  const look: Look = {
    limits: LIMITS,
    where: '',
    depth: 0,
    left: { bytes: LIMITS.unpacked, entries: LIMITS.entries },
    find: (one) => findings.push(one),
    miss: (one) => missed.push(one),
    open: lookAt,
  };
  await lookAt(bytes, look);
  return { findings, missed };
}

const percent = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(2)} %`;

/** The share of documents that are proved by their rule; INS is the name a NIR has in hospitals. */
async function detected(t: TestContext, what: string, documents: Iterable<Positive>): Promise<number> {
  let all = 0;
  const lost: string[] = [];
  for (const document of documents) {
    all += 1;
    const { findings } = await findingsIn(document.bytes);
    const rules = document.rule === 'nir' ? ['nir', 'ins'] : [document.rule];
    if (!findings.some(({ rule, strength }) => strength === 'strong' && rules.includes(rule)))
      lost.push(`${document.what} ${JSON.stringify(findings)}`);
  }
  t.diagnostic(`${what}: ${all - lost.length} of ${all} proved, ${percent(all - lost.length, all)}`);
  for (const one of lost.slice(0, 10)) t.diagnostic(`  not proved: ${one}`);
  return (all - lost.length) / all;
}

async function accused(t: TestContext, what: string, documents: Iterable<Innocent>) {
  let all = 0;
  const strong: string[] = [];
  const weak: string[] = [];
  for (const document of documents) {
    all += 1;
    const { findings } = await findingsIn(document.bytes);
    if (findings.some(({ strength }) => strength === 'strong'))
      strong.push(`${document.what} ${JSON.stringify(findings)}`);
    else if (findings.length > 0) weak.push(`${document.what} ${JSON.stringify(findings)}`);
  }
  t.diagnostic(
    `${what}: of ${all}, ${strong.length} accused (${percent(strong.length, all)}), ${weak.length} warned of (${percent(weak.length, all)})`,
  );
  for (const one of strong.slice(0, 5)) t.diagnostic(`  accused: ${one}`);
  for (const one of weak.slice(0, 5)) t.diagnostic(`  warned of: ${one}`);
  return { strong: strong.length, weak: weak.length / all };
}

test('DICOM, HL7 v2, CDA and FHIR are always proved, in whatever carries them', async (t) => {
  assert.equal(await detected(t, 'structured formats', structured()), 1);
});

test('a NIR with words near it is proved, however it is written and whatever carries it', async (t) => {
  assert.ok((await detected(t, 'a NIR with context', nirs(30))) >= 0.99);
  assert.equal(await detected(t, 'tables of people', tables()), 1);
});

test("a doctor's number is proved where it is called so, or stands on a prescription", async (t) => {
  assert.equal(await detected(t, 'RPPS with context', prescriptions()), 1);
});

test('invoices, rabbits, photographs, potholes and programs are proof of nothing', async (t) => {
  const { strong, weak } = await accused(t, 'innocent documents', innocents(3));
  assert.equal(strong, 0);
  assert.ok(weak < 0.1);
});

test('our own programs and papers, which speak of all this, are proof of nothing', async (t) => {
  const { strong } = await accused(t, 'our own files', ours(resolve(import.meta.dirname, '../..')));
  assert.equal(strong, 0);
});

test('a million numbers of fifteen digits are proof of nothing', async (t) => {
  const began = performance.now();
  const { findings } = await findingsIn(numbersAtScale(1_000_000));
  t.diagnostic(
    `a million numbers in ${Math.round(performance.now() - began)} ms: ${JSON.stringify(findings)}`,
  );
  assert.ok(findings.every(({ strength }) => strength === 'weak'));
});

test('a number of fifteen digits that stands among people is taken for a NIR less than once in a hundred', async (t) => {
  const { strong } = await accused(t, 'numbers of chance among people', unlucky(5000));
  assert.ok(strong < 50);
});
