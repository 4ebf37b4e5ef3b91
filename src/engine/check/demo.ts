import type { AppDefinition } from '../define.ts';
import type { Demo, DemoAct, DemoFields, DemoTicket, DemoTime } from '../demo.ts';
import { checkDemoFiles } from './demo-files.ts';
import { destination, isFrom, startStep } from '../steps.ts';
import type { Fields } from '../values.ts';
import { asList } from './draft.ts';
import { type DefinitionError, Report } from './report.ts';

type Definitions = { readonly [app: string]: AppDefinition };

/** What an open day of a site has at least, in minutes: what makes times of both sorts comparable. */
const DAY = 7 * 60;

/** Minutes of open time before now, at the least for what came before, at the most for what came after. */
const span = (time: DemoTime): { readonly least: number; readonly most: number } | null => {
  if ('openAgo' in time) {
    const minutes = Number.parseInt(time.openAgo, 10) * (time.openAgo.endsWith('h') ? 60 : 1);
    return { least: minutes, most: minutes };
  }
  return 'daysAgo' in time ? { least: (time.daysAgo - 1) * DAY, most: Number.POSITIVE_INFINITY } : null;
};

const isBefore = (earlier: DemoTime, later: DemoTime): boolean => {
  if ('daysAgo' in earlier && 'daysAgo' in later)
    return earlier.daysAgo > later.daysAgo || (earlier.daysAgo === later.daysAgo && earlier.at <= later.at);
  const [before, after] = [span(earlier), span(later)];
  return before !== null && after !== null && before.least >= after.most;
};

/** A time that has passed, whatever the hour at which the story is played. */
const checkPast = (report: Report, path: string, time: DemoTime): void => {
  if ('daysAgo' in time && time.daysAgo < 1)
    report.add(
      path,
      "Today's hour may not have come yet: write `daysAgo: 1` or more, or open time as `openAgo: '40m'`.",
    );
  if ('inDays' in time || 'inOpen' in time)
    report.add(path, 'This has not happened yet: write `daysAgo` or `openAgo`.');
};

const checkGiven = (
  report: Report,
  path: string,
  demo: Demo,
  definition: AppDefinition,
  fields: DemoFields,
): void => {
  for (const [name, value] of Object.entries(fields)) {
    const at = `${path}.${name}`;
    if (!report.known(at, 'field', name, Object.keys(definition.fields))) continue;
    const field = definition.fields[name];
    if (field?.is === 'contact') report.known(at, 'contact', String(value), Object.keys(demo.contacts));
    if (field?.is === 'choice')
      report.known(at, `choice of \`${name}\``, String(value), Object.keys(field.of));
    if (field?.is === 'files') checkDemoFiles(report, at, field, value);
    if ((field?.is === 'date' || field?.is === 'datetime') && typeof value !== 'object')
      report.add(at, "A fixed date is soon no longer believable: write `{ inDays: 2, at: '18:00' }`.");
  }
};

/** A ticket as far as its story has been told. */
interface Told {
  readonly path: string;
  readonly definition: AppDefinition;
  readonly site: string;
  step: string;
  fields: Fields;
  opener: string;
}

const rolesOf = (demo: Demo, told: Told, member: string): readonly string[] =>
  (demo.members[member]?.roles ?? [])
    .filter(({ app, site }) => app === told.definition.app && (site === undefined || site === told.site))
    .map(({ role }) => role);

const begin = (
  demo: Demo,
  report: Report,
  path: string,
  definition: AppDefinition,
  ticket: DemoTicket,
  fields: DemoFields,
): Told => {
  checkGiven(report, `${path}.fields`, demo, definition, fields);
  for (const [name, field] of Object.entries(definition.fields))
    if (field.required && !(name in fields))
      report.add(`${path}.fields`, `\`${name}\` is required to open a ticket: write it.`);
  const step = startStep(definition, fields as Fields);
  const told: Told = {
    path,
    definition,
    site: ticket.site,
    step,
    fields: fields as Fields,
    opener: ticket.by,
  };
  if (!rolesOf(demo, told, ticket.by).some((role) => definition.roles[role]?.opens))
    report.add(
      `${path}.by`,
      `\`${ticket.by}\` may not open a ticket of \`${definition.app}\` at \`${ticket.site}\`: name somebody who may.`,
    );
  return told;
};

