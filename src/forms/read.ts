export type Tree = { [name: string]: unknown };

const NUMBERS = new Set(['lat', 'lng', 'accuracy', 'quantity', 'vat']);

/** `47,80` → 4780; what is no number stays as it was typed, for the field to say so. */
const cents = (typed: string): unknown => {
  const bare = typed.replaceAll(/[€\s\u00a0\u202f]/gu, '').replace(',', '.');
  return /^-?\d+(\.\d{1,2})?$/u.test(bare) ? Number(Number(bare).toFixed(2).replace('.', '')) : typed;
};

/** A part of a field that has parts: a place's latitude, a line's price. */
const part = (name: string, typed: string): unknown => {
  if (name === 'unitPrice') return cents(typed);
  if (!NUMBERS.has(name)) return typed;
  const read = Number(typed.trim().replace(',', '.'));
  return typed.trim() === '' || Number.isNaN(read) ? typed : read;
};

const put = (tree: Tree, path: readonly string[], value: unknown): void => {
  const [name = '', ...rest] = path;
  if (rest.length === 0) {
    tree[name] = value;
    return;
  }
  const inner = (tree[name] ??= {});
  // Said both as a whole and in parts: no form of ours does, and the whole stands.
  if (typeof inner === 'object' && !Array.isArray(inner)) put(inner as Tree, rest, value);
};

/** Objects whose names are 0, 1, 2… are lists; what is empty all through is nothing. */
const settle = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return value === '' ? undefined : value;
  const entries = Object.entries(value)
    .map(([name, inner]) => [name, settle(inner)] as const)
    .filter(([, inner]) => inner !== undefined);
  if (entries.length === 0) return undefined;
  return entries.every(([name]) => /^\d+$/u.test(name))
    ? entries.map(([, inner]) => inner)
    : Object.fromEntries(entries);
};

export type Form = { readonly [name: string]: string | readonly string[] };

/** Left empty, these say nobody, nowhere, nothing. */
const NOTHING = new Set(['member', 'site', 'holder']);
const FLAGS = new Set(['disabled', 'administrator', 'deviceBound', 'mailLinks', 'mail', 'watermark']);
/** Left empty, these say nothing in particular. */
const COUNTS = new Set(['idleMinutes', 'totalHours', 'days', 'downloads']);
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

/** A choice that says several things at once is called `&`: `field=scans&folder=Film+1`. */
const unfolded = ({ '&': folded, ...form }: Form): Form =>
  typeof folded === 'string' ? { ...form, ...Object.fromEntries(new URLSearchParams(folded)) } : form;

/**
 * The JSON that a form stands for. `text.note` is a value as typed; `text.place.lat` a part of one, which
 * becomes `fields.place.lat`; `references[]` a list. Names that begin with `_` are for the bridge.
 * `&` is unfolded first.
 */
export const readForm = (form: Form): Tree => {
  const body: Tree = {};
  const parts: Tree = {};
  for (const [name, given] of Object.entries(unfolded(form))) {
    if (name.startsWith('_')) continue;
    if (name.endsWith('[]')) {
      put(body, [name.slice(0, -2)], typeof given === 'string' ? [given] : given);
      continue;
    }
    const typed = typeof given === 'string' ? given : (given.at(-1) ?? '');
    const path = name.split('.').slice(0, 6);
    if (path.some((step) => FORBIDDEN.has(step))) continue;
    if (path[0] === 'text' && path.length > 2) put(parts, path.slice(1), part(path.at(-1) ?? '', typed));
    else if (name === 'version') put(body, path, Number(typed));
    else if (COUNTS.has(name)) put(body, path, typed === '' ? null : Number(typed));
    else if (NOTHING.has(path.at(-1) ?? '') && typed === '') put(body, path, null);
    else if (FLAGS.has(name)) put(body, path, typed === 'true' || typed === 'on');
    else put(body, path, typed);
  }
  const fields = Object.fromEntries(
    Object.entries(parts).map(([name, value]) => [name, settle(value) ?? null]),
  );
  if (Object.keys(fields).length > 0) body['fields'] = { ...fields, ...(body['fields'] as Tree | undefined) };
  return body;
};
