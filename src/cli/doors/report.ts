import type { Say } from '../terminal.ts';
import { table } from '../write.ts';
import { type Finding, nameOf, type Walk } from './walk.ts';

const SIGNS = { refused: '·', in: '+', open: 'O', 'not called': '?' } as const;

/** a, b, … z, aa, ab, … */
const letter = (index: number): string =>
  (index < 26 ? '' : String.fromCharCode(96 + Math.floor(index / 26))) +
  String.fromCharCode(97 + (index % 26));

/** What did not go as it should, alike ones together: a caller and an example, and how many more. */
const group = (findings: readonly Finding[], say: Say): string =>
  [...Map.groupBy(findings, ({ route, wrong }) => `${route}\n${wrong}`).values()]
    .map(([first, ...more]) =>
      first === undefined
        ? ''
        : `  ${first.route}\n    ${say(...first.caller)}: ${first.wrong}\n    ${first.request}${
            more.length > 0
              ? say(`\n    et ${more.length} fois encore : `, `\n    and ${more.length} more times: `) +
                [...new Set(more.map(({ caller }) => say(...caller)))].slice(0, 6).join(', ')
              : ''
          }\n`,
    )
    .join('');

/** How it ended, in a line. */
export const verdictLine = (walk: Walk, calls: number, say: Say): string => {
  const routes = walk.rows.length;
  const callers = walk.callers.length;
  const untried =
    walk.untried.length > 0
      ? say(`, ${walk.untried.length} pas essayées`, `, ${walk.untried.length} not tried`)
      : '';
  return say(
    `${routes} routes, ${callers} visiteurs, ${calls} appels, ${walk.open.length} ouvertes${untried}\n`,
    `${routes} routes, ${callers} callers, ${calls} calls, ${walk.open.length} open${untried}\n`,
  );
};

/** The matrix, then what should not have opened, then the verdict. */
export const doorsReport = (walk: Walk, calls: number, say: Say): string => {
  const matrix = table(
    ['', say('laisse entrer', 'lets in'), ...walk.callers.map((_, index) => letter(index))],
    walk.rows.map(({ route, verdicts }) => [
      nameOf(route),
      route.permit,
      ...verdicts.map((verdict) => SIGNS[verdict]),
    ]),
  );
  const legend = walk.callers.map((name, index) => `  ${letter(index)}  ${say(...name)}\n`).join('');
  const open = walk.open.length > 0 ? say('\nOUVERT :\n', '\nOPEN:\n') + group(walk.open, say) : '';
  const untried =
    walk.untried.length > 0 ? say('\nPas essayé :\n', '\nNot tried:\n') + group(walk.untried, say) : '';
  const signs = say(
    '· refusé   + entré   O ouvert à tort   ? pas essayé',
    '· refused   + let in   O open, and should not be   ? not tried',
  );
  return `${matrix}\n${signs}\n${legend}${open}${untried}\n${verdictLine(walk, calls, say)}`;
};