const tell = (demo: Demo, report: Report, path: string, told: Told, act: DemoAct): void => {
  if ('edit' in act) {
    checkGiven(report, `${path}.edit`, demo, told.definition, act.edit);
    for (const name of act.stopped ? Object.keys(act.edit) : [])
      if (told.definition.fields[name] && told.definition.fields[name].is !== 'files')
        report.add(
          `${path}.edit.${name}`,
          `The guard stops files, and \`${name}\` is none: tell it in an act of its own, or remove \`stopped\`.`,
        );
  }
  if (!('move' in act)) return;
  checkGiven(report, `${path}.fields`, demo, told.definition, act.fields ?? {});
  const moves = told.definition.moves;
  if (!report.known(`${path}.move`, `move of \`${told.definition.app}\``, act.move, Object.keys(moves)))
    return;
  const move = moves[act.move];
  if (!move) return;
  if (!rolesOf(demo, told, act.by).some((role) => asList(move.by).includes(role)))
    report.add(
      `${path}.by`,
      `\`${act.by}\` may not \`${act.move}\` at \`${told.site}\`: name somebody with the role ${asList(move.by).join(' or ')}.`,
    );
  told.fields = { ...told.fields, ...(act.fields as Fields | undefined) };
  const to = isFrom(move, told.step) ? destination(told.definition, move, told.step, told.fields) : null;
  if (to === null)
    report.add(
      `${path}.move`,
      `${told.path} stands on \`${told.step}\`, from where \`${act.move}\` does not lead: correct the story.`,
    );
  else told.step = to;
};

/** Once every held ticket has ended, the frame makes the move that says `held: 'then'`. */
const follow = (told: Told, held: readonly Told[]): void => {
  if (held.length === 0 || held.some(({ definition, step }) => !definition.steps[step]?.end)) return;
  const move = Object.values(told.definition.moves).find(
    (one) => one.held === 'then' && isFrom(one, told.step),
  );
  told.step = (move && destination(told.definition, move, told.step, told.fields)) ?? told.step;
};

const checkTicket = (
  demo: Demo,
  definitions: Definitions,
  report: Report,
  path: string,
  ticket: DemoTicket,
): void => {
  const definition = definitions[ticket.app];
  if (!definition) return void report.known(`${path}.app`, 'app', ticket.app, Object.keys(definitions));
  checkPast(report, `${path}.opened`, ticket.opened);
  const told = begin(demo, report, path, definition, ticket, ticket.fields);
  const inner = definition.holds && definitions[definition.holds.app];
  if (ticket.holds && !inner)
    report.add(`${path}.holds`, `Tickets of \`${ticket.app}\` hold no others: remove \`holds\`.`);
  const held = inner
    ? (ticket.holds ?? []).map((fields, index) =>
        begin(demo, report, `${path}.holds.${index}`, inner, ticket, fields),
      )
    : [];
  const last = new Map<Told, DemoTime>([told, ...held].map((one) => [one, ticket.opened]));
  for (const [index, act] of (ticket.acts ?? []).entries()) {
    const at = `${path}.acts.${index}`;
    checkPast(report, `${at}.when`, act.when);
    report.known(`${at}.by`, 'member', act.by, Object.keys(demo.members));
    if ('assign' in act && act.assign !== null)
      report.known(`${at}.assign`, 'member', act.assign, Object.keys(demo.members));
    const numbers = act.held === 'all' ? held.map((_, nth) => nth + 1) : (act.held ?? []);
    for (const nth of numbers)
      if (!held[nth - 1])
        report.add(`${at}.held`, `There is no held ticket ${nth}: there are ${held.length}.`);
    const on = act.held === undefined ? [told] : numbers.flatMap((nth) => held[nth - 1] ?? []);
    for (const one of on) {
      const before = last.get(one);
      if (before && !isBefore(before, act.when))
        report.add(
          `${at}.when`,
          `This may come before what is told before it: give it a later time (an open day counts ${DAY / 60} hours).`,
        );
      last.set(one, act.when);
      tell(demo, report, at, one, act);
    }
    if (act.held !== undefined) {
      const step = told.step;
      follow(told, held);
      if (told.step !== step) last.set(told, act.when);
    }
  }
};

/**
 * Checks that a story can be told whatever the day and the hour: names exist, each act follows the one before on
 * its ticket, moves lead from where the ticket stands, and whoever makes them has the role at the site.
 */
export const checkDemo = (demo: Demo, definitions: Definitions): readonly DefinitionError[] => {
  const report = new Report();
  for (const [index, app] of demo.apps.entries())
    report.known(`apps.${index}`, 'app', app, Object.keys(definitions));
  for (const [name, { roles }] of Object.entries(demo.members))
    for (const [index, { app, role }] of roles.entries())
      report.known(
        `members.${name}.roles.${index}.role`,
        `role of \`${app}\``,
        role,
        Object.keys(definitions[app]?.roles ?? {}),
      );
  for (const [index, ticket] of demo.tickets.entries())
    checkTicket(demo, definitions, report, `tickets.${index}`, ticket);
  return report.errors;
};
