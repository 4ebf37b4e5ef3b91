import { draftOf } from './check/draft.ts';
import { checkFields, checkFieldUses } from './check/fields.ts';
import { reportIssues } from './check/issues.ts';
import { checkMoves } from './check/moves.ts';
import { checkFormerNames, checkNames } from './check/names.ts';
import { checkNotify } from './check/notify.ts';
import { checkReference } from './check/reference.ts';
import { type DefinitionError, Report } from './check/report.ts';
import { checkRoles } from './check/roles.ts';
import { checkRoutes } from './check/routes.ts';
import { schemas } from './check/shape.ts';
import { checkSidecars } from './check/sidecars.ts';
import { checkSteps } from './check/steps.ts';
import type { AppDefinition } from './define.ts';

export type { DefinitionError };

export type Checked =
  | { readonly ok: true; readonly definition: AppDefinition }
  | { readonly ok: false; readonly errors: readonly DefinitionError[] };

/**
 * Checks a definition that comes from anywhere: shapes first, then that its names hang together.
 * Says everything that is wrong at once, in the order of the definition's parts.
 */
export const checkDefinition = (value: unknown): Checked => {
  const report = new Report();
  const shape = schemas.app.safeParse(value, { reportInput: true });
  if (!shape.success) reportIssues(value, shape.error.issues, report);
  if (typeof value === 'object' && value !== null) {
    const draft = draftOf(value);
    checkNames(draft, report);
    checkReference(draft, report);
    checkFormerNames(draft, report);
    checkFields(draft, report);
    checkFieldUses(draft, report);
    checkRoles(draft, report);
    checkMoves(draft, report);
    checkRoutes(draft, report);
    checkSteps(draft, report);
    checkNotify(draft, report);
    checkSidecars(draft, report);
  }
  return shape.success && report.errors.length === 0
    ? { ok: true, definition: value as AppDefinition }
    : { ok: false, errors: report.errors };
};

/** The errors as lines for a terminal: `moves.sort.to  There is no step …`. */
export const errorLines = (errors: readonly DefinitionError[]): string =>
  errors.map(({ path, message }) => `${path || 'definition'}  ${message}`).join('\n');
