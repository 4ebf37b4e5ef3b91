import type { components } from '../../../../client/generated.ts';

/** What the API answers, from its own description; fields have values that the definition tells apart. */
type Schemas = components['schemas'];

export type Text = string | { readonly fr: string; readonly en: string };
export type Lateness = 'on time' | 'at risk' | 'will be late' | 'late' | 'stuck';

export type FieldType =
  | 'text'
  | 'longtext'
  | 'number'
  | 'money'
  | 'choice'
  | 'yesno'
  | 'date'
  | 'datetime'
  | 'place'
  | 'contact'
  | 'phone'
  | 'email'
  | 'lines'
  | 'files';

interface Choice {
  readonly label: Text;
  readonly retired?: true;
}

export interface Field {
  readonly is: FieldType;
  readonly label: Text;
  readonly help?: Text;
  readonly required?: true;
  readonly sealed?: true;
  readonly card?: true;
  readonly retired?: true;
  readonly max?: number;
  readonly min?: number;
  readonly unit?: string;
  /** Media types that a field of files takes, `image/*`; without it, any. */
  readonly accept?: readonly string[];
  readonly whole?: true;
  /** Of files: what photos say of place and time stays in them. */
  readonly metadata?: 'kept';
  readonly of?: { readonly [name: string]: Text | Choice };
}

export interface Step {
  readonly label: Text;
  readonly start?: true;
  readonly end?: true;
  readonly retired?: true;
}

export interface Move {
  readonly label: Text;
  readonly from: string | readonly string[];
  readonly to: string;
  readonly asks?: readonly string[];
  readonly held?: 'ended' | 'then';
  readonly main?: true;
  readonly confirm?: true;
}

export interface Definition {
  readonly app: string;
  readonly title: Text;
  readonly noun: { readonly one: Text; readonly many: Text };
  readonly classification: 'public' | 'internal' | 'health';
  readonly fields: { readonly [name: string]: Field };
  readonly roles: { readonly [name: string]: { readonly label: Text; readonly guest?: true } };
  readonly steps: { readonly [name: string]: Step };
  readonly moves: { readonly [name: string]: Move };
  readonly routes?: { readonly by: string; readonly of: { readonly [choice: string]: readonly string[] } };
  readonly holds?: { readonly app: string; readonly label: Text };
  readonly heading?: readonly string[];
  /** What is asked when a ticket is opened, in this order; without it, every field. */
  readonly opening?: readonly string[];
  readonly promise?: { readonly field: string } | { readonly after: string };
  /** Photographs of this field go out with a sidecar. */
  readonly sidecars?: { readonly of: string };
}

/** What the caller may do in an app, whatever the ticket. */
export interface May {
  readonly open: boolean;
  readonly comment: boolean;
  readonly assign: boolean;
  readonly export: boolean;
  readonly edits: readonly string[];
  readonly reads: readonly string[];
  readonly moves: readonly string[];
}

export interface Defined {
  readonly app: string;
  readonly hash: string;
  readonly definition: Definition;
  readonly may: May;
}

export type Value = string | number | boolean | null | readonly Value[] | { readonly [key: string]: Value };
export interface Fields {
  readonly [name: string]: Value;
}

export interface Person {
  readonly id: string;
  readonly name: string;
}

export type Ticket = Omit<Schemas['Ticket'], 'fields'> & { readonly fields: Fields };
export type Why = Ticket['why'][number];

export type TicketEvent = Omit<Schemas['Event'], 'fields'> & { readonly fields?: Fields };

export type Site = Schemas['Site'];

/** A file of a ticket. */
export type TicketFile = Schemas['File'];

/** What was shared: as its makers see it, as whoever holds a link does, and every link that lets somebody read. */
export type Share = Schemas['Share'];
export type Shared = Schemas['Shared'];
export type LinkGrant = Schemas['Grant'];

/** A review of rights, and a right in it. */
export type Review = Schemas['Review'];
export type ReviewLine = Schemas['ReviewLine'];

/** How files are kept, and a recovery key, which is shown once. */
export type VaultState = Schemas['Vault'];
export type RecoveryKey = Schemas['RecoveryKey'];

interface AppOf {
  readonly app: string;
  readonly title: Text;
  readonly noun: { readonly one: Text; readonly many: Text };
  readonly classification: string;
  readonly holds: { readonly app: string; readonly label: Text } | null;
}

export interface RoleHeld {
  readonly app: string;
  readonly role: string;
  readonly site: string | null;
}

export interface Organisation {
  readonly slug: string;
  readonly name: string;
  readonly locale: 'fr' | 'en';
  /** How far the log reached: the stream goes on from there. */
  readonly seq: number;
  /** When all of it will be deleted, as an administrator asked; any of them may take it back. */
  readonly deletion: string | null;
  readonly me: {
    readonly id: string;
    readonly name: string;
    readonly locale: 'fr' | 'en';
    readonly administrator: boolean;
    readonly roles: readonly RoleHeld[];
  };
  readonly sites: readonly Site[];
  readonly apps: readonly AppOf[];
  /** Apps of theirs that ask for a surer sign-in than this one. */
  readonly withheld: readonly Pick<AppOf, 'app' | 'title'>[];
}

export interface Counts {
  readonly late: number;
  readonly stuck: number;
  readonly 'will be late': number;
  readonly 'at risk': number;
  readonly open: number;
}

export interface Home {
  readonly apps: readonly { readonly app: string; readonly counts: Counts }[];
  readonly late: readonly Ticket[];
  readonly waiting: readonly Ticket[];
  readonly mine: readonly Ticket[];
}

export interface Board {
  readonly steps: readonly {
    readonly step: string;
    readonly count: number;
    readonly capped: boolean;
    readonly tickets: readonly Ticket[];
  }[];
  readonly totals: Omit<Counts, 'open'>;
}

export type Page = Omit<Schemas['Page'], 'tickets'> & { readonly tickets: readonly Ticket[] };

export interface Hit {
  readonly ticket: Ticket;
  readonly why: readonly {
    readonly word: string;
    readonly found: string;
    readonly how: 'exact' | 'start' | 'typo' | 'sound' | 'day';
  }[];
  readonly missing: readonly string[];
}

/** RFC 9457, with the places of the form it speaks of. */
export interface Problem {
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  readonly code?: string;
  readonly errors?: readonly { readonly path: string; readonly message: string; readonly code?: string }[];
  readonly current?: Ticket;
  /** Of `step_up`: what is missing, and whether the person has a passkey to confirm with. */
  readonly reason?: 'assurance' | 'freshly';
  readonly passkey?: boolean;
}

/** A form that was refused without JavaScript: what was typed, and why it was refused. */
export interface Draft {
  readonly values: { readonly [name: string]: string };
  readonly problem: Problem;
}
