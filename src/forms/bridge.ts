import { randomUUID } from 'node:crypto';

import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';

import type { House } from '../organisations/index.ts';
import {
  authenticate,
  callerOf,
  checkOrigin,
  door,
  type Doors,
  type Frame,
  houseAt,
} from '../people/index.ts';
import { arrivalOf } from '../platform/http/arrival.ts';
import { OWN, ownPath } from '../platform/http/own-path.ts';
import { HttpProblem, problem } from '../platform/http/problem.ts';
import { asOrganisation } from '../platform/postgres/index.ts';
import { type Desk, type FilledForm, readFilledForm } from '../uploads/index.ts';
import { type Form, readForm, type Tree } from './read.ts';
import { showOnce } from './shown.ts';
import { draftById, insertDraft } from './store.ts';

/** How long what was typed is kept for the page that shows it again, in milliseconds. */
export const KEPT = 3_600_000;
const LARGEST = 1024 * 1024;
/** Never kept, however wrong. */
const SECRETS = new Set(['token', 'pin', 'code', 'passphrase']);

const refererPath = (c: Context, url: string): string | null => {
  const referer = c.req.header('referer') ?? '';
  if (!URL.canParse(referer)) return null;
  const parsed = new URL(referer);
  return parsed.origin === url ? `${parsed.pathname}${parsed.search}` : null;
};

const withDraft = (path: string, id: string): string => {
  const target = new URL(path, OWN);
  target.searchParams.set('draft', id);
  return `${target.pathname}${target.search}`;
};

const isMultipart = (c: Context): boolean =>
  c.req.header('content-type')?.startsWith('multipart/form-data') === true;

/** A form, the files that came with it, and why not all of them were kept. */
interface Read {
  readonly form: Form;
  readonly files: FilledForm['files'];
  readonly refused: HttpProblem | null;
}

/** Files are kept for whoever the API knows: what a form then names is theirs. */
const readWithFiles = async (c: Context, frame: Frame, desk: Desk): Promise<Read> => {
  checkOrigin(c);
  const caller = await callerOf(frame, c, c.req.path.split('/')[4] ?? '').catch(() => null);
  const sender = caller?.confined === null ? { organisationId: caller.house.id, by: caller.actor } : null;
  const { fields, files, refused } = await readFilledForm(desk, c.req.raw, sender);
  const form: Record<string, string | readonly string[]> = {};
  for (const [name, values] of Object.entries(fields))
    form[name] = values.length === 1 ? (values[0] ?? '') : values;
  for (const { name } of files)
    if (name.endsWith('[]')) form[name] = files.filter((one) => one.name === name).map(({ id }) => id);
  return { form, files, refused };
};

/** The files that a field of the form takes, beside those that it names. */
const withFiles = (body: Tree, files: Read['files']): Tree => {
  const byField = Map.groupBy(
    files.filter(({ name }) => name.startsWith('text.')),
    ({ name }) => name.slice('text.'.length),
  );
  if (byField.size === 0) return body;
  const named = [...byField].map(([field, found]) => [field, found.map(({ id }) => ({ id }))] as const);
  return { ...body, fields: { ...(body['fields'] as Tree | undefined), ...Object.fromEntries(named) } };
};

const formOf = async (c: Context): Promise<Form> => {
  const read = await c.req.parseBody({ all: true });
  // PostgreSQL does not keep the character NUL, and nobody types it.
  const text = (value: unknown): string => (typeof value === 'string' ? value.replaceAll('\u0000', '') : '');
  return Object.fromEntries(
    Object.entries(read).map(([name, value]) => [
      text(name),
      Array.isArray(value) ? value.filter((one) => typeof one === 'string').map(text) : text(value),
    ]),
  );
};

