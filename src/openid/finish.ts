import { record } from '../log/index.ts';
import type { House } from '../organisations/index.ts';
import { type Assurance, atLeast, FRESHLY, hashSecret, useLink } from '../people/index.ts';
import { newId } from '../platform/ids.ts';
import { asOrganisation, type Database, type Tx } from '../platform/postgres/index.ts';
import { activitiesOf, labelOf } from './activities.ts';
import { type Arrived, type Browser, type Entered, enter } from './enter.ts';
import type { Proof, Trouble } from './client.ts';
import { assuranceOf } from './levels.ts';
import type { Provider } from './settings.ts';
import { type Attempt, identityBy, insertIdentity } from './store.ts';

/** Why somebody who came back from a provider does not come in. Each is a sentence on the sign-in page. */
export type Refusal =
  Trouble | 'other_browser' | 'too_late' | 'unknown' | 'taken' | 'level' | 'not_fresh' | 'other_person';

export type Finished =
  Entered | { readonly kind: 'linked' } | { readonly kind: 'refused'; readonly why: Refusal };

/** How much a provider's clock and ours may differ, in milliseconds. */
const DRIFT = 60_000;

const refused = (why: Refusal): Finished => ({ kind: 'refused', why });

/** Ends the transaction: what it did is undone. */
class Undo extends Error {}

interface Back {
  readonly provider: Provider;
  readonly attempt: Attempt;
  /** The attempt's own. */
  readonly secret: string;
  readonly proof: Proof;
  readonly browser: Browser;
  /** Of the session that this browser has now. */
  readonly session: Buffer | null;
}

/** Makes a subject a member's, in the transaction; `null` when it is another's. */
const link = async (
  tx: Tx,
  house: House,
  memberId: string,
  { provider, proof }: Back,
  now: number,
): Promise<string | null> => {
  const identity = await insertIdentity(
    tx,
    house.id,
    {
      id: newId(now),
      memberId,
      provider: provider.id,
      issuer: proof.issuer,
      subject: proof.subject,
      label: labelOf(provider, proof.claims),
    },
    new Date(now),
  );
  if (identity.memberId !== memberId) return null;
  if (identity.isNew)
    await record(
      tx,
      house.id,
      'identity_linked',
      { kind: 'member', id: memberId, grants: [], administrator: false },
      { member: memberId, identity: identity.id, provider: provider.id },
      now,
    );
  return identity.id;
};

const isSameSession = ({ attempt, session }: Back): boolean =>
  session !== null && attempt.sessionHash !== null && session.equals(attempt.sessionHash);

/** Who came back from a provider, verified: signs them in, links them, or says why not. */
export const finish = async (db: Database, house: House, back: Back, now: number): Promise<Finished> => {
  const { provider, attempt, secret, proof } = back;
  const assurance: Assurance | null = assuranceOf(provider, proof.acr);
  if (assurance === null || !atLeast(assurance, attempt.needed)) return refused('level');
  // Whoever signed in there hours ago has not proved anything here just now; who does not say when, not either.
  const authenticatedAt = proof.age === undefined ? now - FRESHLY - 1 : now - proof.age;
  if (attempt.purpose === 'step-up' && authenticatedAt < attempt.createdAt.getTime() - DRIFT)
    return refused('not_fresh');
  const arrived = (memberId: string, identityId: string): Arrived => ({
    memberId,
    identityId,
    assurance,
    authenticatedAt,
    activities: [...activitiesOf(provider, proof.claims)],
    idToken: provider.signOut ? proof.idToken : null,
  });
  try {
    return await asOrganisation(db, house.id, async (tx): Promise<Finished> => {
      const come = (memberId: string, identityId: string): Promise<Entered> =>
        enter(
          tx,
          house,
          { attempt, secret, arrived: arrived(memberId, identityId), browser: back.browser },
          now,
        );
      if (attempt.purpose === 'link') {
        if (!isSameSession(back) || attempt.memberId === null) return refused('other_person');
        return (await link(tx, house, attempt.memberId, back, now)) === null
          ? refused('taken')
          : { kind: 'linked' };
      }
      if (attempt.purpose === 'invitation') {
        const memberId = await useLink(
          tx,
          house.id,
          attempt.linkHash ?? hashSecret(''),
          'invitation',
          new Date(now),
        );
        if (memberId === undefined) return refused('too_late');
        const identityId = await link(tx, house, memberId, back, now);
        // The invitation still opens, for an identity that is nobody's yet.
        if (identityId === null) throw new Undo();
        return come(memberId, identityId);
      }
      const identity = await identityBy(tx, house.id, proof.issuer, proof.subject);
      if (!identity) return refused('unknown');
      if (attempt.purpose === 'step-up' && (!isSameSession(back) || identity.memberId !== attempt.memberId))
        return refused('other_person');
      return come(identity.memberId, identity.id);
    });
  } catch (error) {
    if (error instanceof Undo) return refused('taken');
    throw error;
  }
};
