import { type AnyRole, type Draft, sound, whole } from './draft.ts';
import { checkListed } from './names.ts';
import { checkPredicate } from './predicates.ts';
import type { Report } from './report.ts';

/** What a link may never do: it can be passed on, and whoever has it is not asked who they are. */
const NOT_BY_LINK = ['reveals', 'edits', 'opens', 'assigns', 'exports'] as const;

const checkGuest = (draft: Draft, report: Report, name: string, role: AnyRole): void => {
  const path = `roles.${name}`;
  if (draft.rest.classification === 'health')
    report.add(
      `${path}.guest`,
      'Health data is for persons who proved who they are, and a link proves nothing: remove this role.',
    );
  if (role.sees !== 'all')
    report.add(
      `${path}.sees`,
      "A guest's link always sees its one ticket, and no other: write `sees: 'all'`.",
    );
  for (const key of NOT_BY_LINK)
    if (role[key] !== undefined)
      report.add(
        `${path}.${key}`,
        `A guest's link can be passed on, so its role has no \`${key}\`: remove \`${key}\`, or \`guest\`.`,
      );
  for (const [step, { waits = [] }] of sound(draft.steps))
    if (waits.includes(name))
      report.add(
        `steps.${step}.waits`,
        `\`${name}\` is a guest's role, whose work nothing is: remove it from \`waits\`.`,
      );
  for (const [index, rule] of draft.notify.entries())
    if (rule?.to === name)
      report.add(
        `notify.${index}.to`,
        `No member has \`${name}\`, a guest's role: write to \`field:…\`, or to a role of members.`,
      );
};

/** What each role sees, reads and edits exists, and does not contradict itself. */
export const checkRoles = (draft: Draft, report: Report): void => {
  for (const [name, role] of sound(draft.roles)) {
    const path = `roles.${name}`;
    const { sees, reveals = [], hides = [], edits = [] } = role;
    if (role.guest) checkGuest(draft, report, name, role);
    if (typeof sees !== 'string') checkPredicate(draft, report, `${path}.sees`, sees);
    checkListed(report, `${path}.reveals`, 'field', reveals, draft.fields);
    checkListed(report, `${path}.hides`, 'field', hides, draft.fields);
    for (const [index, field] of reveals.entries()) {
      if (draft.fields[field] && !draft.fields[field].sealed)
        report.add(
          `${path}.reveals.${index}`,
          `\`${field}\` is not sealed, so there is nothing to reveal: remove it, or write \`sealed: true\` in the field.`,
        );
      if (hides.includes(field))
        report.add(
          `${path}.reveals.${index}`,
          `\`${field}\` is both revealed and hidden: remove it from \`reveals\` or from \`hides\`.`,
        );
    }
    if (edits === 'all') continue;
    checkListed(report, `${path}.edits`, 'field', edits, draft.fields);
    for (const [index, field] of edits.entries()) {
      if (hides.includes(field))
        report.add(
          `${path}.edits.${index}`,
          `\`${field}\` is edited but hidden: remove it from \`edits\` or from \`hides\`.`,
        );
      else if (draft.fields[field]?.sealed && !reveals.includes(field))
        report.add(
          `${path}.edits.${index}`,
          `\`${field}\` is sealed, and nobody edits what they may not read: add it to \`reveals\`, or remove it here.`,
        );
    }
  }
  if (
    whole(draft.roles) &&
    Object.keys(draft.roles).length > 0 &&
    !sound(draft.roles).some(([, role]) => role.opens)
  )
    report.add('roles', 'Nobody may open a ticket: write `opens: true` in at least one role.');
};
