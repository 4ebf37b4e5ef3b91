import { globSync } from 'node:fs';
import { join } from 'node:path';

import type { z } from '@hono/zod-openapi';
import { findTargetHandler } from 'hono/utils/handler';

import { openDoors } from '../../http.ts';
import { doorOf, type Permit } from '../../people/index.ts';
import { ROOT } from '../project.ts';
import { PAGES, UNGUARDED } from './unguarded.ts';

/** A way in, as the router or the pages have it. */
export interface Route {
  readonly kind: 'api' | 'page' | 'plain';
  readonly method: string;
  /** With its names in braces: `/api/v1/{organisation}/keys/{id}`. */
  readonly path: string;
  readonly permit: Permit;
  readonly summary: string;
  readonly body: z.ZodType | null;
}

/** A handler on the router that says of nobody whom it lets in. */
export interface Stray {
  readonly route: string;
  readonly says: string;
}

export interface Router {
  readonly routes: readonly Route[];
  readonly strays: readonly Stray[];
}

/** Nothing that a route needs to answer: here they only say what they are. */
const NOTHING = {} as never;

type Added = ReturnType<typeof openDoors>['routes'][number];

/** The router of this Vigie, without a server. */
const addedRoutes = (): readonly Added[] =>
  openDoors(
    {
      db: NOTHING,
      clock: NOTHING,
      houses: NOTHING,
      limits: NOTHING,
      url: '',
      stopping: NOTHING,
      committed: () => {},
    },
    NOTHING,
  ).routes;

const inBraces = (path: string): string => path.replaceAll(/:(\w+)(?:\{[^}]*\})?/gu, '{$1}');

/** What is on a router: every handler belongs to a door, or to the short list of what needs none. */
export const sortRoutes = (added: readonly Added[], listed: typeof UNGUARDED = UNGUARDED): Router => {
  const routes = new Map<string, Route>();
  const loose = new Map<string, number>();
  for (const { method, path, handler } of added) {
    const door = doorOf(findTargetHandler(handler));
    const name = `${method} ${inBraces(path)}`;
    if (door) routes.set(name, { kind: 'api', method, path: inBraces(path), ...door });
    else loose.set(name, (loose.get(name) ?? 0) + 1);
  }
  const strays: Stray[] = [];
  for (const [name, handlers] of loose) {
    const [known] = listed[name] ?? [0];
    if (handlers > known)
      strays.push({ route: name, says: `${handlers} handlers beside door(), where ${known} are listed` });
    const [method = '', path = ''] = name.split(' ');
    if (method === 'ALL' || (path.endsWith('*') && !path.startsWith('/forms'))) continue;
    const summary = listed[name]?.[1] ?? '';
    routes.set(name, { kind: 'plain', method, path, permit: 'anyone', summary, body: null });
  }
  for (const name of Object.keys(listed))
    if (!loose.has(name)) strays.push({ route: name, says: 'listed, and not there any more' });
  return { routes: [...routes.values()], strays };
};

/** `/[organisation]/(member)/[app]/+page.svelte` → `/{organisation}/{app}` */
const pagePath = (folder: string): string =>
  folder.replaceAll(/\/\([^)]*\)/gu, '').replaceAll(/\[+(?:\.\.\.)?(\w+)(?:=\w+)?\]+/gu, '{$1}') || '/';

/** The pages, and what of web/src/routes nobody has said whom it lets in. */
export const sortPages = (files: readonly string[], listed: typeof PAGES = PAGES): Router => {
  const routes: Route[] = [];
  const strays: Stray[] = [];
  for (const file of files.toSorted()) {
    const [, folder = '', name = ''] = /^(.*)\/(\+[^/]+)$/u.exec(`/${file}`) ?? [];
    if (name.startsWith('+server.'))
      strays.push({ route: file, says: 'pages draw, and nothing else: what answers belongs to the API' });
    if (name !== '+page.svelte') continue;
    const found = listed
      .filter(([beginning]) =>
        beginning.startsWith('=')
          ? beginning === `=${folder || '/'}`
          : `${folder}/`.startsWith(`${beginning}/`),
      )
      .toSorted(([a], [b]) => b.length - a.length)[0];
    if (!found) {
      strays.push({ route: file, says: 'say whom this page lets in, in src/cli/doors/unguarded.ts' });
      continue;
    }
    const path = pagePath(folder);
    routes.push({ kind: 'page', method: 'GET', path, permit: found[1], summary: found[2], body: null });
  }
  return { routes, strays };
};

/** Every way in that there is: of the router itself, and of the pages as they stand in web/src/routes. */
export const everyRoute = (): Router => {
  const api = sortRoutes(addedRoutes());
  const folder = join(ROOT, 'web/src/routes');
  const pages = sortPages(globSync('**/+*', { cwd: folder }));
  return { routes: [...api.routes, ...pages.routes], strays: [...api.strays, ...pages.strays] };
};
