import type { FieldType } from '../define.ts';
import { asList, type Draft } from './draft.ts';
import { checkListed } from './names.ts';
import { list, type Report } from './report.ts';

const TEXTS: readonly FieldType[] = ['text', 'longtext'];
const SIDECARS: { readonly [key: string]: readonly FieldType[] } = {
  of: ['files'],
  date: ['date', 'datetime'],
  place: ['place'],
};

/** What sidecars say is known by fields that can say it. */
export const checkSidecars = (draft: Draft, report: Report): void => {
  for (const [key, named] of Object.entries(draft.rest.sidecars ?? {})) {
    const path = `sidecars.${key}`;
    checkListed(report, path, 'field', named, draft.fields);
    const fit = SIDECARS[key] ?? TEXTS;
    for (const name of asList(named)) {
      const field = draft.fields[name];
      if (field && !fit.includes(field.is))
        report.add(path, `\`${name}\` is of type ${field.is}: name a field of type ${list(fit, 20)}.`);
    }
  }
};
