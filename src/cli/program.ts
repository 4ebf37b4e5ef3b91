import { Command, CommanderError } from 'commander';
import { VigieProblem } from '../../client/index.ts';
import { Refused, sayRefusal } from '../engine/index.ts';
import { ConfigurationError } from '../platform/config.ts';
import { HttpProblem } from '../platform/http/problem.ts';
import { FolderInUse } from '../platform/lock.ts';
import { MigrationError } from '../platform/postgres/index.ts';
import { UnreadableFile } from '../tickets/import/index.ts';
import { ShelfFailed, ShelfFull, VaultError } from '../vault/index.ts';
import { vaultProblem } from '../vault/problems.ts';
import type { Made } from './command.ts';
import { doctor } from './commands/doctor.ts';
import { doors } from './commands/doors.ts';
import { exportApp } from './commands/export.ts';
import { importFile } from './commands/import.ts';
import { invite } from './commands/invite.ts';
import { key } from './commands/key.ts';
import { matrix } from './commands/matrix.ts';
import { openapi } from './commands/openapi.ts';
import { organisation } from './commands/organisation.ts';
import { plan } from './commands/plan.ts';
import { ticket } from './commands/ticket.ts';
import { up } from './commands/up.ts';
import { vault } from './commands/vault.ts';
import { Failure, sayIn, type Terminal } from './terminal.ts';
import { sayUsage, speakFrench } from './usage.ts';
import { writeJson } from './write.ts';

const programFor = (made: Made): Command => {
  const { say, terminal } = made;
  const program = new Command('vigie')
    .description(
      say(
        'Le cadre des petites applications dont le travail passe de main en main.',
        'The frame for small apps whose work passes from hand to hand.',
      ),
    )
    .addHelpText(
      'after',
      say(
        `\nCommencer :\n  npm start                                   la démonstration, sur http://localhost:3000\n  npm run vigie -- doctor                     tout va-t-il bien ?\n  npm run vigie -- ticket late --help         chaque commande a ses exemples\n\nCodes de sortie : 0 fait · 1 refusé, ou quelque chose ne va pas · 2 commande mal écrite`,
        `\nTo begin with:\n  npm start                                   the demonstration, at http://localhost:3000\n  npm run vigie -- doctor                     is all well?\n  npm run vigie -- ticket late --help         every command has its examples\n\nExit codes: 0 done · 1 refused, or something is wrong · 2 the command was written wrongly`,
      ),
    );
  for (const command of [
    up,
    organisation,
    plan,
    importFile,
    exportApp,
    key,
    invite,
    ticket,
    vault,
    doctor,
    doors,
    openapi,
    matrix,
  ])
    program.addCommand(command(made));
  const settle = (command: Command): void => {
    command
      .exitOverride()
      .configureOutput({ writeOut: terminal.out, writeErr: terminal.err, outputError: () => {} });
    command.helpOption('-h, --help', say('cette aide', 'this help')).helpCommand(false);
    if (terminal.locale === 'fr') speakFrench(command);
    command.commands.forEach(settle);
  };
  settle(program);
  return program;
};

interface Ended {
  readonly exit: 0 | 1 | 2;
  readonly code: string;
  readonly message: string;
}

/** Two languages in one text, as problems of the server are; or one. */
const inLocale = (text: string, locale: 'fr' | 'en'): string => {
  const [fr = '', en] = text.split(' / ');
  return en === undefined ? text : locale === 'fr' ? fr : en;
};

/** What an error means to whoever typed the command; `null` when it is a fault of ours. */
const endOf = (error: unknown, { locale }: Terminal): Ended | null => {
  if (error instanceof CommanderError)
    return {
      exit: error.exitCode === 0 ? 0 : 2,
      code: error.code,
      message: error.exitCode === 0 ? '' : sayUsage(error, locale),
    };
  if (error instanceof Failure) return { exit: error.exit, code: error.code, message: error.message };
  if (error instanceof ConfigurationError) return { exit: 2, code: 'configuration', message: error.message };
  if (error instanceof Refused)
    return { exit: 1, code: error.refusal.code, message: sayRefusal(error.refusal, locale) };
  if (error instanceof HttpProblem)
    return {
      exit: 1,
      code: error.body.code,
      message: inLocale(error.body.detail ?? error.body.title, locale),
    };
  if (error instanceof VigieProblem) {
    const values = error.errors.map(
      ({ path, message }) => `\n  ${path.replace(/^fields\./u, '')}: ${message}`,
    );
    return { exit: 1, code: error.code, message: inLocale(error.message, locale) + values.join('') };
  }
  const told = vaultProblem(error);
  if (told && error instanceof VaultError) {
    // Of keys, what is said to whoever looks after the machine says more.
    const message = error.code === 'locked' ? error.message : inLocale(told.detail ?? error.message, locale);
    return { exit: 1, code: told.code, message };
  }
  if (error instanceof ShelfFull || error instanceof ShelfFailed)
    return { exit: 1, code: error.name, message: error.message };
  if (error instanceof FolderInUse || error instanceof MigrationError || error instanceof UnreadableFile)
    return { exit: 1, code: error.name, message: error.message };
  return null;
};

/** Runs one command line, and says how it ended: 0 done, 1 refused or something is wrong, 2 written wrongly. */
export const runCommand = async (words: readonly string[], terminal: Terminal): Promise<0 | 1 | 2> => {
  let exit: 0 | 1 | 2 = 0;
  const made: Made = { terminal, say: sayIn(terminal.locale), exit: (code) => (exit = code) };
  const program = programFor(made);
  try {
    if (words.length === 0) program.outputHelp();
    else await program.parseAsync([...words], { from: 'user' });
    return exit;
  } catch (error) {
    const ended = endOf(error, terminal);
    if (!ended) {
      terminal.err(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
      return 1;
    }
    if (ended.exit === 0) return 0;
    terminal.err(`${ended.message}\n`);
    if (words.includes('--json'))
      writeJson(terminal, { error: { code: ended.code, message: ended.message } });
    return ended.exit;
  }
};
