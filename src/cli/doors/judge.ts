import type { Canary } from './canaries.ts';
import type { Caller, Who } from './callers.ts';
import type { Answer } from './line.ts';
import type { Named } from './names.ts';
import type { Route } from './routes.ts';

/** What a permit means for somebody: let in, or how they are refused. */
export type Expected = 'in' | 'unknown' | 'hidden' | 'step up' | 'foreign';

/** How an expected refusal is said. */
const STATUS: { readonly [E in Exclude<Expected, 'in'>]: number } = {
  unknown: 401,
  hidden: 404,
  'step up': 403,
  foreign: 403,
};

/** Of whom a permit can speak beside guests, who pass where they are named; a word that is not here lets nobody in. */
const KNOWN: ReadonlySet<string> = new Set(['organisation', 'member', 'app', 'administrator']);

/** Whom the permit's words let in, written apart from the server's own reading of them. */
export const expected = (
  { permit, method, path }: Pick<Route, 'permit' | 'method' | 'path'>,
  who: Who,
  app: Caller['app'],
): Expected => {
  const [whom = '', ...more] = permit.split(', ');
  // At an organisation's own address there is no other, not even its doors that are open to anyone.
  if (who.kind === 'elsewhere') return path.includes('{organisation}') ? 'hidden' : 'in';
  if (whom === 'anyone') return 'in';
  if (who.kind === 'stranger') return 'unknown';
  if (!who.ownPage && !['GET', 'HEAD'].includes(method)) return 'foreign';
  if (who.kind === 'station' && !more.includes('stations')) return 'hidden';
  if (who.kind === 'guest') return whom === 'guest' || more.includes('guests') ? 'in' : 'hidden';
  if (who.kind === 'drop' || who.kind === 'share') return whom === who.kind ? 'in' : 'hidden';
  if (!KNOWN.has(whom)) return 'hidden';
  if (whom === 'administrator' && !who.administrator) return 'hidden';
  if (whom === 'member' && who.kind === 'key') return 'hidden';
  if (whom === 'app' && !who.apps.includes(app)) return who.withheld.includes(app) ? 'step up' : 'hidden';
  if (more.includes('freshly') && !who.fresh && who.kind !== 'key') return 'step up';
  return 'in';
};

export type Verdict = 'refused' | 'in' | 'open' | 'not called';

/** What an answer was worth, and what is wrong with it. */
export interface Judged {
  readonly verdict: Verdict;
  readonly wrong: string | null;
}

const isGood = ({ status }: Answer): boolean => status >= 200 && status < 300;

/** A page that is not for somebody leads to the door, or says so: also inside what its script reads. */
const refusesPage = ({ status, location, body }: Answer): boolean =>
  status >= 400 ||
  (status >= 300 && location !== null) ||
  /"type":"(?:redirect|error)"/u.test(body.slice(0, 20_000));

const without = (text: string, values: readonly string[]): string =>
  values.reduce((rest, value) => (value === '' ? rest : rest.replaceAll(value, '·')), text);

/** Do two refusals say the same, the names that were asked for apart? */
export const sameRefusal = (one: Answer, other: Answer, values: readonly string[]): boolean =>
  one.status === other.status && without(one.body, values) === without(other.body, values);

const said = (canaries: readonly Canary[]): string =>
  [...new Set(canaries.map(({ of, where }) => `${of} (${where})`))].slice(0, 3).join('; ');

/** Whether an answer holds what its asker may not read: the worst there is, whatever its status. */
export const leaks = (canaries: readonly Canary[]): Judged | null =>
  canaries.length === 0 ? null : { verdict: 'open', wrong: `tells ${said(canaries)}` };

/** Does the path name one thing, which this caller may not know of? */
const isOutOfSight = (route: Route, caller: Caller): boolean =>
  (caller.names !== caller.at && /\{(?:id|reference|slug|seq|\w+Id)\}/u.test(route.path)) ||
  // Who read a ticket is what administrators look after, of tickets too that they do not see.
  (route.path.includes('{reference}') && !route.path.endsWith('/reads') && !caller.who.seesTicket);

/**
 * Judges what a caller was told at a door, beside what they were told of something that does not exist (`twin`), and
 * of an app that does not (`refusal`): whoever a permit refuses hears that, at every door.
 */
export const judge = (
  route: Route,
  caller: Caller,
  named: Named,
  answer: Answer,
  twin: Answer | null,
  refusal: Answer | null,
): Judged => {
  if (answer.status === 429) return { verdict: 'not called', wrong: 'asked to wait, several times (429)' };
  if (answer.status >= 500) return { verdict: 'open', wrong: `broke (${answer.status})` };
  const wanted = expected(route, caller.who, caller.app);
  if (route.kind === 'page') {
    if (wanted === 'in') return { verdict: refusesPage(answer) ? 'refused' : 'in', wrong: null };
    if (!refusesPage(answer)) return { verdict: 'open', wrong: `let in (${answer.status})` };
    // Whoever may step up is told so: they know that the app is there.
    const alike = wanted === 'step up' || twin === null || twin.status === answer.status;
    return {
      verdict: alike ? 'refused' : 'open',
      wrong: alike ? null : `${answer.status}, and ${twin?.status} where there is nothing`,
    };
  }
  if (wanted === 'in') {
    if (route.permit === 'anyone' || !isOutOfSight(route, caller))
      return { verdict: isGood(answer) ? 'in' : 'refused', wrong: null };
    if (isGood(answer))
      return { verdict: 'open', wrong: `let in to what they do not see (${answer.status})` };
  } else {
    if (isGood(answer))
      return { verdict: 'open', wrong: `let in (${answer.status}), ${STATUS[wanted]} expected` };
    if (answer.status !== STATUS[wanted])
      return {
        verdict: 'open',
        wrong: `${answer.status} ${codeOf(answer)} where ${STATUS[wanted]} was expected`,
      };
    // Whoever may step up, or comes from another page, is somebody whom we know.
    if (wanted !== 'unknown' && wanted !== 'hidden') return { verdict: 'refused', wrong: null };
    if (refusal !== null && answer.body !== refusal.body)
      return {
        verdict: 'open',
        wrong: `is not refused at the door, but behind it (${answer.status} ${short(answer.body)})`,
      };
  }
  if (twin !== null && !sameRefusal(answer, twin, named.values))
    return {
      verdict: 'open',
      wrong: `says otherwise (${answer.status} ${codeOf(answer)}) than of what does not exist (${twin.status} ${codeOf(twin)})`,
    };
  return { verdict: 'refused', wrong: null };
};

const short = (body: string): string => (body.length > 160 ? `${body.slice(0, 160)}…` : body);

const codeOf = ({ body }: Answer): string => /"code":"([\w-]+)"/u.exec(body)?.[1] ?? '';
