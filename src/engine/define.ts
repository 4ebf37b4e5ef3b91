// SPDX-License-Identifier: MIT
/**
 * What an app is: one object, written by hand, whose names check each other at compile time,
 * and which is plain JSON once written. `check.ts` checks the same things again at run time.
 */
export { defineDemo } from './demo.ts';
export type {
  Demo,
  DemoAct,
  DemoContact,
  DemoFields,
  DemoFile,
  DemoMember,
  DemoSite,
  DemoTicket,
  DemoTime,
} from './demo.ts';

export { forHealth } from './health.ts';

/** A text for people. A plain string is used in every language. */
export type Text = string | { readonly fr: string; readonly en: string };

/** Open time: minutes and hours of open time, or the close of the n-th open day (`'3d'`). */
export type OpenSpan = `${number}${'m' | 'h' | 'd'}`;

/** Calendar time, used to say how long something is kept. */
export type CalendarSpan = `${number} ${'days' | 'months' | 'years'}`;

export type Classification = 'public' | 'internal' | 'health';

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

/** A media type in small letters, or a family of them: `'application/pdf'`, `'image/*'`. */
export type MediaType = `${string}/${string}`;

export interface Choice {
  readonly label: Text;
  /** The name this choice had in an earlier version. */
  readonly was?: string;
  /** Kept for the tickets that have it, no longer offered. */
  readonly retired?: true;
}

interface FieldBase {
  readonly label: Text;
  readonly help?: Text;
  /** Needed to open a ticket. A move may require it too, with `!` in its `asks`. */
  readonly required?: true;
  /** Found by search. Sealed fields are never indexed. */
  readonly search?: true;
  /** Personal data: hidden from everyone but the roles that `reveal` it, erased after `keep`. A contact always is. */
  readonly sealed?: true;
  /** Shown on cards; of files, the first picture. */
  readonly card?: true;
  readonly was?: string;
  readonly retired?: true;
}

/** A field; `Of` carries the names of its choices, when it is one. */
export type Field<Of = { readonly [name: string]: unknown }> = FieldBase &
  (
    | { readonly is: 'text' | 'longtext'; readonly max?: number }
    | {
        readonly is: 'number';
        readonly min?: number;
        readonly max?: number;
        readonly unit?: string;
        readonly whole?: true;
      }
    | { readonly is: 'money'; readonly min?: number; readonly max?: number }
    | { readonly is: 'choice'; readonly of: { readonly [Name in keyof Of]: Text | Choice } }
    | { readonly is: 'yesno' | 'date' | 'datetime' | 'place' | 'contact' | 'phone' | 'email' }
    | { readonly is: 'lines'; readonly max?: number }
    | {
        readonly is: 'files';
        /** At most so many. Default: 200. */
        readonly max?: number;
        /** Media types, or families of them, as the content of a file says: `'image/*'`, `'application/pdf'`. */
        readonly accept?: readonly MediaType[];
        /** Photographs go out with the place and time written in them. Default: these are taken out. */
        readonly metadata?: 'kept';
      }
  );

/** What a predicate may compare beside fields. Names starting with `$` are of the frame. */
export type FrameKey = '$step' | '$site' | '$assignee' | '$creator' | '$open';
export type Scalar = string | number | boolean | null;
/** A value; one of several; anything but one; less or more than one (numbers, money, dates). */
export type Comparison<Value extends Scalar = Scalar> =
  | Value
  | null
  | { readonly in: readonly (Value | null)[] }
  | { readonly not: Value | null }
  | { readonly lt: number | string }
  | { readonly gt: number | string };
/** Keys AND, arrays OR. `'$me'` stands for the actor. `Values` narrows what a key is compared with. */
export type Predicate<F extends string = string, Values = unknown> = {
  readonly [K in F | FrameKey]?: K extends keyof Values ? Comparison<Values[K] & Scalar> : Comparison;
};
export type AnyPredicate<F extends string = string, Values = unknown> =
  Predicate<F, Values> | readonly Predicate<F, Values>[];

export interface Role<F extends string, Values = unknown> {
  readonly label: Text;
  /** Which tickets: the one rule that filters lists and authorises reads. */
  readonly sees: 'all' | 'none' | AnyPredicate<F, Values>;
  /** Sealed fields this role may read. */
  readonly reveals?: readonly F[];
  /** Fields this role never reads. */
  readonly hides?: readonly F[];
  /** Fields this role may edit outside a move, while the ticket is open. */
  readonly edits?: 'all' | readonly F[];
  /** May open a ticket by hand. */
  readonly opens?: true;
  readonly comments?: true;
  /** May give a ticket to somebody. Everyone may take a ticket for themselves when they may move it. */
  readonly assigns?: true;
  readonly exports?: true;
  /** Only a link to one ticket has this role, and no member or key: a customer's, a resident's. It reveals nothing sealed. */
  readonly guest?: true;
  /** The name this role had in an earlier version: whoever had it has this one. */
  readonly was?: string;
}

