import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { chanceOf } from '../../tests/harness/guard/chance.ts';
import { docxOf, DOCUMENTS, odtOf, xlsxOf, zipOf } from '../../tests/harness/guard/containers.ts';
import { dicoms, fhirs, hl7s, xmls } from '../../tests/harness/guard/formats.ts';
import { nirOf } from '../../tests/harness/guard/people.ts';
import { LIMITS } from './findings.ts';
import { examine, type Finding, type Findings } from './index.ts';
import { lookAt } from './look.ts';

const chance = chanceOf(9);
const SENTENCE = `Patient : Le Goff Anne, NIR ${nirOf(chance)}`;
const bytes = (text: string): Uint8Array => Buffer.from(text);

const whole: readonly Uint8Array[] = [
  ...Object.values(dicoms(chance)),
  ...[hl7s(chance), xmls(chance), fhirs(chance)].flatMap((texts) => Object.values(texts).map(bytes)),
  ...Object.values(DOCUMENTS).map((make) => make(`${SENTENCE}\n12/03/1957`)),
  ...[docxOf, odtOf, xlsxOf].map((make) => zipOf({ a: make(SENTENCE) })),
];

test('whatever is cut, changed or made up, an answer comes and nothing is thrown', async () => {
  const damaged = fc
    .tuple(
      fc.constantFrom(...whole),
      fc.nat(),
      fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 20 }),
    )
    .map(([content, cut, changes]) => {
      const made = Uint8Array.from(content.subarray(0, content.length - (cut % content.length)));
      for (const [at, byte] of changes) made[at % made.length] = byte;
      return made;
    });
  const isOrderly = ({ findings }: Findings): boolean =>
    findings.every(({ count, where }) => count > 0 && /^[a-z]+ (?:file$|\d+)/.test(where));
  await fc.assert(
    fc.asyncProperty(fc.oneof(damaged, fc.uint8Array({ maxLength: 2000 })), async (content) => {
      const findings: Finding[] = [];
      await lookAt(content, {
        limits: LIMITS,
        where: '',
        depth: 0,
        left: { bytes: 4_000_000, entries: 100 },
        find: (one) => findings.push(one),
        miss: () => {},
        open: lookAt,
      });
      assert.ok(isOrderly({ findings, uncovered: [] }));
    }),
    { numRuns: 400 },
  );
  await fc.assert(
    fc.asyncProperty(damaged, async (content) => {
      assert.ok(isOrderly(await examine(content, '', { time: 10_000, unpacked: 4_000_000 })));
    }),
    { numRuns: 25 },
  );
});
