/** What speaks of health: formats of hospitals, identifiers of people and of those who care for them, and mere words. */
export type Rule =
  'dicom' | 'hl7v2' | 'cda' | 'fhir' | 'nir' | 'ins' | 'rpps' | 'identity' | 'births' | 'icd10' | 'words';

export interface Finding {
  readonly rule: Rule;
  /** `strong` proves; `weak` is a reason to ask. */
  readonly strength: 'strong' | 'weak';
  /**
   * Where to look, outermost first: `file 2, page 3`, `sheet 1, line 14`, `attachment 1`, `whole file`. A number and a
   * word, so that a page may translate it; never a content, a number that was found, or a name of a file or a sheet.
   */
  readonly where: string;
  /** How many times there. */
  readonly count: number;
}

/**
 * What was not looked into. `image`: pixels, also those inside documents. `encrypted`: only its owner can.
 * `too_large`: beyond a limit of size, number or time. `unreadable`: damaged, or a format we do not read.
 * `too_deep`: packed inside packed.
 */
export type Uncovered = 'image' | 'encrypted' | 'too_large' | 'unreadable' | 'too_deep';

export interface Findings {
  readonly findings: readonly Finding[];
  readonly uncovered: readonly Uncovered[];
}

export interface Limits {
  /** Bytes of the content itself; what comes after is not read. */
  readonly bytes: number;
  /** Bytes that everything packed inside may give together. */
  readonly unpacked: number;
  /** Files packed inside, together. */
  readonly entries: number;
  /** How often something may be packed inside something. */
  readonly depth: number;
  /** Pages of one PDF. */
  readonly pages: number;
  /** Milliseconds for all of it. */
  readonly time: number;
}

const MEGABYTE = 1024 * 1024;

export const LIMITS: Limits = {
  bytes: 64 * MEGABYTE,
  unpacked: 128 * MEGABYTE,
  entries: 2000,
  depth: 4,
  pages: 300,
  time: 30_000,
};

/** What the thread that looks says to who asked. */
export interface Message {
  readonly found?: Finding;
  readonly missed?: Uncovered;
  readonly done?: true;
}

/** Looking at one part of a content. */
export interface Look {
  readonly limits: Limits;
  /** The part: `''` for the whole. */
  readonly where: string;
  readonly depth: number;
  /** What is left to unpack, shared by all parts. */
  readonly left: { bytes: number; entries: number };
  readonly find: (finding: Finding) => void;
  readonly miss: (what: Uncovered) => void;
  /** Looks into what stands inside, whatever it is. */
  readonly open: (bytes: Uint8Array, look: Look) => Promise<void>;
}

/** The place inside a place. */
export const inside = (look: Look, part: string): Look => ({
  ...look,
  where: look.where === '' ? part : `${look.where}, ${part}`,
});

/** Opens what is packed in this, unless that is too deep or there were too many. */
export const unpack = async (look: Look, part: string, bytes: Uint8Array): Promise<void> => {
  if (look.depth >= look.limits.depth) {
    look.miss('too_deep');
    return;
  }
  await look.open(bytes, { ...inside(look, part), depth: look.depth + 1 });
};

export const found = (look: Look, rule: Rule, strength: Finding['strength'], count = 1): void =>
  look.find({ rule, strength, where: look.where || 'whole file', count });
