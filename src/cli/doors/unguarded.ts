/**
 * What stands on the router and is no `door()`: each with how many handlers there are, and why. A handler that is not
 * in this list, or one too many, fails the check. Keep it short.
 */
export const UNGUARDED: { readonly [route: string]: readonly [handlers: number, reason: string] } = {
  'ALL /*': [1, 'on the way: measures how long an answer takes'],
  'GET /healthz': [1, 'it lives: nothing of anyone’s work'],
  'GET /readyz': [1, 'it can work: nothing of anyone’s work'],
  'GET /metrics': [1, 'counts of the machine, without a name or a word of anyone'],
  'POST /forms/api/v1/*': [2, 'asks the same of the API for a plain form: the API’s door decides'],
  'POST /forms/drop/{organisation}': [1, 'files from a plain form, for the secret of a drop that it holds'],
  'POST /forms/drop/{organisation}/receipt': [2, 'the receipt of a deposit, for the same secret'],
  'POST /api/v1/*': [1, 'on the way: refuses what is too large'],
  'PUT /api/v1/*': [1, 'on the way: refuses what is too large'],
  'PATCH /api/v1/*': [1, 'on the way: refuses what is too large'],
  'DELETE /api/v1/*': [1, 'on the way: refuses what is too large'],
  'GET /api/v1/openapi.json': [1, 'what the API is: the same for everyone'],
};

/** Whom a page lets in; it reads through the API, whose doors decide what it gets. */
export type PagePermit = 'anyone' | 'organisation' | 'app' | 'administrator';

/**
 * Whom the pages let in, by where they stand in web/src/routes: the longest beginning that fits counts, and a page of
 * none fails the check. `=` in front: this page alone.
 */
export const PAGES: readonly (readonly [beginning: string, permit: PagePermit, reason: string])[] = [
  ['=/', 'anyone', 'where this browser is signed in, from /session'],
  ['/[organisation]/sign-in', 'anyone', 'coming in'],
  ['/[organisation]/invitation', 'anyone', 'coming in for the first time'],
  [
    '/[organisation]/station',
    'anyone',
    'a shared tablet; what it shows is asked of the API as whoever unlocked it',
  ],
  ['/[organisation]/follow', 'anyone', 'a guest’s link; what it shows is asked of the API as that guest'],
  [
    '/[organisation]/sealed',
    'anyone',
    'a link to bring sealed files; what it shows is asked of the API as that drop',
  ],
  [
    '/[organisation]/share',
    'anyone',
    'a link to read files; what it shows is asked of the API as whoever has it',
  ],
  [
    '/[organisation]/drop',
    'anyone',
    'a link to put files; what it shows is asked of the API as whoever has it',
  ],
  ['/[organisation]/(member)', 'organisation', 'whoever is not signed in is led to the door'],
  ['/[organisation]/(member)/[app]', 'app', 'what is read of the app, by the API'],
  ['/[organisation]/(member)/settings', 'administrator', 'said by its layout'],
];
