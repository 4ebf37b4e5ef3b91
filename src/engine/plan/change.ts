/**
 * `safe`: nothing is lost. `needs an answer`: live tickets would be left without a step, a choice or a readable
 * value, and only the maker knows what is meant. `destructive`: it cannot be taken back.
 */
export type Weight = 'safe' | 'needs an answer' | 'destructive';

export interface Change {
  /** Where in the definition: `steps.drying`. */
  readonly path: string;
  readonly weight: Weight;
  /** One sentence: what changes, for how many tickets. */
  readonly message: string;
  /** What to write in the new definition, when an answer is needed or something can be kept. */
  readonly write?: string;
}

/** What stands in the database, ended tickets included; what is not named is none. */
export interface Live {
  readonly stepCounts: { readonly [step: string]: number };
  readonly choiceCounts: { readonly [field: string]: { readonly [choice: string]: number } };
  /** Tickets with a value in the field. */
  readonly fieldCounts: { readonly [field: string]: number };
  /** Members and keys with the role. */
  readonly roleCounts?: { readonly [role: string]: number };
}

/** New names by old ones. */
export type Renamed = { readonly [former: string]: string };

/** What the installer does to the rows, in one transaction with the installation. */
export interface Migration {
  readonly renames: {
    readonly steps: Renamed;
    readonly fields: Renamed;
    readonly roles: Renamed;
    /** By the new name of the field. */
    readonly choices: { readonly [field: string]: Renamed };
  };
  /** Fields, by their old names, whose values go. */
  readonly drops: readonly string[];
  /** Fields, by their new names, whose values become personal data, or stop being it. */
  readonly seals: readonly string[];
  readonly unseals: readonly string[];
}

export const tickets = (count: number): string => (count === 1 ? '1 ticket' : `${count} tickets`);

/** Old names that a new one says it `was`, when the old definition has them and the new one has not. */
export const renamed = (
  old: { readonly [name: string]: unknown },
  next: { readonly [name: string]: { readonly was?: string } },
): Renamed =>
  Object.fromEntries(
    Object.entries(next).flatMap(([name, { was }]) =>
      was !== undefined && Object.hasOwn(old, was) && !Object.hasOwn(next, was) ? [[was, name]] : [],
    ),
  );