const said = (form: Form, name: string): string | undefined => {
  const value = form[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
};

/**
 * Forms of pages without JavaScript: each is the same request to the API that a program would make, answered by
 * 303. What was refused goes back to its page with what was typed.
 */
export const formRoutes = (root: Doors, api: Doors, frame: Frame, desk: Desk): void => {
  const limited = bodyLimit({ maxSize: LARGEST });
  // Files are written as they come, and counted by whoever writes them.
  const counted: typeof limited = (c, next) => (isMultipart(c) ? next() : limited(c, next));
  root.post('/forms/api/v1/*', counted, async (c) => {
    const { url } = arrivalOf(c);
    const { form, files, refused } = isMultipart(c)
      ? await readWithFiles(c, frame, desk)
      : { form: await formOf(c), files: [], refused: null };
    const [scheme, guest] = (['Guest', 'Share'] as const)
      .map((name) => [name, said(form, `_${name.toLowerCase()}`)] as const)
      .find(([, secret]) => secret !== undefined) ?? ['Guest', undefined];
    // A guest's page says nothing of where it is, `Origin` included, for its address is the secret; and it sends the
    // secret itself, which no other page has.
    if (guest === undefined) checkOrigin(c);
    const path = c.req.path.slice('/forms'.length);
    const method = (said(form, '_method') ?? 'POST').toUpperCase();
    if (!['POST', 'PATCH', 'PUT', 'DELETE'].includes(method))
      throw new HttpProblem(problem(400, 'malformed', '_method'));
    const headers = new Headers({ origin: url, 'content-type': 'application/json' });
    if (guest !== undefined) headers.set('authorization', `${scheme} ${guest.replaceAll(/[^\w-]/gu, '')}`);
    for (const name of guest === undefined ? ['cookie', 'accept-language'] : ['accept-language']) {
      const value = c.req.header(name);
      if (value !== undefined) headers.set(name, value);
    }
    const key = said(form, '_key');
    if (key !== undefined) headers.set('idempotency-key', key);
    const body = method === 'DELETE' ? null : JSON.stringify(withFiles(readForm(form), files));
    const back = ownPath(said(form, '_back')) ?? refererPath(c, url) ?? '/';
    if (refused) return c.redirect(await keep(c, frame, path, form, refused.body, back, headers), 303);
    const answer = await root.request(path, { method, headers, body }, c.env);
    const answered: unknown = answer.headers.get('content-type')?.includes('json') ? await answer.json() : {};

    if (!answer.ok) return c.redirect(await keep(c, frame, path, form, answered, back, headers), 303);
    for (const cookie of answer.headers.getSetCookie()) c.header('set-cookie', cookie, { append: true });
    const reference = (answered as { readonly reference?: unknown }).reference;
    const named = encodeURIComponent(typeof reference === 'string' ? reference : '');
    const then = ownPath(said(form, '_then')?.replaceAll('{reference}', named)) ?? back;
    if (said(form, '_show') !== undefined)
      showOnce(c, url, path.split('/')[3] ?? '', new URL(then, OWN).pathname, answered);
    return c.redirect(then, 303);
  });

  door(
    api,
    frame,
    {
      method: 'get',
      path: '/{organisation}/drafts/{id}',
      permit: 'anyone',
      params: z.object({ organisation: z.string().max(80), id: z.uuid() }),
      summary: 'What was typed in a form that was refused, for whoever typed it',
      answers: { 200: 'The form and the problem' },
    },
    async ({ c, params }) => {
      const house = await frame.houses.bySlug(params.organisation);
      const since = new Date(frame.clock.now() - KEPT);
      const draft =
        house &&
        (await asOrganisation(frame.db, house.id, (tx) => draftById(tx, house.id, params.id, since)));
      if (!draft) throw new HttpProblem(problem(404, 'not_found'));
      if (draft.actorId !== null && (await callerAt(frame, c, params.organisation)) !== draft.actorId)
        throw new HttpProblem(problem(404, 'not_found'));
      return c.json({ values: draft.form, problem: draft.problem });
    },
  );
};

/** Keeps what was typed, and says where its page shows it again. */
const keep = async (
  c: Context,
  frame: Frame,
  path: string,
  form: Form,
  refused: unknown,
  back: string,
  sent: Headers,
): Promise<string> => {
  const slug = path.split('/')[3] ?? '';
  const house = await houseAt(frame, c, slug);
  if (!house) return back;
  const authorization = sent.get('authorization');
  const caller =
    authorization === null ? await callerAt(frame, c, slug) : await guestAt(frame, house, authorization);
  // Whoever is not signed in has their draft by its address alone, so it is nothing that can be counted to.
  const id = randomUUID();
  const typed = Object.fromEntries(
    Object.entries(form).filter(([name]) => !name.startsWith('_') && !SECRETS.has(name)),
  );
  await asOrganisation(frame.db, house.id, (tx) =>
    insertDraft(
      tx,
      house.id,
      id,
      { actorId: caller, form: typed, problem: refused },
      new Date(frame.clock.now()),
    ),
  );
  return withDraft(back, id);
};

/** Whose link a form came with. */
const guestAt = async (frame: Frame, house: House, authorization: string): Promise<string | null> => {
  const presented = { authorization, cookie: undefined, acceptLanguage: undefined };
  return (await authenticate(frame.db, house, presented, frame.clock.now()))?.actor.id ?? null;
};

/** Who sent the form, as the API knows them. */
const callerAt = async (frame: Frame, c: Context, slug: string): Promise<string | null> => {
  try {
    return (await callerOf(frame, c, slug)).actor.id;
  } catch (error) {
    if (error instanceof HttpProblem) return null;
    throw error;
  }
};
