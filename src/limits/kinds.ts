/** A bucket: `burst` at once, and one more every so many milliseconds. */
export interface Limit {
  readonly burst: number;
  readonly every: number;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/**
 * Doors where strangers ask for something that costs us or others: counted one by one, exactly, for all servers
 * together. Those of an address are for a town hall or a school behind one address; those of an organisation for a
 * morning when everybody comes in.
 */
export const STRICT = {
  /** Asks for a mail. */
  'sign-in-link': {
    address: { burst: 20, every: MINUTE },
    organisation: { burst: 300, every: 5 * SECOND },
  },
  /** Presents a secret. A secret has 256 bits: this is against the load, not the luck. */
  token: {
    address: { burst: 60, every: 5 * SECOND },
    organisation: { burst: 3000, every: SECOND / 10 },
  },
  /** Begins to prove who one is by a passkey or elsewhere, as everyone does in the morning: nothing to guess, a row to keep. */
  proof: {
    address: { burst: 300, every: SECOND },
    organisation: { burst: 3000, every: SECOND / 10 },
  },
  /** Brings files by a link: each piece of each file is one, and a class of pupils may share an address. */
  drop: {
    address: { burst: 1200, every: SECOND / 10 },
    organisation: { burst: 6000, every: SECOND / 50 },
  },
  /** Sends a form without being known. */
  form: {
    address: { burst: 30, every: 30 * SECOND },
    organisation: { burst: 1000, every: SECOND },
  },
} as const satisfies { readonly [kind: string]: { readonly address: Limit; readonly organisation: Limit } };

export type Strict = keyof typeof STRICT;

/**
 * Everything else, leased in batches. Who is known may work for two minutes as fast as one server can answer (an
 * import, a bench); after that, a thousand requests a second.
 */
export const GENERAL = {
  /** Pages and answers for anyone, by address: hundreds of people may share one. */
  visit: { burst: 1200, every: SECOND / 40 },
  /** Refused for not being known, by address. */
  stranger: { burst: 600, every: SECOND / 10 },
  /** Whoever has one link shares it with all others who have it. */
  link: { burst: 6000, every: SECOND / 50 },
  account: { burst: 600_000, every: 1 },
  organisation: { burst: 3_000_000, every: 0.2 },
} as const satisfies { readonly [kind: string]: Limit };

export type General = keyof typeof GENERAL;

/** The same limit, so many times as wide. */
export const times = ({ burst, every }: Limit, factor: number): Limit => ({
  burst: Math.max(1, Math.floor(burst * factor)),
  every: every / factor,
});
