/**
 * Takes each guard away in turn, on a copy of the project, and shows that a test notices:
 * `npm run mutate -- [--only permits|engine|policies|checks] [--sample N] [--file PART …] [--list]`.
 * Prints what survives, then `caught N/M`; exits with 1 when anything does.
 */
import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { CLUSTER_VARIABLE, startTestCluster } from '../tests/harness/cluster.ts';
import { checkMutants } from './mutate/checks.ts';
import { engineMutants } from './mutate/engine.ts';
import { type Killer, type Kind, KINDS, type Mutant } from './mutate/mutant.ts';
import { permitMutants } from './mutate/permits.ts';
import { policyMutants } from './mutate/policies.ts';
import { copyTree, type Tree } from './mutate/tree.ts';

const root = resolve(import.meta.dirname, '..');
/** A test that takes longer than this no longer ends: that is noticed too. */
const SECONDS = 300;

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: [] },
    sample: { type: 'string' },
    file: { type: 'string', multiple: true, default: [] },
    list: { type: 'boolean', default: false },
    parallel: { type: 'string', default: '2' },
  },
});

const makers: { readonly [K in Kind]: (root: string) => readonly Mutant[] } = {
  permits: permitMutants,
  engine: engineMutants,
  policies: policyMutants,
  checks: checkMutants,
};
const unknown = values.only.filter((one) => !KINDS.some((kind) => kind === one));
if (unknown.length > 0) {
  console.error(`--only ${unknown.join(', ')}: write ${KINDS.join(', ')}.`);
  process.exit(2);
}

/** Always the same few, from every kind in turn. */
const sampleOf = (all: readonly Mutant[], count: number): readonly Mutant[] => {
  const rank = ({ file, what }: Mutant): string =>
    createHash('sha256').update(`${file} ${what}`).digest('hex');
  const piles = KINDS.map((kind) =>
    all.filter((mutant) => mutant.kind === kind).toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1)),
  );
  return Array.from({ length: count }, (_, at) => piles.flatMap((pile) => pile[at] ?? []))
    .flat()
    .slice(0, count);
};

const all = KINDS.filter((kind) => values.only.length === 0 || values.only.includes(kind))
  .flatMap((kind) => makers[kind](root))
  .filter(
    ({ file, what }) =>
      values.file.length === 0 || values.file.some((part) => `${file} ${what}`.includes(part)),
  );
const mutants = values.sample === undefined ? all : sampleOf(all, Number(values.sample));
const nameOf = ({ kind, file, line, what }: Mutant): string => `${kind} ${file}:${line} ${what}`;

if (values.list) {
  // To the last line, also into a pipe, where an exit would cut off what has not been read.
  await new Promise((written) =>
    process.stdout.write(mutants.map((mutant) => `${nameOf(mutant)}\n`).join(''), written),
  );
  process.exit(0);
}
if (mutants.length === 0) {
  console.error('No guard there.');
  process.exit(2);
}

const cluster = await startTestCluster();
process.env[CLUSTER_VARIABLE] = cluster.url;
const trees = Array.from({ length: Number(values.parallel) }, () => copyTree(root));
const clean = async (): Promise<void> => {
  for (const tree of trees) tree.remove();
  await cluster.stop();
};
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void clean().finally(() => process.exit(130)));

const killerName = ({ file, titles = '' }: Killer): string => `${file} ${titles}`;
const broken: string[] = [];
const sound = new Map<string, Promise<boolean>>();

/** A test that fails on the project as it is would catch everything, and mean nothing: asked once of each that does. */
const isSound = (tree: Tree, killer: Killer): Promise<boolean> => {
  const asked = sound.get(killerName(killer));
  if (asked) return asked;
  const asking = tree.run(killer, SECONDS).then(({ end, says }) => {
    if (end !== 'passed') broken.push(`${killer.file}: ${end}\n${says}`);
    return end === 'passed';
  });
  sound.set(killerName(killer), asking);
  return asking;
};

const survivors: Mutant[] = [];
const waiting = [...mutants];
let done = 0;
await Promise.all(
  trees.map(async (tree) => {
    for (let next = waiting.shift(); next !== undefined && broken.length === 0; next = waiting.shift()) {
      const by = await tree.tryMutant(next, SECONDS);
      if (by === null) survivors.push(next);
      else if (!(await isSound(tree, by))) return;
      done += 1;
      console.log(
        `${done}/${mutants.length} ${by === null ? 'SURVIVES' : 'caught'} ${nameOf(next)}${by ? ` · ${by.file}` : ''}`,
      );
    }
  }),
);
await clean();
if (broken.length > 0) {
  console.error(`These tests fail on the project as it is:\n${broken.join('\n')}`);
  process.exit(1);
}
if (survivors.length > 0)
  console.log(`\nSurvivors:\n${survivors.map((one) => `  ${nameOf(one)}`).join('\n')}`);
console.log(`caught ${mutants.length - survivors.length}/${mutants.length}`);
process.exit(survivors.length === 0 ? 0 : 1);
