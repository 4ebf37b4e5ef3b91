import type { Field, FieldType } from '../define.ts';
import { type Draft, sound, whole } from './draft.ts';
import { checkListed, checkTwice } from './names.ts';
import { list, type Report } from './report.ts';

const checkBounds = (report: Report, path: string, field: Field): void => {
  if (
    (field.is === 'number' || field.is === 'money') &&
    field.min !== undefined &&
    field.max !== undefined &&
    field.min > field.max
  )
    report.add(
      `${path}.min`,
      `The least, ${field.min}, is more than the most, ${field.max}: write them the other way round.`,
    );
  if (
    field.is === 'choice' &&
    !Object.values(field.of).some((choice) => typeof choice === 'string' || !('retired' in choice))
  )
    report.add(
      `${path}.of`,
      "There is nothing to choose: write at least one choice, such as `{ small: 'Small' }`.",
    );
};

/** As many as an event can name, and a person look through. */
const MOST_FILES = 1000;

const checkFiles = (report: Report, path: string, field: Field): void => {
  if (field.is !== 'files') return;
  const { max, accept } = field;
  if (max !== undefined && max > MOST_FILES)
    report.add(
      `${path}.max`,
      `So many files (${max}) are too many for one ticket: write ${MOST_FILES} at most, and open a ticket for the others.`,
    );
  if (field.search)
    report.add(
      `${path}.search`,
      'What files are called is sealed, and nothing of them is found by search: remove `search`.',
    );
  if (field.required)
    report.add(
      `${path}.required`,
      'A ticket is opened also where no file can be sent: remove `required`, and write it with `!` in what a move asks.',
    );
  if (accept === undefined) return;
  if (accept.length === 0)
    report.add(
      `${path}.accept`,
      "No file could ever be put here: write types, such as `['image/*']`, or remove `accept`, which takes any.",
    );
  checkTwice(report, `${path}.accept`, accept);
  for (const [index, type] of accept.entries()) {
    const family = `${type.split('/')[0]}/*`;
    if (type !== family && accept.some((other) => other === family))
      report.add(`${path}.accept.${index}`, `\`${family}\` takes \`${type}\` already: remove it.`);
  }
};

const checkSealed = (draft: Draft, report: Report, path: string, name: string, field: Field): void => {
  if (field.is === 'contact' && !field.sealed)
    report.add(
      `${path}.sealed`,
      'A contact is a person: write `sealed: true`, and `reveals` in the roles that need to know who.',
    );
  if (!field.sealed) return;
  if (field.search)
    report.add(`${path}.search`, 'What is sealed is never indexed: remove `search` or `sealed`.');
  if (field.card)
    report.add(`${path}.card`, 'What is sealed is not shown on cards: remove `card` or `sealed`.');
  if (whole(draft.roles) && !sound(draft.roles).some(([, role]) => role.reveals?.includes(name)))
    report.add(`${path}.sealed`, `No role could ever read it: add \`${name}\` to the \`reveals\` of a role.`);
};

/** What each field says of itself, and that somebody can give what is required. */
export const checkFields = (draft: Draft, report: Report): void => {
  for (const [name, field] of sound(draft.fields)) {
    const path = `fields.${name}`;
    checkBounds(report, path, field);
    checkFiles(report, path, field);
    checkSealed(draft, report, path, name, field);
    if (!field.required) continue;
    if (field.retired)
      report.add(`${path}.required`, 'A retired field is asked of nobody: remove `required`.');
    for (const [role, { opens, hides }] of sound(draft.roles))
      if (opens && hides?.includes(name))
        report.add(
          `roles.${role}.hides`,
          `\`${role}\` opens tickets but can never give \`${name}\`, which is required: remove it from \`hides\`, or remove \`required\` or \`opens\`.`,
        );
  }
  const sealed = sound(draft.fields).filter(([, field]) => field.sealed);
  if (sealed.length > 0 && draft.rest.keep === undefined)
    report.add(
      'keep',
      `Sealed fields (${list(sealed.map(([name]) => name))}) are not kept for ever: write \`keep: '12 months'\`, counted from the end of a ticket.`,
    );
};

const HEADINGS: readonly FieldType[] = [
  'text',
  'longtext',
  'number',
  'money',
  'choice',
  'date',
  'datetime',
  'place',
];

/** Fields that the app names for a purpose are fit for it. */
export const checkFieldUses = (draft: Draft, report: Report): void => {
  const { heading, opening, promise } = draft.rest;
  if (heading) {
    checkListed(report, 'heading', 'field', heading, draft.fields);
    for (const [index, name] of heading.entries()) {
      const field = draft.fields[name];
      if (!field) continue;
      if (field.sealed)
        report.add(
          `heading.${index}`,
          `\`${name}\` is sealed, and everybody reads the heading: name another field.`,
        );
      else if (!HEADINGS.includes(field.is))
        report.add(
          `heading.${index}`,
          `\`${name}\` (${field.is}) cannot be a title: name a field of type ${list(HEADINGS, 20)}.`,
        );
    }
  }
  if (opening) {
    checkListed(report, 'opening', 'field', opening, draft.fields);
    for (const [name, field] of sound(draft.fields)) {
      if (field.required && !opening.includes(name))
        report.add('opening', `\`${name}\` is required to open a ticket: add it to \`opening\`.`);
      if (field.retired && opening.includes(name))
        report.add('opening', `\`${name}\` is retired: remove it from \`opening\`.`);
    }
  }
  if (
    promise &&
    'field' in promise &&
    report.known('promise.field', 'field', promise.field, Object.keys(draft.fields))
  ) {
    const field = draft.fields[promise.field];
    if (field && field.is !== 'date' && field.is !== 'datetime')
      report.add(
        'promise.field',
        `\`${promise.field}\` is of type ${field.is}: name a field of type \`date\` or \`datetime\`.`,
      );
    else if (field?.sealed)
      report.add(
        'promise.field',
        `\`${promise.field}\` is sealed, and lateness is shown to everybody: remove its \`sealed\`.`,
      );
  }
};
