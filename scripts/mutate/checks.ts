import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { guardsTakenOut } from './conditions.ts';
import { type Killer, lineOf, type Mutant, short } from './mutant.ts';

const WALK = { file: 'tests/doors/walk.test.ts' };
const PEOPLE = { file: 'tests/http/people.test.ts' };
const AUTHENTICATE = { file: 'tests/doors/sessions.test.ts' };
const STANDING = { file: 'tests/http/standing.test.ts' };
const FORMS = { file: 'tests/http/forms.test.ts' };
const WALLS = { file: 'tests/http/walls.test.ts' };
const PASSKEYS = { file: 'tests/http/passkeys.test.ts' };
const OPENID = { file: 'tests/http/openid.test.ts' };
const STATIONS = { file: 'tests/http/stations.test.ts' };
const GUESTS = { file: 'tests/http/guests.test.ts' };
const DROPS = { file: 'tests/http/drops.test.ts' };
const DROPS_AT_ONCE = { file: 'tests/http/drops-at-once.test.ts' };
const DROPS_OVER = { file: 'tests/http/drops-over.test.ts' };
const SHARES = { file: 'tests/http/shares.test.ts' };
const SHARES_END = { file: 'tests/http/shares-ends.test.ts' };
const SHARES_OVER = { file: 'tests/http/shares-over.test.ts' };
const SHARES_RECEIPTS = { file: 'tests/http/shares-receipts.test.ts' };
const MISUSE = { file: 'tests/http/misuse.test.ts' };
const SEALED = { file: 'tests/http/sealed.test.ts' };
const FILES = { file: 'tests/http/files.test.ts' };
const INSPECTION = { file: 'tests/http/inspection.test.ts' };
const UPLOADS = { file: 'tests/http/uploads.test.ts' };
const RECEIPTS = { file: 'tests/http/receipts.test.ts' };
const RIGHTS = { file: 'tests/http/rights.test.ts' };
const ADDRESSES = { file: 'tests/http/addresses.test.ts' };
const HEADERS = { file: 'tests/http/headers.test.ts' };
const WHOLE = { file: 'tests/http/whole.test.ts' };
const LIVE = { file: 'tests/client/client.test.ts' };

