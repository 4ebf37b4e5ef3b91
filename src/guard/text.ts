import { lineOf } from './context.ts';
import { countResources } from './fhir.ts';
import { found, inside, type Look } from './findings.ts';
import { countMessages } from './hl7.ts';
import { findNirs, findRpps, hasInsIdentifier, type Identifier } from './nir.ts';
import { weakSigns } from './words.ts';
import { countFhirXml, isCda } from './xml.ts';

/** Looks for everything that a text may hold. */
export const lookAtText = (text: string, look: Look): void => {
  const messages = countMessages(text);
  if (messages > 0) found(look, 'hl7v2', 'strong', messages);
  if (isCda(text)) found(look, 'cda', 'strong');
  const xml = countFhirXml(text);
  if (xml > 0) found(look, 'fhir', 'strong', xml);
  const { proved, named } = countResources(text);
  if (proved > 0) found(look, 'fhir', 'strong', proved);
  if (named > 0) found(look, 'fhir', 'weak', named);
  lookAtWords(text, look);
};

/** Characters looked at before what was found is said: whoever looks may be ended at any time. */
const SLICE = 4_000_000;

/** Looks for numbers and words alone, where the text is no longer in the format it came in. */
export const lookAtWords = (text: string, look: Look): void => {
  let line = 1;
  for (let from = 0; from < text.length;) {
    const slice = text.slice(from, endOfSlice(text, from));
    const numbers = findNirs(slice);
    sayWhere(numbers, slice, line, look);
    sayWhere(findRpps(slice), slice, line, look);
    if (from === 0 && numbers.length === 0 && hasInsIdentifier(slice)) found(look, 'ins', 'weak');
    from += slice.length;
    line += lineOf(slice, slice.length) - 1;
  }
  for (const { rule, count } of weakSigns(text)) found(look, rule, 'weak', count);
};

/** At the end of a line, unless that is far. */
const endOfSlice = (text: string, from: number): number => {
  const end = text.indexOf('\n', from + SLICE);
  return end < 0 || end > from + 2 * SLICE ? from + 2 * SLICE : end + 1;
};

/** The first of each kind says the line. */
const sayWhere = (numbers: readonly Identifier[], text: string, line: number, look: Look): void => {
  for (const rule of ['nir', 'ins', 'rpps'] as const)
    for (const strength of ['strong', 'weak'] as const) {
      const these = numbers.filter((one) => one.rule === rule && one.strength === strength);
      const first = these[0];
      if (!first) continue;
      const where = `line ${line - 1 + lineOf(text, first.at)}`;
      found(inside(look, where), rule, strength, these.length);
    }
};
