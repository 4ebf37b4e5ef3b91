import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { decidedConditions, guardsTakenOut } from './conditions.ts';
import { lineOf, type Mutant } from './mutant.ts';

/** What the engine says is tested beside it, without a server: each takes less than a second, but the last. */
const KILLERS = [
  { file: 'src/engine/access.test.ts' },
  { file: 'src/engine/confined.test.ts' },
  { file: 'src/engine/guards.test.ts' },
  { file: 'src/engine/drop.test.ts' },
  { file: 'src/engine/matrix.test.ts' },
  { file: 'apps/voirie/app.test.ts' },
  { file: 'apps/travail/app.test.ts' },
  { file: 'src/engine/engine.property.test.ts' },
];

/**
 * Mutants that change nothing anybody could see, each with the reason. `file: condition → value`; the reason is what
 * a reviewer judges.
 */
const SAME: { readonly [mutant: string]: string } = {
  "src/engine/access.ts: held.role.sees !== 'none' → true":
    'what follows compares the word none as a predicate, whose letters are no fields of a ticket: it never matches',
};

/** Where the engine says who may do what. */
const ACCESS = 'src/engine/access.ts';

/** Every rule of access, and every guard of a command, decided. */
export const engineMutants = (root: string): readonly Mutant[] => {
  const commands = globSync('src/engine/commands/*.ts', { cwd: root, exclude: ['**/*.test.ts'] }).toSorted();
  return [ACCESS, 'src/engine/decide.ts', ...commands].flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8');
    const found = file === ACCESS ? decidedConditions(file, text) : guardsTakenOut(file, text);
    return found
      .filter(({ was, with: put }) => SAME[`${file}: ${was} → ${put}`] === undefined)
      .map((change) => ({
        kind: 'engine' as const,
        file,
        line: lineOf(text, change.start),
        what: `${change.was} → ${change.with}`,
        change,
        killers: KILLERS,
      }));
  });
};
