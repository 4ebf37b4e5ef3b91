import type { Tagged } from './tags.ts';

/** A requirement of OWASP ASVS 5.0.0, by its number and level, in words of our own. */
export interface Requirement {
  readonly id: string;
  readonly level: 1 | 2 | 3;
  readonly says: string;
}

/** What is said of a requirement beside its tests: one of these. */
export type Decision =
  { readonly design: string } | { readonly 'not applicable': string } | { readonly gap: string };

export type Status = 'gap' | 'tested' | 'by design' | 'not applicable';

/** A requirement and how it stands. */
export interface Row extends Requirement {
  readonly status: Status;
  readonly why: string;
  readonly tests: readonly Tagged[];
}

/** A path of the project in a sentence: `src/people/door.ts`. */
const PATH =
  /`((?:src|web|docs|tests|scripts|migrations|apps|client|bench)\/[\w./[\]()-]+|[\w-]+\.(?:md|json))`/gu;

/**
 * Every requirement with how it stands. A gap that is known stays one, also when a part of it is tested; what nobody
 * says anything of is a gap.
 * @throws Error naming every tag and decision of no requirement, and every sentence that names a file that is not there
 */
export const joined = (
  requirements: readonly Requirement[],
  decisions: { readonly [id: string]: Decision },
  tags: readonly Tagged[],
  exists: (path: string) => boolean,
): readonly Row[] => {
  const known = new Set(requirements.map(({ id }) => id));
  const wrong = [
    ...tags.flatMap(({ file, title, ids }) =>
      ids.filter((id) => !known.has(id)).map((id) => `${file}: "${title}" is tagged ${id}`),
    ),
    ...Object.keys(decisions)
      .filter((id) => !known.has(id))
      .map((id) => `decisions.json decides on ${id}`),
    ...Object.entries(decisions).flatMap(([id, decision]) =>
      [...Object.values(decision).join(' ').matchAll(PATH)]
        .filter(([, path = '']) => !exists(path))
        .map(([, path]) => `decisions.json names ${path} for ${id}, which is not there`),
    ),
  ];
  if (wrong.length > 0) throw new Error(`No such requirement, or no such file:\n  ${wrong.join('\n  ')}`);

  return requirements.map((requirement) => {
    const tests = tags.filter(({ ids }) => ids.includes(requirement.id));
    const decision: Decision | undefined = decisions[requirement.id];
    const standing = (status: Status, why: string): Row => ({ ...requirement, status, why, tests });
    if (decision && 'gap' in decision) return standing('gap', decision.gap);
    if (tests.length > 0) return standing('tested', decision && 'design' in decision ? decision.design : '');
    if (!decision) return standing('gap', 'Nobody has looked at it yet.');
    return 'design' in decision
      ? standing('by design', decision.design)
      : standing('not applicable', decision['not applicable']);
  });
};
