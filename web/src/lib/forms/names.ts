/**
 * How a form's names become a body, the same with JavaScript and without (the server's bridge follows
 * the same rules): `text.note` is `{text: {note}}`, `roles.0.app` fills a list, `references[]` gathers
 * every value of that name, and names that start with `_` are for the bridge.
 */

type Tree = { [key: string]: unknown };

const put = (tree: Tree, path: readonly string[], value: unknown): void => {
  const [head = '', ...rest] = path;
  if (rest.length === 0) {
    tree[head] = value;
    return;
  }
  const below = (tree[head] ?? {}) as Tree;
  tree[head] = below;
  put(below, rest, value);
};

const lists = (node: unknown): unknown => {
  if (typeof node !== 'object' || node === null || Array.isArray(node)) return node;
  const entries = Object.entries(node).map(([key, value]) => [key, lists(value)] as const);
  const numbered = entries.length > 0 && entries.every(([key]) => /^\d+$/.test(key));
  return numbered ? entries.map(([, value]) => value) : Object.fromEntries(entries);
};

export interface Reading {
  /** What an empty control means: nothing said (opening, moving), or emptied (editing). */
  readonly empty: 'skip' | 'null';
}

/** The JSON body of a form. */
export const bodyOf = (form: FormData, { empty }: Reading): Tree => {
  const tree: Tree = {};
  // A choice that says several things at once: `field=scans&folder=Film+1`.
  for (const [name, value] of new URLSearchParams(String(form.get('&') ?? ''))) form.append(name, value);
  form.delete('&');
  for (const name of new Set(form.keys())) {
    if (name.startsWith('_')) continue;
    const values = form.getAll(name).filter((value) => typeof value === 'string');
    if (name.endsWith('[]')) {
      put(tree, name.slice(0, -2).split('.'), values);
      continue;
    }
    const value = values.at(-1) ?? '';
    const path = name.split('.');
    if (value !== '') put(tree, path, value);
    else if (empty === 'null') put(tree, path[0] === 'text' ? ['fields', ...path.slice(1)] : path, null);
  }
  return lists(tree) as Tree;
};

/** The plain name of the place an error speaks of: `text.place.lat` and `fields.place` are both `place`. */
export const placeOf = (path: string): string => path.replace(/^(fields|text)\./, '');