/** Sources of guards, and the tests that should notice. */
const SOURCES: readonly (readonly [file: string, killers: readonly Killer[]])[] = [
  ['src/people/door.ts', [PEOPLE, WALK, FORMS, WALLS, PASSKEYS, GUESTS]],
  ['src/people/sent.ts', [PEOPLE, WALK, FORMS, WALLS, MISUSE]],
  ['src/people/authenticate.ts', [AUTHENTICATE, WALK, PEOPLE, PASSKEYS]],
  ['src/people/manage.ts', [PEOPLE]],
  ['src/people/sign-in.ts', [PEOPLE]],
  ['src/people/secret.ts', [PEOPLE, WALK]],
  ['src/forms/bridge.ts', [FORMS, WALK]],
  ['src/live/stream.ts', [{ file: 'tests/http/tickets.test.ts' }, LIVE, WALK]],
  ['src/gate.ts', [ADDRESSES, HEADERS]],
  ['src/passkeys/make.ts', [PASSKEYS]],
  ['src/passkeys/challenge.ts', [PASSKEYS]],
  ['src/passkeys/invitations.ts', [PASSKEYS]],
  ['src/passkeys/step-up.ts', [PASSKEYS]],
  ['src/passkeys/account.ts', [PASSKEYS]],
  ['src/openid/callback.ts', [OPENID]],
  ['src/openid/enter.ts', [OPENID]],
  ['src/openid/finish.ts', [OPENID]],
  ['src/openid/begin.ts', [OPENID]],
  ['src/openid/arrivals.ts', [OPENID]],
  ['src/people/confined/guest.ts', [GUESTS, WALK]],
  ['src/people/confined/drop.ts', [DROPS]],
  ['src/drops/standing.ts', [DROPS_OVER, DROPS]],
  ['src/drops/put.ts', [DROPS_OVER, DROPS_AT_ONCE, DROPS]],
  ['src/drops/deposit.ts', [DROPS]],
  ['src/drops/make.ts', [DROPS_OVER, DROPS]],
  ['src/drops/bringing.ts', [DROPS, SEALED]],
  ['src/drops/open-routes.ts', [DROPS]],
  ['src/people/standing.ts', [SHARES_OVER, SHARES_END, DROPS, GUESTS]],
  ['src/people/confined/share.ts', [SHARES_OVER, SHARES, SHARES_END]],
  ['src/shares/standing.ts', [SHARES_OVER, SHARES, SHARES_END]],
  ['src/shares/make.ts', [SHARES_OVER, SHARES, SHARES_END]],
  ['src/shares/grants.ts', [SHARES_END]],
  ['src/shares/leaving.ts', [SHARES_OVER, SHARES_END]],
  ['src/shares/open/found.ts', [SHARES, SHARES_END]],
  ['src/shares/open/prove.ts', [SHARES, SHARES_END]],
  ['src/shares/open/routes.ts', [SHARES, SHARES_END, SHARES_RECEIPTS]],
  ['src/shares/open/take.ts', [SHARES, SHARES_END, SHARES_OVER]],
  ['src/sealed/keys.ts', [SEALED]],
  ['src/sealed/pins.ts', [SEALED]],
  ['src/sealed/read.ts', [SEALED]],
  ['src/sealed/drops.ts', [SEALED]],
  ['src/downloads/clear.ts', [INSPECTION]],
  ['src/downloads/move.ts', [INSPECTION, FILES]],
  ['src/downloads/routes.ts', [FILES, INSPECTION]],
  ['src/uploads/room.ts', [UPLOADS]],
  ['src/uploads/routes.ts', [UPLOADS]],
  ['src/receipts/hand-over.ts', [RECEIPTS]],
  ['src/receipts/routes.ts', [RECEIPTS]],
  ['src/stations/device.ts', [STATIONS]],
  ['src/stations/pins.ts', [STATIONS]],
  ['src/stations/manage.ts', [STATIONS]],
  ['src/guests/links.ts', [GUESTS]],
  ['src/guests/follow.ts', [GUESTS]],
  ['src/review/finish.ts', [RIGHTS]],
  ['src/leaving/leave.ts', [RIGHTS]],
  ['src/organisations/whole/routes.ts', [WHOLE]],
];

