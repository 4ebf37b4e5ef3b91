import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { checkDefinition } from '../check.ts';
import { library, tellsOf } from './fixture.test.ts';

const FIELD = { is: 'text', label: 'Text' };
const ROLE = { label: 'Role', sees: 'all' };

tellsOf([
  ['a name with a dash', 'fields.serial-number', FIELD, 'fields.serial-number', /such as `serialNumber`/],
  ['a name with an accent', 'roles.gérant', ROLE, 'roles.gérant', /such as `gerant`/],
  ['a choice that begins with a digit', 'fields.size.of.2xl', 'XXL', 'fields.size.of.2xl', /such as `xl`/],
  ['a name of JavaScript', 'fields.constructor', FIELD, 'fields.constructor', /word of JavaScript/],
  ['a field called comment', 'fields.comment', FIELD, 'fields.comment', /write another name for the field/],
  ['an app with two dashes', 'app', 'tools--lent', 'app', /such as `toolsLent`/],
  ['an app called like a path', 'app', 'search', 'app', /path of the API/],
  ['an app without steps', 'steps', {}, 'steps', /There are no steps/],
  ['a former name that still exists', 'fields.tool.was', 'size', 'fields.tool.was', /`size` still exists/],
  [
    'a former choice that still exists',
    'fields.size.of.small',
    { label: 'S', was: 'large' },
    'fields.size.of.small.was',
    /`large` still exists/,
  ],
  [
    'a former name said twice',
    'fields.size.of.small',
    { label: 'S', was: 'big' },
    'fields.size.of.large.was',
    /`small` says that it was `big` too/,
  ],

  ['a reference that is always the same', 'reference', 'T-{yyyy}', 'reference', /write `{seq}` in it/],
  ['a reference with a word mistyped', 'reference', 'T-{sec}', 'reference', /did you mean `seq`/],
  ['a reference that restarts in each holder', 'reference', 'T-{nth}', 'reference', /write `{holder}-{nth}`/],
  ['a reference with a space', 'reference', 'T {seq}', 'reference', /could not stand in an address/],
  ['two numbers side by side', 'reference', 'T{yyyy}{seq}', 'reference', /cannot be told apart/],
  [
    'an app that holds itself',
    'holds',
    { app: 'tools', label: 'x' },
    'holds.app',
    /tickets of their own app/,
  ],
]);

test('no app can take the place of a path of the API', () => {
  const openapi = readFileSync(new URL('../../../openapi.json', import.meta.url), 'utf8');
  const { paths } = JSON.parse(openapi) as { readonly paths: object };
  const words = Object.keys(paths).flatMap((path) => /^\/\{organisation\}\/([^/{]+)/u.exec(path)?.[1] ?? []);
  assert.ok(words.length > 20);
  for (const app of new Set(words)) {
    const checked = checkDefinition({ ...library, app });
    assert.ok(!checked.ok && checked.errors.some(({ path }) => path === 'app'), `add \`${app}\` to PATHS`);
  }
});
