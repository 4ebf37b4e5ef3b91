import { asOrganisation } from '../../platform/postgres/index.ts';
import { bodyOf, headersFor } from './bodies.ts';
import { type Caller, makeCallers } from './callers.ts';
import { CROOKS } from './crooked.ts';
import { OURS } from './canaries.ts';
import { expected, type Judged, judge, leaks } from './judge.ts';
import type { Answer, Call } from './line.ts';
import { type Named, nameRoute } from './names.ts';
import type { Route } from './routes.ts';
import { fingerprint, tenantTables } from './store.ts';
import type { Workshop } from './workshop.ts';

/** Something that opened, or that nobody could try. */
export interface Finding {
  readonly route: string;
  readonly caller: readonly [fr: string, en: string];
  /** The request as it was written. */
  readonly request: string;
  readonly wrong: string;
}

/** What everybody was told at one door: a verdict for each caller, in their order. */
export interface Row {
  readonly route: Route;
  readonly verdicts: readonly Judged['verdict'][];
}

export interface Walk {
  readonly callers: readonly (readonly [fr: string, en: string])[];
  readonly rows: readonly Row[];
  readonly open: readonly Finding[];
  /** Routes that somebody could not try as they should be tried. */
  readonly untried: readonly Finding[];
}

/** Who may take the organisation out takes all of it, and nothing of another. */
const TAKES_OUT = 'POST /api/v1/{organisation}/export';

const AT_ONCE = 8;
/** What holds the work, and who may do it. */
const WORK: ReadonlySet<string> = new Set([
  'ticket',
  'contact',
  'member_role',
  'site',
  'installed_app',
  'api_key',
]);
/** What grows by merely coming by: what was typed and refused, keys of requests, counts of tries, traces of reads. */
const VOLATILE =
  /^(?:draft|idempotency|log_cursor|lexicon|word|ticket_words|event_order|event_unordered|log_head)$|limit|attempt|challenge|trace|throttle/u;

export const nameOf = ({ method, path }: Route): string => `${method} ${path}`;

/** Several at once, as many as the server of a small organisation would see. */
const pool = async <T>(things: readonly T[], work: (thing: T) => Promise<void>): Promise<void> => {
  const waiting = [...things];
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await work(next);
    }),
  );
};

/** What ends what a caller came in with, each kind of caller having one: one after the other, when all else was tried. */
const ENDS: readonly string[] = [
  'DELETE /api/v1/{organisation}/account/sessions',
  'POST /api/v1/{organisation}/openid/sign-out',
  'DELETE /api/v1/{organisation}/sessions/current',
  'DELETE /api/v1/{organisation}/station/unlock',
];
const GUEST_ENDS = 'DELETE /api/v1/{organisation}/follow';

/** Reading first, then writing, then what takes away, then what ends the caller. */
const weight = (route: Route, { who }: Caller): number => {
  const ends = [...ENDS, ...(who.kind === 'guest' ? [GUEST_ENDS] : [])].indexOf(nameOf(route));
  if (ends >= 0) return LIGHTER + ends;
  return route.method === 'GET' ? 0 : route.method === 'DELETE' ? 2 : 1;
};
const LIGHTER = 3;
const HEAVIEST = LIGHTER + ENDS.length;

/** Data of pages comes by an address of its own. */
const withPageData = (routes: readonly Route[]): readonly Route[] =>
  routes.flatMap((route) =>
    route.kind === 'page'
      ? [route, { ...route, path: `${route.path === '/' ? '' : route.path}/__data.json` }]
      : [route],
  );

const requestFor = (workshop: Workshop, route: Route, caller: Caller, path: string): Call => {
  const body = route.method === 'GET' ? null : bodyOf(route);
  return {
    method: route.method,
    path,
    headers: {
      origin: workshop.origin,
      'accept-language': 'en',
      'last-event-id': '0',
      ...(body !== null && { 'content-type': 'application/json' }),
      ...headersFor(route),
      ...caller.headers,
    },
    ...(body !== null && { body: JSON.stringify(body) }),
  };
};

/** Questions that carry names of the others: a list narrowed by them, a page continued from theirs, a word of theirs. */
const questions = ({ a }: Workshop, caller: Caller): readonly string[] => [
  `q=${a.searched}`,
  `after=${encodeURIComponent(a.cursor)}`,
  `assignee=${caller.victim.member}`,
  `holder=${a.tickets.front}`,
  'site=ouest',
  `after=0&app=porte`,
  'field.kind=one&limit=100',
  `draft=${a.draft}`,
];

const BODILESS: ReadonlySet<string> = new Set(['HEAD', 'OPTIONS']);

