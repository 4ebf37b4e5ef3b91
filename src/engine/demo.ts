// SPDX-License-Identifier: MIT
/**
 * Demonstration data: an organisation and the story of its last days, told in times relative to now,
 * so that it is as believable on any day and at any hour. Played through the real operations.
 */

/**
 * When something happened, or is promised, in the site's wall time and opening hours:
 * `daysAgo: 1` is the last open day before today, `inDays: 1` the next one after it;
 * `openAgo` and `inOpen` count open time back and on from now (`'40m'`, `'6h'`).
 */
export type DemoTime =
  | { readonly daysAgo: number; readonly at: string }
  | { readonly openAgo: `${number}${'m' | 'h'}` }
  | { readonly inDays: number; readonly at: string }
  | { readonly inOpen: `${number}${'m' | 'h'}` };

export interface DemoSite {
  readonly name: string;
  /** OpenStreetMap `opening_hours`. */
  readonly openingHours: string;
  readonly timeZone: string;
  /** Country, or country and region: `FR`, `FR-BRE`. */
  readonly holidays: string;
}

export interface DemoMember<App extends string = string, Site extends string = string> {
  readonly name: string;
  readonly email: string;
  readonly locale?: 'fr' | 'en';
  readonly administrator?: true;
  /** Without a site, the role covers every site. */
  readonly roles: readonly { readonly app: App; readonly role: string; readonly site?: Site }[];
}

export interface DemoContact {
  readonly name: string;
  readonly email?: string;
  readonly phone?: string;
}

/** A file of a story, made when it is told: nothing of it was ever anybody's. */
export type DemoFile = {
  /** As somebody would call it: `plaque-1.csv`, `portrait.jpg`. */
  readonly name: string;
} & (
  | { readonly is: 'csv' | 'text' | 'pdf'; readonly text: string }
  /** A photograph that shows `about`, and says the place where it was taken. */
  | {
      readonly is: 'photo';
      readonly about: string;
      readonly place?: { readonly lat: number; readonly lng: number };
    }
);

/** A contact field holds the key of a contact, a date or datetime field a `DemoTime`, a files field the `DemoFile`s that are added to it, any other its value. */
export type DemoFields = { readonly [field: string]: unknown };

/** One thing somebody did. With `held`, on these held tickets, by their number, and not on the ticket itself. */
export type DemoAct<Member extends string = string> = {
  readonly when: DemoTime;
  readonly by: Member;
  readonly held?: 'all' | readonly number[];
} & (
  | { readonly move: string; readonly fields?: DemoFields; readonly comment?: string }
  /** With `stopped`, files that the guard stops: nothing of them is kept. */
  | { readonly edit: DemoFields; readonly stopped?: 'guard' }
  | { readonly comment: string }
  | { readonly assign: Member | null }
);

export interface DemoTicket<
  App extends string = string,
  Site extends string = string,
  Member extends string = string,
> {
  readonly app: App;
  readonly site: Site;
  readonly opened: DemoTime;
  readonly by: Member;
  readonly fields: DemoFields;
  /** The fields of each held ticket, opened with its holder by the same person. */
  readonly holds?: readonly DemoFields[];
  /** What happened next, oldest first. A move that the frame makes by itself is not told. */
  readonly acts?: readonly DemoAct<Member>[];
}

export interface Demo<
  App extends string = string,
  Site extends string = string,
  Member extends string = string,
> {
  readonly organisation: { readonly slug: string; readonly name: string; readonly locale: 'fr' | 'en' };
  /** Installed in this order. */
  readonly apps: readonly App[];
  /** By slug. */
  readonly sites: { readonly [S in Site]: DemoSite };
  readonly members: { readonly [M in Member]: DemoMember<NoInfer<App>, NoInfer<Site>> };
  readonly contacts: { readonly [key: string]: DemoContact };
  /** Opened in this order, oldest first. */
  readonly tickets: readonly DemoTicket<NoInfer<App>, NoInfer<Site>, NoInfer<Member>>[];
}

/** Writes demonstration data. The value is the argument itself: data, and nothing else. */
export const defineDemo = <const App extends string, const Site extends string, const Member extends string>(
  demo: Demo<App, Site, Member>,
): Demo => demo;
