import type { Row, Status } from './join.ts';

const STATUSES: readonly Status[] = ['tested', 'by design', 'not applicable', 'gap'];

/** The chapters of ASVS 5.0.0, in words of our own. */
const CHAPTERS: { readonly [chapter: string]: string } = {
  1: 'What is encoded and made harmless',
  2: 'What is accepted, and in which order',
  3: 'What the browser is told',
  4: 'What the API answers to',
  5: 'Files',
  6: 'How people prove who they are',
  7: 'Sessions',
  8: 'Who may do what',
  9: 'Tokens that carry their own contents',
  10: 'OAuth and OpenID Connect',
  11: 'Cryptography',
  12: 'Lines between machines',
  13: 'Configuration and secrets',
  14: 'Data that must be protected',
  15: 'Code and what it is made of',
  16: 'Logs and errors',
  17: 'WebRTC',
};

const HEAD = `# Where Vigie stands against OWASP ASVS 5.0

The [OWASP Application Security Verification Standard 5.0.0](https://owasp.org/www-project-application-security-verification-standard/)
is the work of the OWASP Foundation and its contributors (CC BY-SA 4.0). Here are its numbers and levels; the words are
ours, and short: read the standard for what each requirement asks.

Every requirement of levels 1 and 2 is here, and those of level 3 on secrets, on taking rights back, and on finding out
who or what there is. This page is written by \`npm run asvs\` from the tags of the tests (\`// asvs 7.2.3\` above a test)
and from [\`asvs/decisions.json\`](asvs/decisions.json); \`npm run check\` fails when it is stale.

- **tested**: a test shows it, and fails when it no longer holds.
- **by design**: it holds by how the code is made; the sentence says where.
- **not applicable**: there is no such thing here; the sentence says why.
- **gap**: it does not hold, or only in part; the sentence says what is missing. What nobody decided on is a gap.
`;

const chapterOf = ({ id }: Row): string => id.split('.')[0] ?? '';

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

const evidence = ({ why, tests }: Row): string =>
  [
    ...(why === '' ? [] : [why]),
    ...tests.map(({ file, title }) => `[${title.replaceAll(/[[\]]/gu, '')}](../${file})`),
  ]
    .map(cell)
    .join('<br>');

const table = (rows: readonly Row[]): string =>
  [
    '| | level | what it asks, in short | | by what |',
    '| --- | --- | --- | --- | --- |',
    ...rows.map(
      (row) =>
        `| ${row.id} | ${row.level} | ${cell(row.says)} | ${row.status === 'gap' ? '**gap**' : row.status} | ${evidence(row)} |`,
    ),
  ].join('\n');

const counts = (rows: readonly Row[]): string =>
  STATUSES.map((status) => String(rows.filter((row) => row.status === status).length)).join(' | ');

const summary = (rows: readonly Row[]): string => {
  const levels = [1, 2, 3].map(
    (level) => `| level ${level} | ${counts(rows.filter((row) => row.level === level))} |`,
  );
  const chapters = Object.entries(CHAPTERS).map(([chapter, title]) => {
    const within = rows.filter((row) => chapterOf(row) === chapter);
    return within.length === 0 ? '' : `| ${chapter}. ${title} | ${counts(within)} |`;
  });
  return [
    `| | ${STATUSES.join(' | ')} |`,
    '| --- | --- | --- | --- | --- |',
    ...levels,
    ...chapters.filter((line) => line !== ''),
    `| **all** | ${counts(rows)} |`,
  ].join('\n');
};

/** The whole page: counts, then the gaps, then a table a chapter. */
export const write = (rows: readonly Row[]): string => {
  const gaps = rows.filter(({ status }) => status === 'gap').toSorted((a, b) => a.level - b.level);
  const chapters = Object.entries(CHAPTERS).map(([chapter, title]) => {
    const within = rows.filter((row) => chapterOf(row) === chapter);
    return within.length === 0 ? '' : `## ${chapter}. ${title}\n\n${table(within)}\n`;
  });
  return [
    HEAD,
    '## In numbers\n',
    `${summary(rows)}\n`,
    `## Gaps, level 1 first\n\n${gaps.length === 0 ? 'None.' : table(gaps)}\n`,
    ...chapters.filter((text) => text !== ''),
  ].join('\n');
};
