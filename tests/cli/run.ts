import { runCommand } from '../../src/cli/program.ts';
import { localeOfEnvironment } from '../../src/cli/terminal.ts';

export interface Ran {
  readonly exit: 0 | 1 | 2;
  readonly out: string;
  readonly err: string;
}

/** Runs a command line as a terminal would, and gives what it wrote and how it ended. */
export const run = async (
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Ran> => {
  let out = '';
  let err = '';
  const exit = await runCommand(words, {
    environment,
    locale: localeOfEnvironment(environment),
    out: (text) => (out += text),
    drained: () => Promise.resolve(),
    err: (text) => (err += text),
    watched: false,
  });
  return { exit, out, err };
};
