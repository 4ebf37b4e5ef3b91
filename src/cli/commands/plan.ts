import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import {
  install,
  INSTALLS,
  planInstall,
  type Planned,
  type Verdict,
} from '../../organisations/versions/install.ts';
import { type AppDefinition, checkDefinition, errorLines } from '../../engine/index.ts';
import { administer, houseNamed } from '../administer.ts';
import { answer, describe, type Made } from '../command.ts';
import { appHere, appsHere, definedIn } from '../project.ts';
import { Failure, type Say } from '../terminal.ts';

interface Options {
  readonly organisation: string;
  readonly apply?: boolean;
  readonly json?: boolean;
}

const written = async (named: string, say: Say): Promise<unknown> => {
  if (appsHere().includes(named)) return appHere(named);
  const path = resolve(named);
  if (!existsSync(path))
    throw new Failure(
      2,
      'no_definition',
      say(
        `« ${named} » n’est ni un fichier, ni une application d’ici (${appsHere().join(', ')}).`,
        `"${named}" is neither a file nor an app from here (${appsHere().join(', ')}).`,
      ),
    );
  try {
    return path.endsWith('.json')
      ? (JSON.parse(readFileSync(path, 'utf8')) as unknown)
      : await definedIn(path);
  } catch (error) {
    throw new Failure(
      1,
      'no_definition',
      say(`${named} ne se lit pas : ${String(error)}`, `${named} cannot be read: ${String(error)}`),
    );
  }
};

/** A definition of ours by name, or in a file of JSON or TypeScript, once it is right. */
const definitionOf = async (named: string, say: Say): Promise<AppDefinition> => {
  const checked = checkDefinition(await written(named, say));
  if (checked.ok) return checked.definition;
  throw new Failure(1, 'wrong_definition', `${named}:\n${errorLines(checked.errors)}`);
};

const WEIGHTS = {
  safe: { sign: ' ', fr: 'sans risque', en: 'safe' },
  'needs an answer': { sign: '?', fr: 'demande une réponse', en: 'needs an answer' },
  destructive: { sign: '!', fr: 'fait perdre quelque chose', en: 'loses something' },
} as const;

const VERDICTS = (say: Say): { readonly [V in Verdict]: string } => ({
  new: say(
    'L’application n’est pas encore installée : rien ne s’y oppose.',
    'The app is not installed yet: nothing stands against it.',
  ),
  same: say('C’est déjà cette version.', 'It is this version already.'),
  safe: say('Rien ne se perd : --apply l’installe.', 'Nothing is lost: --apply installs it.'),
  answer: say(
    'Il manque une réponse : écrivez-la dans la définition, puis refaites ce plan.',
    'An answer is missing: write it in the definition, then plan again.',
  ),
  loss: say(
    'Quelque chose se perdrait : --apply ne le fera pas.',
    'Something would be lost: --apply will not do it.',
  ),
  rewrite: say(
    'Rien ne se perd, et les tickets changent de noms, chacun par un événement : --apply l’installe.',
    'Nothing is lost, and tickets change names, each by an event: --apply installs it.',
  ),
  exposed: say(
    'Des valeurs déjà écrites deviendraient des données personnelles, et le journal les garderait en clair : prenez un champ\nnouveau, scellé, et retirez l’ancien (`retired: true`).',
    'Values already written would become personal data, and the log would keep them in clear: use a new, sealed field, and\nretire the old one (`retired: true`).',
  ),
});

const page = ({ plan, verdict }: Planned, installed: boolean, say: Say): string => {
  const changes = (plan?.changes ?? []).map(({ path, weight, message, write }) => {
    const { sign, fr, en } = WEIGHTS[weight];
    return `${sign} ${path}  (${say(fr, en)})\n    ${message}\n${write ? `    ${say('Écrivez', 'Write')} ${write}.\n` : ''}`;
  });
  return `${changes.join('')}${changes.length > 0 ? '\n' : ''}${installed ? say('Installée.', 'Installed.') : VERDICTS(say)[verdict]}\n`;
};

/** What a new version of an app would do to what an organisation has. */
export const plan = (made: Made): Command => {
  const { say, terminal } = made;
  return describe(made, {
    usage: 'plan <app>',
    does: say(
      'ce qu’une nouvelle version d’une application changerait',
      'what a new version of an app would change',
    ),
    examples: [
      'vigie plan voirie --organisation kerlann',
      'vigie plan ./voirie.json --organisation kerlann --apply',
    ],
    more: say(
      'APP est le nom d’un dossier de apps/, ou un fichier JSON ou TypeScript. Ne pose jamais de question : sort avec 1\ntant qu’une réponse manque ou que quelque chose se perdrait.',
      'APP is the name of a folder of apps/, or a file of JSON or TypeScript. It never asks: it exits with 1 while an\nanswer is missing or something would be lost.',
    ),
  })
    .requiredOption(
      '--organisation <name>',
      say('nom court de l’organisation', 'short name of the organisation'),
    )
    .option('--apply', say('l’installer, si rien ne se perd', 'install it, when nothing is lost'))
    .action(async (named: string, options: Options) => {
      const next = await definitionOf(named, say);
      await administer(terminal, async (office) => {
        const house = await houseNamed(terminal, office, options.organisation);
        const planned = options.apply
          ? await install(office.db, house.id, next, Date.now())
          : await planInstall(office.db, house.id, next);
        const installed = options.apply === true && INSTALLS.has(planned.verdict);
        if (!INSTALLS.has(planned.verdict) && planned.verdict !== 'same') made.exit(1);
        const { verdict, plan: found } = planned;
        answer(
          terminal,
          options.json,
          { app: next.app, verdict, installed, changes: found?.changes ?? [] },
          () => page(planned, installed, say),
        );
      });
    });
};
