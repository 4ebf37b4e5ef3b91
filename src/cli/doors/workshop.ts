import type { House } from '../../organisations/index.ts';
import type { Assurance, GivenRole } from '../../people/index.ts';
import type { Office } from '../administer.ts';
import type { AppKey } from './apps.ts';
import type { Aviary } from './canaries.ts';
import type { Call, Line } from './line.ts';

/** One of the two throwaway organisations, and what there is in it to be stolen. */
export interface Side {
  readonly house: House;
  /** Who may do everything in every app, everywhere; and a browser of theirs. */
  readonly clerk: { readonly id: string; readonly cookie: string };
  /** The ticket that callers try to reach, in each app; the first one also has one at the other site. */
  readonly tickets: { readonly [A in AppKey]: string };
  /** A ticket of the first app at the other site. */
  readonly south: string;
  readonly draft: string;
  /** A provider by whom one may come in, and the way to it that a browser of somebody has begun. */
  readonly provider: string;
  readonly attempt: string;
  readonly cursor: string;
  readonly seq: number;
  /** In the same field as a canary: who finds one by it may read the other. */
  readonly searched: string;
}

/** Somebody or something that is made to be attacked. */
export interface Victim {
  readonly member: string;
  readonly key: string;
  readonly session: string;
}

/** What callers are made with. */
export interface Workshop {
  readonly office: Office;
  readonly line: Line;
  readonly aviary: Aviary;
  /** Where people reach the server: what browsers say as `Origin`. */
  readonly origin: string;
  readonly now: number;
  readonly a: Side;
  readonly b: Side;
  /** Somebody who is signed in at the own address of a third organisation; where a proxy would not know it, nobody. */
  readonly elsewhere: Call['headers'] | null;
  /** A newcomer of an organisation. */
  person(
    side: Side,
    part: { readonly administrator?: boolean; readonly roles?: readonly GivenRole[] },
  ): Promise<string>;
  /** The secret of a session that began so many milliseconds ago. */
  session(side: Side, memberId: string, assurance: Assurance, ago?: number): Promise<string>;
  cookie(side: Side, secret: string): { readonly cookie: string };
  /** Whose session these headers are. */
  whose(headers: Call['headers']): string | null;
  victim(side: Side): Promise<Victim>;
  /** Gives somebody a passkey that no device has. */
  passkey(side: Side, memberId: string): Promise<void>;
  /** What is in the organisation under a name that only the database knows. */
  idIn(side: Side, table: string): Promise<string | null>;
}

/** What the two sides are made with. */
export type Making = Omit<Workshop, 'a' | 'b' | 'elsewhere' | 'victim' | 'idIn' | 'passkey'>;

/** Asks the server for something that must succeed; what it answers. */
export const ask = async (
  making: Making,
  headers: Call['headers'],
  method: string,
  path: string,
  body?: object,
) => {
  const answer = await making.line.send({
    method,
    path,
    headers: { origin: making.origin, 'content-type': 'application/json', ...headers },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (answer.status >= 300)
    throw new Error(
      `The throwaway organisation could not be filled: ${method} ${path} gave ${answer.status} ${answer.body}`,
    );
  return JSON.parse(answer.body) as Record<string, unknown>;
};
