import { CLINICAL } from './kinds.ts';

export interface Resources {
  /** In JSON that says so by its structure. */
  readonly proved: number;
  /** In something that only contains such words, as a program or a log may. */
  readonly named: number;
}

const NAMED = /"resourceType"\s{0,9}:\s{0,9}"([A-Z]\w{2,40})"/g;
const NODES = 2_000_000;

/**
 * How many clinical resources of FHIR R4 stand in a text, as JSON (`resourceType`, R4, 2.6.2), alone, in a Bundle or in
 * anything else, or one a line (NDJSON, Bulk Data). JSON that was cut counts by what it begins with.
 */
export const countResources = (text: string): Resources => {
  if (!text.includes('"resourceType"')) return { proved: 0, named: 0 };
  const start = text.slice(0, 100).trimStart().charAt(0);
  const whole = start === '{' || start === '[' ? parse(text) : undefined;
  if (whole !== undefined) return { proved: within(whole), named: 0 };
  let proved = 0;
  let named = 0;
  for (const line of text.split('\n')) {
    if (!line.includes('"resourceType"')) continue;
    const value = /^\s*[[{]/.test(line) ? parse(line) : undefined;
    if (value !== undefined) proved += within(value);
    else for (const [, kind = ''] of line.matchAll(NAMED)) if (CLINICAL.has(kind)) named += 1;
  }
  return start === '{' || start === '[' ? { proved: proved + named, named: 0 } : { proved, named };
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const within = (value: unknown): number => {
  const waiting: unknown[] = [value];
  let count = 0;
  for (let seen = 0; waiting.length > 0 && seen < NODES; seen += 1) {
    const one = waiting.pop();
    if (typeof one !== 'object' || one === null) continue;
    const kind: unknown = 'resourceType' in one ? one.resourceType : undefined;
    if (typeof kind === 'string' && CLINICAL.has(kind)) count += 1;
    for (const inner of Object.values(one))
      if (typeof inner === 'object' && inner !== null) waiting.push(inner);
  }
  return count;
};
