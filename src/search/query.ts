/** Finds the tickets that answer what one remembers. */
import type { Fragment, Tx } from '../platform/postgres/index.ts';
import { answering, type Depth } from './answer.ts';
import { cuesOf } from './cues.ts';
import { mistypedOnce, nearOf } from './expand.ts';
import { byWorth, type Hit, judge, tells, type Wanted } from './rank.ts';
import * as store from './store.ts';
import { inOneGo, isPossible, rarest, wantedBy } from './wanted.ts';

export interface Search {
  readonly organisationId: string;
  /** As somebody typed it. */
  readonly text: string;
  /** Only tickets of these apps. */
  readonly apps?: readonly string[];
  /** A condition on the ticket, under the name `t`: which ones the actor may see. Others take no place. */
  readonly visible?: Fragment | undefined;
  readonly limit: number;
  /** ms since 1970: what "hier" is counted from. */
  readonly now: number;
  /** Where days begin and end: `Europe/Paris`. */
  readonly timeZone: string;
}

/** With fewer hits than this, one cue may be left out. */
const tooLittle = 5;

/** The best tickets for what somebody typed, with why each was found. Nothing typed finds nothing. */
export const search = async (tx: Tx, asked: Search): Promise<{ hits: Hit[] }> => {
  const cues = cuesOf(asked.text, asked.now, asked.timeZone);
  if (cues.length === 0 || asked.limit < 1 || asked.apps?.length === 0) return { hits: [] };
  const { organisationId } = asked;
  const words = cues.flatMap(({ word, pieces }) => [
    ...(word === undefined ? [] : [word]),
    ...(pieces ?? []),
  ]);
  const { known, tickets } = await store.knownWords(tx, organisationId, words);
  const { look, lookPossible, enough, best } = finder(tx, asked, tickets);

  // As typed, when every word is known; what is old waits for the next step, which finds it too.
  const exact = cues.map((cue) => wantedBy(inOneGo(cue), known, []));
  if (exact.every(isPossible)) {
    const hits = await look(exact, exact, 'recent');
    // A reference found whole is all that was asked for.
    if (hits > 0 && cues.length === 1 && cues[0]?.whole !== undefined) return best();
  }
  // As it may have been meant: first only for words so rare that another may be meant, then for all.
  const certain = exact.map(
    ({ cue, frequency }) => cue.days !== undefined || frequency * mistypedOnce >= tickets,
  );
  let near: readonly store.NearWord[] = [];
  let meant: readonly Wanted[] = exact;
  for (const sure of [false, true]) {
    if (enough() && (sure || certain.every(Boolean))) return best();
    const looked = cues.filter(({ word }, at) => word !== undefined && certain[at] === sure);
    if (looked.length === 0) continue;
    near = [
      ...near,
      ...(await store.nearWords(
        tx,
        organisationId,
        looked.map(({ word = '' }) => nearOf(word)),
      )),
    ];
    meant = exact.map((one, at) => (certain[at] && !sure ? one : wantedBy(cues[at] ?? one.cue, known, near)));
    await lookPossible(meant, exact);
  }
  // And with one more left out, the cue that tells least first.
  const possible = meant.filter(isPossible).toSorted((a, b) => tells(a) - tells(b));
  if (best().hits.length < tooLittle && possible.length > 1) {
    for (const left of possible) {
      await look(
        possible.filter((one) => one !== left),
        meant,
        'all',
      );
      if (enough()) break;
    }
  }
  return best();
};

/** Gathers hits, step by step. */
const finder = (tx: Tx, asked: Search, tickets: number) => {
  const hits = new Map<string, Hit>();
  const enough = (): boolean => hits.size >= asked.limit;
  const best = (): { hits: Hit[] } => ({ hits: [...hits.values()].toSorted(byWorth).slice(0, asked.limit) });
  /** How often words came together that did so less often than was asked for. */
  let together = Infinity;

  /** Looks for `wanted`; a hit is judged by all the cues of `whole`. How many tickets there were, up to a bound. */
  const look = async (wanted: readonly Wanted[], whole: readonly Wanted[], depth: Depth): Promise<number> => {
    const found = await answering(tx, { ...asked, wanted, whole, depth, tickets });
    for (const candidate of found) {
      const hit = judge(whole, candidate, asked.timeZone);
      if (hit && hit.missing.length <= whole.length - wanted.length) hits.set(hit.ticketId, hit);
    }
    if (depth === 'recent' && found.length < asked.limit) together = rarest(wanted);
    return found.length;
  };

  /** Looks for all of `whole` but what nothing answers. */
  const lookPossible = async (whole: readonly Wanted[], exact: readonly Wanted[]): Promise<void> => {
    const possible = whole.filter(isPossible);
    if (possible.length === 0) return;
    if (possible.length < whole.length && possible.every((one) => exact.includes(one))) {
      await look(possible, whole, 'recent');
      if (enough()) return;
    }
    // Words that came rarely together do so still when a few that are like them are added.
    await look(possible, whole, together < Infinity && rarest(possible) <= 2 * together ? 'few' : 'all');
  };

  return { look, lookPossible, enough, best };
};
