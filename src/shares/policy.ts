import type { Classification } from '../engine/index.ts';

/**
 * What must be proved to open a share: nothing but having the link; a passphrase that was told otherwise; a code sent to
 * the address that is named; being the member who is named, by a passkey.
 */
export type Proof = 'link' | 'passphrase' | 'code' | 'member';

/** The line of the classification table that speaks of share links. What is not here is refused. */
const OPENS: { readonly [C in Classification]: ReadonlySet<Proof> } = {
  public: new Set(['link', 'passphrase', 'code', 'member']),
  internal: new Set(['passphrase', 'code', 'member']),
  health: new Set(['member']),
};

/** What a notice with a link says: all of it, the reference and the title, or the reference alone. */
const SAYS: { readonly [C in Classification]: 'everything' | 'title' | 'reference' } = {
  public: 'everything',
  internal: 'title',
  health: 'reference',
};

/** May a share of this be opened so? Unknown means refuse. */
export const mayOpenBy = (classification: Classification | undefined, proof: Proof): boolean =>
  classification !== undefined && OPENS[classification].has(proof);

/** What a mail may say of this. */
export const saidOf = (classification: Classification | undefined): 'everything' | 'title' | 'reference' =>
  classification === undefined ? 'reference' : SAYS[classification];

/** How what is to be shared would be proved, from what was asked for. */
export const proofFor = (
  classification: Classification | undefined,
  asked: { readonly isNamed: boolean; readonly hasPassphrase: boolean },
): Proof => {
  if (asked.isNamed) return classification === 'public' || classification === 'internal' ? 'code' : 'member';
  return asked.hasPassphrase ? 'passphrase' : 'link';
};