/** Texts whose loss opens something: each place where one stands is a mutant. */
const TEXTS: readonly (readonly [file: string, pattern: RegExp, put: string, killers: readonly Killer[]])[] =
  [
    ['src/people/cookie.ts', /httpOnly: true/gu, 'httpOnly: false', [PEOPLE]],
    ['src/people/cookie.ts', /sameSite: 'Lax'/gu, "sameSite: 'None'", [PEOPLE]],
    ['src/people/cookie.ts', /secure: url\.startsWith\('https:'\)/gu, 'secure: false', [PEOPLE]],
    ['src/people/cookie.ts', /`__Host-vigie-\$\{slug\}`/gu, '`vigie-${slug}`', [PEOPLE]],
    [
      'src/people/store.ts',
      /(?:\band|\bwhere) \w*\.?(?:used_at|revoked_at|disabled_at) is null/gu,
      '',
      [PEOPLE, WALK],
    ],
    ['src/people/store.ts', / and \w*\.?expires_at > \$\{at\}/gu, '', [PEOPLE]],
    ['src/people/store.ts', / and l\.purpose = \$\{purpose\}/gu, '', [PEOPLE]],
    ['src/people/store.ts', / and [sk]\.secret_hash = \$\{amongHashes\(tx, hashes\)\}/gu, '', [WALK]],
    ['src/people/secret.ts', /const BYTES = 32/gu, 'const BYTES = 4', [PEOPLE]],
    ['src/people/door.ts', /if \(caller\.session !== null\) checkOrigin\(c\);/gu, '', [WALK]],
    ['src/people/door.ts', /if \(permit === 'anyone'\)/gu, 'if (true)', [PEOPLE, WALK]],
    ['src/people/door.ts', /^ +checkOrigin\(c\);\n/gmu, '', [PEOPLE, FORMS]],
    ['src/people/store.ts', /\(k\.owner_id is null or [^`]*\)(?=`)/gu, 'true', [WALK]],
    ['src/passkeys/store.ts', /\band [pm]\.(?:revoked_at|disabled_at) is null/gu, '', [PASSKEYS]],
    ['src/passkeys/store.ts', /expires_at > \$\{at\} as good/gu, 'true as good', [PASSKEYS]],
    ['src/openid/store.ts', /\band (?:l\.)?used_at is null/gu, '', [OPENID]],
    ['src/openid/store.ts', /\band m\.disabled_at is null/gu, '', [OPENID]],
    ['src/openid/secrets.ts', /httpOnly: true/gu, 'httpOnly: false', [OPENID]],
    ['src/stations/store.ts', /and code_expires_at > \$\{at\}/gu, '', [STATIONS]],
    ['src/people/confined/store.ts', /\band (?:g|d|st)\.revoked_at is null/gu, '', [GUESTS, STATIONS, DROPS]],
    ['src/people/known.ts', /rows\.get\(hash\)/gu, '[...rows.values()][0]', [AUTHENTICATE]],
    ['src/people/known.ts', /before\?\.stamp === stamp/gu, 'before', [STANDING]],
    [
      'src/people/authenticate.ts',
      /found\.roles\.some\(\(\{ app \}\) => lapsed\(app\)\)/gu,
      'false',
      [AUTHENTICATE, WALK],
    ],
    ['src/people/callers.ts', /last\?\.house === house && /gu, 'last && ', [PEOPLE]],
    ['src/people/callers.ts', / && last\.of === of/gu, '', [AUTHENTICATE]],
    ['src/people/callers.ts', /roles\.filter\(enough\)/gu, 'roles', [AUTHENTICATE, WALK]],
    ['src/people/authenticate.ts', /&& presented\.idling !== true/gu, '', [AUTHENTICATE]],
    ['src/people/assurance.ts', /idle: 15 \* MINUTE/gu, 'idle: 12 * HOUR', [AUTHENTICATE]],
    ['src/people/assurance.ts', /total: 12 \* HOUR/gu, 'total: 7 * 24 * HOUR', [AUTHENTICATE]],
    ['src/people/assurance.ts', /assurance: 'strong'/gu, "assurance: 'low'", [AUTHENTICATE]],
    [
      'src/people/assurance.ts',
      /ORDER\.indexOf\(has\) >= ORDER\.indexOf\(needed\)/gu,
      'true',
      [AUTHENTICATE],
    ],
    ['src/forms/store.ts', / and created_at > \$\{since\}/gu, '', [FORMS]],
  ];

const STAYS = 'No row of that table is ever taken out, and a foreign key says that it is there.';
const INSTALLED = 'An app that was installed is never removed.';
const FOUND =
  'The door, or the route, has just found it: this is for what goes between the two, and for the types.';
const KEYED = 'Nothing is shared before the organisation has keys, and it keeps them.';
const LET_IN =
  'The permit of the route lets in members and keys alone, who have an id and are confined to nothing.';

/**
 * Mutants that change nothing anybody could see, or that something else holds as well, each with the reason.
 * `file: condition → value`; the reason is what a reviewer judges.
 */
const SAME: { readonly [mutant: string]: string } = {
  'src/people/door.ts: !caller.session → false':
    'What must be fresh lets in members alone, who have a session: this is for the types.',
  "src/people/sent.ts: typeof value !== 'object' → false":
    'A number or a truth value has no entries to look into: it is spared that look.',
  'src/people/standing.ts: !member → false': STAYS,
  'src/drops/standing.ts: !state → false': STAYS,
  'src/drops/standing.ts: !state || state.app !== drop.app → false': STAYS,
  'src/drops/standing.ts: state.app !== drop.app → false': STAYS,
  'src/drops/put.ts: !drop || !file → false': STAYS,
  'src/drops/put.ts: !drop → false': STAYS,
  'src/drops/put.ts: !file → false': STAYS,
  'src/drops/deposit.ts: !ticket → false': STAYS,
  'src/shares/standing.ts: !state → false': STAYS,
  'src/sealed/drops.ts: found.people.length !== found.keys → false': STAYS,
  'src/drops/standing.ts: !definition → false': INSTALLED,
  'src/shares/standing.ts: !definition → false': INSTALLED,
  'src/drops/standing.ts: !drop → false': FOUND,
  'src/shares/open/found.ts: !share → false': FOUND,
  'src/shares/open/found.ts: !link → false': FOUND,
  'src/downloads/clear.ts: !row → false': FOUND,
  'src/downloads/move.ts: !source → false': FOUND,
  'src/shares/open/found.ts: !keys || !share || !link → false': KEYED,
  'src/shares/open/found.ts: !keys || !share → false': KEYED,
  'src/shares/open/found.ts: !keys → false': KEYED,
  'src/shares/standing.ts: !keys → false': KEYED,
  'src/drops/standing.ts: actor.within !== undefined → false': LET_IN,
  'src/drops/make.ts: by === null || actor.id === null → false': LET_IN,
  'src/drops/make.ts: by === null → false': LET_IN,
  'src/drops/make.ts: actor.id === null → false': LET_IN,
  "src/shares/make.ts: by === null || (kind !== 'member' && kind !== 'key') → false": LET_IN,
  'src/shares/make.ts: by === null → false': LET_IN,
  "src/shares/make.ts: kind !== 'member' && kind !== 'key' → false": LET_IN,
  'src/shares/leaving.ts: !to → false': 'Without anybody there is no heir.',
  'src/shares/open/prove.ts: secret === undefined → false':
    'Without its secret a link is nothing but by what was opened, and that opens neither of these routes.',
  "src/shares/open/prove.ts: share.proof !== 'code' → false":
    'Who is named otherwise is a member, and their link has no secret to come by.',
  'src/shares/open/prove.ts: !named → false':
    'What a code opens names somebody: it was sealed with the link.',
  "src/shares/open/routes.ts: !atLeast(session.assurance, 'strong') → false":
    'Who came by a passkey is strong until that lapses, and by then the permit has asked for it again.',
};

const HERE = 'scripts/mutate/checks.ts';

/** Guards of the doors themselves: origins, cookies, hashes, links, times. */
export const checkMutants = (root: string): readonly Mutant[] => {
  const read = (file: string): string => readFileSync(join(root, file), 'utf8');
  const conditions = SOURCES.flatMap(([file, killers]) => {
    const text = read(file);
    const found = guardsTakenOut(file, text);
    if (found.length === 0) throw new Error(`${file} has no guard: say in ${HERE} where they are now.`);
    return found.map((change) => ({
      file,
      line: lineOf(text, change.start),
      what: `${change.was} → ${change.with}`,
      change,
      killers,
    }));
  });
  const texts = TEXTS.flatMap(([file, pattern, put, killers]) => {
    const text = read(file);
    const found = [...text.matchAll(pattern)];
    // What was written otherwise since would be looked for, and missed, for ever.
    if (found.length === 0)
      throw new Error(`${file} has no ${String(pattern)}: say in ${HERE} what it is now.`);
    return found.map((match) => ({
      file,
      line: lineOf(text, match.index),
      what: put === '' ? `without: ${short(match[0])}` : `${short(match[0])} → ${put}`,
      change: { start: match.index, end: match.index + match[0].length, with: put },
      killers,
    }));
  });
  return [...conditions, ...texts]
    .filter(({ file, what }) => SAME[`${file}: ${what}`] === undefined)
    .map((mutant) => ({ kind: 'checks' as const, ...mutant }));
};
