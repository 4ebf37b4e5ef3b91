import type { Ask } from '../define.ts';
import { readAsk } from '../steps.ts';
import { type AnyMove, asList, type Draft, sound } from './draft.ts';
import { checkListed, checkTwice } from './names.ts';
import { checkPredicate } from './predicates.ts';
import { list, type Report } from './report.ts';

const checkTo = (draft: Draft, report: Report, path: string, move: AnyMove): void => {
  const { routes } = draft.rest;
  if (move.to !== '$next' && move.to !== '$back') {
    if (!report.known(`${path}.to`, 'step', move.to, [...Object.keys(draft.steps), '$next', '$back'])) return;
    if (draft.steps[move.to]?.retired)
      report.add(`${path}.to`, `\`${move.to}\` is retired, and tickets only leave it: name another step.`);
    return;
  }
  if (!routes)
    return report.add(
      `${path}.to`,
      `\`${move.to}\` is of a route, and the app has none: write \`routes\`, or name a step.`,
    );
  const all = Object.values(routes.of);
  const leads = (from: string): boolean =>
    all.some((route) => (move.to === '$next' ? route.slice(0, -1) : route.slice(1)).includes(from));
  for (const from of asList(move.from))
    if (from in draft.steps && !leads(from))
      report.add(
        `${path}.from`,
        `No route has a step ${move.to === '$next' ? 'after' : 'before'} \`${from}\`: remove \`${from}\`, or add it to a route.`,
      );
};

const checkAsks = (draft: Draft, report: Report, path: string, asks: readonly Ask<string>[]): void => {
  const read = asks.map(readAsk);
  checkTwice(
    report,
    path,
    read.map(({ name }) => name),
  );
  for (const [index, { name }] of read.entries()) {
    if (name === 'comment') continue;
    const at = `${path}.${index}`;
    if (
      report.known(at, 'field', name, [...Object.keys(draft.fields), 'comment']) &&
      draft.fields[name]?.retired
    )
      report.add(at, `\`${name}\` is retired: remove it from what the move asks.`);
  }
};

/** Two moves that a drag, a key or a scan could both mean. */
const checkMain = (draft: Draft, report: Report): void => {
  const mains = sound(draft.moves).filter(([, move]) => move.main && !move.if);
  for (const [index, [name, move]] of mains.entries())
    for (const [other, { from, by }] of mains.slice(0, index)) {
      const steps = asList(from).filter((step) => asList(move.from).includes(step));
      const roles = asList(by).filter((role) => asList(move.by).includes(role));
      if (steps.length > 0 && roles.length > 0)
        report.add(
          `moves.${name}.main`,
          `From ${list(steps)} \`${other}\` is the main move of ${list(roles)} already: remove \`main\` from one of the two.`,
        );
    }
};

/** Every move leads from and to steps that exist, is made by roles that exist and asks for fields that exist. */
export const checkMoves = (draft: Draft, report: Report): void => {
  for (const [name, move] of sound(draft.moves)) {
    const path = `moves.${name}`;
    checkListed(report, `${path}.from`, 'step', move.from, draft.steps);
    checkListed(report, `${path}.by`, 'role', move.by, draft.roles);
    checkTo(draft, report, path, move);
    checkAsks(draft, report, `${path}.asks`, move.asks ?? []);
    if (move.if) checkPredicate(draft, report, `${path}.if`, move.if);
    if (move.held && !draft.rest.holds)
      report.add(
        `${path}.held`,
        "Tickets of this app hold no others: remove `held`, or write `holds: { app: '…', label: '…' }`.",
      );
    if (move.held === 'then' && move.asks?.some((ask) => readAsk(ask).required))
      report.add(
        `${path}.asks`,
        "The frame makes this move by itself and has no answers: remove the `!`, or write `held: 'ended'`.",
      );
  }
  checkMain(draft, report);
};
