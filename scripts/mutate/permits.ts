import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { type Killer, lineOf, type Mutant } from './mutant.ts';
import type { Tree } from './tree.ts';

const WALK = { file: 'tests/doors/walk.test.ts' };
const UPLOADS = {
  file: 'tests/http/uploads.test.ts',
  titles: '^(?:only whoever began an upload goes on with it|who unlocks a shared station)',
};

/** Doors behind which everybody finds only what they began: whoever walks began nothing, and is told the same inside. */
const OWN: { readonly [file: string]: Killer } = { 'src/uploads/routes.ts': UPLOADS };

/** A permit one notch weaker; that of a link is for its holder or for everybody, and what is open already cannot be. */
const WEAKER: { readonly [permit: string]: readonly string[] } = {
  administrator: ['organisation'],
  app: ['organisation'],
  member: ['organisation'],
  organisation: ['anyone'],
  guest: ['anyone'],
  drop: ['anyone'],
  share: ['anyone'],
};

/** Whoever holds a link passes where its kind is named, and nobody passes there with them; at a station nobody is an administrator. */
const NOT_AT_STATIONS = new Set(['anyone', 'guest', 'drop', 'share', 'administrator']);

const weaker = (permit: string): readonly string[] => {
  const [who = '', ...more] = permit.split(', ');
  const rest = more.map((word) => `, ${word}`).join('');
  return [
    ...(WEAKER[who] ?? []).map((other) => (other === 'anyone' ? other : other + rest)),
    ...more.filter((word) => word === 'freshly').map(() => who),
    ...(NOT_AT_STATIONS.has(who)
      ? []
      : ['stations'].filter((word) => !more.includes(word)).map((word) => `${permit}, ${word}`)),
  ];
};

/** Every permit of every route, weakened. */
export const permitMutants = (root: string): readonly Mutant[] => {
  return globSync('src/**/*.ts', { cwd: root, exclude: ['**/*.test.ts', 'src/cli/**'] })
    .toSorted()
    .flatMap((file) => {
      const text = readFileSync(join(root, file), 'utf8');
      const own = OWN[file];
      return [...text.matchAll(/\bpermit: '([^']+)'/gu)].flatMap((match) => {
        const [whole, permit = ''] = match;
        const near = text.slice(Math.max(0, match.index - 200), match.index + 200);
        const path = /\bpath: (?:'([^']+)'|([^,\n]+)),/u.exec(near);
        return weaker(permit).map((put) => ({
          kind: 'permits' as const,
          file,
          line: lineOf(text, match.index),
          what: `${path?.[1] ?? path?.[2] ?? 'path'}: ${permit} → ${put}`,
          change: { start: match.index, end: match.index + whole.length, with: `permit: '${put}'` },
          killers: [...(own ? [own] : []), WALK],
        }));
      });
    });
};

/** What the walk does before it begins: by whom is not known any more, it fails, and nobody walks. Those are tried alone. */
const NEEDED = /\/(?:search|drop\/deposits|share\/visits)$/u;

const ROUTES = `
  import { everyRoute } from './src/cli/doors/routes.ts';
  const routes = everyRoute().routes.map(({ method, path, permit }) => [method + ' ' + path, permit]);
  console.log(JSON.stringify(routes));`;

/** Which doors each of these permits is that of: the router itself says it, with a mark in the place of each. */
export const withDoors = async (tree: Tree, mutants: readonly Mutant[]): Promise<readonly Mutant[]> => {
  const places = new Map(mutants.map((mutant) => [`${mutant.file} ${mutant.change.start}`, mutant]));
  const marks = new Map([...places.keys()].map((place, at) => [place, `mark ${at}`]));
  const marked = [...places].map(([place, mutant]) => ({
    ...mutant,
    change: { ...mutant.change, with: `permit: '${marks.get(place)}'` },
  }));
  const routes = JSON.parse(await tree.withChanges(marked, () => tree.print(ROUTES))) as [string, string][];
  return mutants.map((mutant) => {
    const mark = marks.get(`${mutant.file} ${mutant.change.start}`);
    const shows = routes.filter(([, permit]) => permit === mark).map(([route]) => route);
    const isNeeded = mutant.change.with.includes('anyone') && shows.some((route) => NEEDED.test(route));
    return isNeeded || mutant.killers[0] !== WALK ? mutant : { ...mutant, shows };
  });
};
