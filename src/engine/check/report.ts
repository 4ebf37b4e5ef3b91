/** What is wrong in a definition, where, and what to write instead. */
export interface DefinitionError {
  /** Where: `moves.sort.to`. Empty for the whole. */
  readonly path: string;
  /** One sentence: what is wrong and what to write. */
  readonly message: string;
  /** What may stand there, when that can be listed. */
  readonly expected?: string;
}

/** Collects errors, each once. */
export class Report {
  readonly errors: DefinitionError[] = [];

  add(path: string, message: string, expected?: string): void {
    if (this.errors.some((error) => error.path === path && error.message === message)) return;
    this.errors.push({ path, message, ...(expected !== undefined && { expected }) });
  }

  /** Adds an error and answers false when `name` is not among the known names. */
  known(path: string, what: string, name: string, names: Iterable<string>): boolean {
    const all = [...names];
    if (all.includes(name)) return true;
    const near = nearest(name, all);
    const hint = near
      ? `did you mean \`${near}\`?`
      : all.length > 0
        ? `write one of ${list(all)}.`
        : `there is none yet.`;
    this.add(path, `There is no ${what} \`${name}\`: ${hint}`, all.length > 0 ? all.join(', ') : undefined);
    return false;
  }
}

/** `a`, `b` and `c`; a long list ends with how many more there are. */
export const list = (names: readonly string[], most = 8): string => {
  const quoted = names.map((name) => `\`${name}\``);
  if (quoted.length > most)
    return `${quoted.slice(0, most - 1).join(', ')} and ${quoted.length - most + 1} more`;
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} and ${quoted.at(-1)}`;
};

/** The name somebody most likely meant, or `undefined` when none is near. */
export const nearest = (name: string, names: readonly string[]): string | undefined => {
  const typed = name.toLowerCase();
  const most = Math.max(1, Math.floor(name.length / 3));
  return names
    .map((known) => ({ known, distance: distance(typed, known.toLowerCase()) }))
    .filter(({ distance: far }) => far <= most)
    .toSorted((a, b) => a.distance - b.distance)[0]?.known;
};

/** Edits between two words, two letters swapped counting for one (optimal string alignment). */
const distance = (a: string, b: string): number => {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const now = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      now[column] = Math.min(
        (last[column] ?? 0) + 1,
        (now[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
        swapped ? (before[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    before = last;
    last = now;
  }
  return last[b.length] ?? 0;
};
