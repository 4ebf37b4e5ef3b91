import { tellsOf } from './fixture.test.ts';

const FIELD = { is: 'text', label: 'Text' };
const CHOICE = { is: 'choice', label: 'Choice', of: { a: 'A' } };

tellsOf([
  ['a least above the most', 'fields.weight.min', 60, 'fields.weight.min', /other way round/],
  ['nothing to choose', 'fields.pick', { ...CHOICE, of: {} }, 'fields.pick.of', /nothing to choose/],
  [
    'only retired choices',
    'fields.pick',
    { ...CHOICE, of: { a: { label: 'A', retired: true } } },
    'fields.pick.of',
    /nothing to choose/,
  ],
  [
    'a contact in the open',
    'fields.borrower.sealed',
    undefined,
    'fields.borrower.sealed',
    /A contact is a person: write `sealed: true`/,
  ],
  [
    'a sealed field that is searched',
    'fields.borrower.search',
    true,
    'fields.borrower.search',
    /never indexed/,
  ],
  ['a sealed field on cards', 'fields.borrower.card', true, 'fields.borrower.card', /not shown on cards/],
  [
    'a sealed field that nobody reads',
    'fields.secret',
    { ...FIELD, sealed: true },
    'fields.secret.sealed',
    /No role could ever read it: add `secret`/,
  ],
  ['sealed fields kept for ever', 'keep', undefined, 'keep', /\(`borrower`\) are not kept for ever/],
  [
    'a required field that is retired',
    'fields.tool.retired',
    true,
    'fields.tool.required',
    /remove `required`/,
  ],
  [
    'files required to open',
    'fields.photo',
    { is: 'files', label: 'Photo', required: true },
    'fields.photo.required',
    /remove `required`/,
  ],
  [
    'a required field that an opener cannot give',
    'roles.keeper.hides',
    ['tool'],
    'roles.keeper.hides',
    /`keeper` opens tickets but can never give `tool`/,
  ],
  ['a heading that does not exist', 'heading', ['tol'], 'heading.0', /no field `tol`: did you mean `tool`/],
  [
    'a sealed heading',
    'heading',
    ['borrower'],
    'heading.0',
    /`borrower` is sealed, and everybody reads the heading/,
  ],
  ['a heading of yes or no', 'heading', ['broken'], 'heading.0', /cannot be a title/],
  ['an opening that does not ask what is required', 'opening', ['tool'], 'opening', /`size` is required/],
  [
    'an opening that asks for a stranger',
    'opening',
    ['tool', 'size', 'zzz'],
    'opening.2',
    /no field `zzz`: write one of `tool`/,
  ],
  ['an opening that asks twice', 'opening', ['tool', 'size', 'tool'], 'opening', /`tool` is written twice/],
  ['an opening that asks for a retired field', 'fields.until.retired', true, 'opening', /`until` is retired/],
  [
    'a promise in a field that does not exist',
    'promise.field',
    'untill',
    'promise.field',
    /did you mean `until`/,
  ],
  [
    'a promise in a text',
    'promise.field',
    'tool',
    'promise.field',
    /of type text: name a field of type `date`/,
  ],
  ['a sealed promise', 'fields.until.sealed', true, 'promise.field', /lateness is shown to everybody/],
]);
