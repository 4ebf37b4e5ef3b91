import type { Text } from '../define.ts';
import { type Draft } from './draft.ts';
import type { Report } from './report.ts';

const LATENESS = ['late', 'stuck', 'at risk', 'will be late'];
const WORDS = ['reference', 'heading', 'step', 'site', 'organisation'];

const checkOn = (draft: Draft, report: Report, path: string, on: string): void => {
  const [kind, name] = on.split(':', 2);
  if (name !== undefined && kind === 'move') report.known(path, 'move', name, Object.keys(draft.moves));
  else if (name !== undefined && kind === 'step') report.known(path, 'step', name, Object.keys(draft.steps));
  else report.known(path, 'occasion', on, ['open', 'move:…', 'step:…', ...LATENESS]);
};

const checkTo = (draft: Draft, report: Report, path: string, to: string): void => {
  if (!to.startsWith('field:')) {
    report.known(path, 'role', to, [...Object.keys(draft.roles), '$assignee', '$creator', 'field:…']);
    return;
  }
  const name = to.slice('field:'.length);
  if (!report.known(path, 'field', name, Object.keys(draft.fields))) return;
  const field = draft.fields[name];
  if (field && field.is !== 'contact' && field.is !== 'email')
    report.add(
      path,
      `Nobody can be written to at \`${name}\`, of type ${field.is}: name a field of type \`contact\` or \`email\`.`,
    );
};

const checkWords = (report: Report, path: string, text: Text | undefined): void => {
  const texts =
    typeof text === 'object' ? Object.entries(text) : text === undefined ? [] : [['', text] as const];
  for (const [language, written] of texts)
    for (const [, word = ''] of written.matchAll(/\{([^}]*)\}/gu))
      report.known(language ? `${path}.${language}` : path, 'word to fill in called', word, WORDS);
};

/** Notices follow what can happen, and go to somebody who can be reached. */
export const checkNotify = (draft: Draft, report: Report): void => {
  for (const [index, rule] of draft.notify.entries()) {
    if (rule === null) continue;
    const path = `notify.${index}`;
    checkOn(draft, report, `${path}.on`, rule.on);
    checkTo(draft, report, `${path}.to`, rule.to);
    checkWords(report, `${path}.subject`, rule.subject);
    checkWords(report, `${path}.text`, rule.text);
  }
};
