import type { Command, CommanderError } from 'commander';

/** What commander says of a command that is written wrongly, by its code; the names it quotes are kept. */
const FRENCH: { readonly [code: string]: (...names: readonly string[]) => string } = {
  'commander.unknownOption': (name) => `il n’y a pas d’option ${name}.`,
  'commander.unknownCommand': (name) => `il n’y a pas de commande ${name}.`,
  'commander.missingArgument': (name) => `il manque ${name}.`,
  'commander.optionMissingArgument': (name) => `il manque la valeur de ${name}.`,
  'commander.missingMandatoryOptionValue': (name) => `il faut ${name}.`,
  'commander.excessArguments': () => 'il y a un mot de trop.',
  'commander.invalidArgument': (name, value) => `${value} ne va pas pour ${name}.`,
};

/** What is wrong with a command line, and where to read how it is written. */
export const sayUsage = (error: CommanderError, locale: 'fr' | 'en'): string => {
  // It has the help itself as its message when a command of several was not named.
  if (error.code === 'commander.help') return '';
  const text = error.message.replace(/^error: /u, '');
  if (locale === 'en') return `${text}\nAdd --help to see how it is written.`;
  const names = [...text.matchAll(/'([^']*)'/gu)].map(([, name = '']) => name);
  const near = /Did you mean (.*)\?/u.exec(text)?.[1];
  const french = FRENCH[error.code]?.(...names) ?? text;
  return `${french}${near ? ` Vouliez-vous dire ${near} ?` : ''}\nAjoutez --help pour voir comment l’écrire.`;
};

const TITLES: { readonly [title: string]: string } = {
  'Usage:': 'Usage :',
  'Arguments:': 'Arguments :',
  'Options:': 'Options :',
  'Commands:': 'Commandes :',
};

/** The titles of a help page in French. */
export const speakFrench = (command: Command): Command =>
  command.configureHelp({ styleTitle: (title) => TITLES[title] ?? title });
