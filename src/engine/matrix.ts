import { editableFields, movesOf, readingInGeneral } from './access.ts';
import type { Actor } from './actor.ts';
import { canonicalJson } from './canonical.ts';
import type { AppDefinition, Role } from './define.ts';

/** Whoever has this role and no other, at every site. */
const onlyWith = (definition: AppDefinition, role: string): Actor => ({
  kind: definition.roles[role]?.guest ? 'guest' : 'member',
  id: role,
  grants: [{ app: definition.app, role, siteId: null }],
  administrator: false,
  ...(definition.roles[role]?.guest && { within: { app: definition.app, ticketId: 'of the link' } }),
});

/** A table as Prettier writes it, so that formatting never changes the file. */
const table = (rows: readonly (readonly string[])[]): string => {
  const safe = rows.map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
  const widths = (safe[0] ?? []).map((_, column) =>
    Math.max(3, ...safe.map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = safe;
  return [line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...body.map(line)].join(
    '\n',
  );
};

const READING = { shown: 'reads', sealed: 'sealed', hidden: 'hidden' } as const;

const fieldsTable = (definition: AppDefinition, roles: readonly string[]): string => {
  const columns = roles.map((role) => {
    const actor = onlyWith(definition, role);
    const reading = readingInGeneral(definition, actor);
    const edits = new Set(editableFields(definition, actor));
    const blind = definition.roles[role]?.sees === 'none';
    return (field: string): string =>
      blind ? 'hidden' : `${READING[reading(field)]}${edits.has(field) ? ', edits' : ''}`;
  });
  const rows = Object.entries(definition.fields).map(([name, field]) => [
    name,
    [
      field.is,
      field.required && 'required',
      field.sealed && 'sealed',
      field.retired && 'retired',
      field.is === 'files' && field.metadata && 'place and time kept',
    ]
      .filter(Boolean)
      .join(', '),
    ...columns.map((cell) => cell(name)),
  ]);
  return table([['field', 'is', ...roles], ...rows]);
};

const movesTable = (definition: AppDefinition, roles: readonly string[]): string => {
  const may = roles.map((role) => new Set(movesOf(definition, onlyWith(definition, role))));
  const rows = Object.entries(definition.moves).map(([name, move]) => [
    name,
    `${[move.from].flat().join(', ')} → ${move.to}`,
    (move.asks ?? []).join(', '),
    [move.if && canonicalJson(move.if), move.held && `held ${move.held}`].filter(Boolean).join(', '),
    ...may.map((moves) => (moves.has(name) ? 'may' : '')),
  ]);
  return table([['move', 'from → to', 'asks', 'only', ...roles], ...rows]);
};

const FACULTIES = ['opens', 'comments', 'assigns', 'exports'] as const;

const rolesTable = (definition: AppDefinition): string => {
  const sees = (role: Role<string>): string =>
    role.guest
      ? 'the ticket of its link'
      : typeof role.sees === 'string'
        ? role.sees
        : canonicalJson(role.sees);
  const rows = Object.entries(definition.roles).map(([name, role]) => [
    name,
    sees(role),
    ...FACULTIES.map((faculty) => (role[faculty] ? 'may' : '')),
  ]);
  return table([['role', 'sees', ...FACULTIES], ...rows]);
};

/** Where the matrix of an app is committed, from the root of the project. */
export const matrixPath = (definition: AppDefinition): string => `apps/${definition.app}/matrix.md`;

/**
 * Who reads, edits and may do what in an app, as Markdown: the same text for the same definition.
 * Cells are what the rules of `access.ts` answer, not what the definition says.
 */
export const exposureMatrix = (definition: AppDefinition): string => {
  const roles = Object.keys(definition.roles);
  const notices = (definition.notify ?? []).map(({ on, to }) => [on, to]);
  const sections = [
    `# ${definition.app}: who reads and does what`,
    'Written by `npm run vigie -- matrix --write` from `app.ts`. A change here is a change of exposure: review it.',
    `Classification ${definition.classification}.${definition.keep ? ` Sealed fields are kept ${definition.keep} after the end.` : ''}`,
    rolesTable(definition),
    '## Fields',
    fieldsTable(definition, roles),
    '## Moves',
    movesTable(definition, roles),
    ...(notices.length > 0 ? ['## Notices', table([['on', 'to'], ...notices])] : []),
  ];
  return `${sections.join('\n\n')}\n`;
};
