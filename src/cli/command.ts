import { Command } from 'commander';
import { sayIn, type Say, type Terminal } from './terminal.ts';
import { writeJson } from './write.ts';

/** What every command is made with. */
export interface Made {
  readonly terminal: Terminal;
  readonly say: Say;
  /** Ends the process with this, once the command is done; 0 unless it is called. */
  exit(code: 0 | 1): void;
}

export interface Described {
  /** `import <app> <file>` */
  readonly usage: string;
  readonly does: string;
  /** Lines a reader can copy. */
  readonly examples: readonly string[];
  readonly more?: string;
}

/** A command of several, with its help and its examples. */
export const group = ({ terminal }: Made, { usage, does, examples, more }: Described): Command => {
  const say = sayIn(terminal.locale);
  const [name = '', ...operands] = usage.split(' ');
  const command = new Command(name).description(does);
  for (const operand of operands) command.argument(operand);
  // As whoever reads this has just typed it.
  const typed = terminal.environment['npm_lifecycle_event'] === 'vigie' ? 'npm run -s vigie --' : 'vigie';
  const lines = examples.map((example) => `  ${example.replace(/\bvigie(?= )/u, typed)}`).join('\n');
  return command.addHelpText(
    'after',
    `${more ? `\n${more}\n` : ''}\n${say('Exemples :', 'Examples:')}\n${lines}`,
  );
};

/** A command with its help, its examples and `--json`. */
export const describe = (made: Made, described: Described): Command =>
  group(made, described).option('--json', made.say('répondre en JSON', 'answer in JSON'));

/** Answers in the way that was asked for. */
export const answer = (
  terminal: Terminal,
  json: boolean | undefined,
  value: unknown,
  text: () => string,
): void => {
  if (json) writeJson(terminal, value);
  else terminal.out(text());
};
