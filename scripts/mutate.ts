/**
 * Takes each guard away in turn, on a copy of the project, and shows that a test notices:
 * `npm run mutate -- [--only permits|engine|policies|checks] [--sample N] [--file PART …] [--list] [--trust]`.
 * `--sample N` takes a few of each kind; `--trust` spares the tests on the project as it is, for who has just run them.
 * Prints what survives, then `caught N/M`; exits with 1 when anything does.
 */
import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { CLUSTER_VARIABLE, startTestCluster } from '../tests/harness/cluster.ts';
import { checkMutants } from './mutate/checks.ts';
import { engineMutants } from './mutate/engine.ts';
import { type Killer, type Kind, KINDS, type Mutant } from './mutate/mutant.ts';
import { permitMutants, withDoors } from './mutate/permits.ts';
import { policyMutants } from './mutate/policies.ts';
import { whatReaches } from './mutate/reached.ts';
import { caughtTogether, roundsOf } from './mutate/rounds.ts';
import { copyTree, type Tree } from './mutate/tree.ts';

const root = resolve(import.meta.dirname, '..');
/** A test that takes longer than this no longer ends: that is noticed too. */
const SECONDS = 900;
const FEW = 2;

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: [] },
    sample: { type: 'string' },
    file: { type: 'string', multiple: true, default: [] },
    list: { type: 'boolean', default: false },
    trust: { type: 'boolean', default: false },
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

/** Always the same few of each kind: those that several share a test are tried at once. */
const sampleOf = (all: readonly Mutant[], count: number): readonly Mutant[] => {
  const rank = ({ file, what }: Mutant): string =>
    createHash('sha256').update(`${file} ${what}`).digest('hex');
  return KINDS.flatMap((kind) =>
    all
      .filter((mutant) => mutant.kind === kind)
      .toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1))
      .slice(0, count),
  );
};

const all = KINDS.filter((kind) => values.only.length === 0 || values.only.includes(kind)).flatMap((kind) =>
  makers[kind](root),
);
const chosen = (mutants: readonly Mutant[]): readonly Mutant[] => {
  const found = mutants.filter(
    ({ file, what }) =>
      values.file.length === 0 || values.file.some((part) => `${file} ${what}`.includes(part)),
  );
  return values.sample === undefined ? found : sampleOf(found, Number(values.sample));
};
const nameOf = ({ kind, file, line, what }: Mutant): string => `${kind} ${file}:${line} ${what}`;

if (values.list) {
  // To the last line, also into a pipe, where an exit would cut off what has not been read.
  await new Promise((written) =>
    process.stdout.write(
      chosen(all)
        .map((mutant) => `${nameOf(mutant)}\n`)
        .join(''),
      written,
    ),
  );
  process.exit(0);
}
if (chosen(all).length === 0) {
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

const broken: string[] = [];
const sound = new Map<string, Promise<boolean>>();

/** A test that fails on the project as it is would catch everything, and mean nothing: asked once of each that does. */
const isSound = (tree: Tree, killer: Killer): Promise<boolean> => {
  if (values.trust) return Promise.resolve(true);
  const asked = sound.get(killer.file);
  if (asked) return asked;
  const asking = tree.run(killer, SECONDS).then(({ end, says }) => {
    if (end !== 'passed') broken.push(`${killer.file}: ${end}\n${says}`);
    return end === 'passed';
  });
  sound.set(killer.file, asking);
  return asking;
};

/** Gives everything to the trees, each taking the next when it is free, until a test is found to be broken. */
const share = async <T>(
  things: readonly T[],
  work: (tree: Tree, thing: T) => Promise<void>,
): Promise<void> => {
  const waiting = [...things];
  await Promise.all(
    trees.map(async (tree) => {
      for (let next = waiting.shift(); next !== undefined && broken.length === 0; next = waiting.shift())
        await work(tree, next);
    }),
  );
};

const isPermit = ({ kind }: Mutant): boolean => kind === 'permits';
const asked = trees[0] ? await withDoors(trees[0], all.filter(isPermit)) : [];
const named = [...all.filter((mutant) => !isPermit(mutant)), ...asked];
/** Everything that a mutant could show, tried or not. */
const known = new Set(named.flatMap(({ shows = [] }) => shows));
const mutants = chosen(named);

const survivors: Mutant[] = [];
let done = 0;
const say = (mutant: Mutant, by: Killer | null, how = ''): void => {
  if (by === null) survivors.push(mutant);
  done += 1;
  console.log(
    `${done}/${mutants.length} ${by ? 'caught' : 'SURVIVES'} ${nameOf(mutant)}${by ? ` · ${by.file}` : ''}${how}`,
  );
};

const caught = new Set<Mutant>();
await share(roundsOf(mutants, known), async (tree, round) => {
  for (const mutant of await caughtTogether(tree, round, known, SECONDS)) {
    const [by] = mutant.killers;
    if (!by || !(await isSound(tree, by))) return;
    caught.add(mutant);
    say(mutant, by, `, ${round.length} at once`);
  }
});
const checks = mutants.filter((mutant) => mutant.kind === 'checks');
// For a few, to find out which tests get there costs more than it spares.
const reached =
  trees[0] && checks.length > FEW
    ? await whatReaches(trees[0], checks, SECONDS)
    : { mutants: checks, broken: [] };
broken.push(...reached.broken);
for (const { file } of reached.mutants === checks ? [] : checks.flatMap(({ killers }) => killers))
  sound.set(file, Promise.resolve(true));
await share(
  [...mutants.filter((mutant) => mutant.kind !== 'checks' && !caught.has(mutant)), ...reached.mutants],
  async (tree, mutant) => {
    const by = await tree.tryMutant(mutant, SECONDS);
    if (by === null || (await isSound(tree, by)))
      say(mutant, by, mutant.killers.length === 0 ? ', and no test gets there' : '');
  },
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
