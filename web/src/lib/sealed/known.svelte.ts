import { api } from '../api/paths.ts';
import { write } from '../api/write.ts';
import { fingerprintOf } from './fingerprint.ts';
import { pinHere, type Standing, standingOf } from './pins.ts';
import type { Directory } from './types.ts';

/** What the escrow is called among what is pinned. */
const ESCROW = 'escrow';

/** A key that may be sealed to, and how it stands to what was known of its owner. */
export class KnownKey {
  readonly whose: string;
  readonly name: string;
  readonly key: string;
  readonly recipient: string;
  readonly fingerprint: string;
  standing: Standing = $state('new');

  constructor(of: Pick<KnownKey, 'whose' | 'name' | 'key' | 'recipient' | 'fingerprint' | 'standing'>) {
    this.whose = of.whose;
    this.name = of.name;
    this.key = of.key;
    this.recipient = of.recipient;
    this.fingerprint = of.fingerprint;
    this.standing = of.standing;
  }
}

export interface Known {
  readonly people: readonly KnownKey[];
  readonly escrow: KnownKey | null;
}

/** What the server says of keys, with fingerprints made here and compared with what was known. */
export const knownOf = async (organisation: string, { people, escrow }: Directory): Promise<Known> => {
  const known = async (
    whose: string,
    name: string,
    key: string,
    recipient: string,
    pinned: string | null,
  ) => {
    const fingerprint = await fingerprintOf(recipient);
    const standing = standingOf(organisation, whose, fingerprint, pinned);
    return new KnownKey({ whose, name, key, recipient, fingerprint, standing });
  };
  return {
    people: await Promise.all(
      people.map(({ id, name, key, recipient, pinned }) => known(id, name, key, recipient, pinned)),
    ),
    escrow: escrow && (await known(ESCROW, '', escrow.id, escrow.recipient, escrow.pinned)),
  };
};

/** Remembers a key, here and on the server. @returns whether the server agrees that it is the one */
export const remember = async (organisation: string, known: KnownKey): Promise<boolean> => {
  const base = `/api/v1${api.organisation(organisation)}`;
  const path =
    known.whose === ESCROW ? `${base}/sealed/escrow/pin` : `${base}/members/${known.whose}/sealed-pin`;
  const answer = await write('PUT', path, { fingerprint: known.fingerprint });
  if (!answer.ok) return false;
  pinHere(organisation, known.whose, known.fingerprint);
  known.standing = 'known';
  return true;
};

/** Those seen for the first time are known from their first use on. A changed one is never remembered in passing. */
export const rememberNew = async (organisation: string, used: readonly KnownKey[]): Promise<void> => {
  for (const known of used) if (known.standing === 'new') await remember(organisation, known);
};
