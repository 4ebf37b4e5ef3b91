import type { Person } from './cast.ts';
import type { Hand } from './vigie.ts';

/** The PIN of everyone in tests, who would not choose the same. */
export const PIN = '739105';

/** Where a shared station stands. */
export interface StationPlace {
  readonly app: string;
  readonly steps: readonly string[];
  readonly site?: string;
  readonly opens?: boolean;
  readonly name?: string;
  readonly idleSeconds?: number;
}

/** A paired tablet. */
export interface SharedStation {
  readonly id: string;
  /** The tablet itself, locked. */
  readonly device: Hand;
  /** The tablet, unlocked by somebody, who needs a PIN. */
  unlockedBy(person: Person, pin?: string): Promise<Hand>;
}

/** Whoever holds a guest's link. */
export interface Guest extends Hand {
  readonly id: string;
  /** The page of the link. */
  readonly url: string;
  /** Its secret part. */
  readonly secret: string;
}

type Take = (headers: Record<string, string>) => Hand;

const done = <T>(answer: { readonly status: number; readonly body: T }): T => {
  if (answer.status >= 300) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
};

const cookiesOf = (headers: Headers): string =>
  headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .filter((cookie) => !cookie?.endsWith('='))
    .join('; ');

/** A station that an administrator pairs, as their browser and a tablet do. */
export const pairStation = async (
  take: Take,
  administrator: Hand,
  organisation: string,
  { name = 'Poste', ...place }: StationPlace,
): Promise<SharedStation> => {
  const { id, code } = done(
    await administrator.ask<{ id: string; code: string }>('POST', `/${organisation}/stations`, {
      name,
      ...place,
    }),
  );
  const paired = await take({}).ask('POST', `/${organisation}/station`, { code });
  done(paired);
  const device = take({ cookie: cookiesOf(paired.headers) });
  return {
    id,
    device,
    unlockedBy: async (person, pin = PIN) => {
      const unlocked = await device.ask('POST', `/${organisation}/station/unlock`, {
        member: person.id,
        pin,
      });
      done(unlocked);
      return take({ cookie: cookiesOf(unlocked.headers) });
    },
  };
};

/** A link that somebody who sees a ticket makes for a guest. */
export const invite = async (
  take: Take,
  maker: Hand,
  organisation: string,
  ticket: { readonly app: string; readonly reference: string; readonly role: string },
): Promise<Guest> => {
  const path = `/${organisation}/${ticket.app}/tickets/${ticket.reference}/guests`;
  const { id, url } = done(await maker.ask<{ id: string; url: string }>('POST', path, { role: ticket.role }));
  const secret = url.split('/').at(-1) ?? '';
  return { ...take({ authorization: `Guest ${secret}` }), id, url, secret };
};