export interface Step<R extends string> {
  readonly label: Text;
  readonly start?: true;
  readonly end?: true;
  /** To be left within this much open time. */
  readonly due?: OpenSpan;
  /** Nothing happened for this much open time: the ticket is stuck. */
  readonly stuck?: OpenSpan;
  /** How long the work of this step usually takes, in open time: what `will be late` is counted from. */
  readonly takes?: OpenSpan;
  /** Roles whose work this is: `waits for me` on the home page. */
  readonly waits?: readonly R[];
  readonly was?: string;
  readonly retired?: true;
}

export type Ask<F extends string> = F | `${F}!` | 'comment' | 'comment!';

export interface Move<F extends string, S extends string, R extends string, Values = unknown> {
  readonly label: Text;
  readonly from: S | readonly S[];
  /** A step, or the next (`'$next'`) or previous (`'$back'`) step of the ticket's route. */
  readonly to: S | '$next' | '$back';
  readonly by: R | readonly R[];
  /** Fields the move asks; with `!` it requires them. */
  readonly asks?: readonly Ask<F>[];
  /** Only for tickets that are so. */
  readonly if?: AnyPredicate<F, Values>;
  /** Allowed only once every held ticket has ended; `then` makes the system do it by itself at that moment. */
  readonly held?: 'ended' | 'then';
  /** The move a hand makes most: first on screen, and the one a drag or a scan makes. */
  readonly main?: true;
  /** Loses something: the screen asks to confirm. */
  readonly confirm?: true;
}

export interface Notify<
  F extends string,
  S extends string,
  R extends string,
  M extends string,
  /** The contact and email fields. */
  A extends string = F,
> {
  /** The opening, a move made, a step reached, or a lateness reached. */
  readonly on: 'open' | `move:${M}` | `step:${S}` | 'late' | 'stuck' | 'at risk' | 'will be late';
  /** Members who have the role at the ticket's site, the contact or address in a field, the assignee, who opened it. */
  readonly to: R | `field:${A}` | '$assignee' | '$creator';
  /** May say `{reference}`, `{heading}`, `{step}`, `{site}` and `{organisation}`, as the text may. */
  readonly subject?: Text;
  readonly text?: Text;
}

/**
 * What a sidecar (XMP) beside each photograph says, by the fields that know it: a file that any photo program reads, made
 * when photographs go out, of what their reader reads. `F` names fields, `T` those of a text.
 */
export interface Sidecars<
  F extends string,
  T extends string = F,
  D extends string = F,
  P extends string = F,
> {
  /** The field of files whose photographs have one. */
  readonly of: F;
  readonly title?: T;
  readonly description?: T;
  /** Each text is one keyword, or several with a comma, a semicolon or a line between them. */
  readonly keywords?: readonly T[];
  /** Who is seen, written like keywords. */
  readonly people?: T;
  /** Where it is, in words. */
  readonly location?: T;
  /** When it was, in words: “about 1950”. */
  readonly period?: T;
  /** What it was made from, where it comes from. */
  readonly source?: T;
  /** When what is seen was. What a photograph says of its own making is said beside. */
  readonly date?: D;
  /** Where it is on the map, when the photograph itself does not say. */
  readonly place?: P;
}

/** What of an app names nothing else in it. */
interface AppBase {
  readonly app: string;
  readonly title: Text;
  /** What one ticket is called: "commande", "travail", "signalement". */
  readonly noun: { readonly one: Text; readonly many: Text };
  /** `{yyyy}` year, `{seq}` number; a held app may use `{holder}` and `{nth}`. */
  readonly reference: string;
  readonly classification: Classification;
  /** Tickets of another app that a ticket of this one holds. */
  readonly holds?: { readonly app: string; readonly label: Text };
  /** `at risk` when less than this is left before what is due. Default: a fifth of the time allowed. */
  readonly risk?: OpenSpan;
  /** How long sealed fields are kept after the end. */
  readonly keep?: CalendarSpan;
}

export interface AppDefinition<
  F extends string = string,
  S extends string = string,
  R extends string = string,
  M extends string = string,
