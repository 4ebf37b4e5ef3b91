import { CLINICAL } from './kinds.ts';

/**
 * Whether this is a CDA document: an element ClinicalDocument in the namespace urn:hl7-org:v3 (CDA R2, 4.1), as the
 * root or inside an envelope, with the person it speaks of. One in a comment is none.
 */
export const isCda = (xml: string): boolean => {
  if (!xml.includes('ClinicalDocument') || !xml.includes('urn:hl7-org:v3')) return false;
  const text = withoutComments(xml);
  const at = text.search(/<(?:[\w.-]+:)?ClinicalDocument[\s>]/);
  if (at < 0 || !text.includes('urn:hl7-org:v3')) return false;
  const isRoot = !/<[A-Za-z]/.test(text.slice(0, at));
  return isRoot || /<(?:[\w.-]+:)?(?:recordTarget|patientRole)[\s>]/.test(text.slice(at));
};

/** How many clinical resources of FHIR R4 stand in an XML text (namespace http://hl7.org/fhir; R4, 2.6.1) or in Turtle. */
export const countFhirXml = (xml: string): number => {
  if (!xml.includes('http://hl7.org/fhir')) return 0;
  const text = withoutComments(xml);
  let count = 0;
  if (/xmlns(?::[\w.-]+)?\s*=\s*["']http:\/\/hl7\.org\/fhir["']/.test(text))
    for (const [, name = ''] of text.matchAll(/<(?:[\w.-]+:)?([A-Z]\w+)[\s>/]/g))
      if (CLINICAL.has(name)) count += 1;
  if (/@prefix\s+fhir:\s*<http:\/\/hl7\.org\/fhir\/>/.test(text))
    for (const [, name = ''] of text.matchAll(/\sa\s+fhir:([A-Z]\w+)/g)) if (CLINICAL.has(name)) count += 1;
  return count;
};

const withoutComments = (xml: string): string => {
  const kept: string[] = [];
  let at = 0;
  for (;;) {
    const open = xml.indexOf('<!--', at);
    const close = open < 0 ? -1 : xml.indexOf('-->', open + 4);
    kept.push(xml.slice(at, open < 0 ? undefined : open));
    if (open < 0 || close < 0) return kept.join('');
    at = close + 3;
  }
};

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  eacute: 'é',
  egrave: 'è',
};

export const withoutEntities = (text: string): string =>
  text.includes('&')
    ? text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,8}));/gi, (whole, decimal, hex, name) => {
        const code = decimal ? Number(decimal) : hex ? Number.parseInt(String(hex), 16) : undefined;
        if (code !== undefined) return code <= 0x10_ff_ff ? String.fromCodePoint(code) : ' ';
        return ENTITIES[String(name).toLowerCase()] ?? whole;
      })
    : text;

/** What stands between the tags; `becomes` says what each tag is worth, such as the end of a line. Linear in the text. */
export const betweenTags = (xml: string, becomes: (tag: string) => string): string => {
  const kept: string[] = [];
  let at = 0;
  for (;;) {
    const open = xml.indexOf('<', at);
    const close = open < 0 ? -1 : xml.indexOf('>', open);
    kept.push(xml.slice(at, open < 0 ? undefined : open));
    if (open < 0 || close < 0) return withoutEntities(kept.join(''));
    kept.push(becomes(xml.slice(open + 1, close)));
    at = close + 1;
  }
};