/** Tries every door as everybody. `progress` hears how many callers are done. */
export const walkDoors = async (
  workshop: Workshop,
  routes: readonly Route[],
  {
    crooked = true,
    only,
    progress = () => {},
  }: {
    readonly crooked?: boolean;
    /** Only these callers, by their English names; everybody otherwise. */
    readonly only?: readonly string[];
    readonly progress?: (done: number, of: number, name: Caller['name']) => void;
  } = {},
): Promise<Walk> => {
  const { a, office, line, aviary } = workshop;
  const everybody = await makeCallers(workshop, routes);
  const callers = everybody.filter(({ name: [, name] }) => only === undefined || only.includes(name));
  const doors = withPageData(routes);
  const tables = (await tenantTables(office.owner)).filter((table) => !VOLATILE.test(table));
  const verdicts = new Map<Route, Judged['verdict'][]>(doors.map((route) => [route, []]));
  const methods = new Set(doors.map(nameOf));
  const open: Finding[] = [];
  const untried: Finding[] = [];
  const prints = (of: readonly string[]): Promise<readonly string[]> =>
    asOrganisation(office.db, a.house.id, (tx) =>
      Promise.all(of.map((table) => fingerprint(tx, table, a.house.id))),
    );

  const listen = (route: Route, call: Call, answer: Answer, caller: Caller): Judged | null => {
    const isLetOut = nameOf(route) === TAKES_OUT && expected(route, caller.who, caller.app) === 'in';
    const mayRead = isLetOut && caller.at === a ? OURS : caller.mayRead;
    return leaks(aviary.heard(answer.all, `${call.path} ${call.body ?? ''}`, mayRead, caller.me));
  };

  const tryDoor = async (route: Route, caller: Caller, refusal: Answer | null): Promise<void> => {
    const note = (call: Call, wrong: string, into = open): void => {
      into.push({ route: nameOf(route), caller: caller.name, request: `${call.method} ${call.path}`, wrong });
    };
    const send = async (call: Call): Promise<Answer | null> => {
      try {
        return await line.send(call);
      } catch (error) {
        note(call, error instanceof Error ? error.message : String(error), untried);
        return null;
      }
    };
    const named: Named = await nameRoute(workshop, route, caller);
    const call = requestFor(workshop, route, caller, named.path);
    for (const name of named.blind)
      note(call, `nothing is known to put for {${name}}: say what in src/cli/doors/names.ts`, untried);
    const answer = await send(call);
    if (!answer) return void verdicts.get(route)?.push('not called');
    const isStream = answer.all.includes('text/event-stream');
    const twin =
      isStream || named.path === named.madeUp
        ? null
        : await send(requestFor(workshop, route, caller, named.madeUp));
    const first = listen(route, call, answer, caller) ?? judge(route, caller, named, answer, twin, refusal);
    if (first.wrong !== null) note(call, first.wrong, first.verdict === 'not called' ? untried : open);
    let worst = first.verdict;
    const more = async (bent: Call, also: (answer: Answer) => string | null): Promise<void> => {
      const got = await send(bent);
      if (!got) return;
      const wrong =
        listen(route, bent, got, caller)?.wrong ?? (got.status >= 500 ? `broke (${got.status})` : also(got));
      if (wrong === null) return;
      worst = 'open';
      note(bent, wrong);
    };

    const refused = expected(route, caller.who, caller.app) !== 'in';
    // Who is refused is so before their question is read.
    if (route.method === 'GET' && route.kind !== 'plain' && !refused && caller.who.kind !== 'stranger')
      for (const question of isStream ? [] : questions(workshop, caller))
        await more({ ...call, path: `${call.path}?${question}` }, () => null);

    if (crooked && caller.crooked && refused)
      for (const { name, bend, elsewhere } of CROOKS) {
        const bent = bend(call);
        if (bent === null) continue;
        const asked = bent.method === 'HEAD' ? 'GET' : bent.method;
        // Another door stands there, and is tried as itself.
        if (bent.path === call.path && asked !== route.method && methods.has(`${asked} ${route.path}`))
          continue;
        await more(bent, (got) => {
          if (elsewhere || got.status < 200 || got.status >= 300) return null;
          // Pages say in their body that they refuse; a preflight has none and lets nobody in.
          if (
            route.kind === 'page' &&
            (/"type":"(?:redirect|error)"/u.test(got.body) || BODILESS.has(bent.method))
          )
            return null;
          return `let in (${got.status}) by ${name}`;
        });
      }
    verdicts.get(route)?.push(worst);
  };

  for (const [done, caller] of callers.entries()) {
    progress(done, callers.length, caller.name);
    const watched =
      caller.leaves === 'nothing'
        ? []
        : caller.leaves === 'everything'
          ? tables
          : tables.filter((table) => WORK.has(table));
    const before = await prints(watched);
    const refusal = await line
      .send({
        method: 'GET',
        path: `/api/v1/${caller.at.house.slug}/nulle/definition`,
        headers: { 'accept-language': 'en', ...caller.headers },
      })
      .catch(() => null);
    for (let heaviness = 0; heaviness <= HEAVIEST; heaviness += 1)
      await pool(
        doors.filter((route) => weight(route, caller) === heaviness),
        (route) => tryDoor(route, caller, refusal),
      );
    const after = await prints(watched);
    for (const [at, table] of watched.entries())
      if (before[at] !== after[at])
        open.push({
          route: '–',
          caller: caller.name,
          request: 'every route',
          wrong: `rows of "${table}" changed, and nothing of theirs should have`,
        });
  }
  return {
    callers: callers.map(({ name }) => name),
    rows: doors.map((route) => ({ route, verdicts: verdicts.get(route) ?? [] })),
    open,
    untried,
  };
};