> extends AppBase {
  readonly fields: { readonly [K in F]: Field };
  readonly roles: { readonly [K in R]: Role<NoInfer<F>> };
  readonly steps: { readonly [K in S]: Step<NoInfer<R>> };
  readonly moves: { readonly [K in M]: Move<NoInfer<F>, NoInfer<S>, NoInfer<R>> };
  /** What the form of a new ticket asks, in this order. Default: every field. */
  readonly opening?: readonly NoInfer<F>[];
  /** One list of steps a value of the choice field `by`. */
  readonly routes?: {
    readonly by: NoInfer<F>;
    readonly of: { readonly [choice: string]: readonly NoInfer<S>[] };
  };
  /** The fields that are the title of a ticket on cards and lists. */
  readonly heading?: readonly NoInfer<F>[];
  /** The date promised to somebody: a date or datetime field, or open time from the opening. A held ticket inherits its holder's. */
  readonly promise?: { readonly field: NoInfer<F> } | { readonly after: OpenSpan };
  readonly notify?: readonly Notify<NoInfer<F>, NoInfer<S>, NoInfer<R>, NoInfer<M>>[];
  /** A sidecar (XMP) beside each photograph that goes out. */
  readonly sidecars?: Sidecars<NoInfer<F>>;
}

type Types = { readonly [field: string]: FieldType };
/** The names of the fields that are of one of the types `Is`. */
type FieldsOf<T extends Types, Is extends FieldType> = {
  [K in keyof T]: T[K] extends Is ? K : never;
}[keyof T] &
  string;

/** What a value of each type is compared with; a place, a contact, lines and files only with `null`. */
interface Compared {
  text: string;
  longtext: string;
  phone: string;
  email: string;
  date: string;
  datetime: string;
  number: number;
  money: number;
  yesno: boolean;
}
/** What each field, and each name of the frame, may be compared with. */
type ValuesOf<T extends Types, C, S extends string> = {
  readonly [K in keyof T]: T[K] extends keyof Compared
    ? Compared[T[K]]
    : K extends keyof C
      ? keyof C[K] & string
      : never;
} & {
  readonly $step: S;
  readonly $site: never;
  readonly $assignee: '$me';
  readonly $creator: '$me';
  readonly $open: boolean;
};

/** The same definition as it is written: every name in it is checked against the names it declares. */
interface AppSource<
  T extends Types,
  C extends { readonly [field: string]: unknown },
  S extends string,
  R extends string,
  M extends string,
> extends AppBase {
  readonly fields: { readonly [K in keyof T]: { readonly is: T[K] } } & {
    readonly [K in keyof C]: Field<C[K]>;
  };
  readonly roles: { readonly [K in R]: Role<NoInfer<keyof T & string>, ValuesOf<T, C, NoInfer<S>>> };
  readonly steps: { readonly [K in S]: Step<NoInfer<R>> };
  readonly moves: {
    readonly [K in M]: Move<NoInfer<keyof T & string>, NoInfer<S>, NoInfer<R>, ValuesOf<T, C, NoInfer<S>>>;
  };
  readonly opening?: readonly NoInfer<keyof T & string>[];
  readonly routes?: NoInfer<
    {
      [By in FieldsOf<T, 'choice'>]: {
        readonly by: By;
        readonly of: { readonly [Name in keyof C[By]]: readonly S[] };
      };
    }[FieldsOf<T, 'choice'>]
  >;
  readonly heading?: readonly NoInfer<keyof T & string>[];
  readonly promise?:
    { readonly field: NoInfer<FieldsOf<T, 'date' | 'datetime'>> } | { readonly after: OpenSpan };
  readonly notify?: NoInfer<readonly Notify<keyof T & string, S, R, M, FieldsOf<T, 'contact' | 'email'>>[]>;
  readonly sidecars?: NoInfer<
    Omit<
      Sidecars<
        keyof T & string,
        FieldsOf<T, 'text' | 'longtext'>,
        FieldsOf<T, 'date' | 'datetime'>,
        FieldsOf<T, 'place'>
      >,
      'of'
    > & { readonly of: FieldsOf<T, 'files'> }
  >;
}

/**
 * Writes an app. The value is the argument itself: data, and nothing else.
 * A step, role, field, choice or move that the definition does not declare is a compile error where it is written.
 */
export const defineApp = <
  const T extends Types,
  const C extends { readonly [field: string]: unknown },
  const S extends string,
  const R extends string,
  const M extends string,
>(
  definition: AppSource<T, C, S, R, M>,
): AppDefinition<keyof T & string, S, R, M> =>
  definition as unknown as AppDefinition<keyof T & string, S, R, M>;
