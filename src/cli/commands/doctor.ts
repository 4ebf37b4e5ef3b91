import type { Command } from 'commander';
import { ConfigurationError } from '../../platform/config.ts';
import { administer, settingsOf } from '../administer.ts';
import { answer, describe, type Made } from '../command.ts';
import { checkDatabase, checkMachine, type Finding } from '../doctor/checks.ts';
import { Failure, type Say, type Terminal } from '../terminal.ts';
import { table } from '../write.ts';

const SIGNS = { ok: '✓', warning: '!', problem: '✗' } as const;

const look = async (terminal: Terminal, say: Say): Promise<Finding[]> => {
  try {
    const machine = await checkMachine(settingsOf(terminal), say);
    try {
      return [...machine, ...(await administer(terminal, (office) => checkDatabase(office, say)))];
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      const todo = say(
        'Vigie n’atteint pas sa base : démarrez-le (npm start) et lisez ce qu’il dit.',
        'Vigie does not reach its database: start it (npm start) and read what it says.',
      );
      return [
        ...machine,
        { check: 'postgresql', state: 'problem', says: why, todo: error instanceof Failure ? why : todo },
      ];
    }
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return [
      {
        check: 'configuration',
        state: 'problem',
        says: error.message,
        todo: say('Corrigez-la, puis refaites ce diagnostic.', 'Put it right, then ask again.'),
      },
    ];
  }
};

const page = (findings: readonly Finding[], say: Say): string => {
  const rows = table(
    [],
    findings.map(({ check, state, says }) => [SIGNS[state], check, says]),
  );
  const todo = findings.flatMap(({ check, todo: what }) =>
    what === undefined ? [] : [`${check}: ${what}\n`],
  );
  const problems = findings.filter(({ state }) => state === 'problem').length;
  const verdict =
    problems > 0
      ? say(`${problems} à réparer.`, `${problems} to be put right.`)
      : say('Tout va bien.', 'All is well.');
  return `${rows}${todo.length > 0 ? '\n' : ''}${todo.join('')}\n${verdict}\n`;
};

/** Is all well, and if not, what to do. */
export const doctor = (made: Made): Command => {
  const { say, terminal } = made;
  return describe(made, {
    usage: 'doctor',
    does: say('tout va-t-il bien ? sinon, que faire', 'is all well? if not, what to do'),
    examples: ['vigie doctor', 'vigie doctor --json'],
    more: say(
      'Sort avec 1 quand quelque chose est à réparer. Ne change rien.',
      'Exits with 1 when something is to be put right. Changes nothing.',
    ),
  }).action(async ({ json }: { readonly json?: boolean }) => {
    const findings = await look(terminal, say);
    if (findings.some(({ state }) => state === 'problem')) made.exit(1);
    answer(terminal, json, { findings }, () => page(findings, say));
  });
};
