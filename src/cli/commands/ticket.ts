import type { Command } from 'commander';
import type { Ticket, TicketEvent } from '../../../client/index.ts';
import { type Address, reach } from '../api.ts';
import { answer, type Described, describe, group, type Made } from '../command.ts';
import { Failure, type Say, sayIn } from '../terminal.ts';
import { table } from '../write.ts';

type Options = Address & { readonly json?: boolean };

/** A command that speaks to a server. */
const remote = (made: Made, described: Described): Command => {
  const { say } = made;
  return describe(made, described)
    .option('--url <url>', say('adresse du serveur (VIGIE_URL)', 'address of the server (VIGIE_URL)'))
    .option(
      '--organisation <name>',
      say(
        'nom court de l’organisation (VIGIE_ORGANISATION)',
        'short name of the organisation (VIGIE_ORGANISATION)',
      ),
    )
    .option(
      '--key <key>',
      say(
        'clé (mieux : VIGIE_KEY, que personne ne lit par-dessus l’épaule)',
        'key (better: VIGIE_KEY, which nobody reads over a shoulder)',
      ),
    );
};

/** `kind=pothole` → a value as a person types it. */
const typedOf = (words: readonly string[], say: Say): Record<string, string> =>
  Object.fromEntries(
    words.map((word) => {
      const at = word.indexOf('=');
      if (at > 0) return [word.slice(0, at), word.slice(at + 1)];
      throw new Failure(
        2,
        'bad_value',
        say(
          `« ${word} » : écrivez champ=valeur, comme kind=pothole.`,
          `"${word}": write field=value, such as kind=pothole.`,
        ),
      );
    }),
  );

const one = ({ reference, step, lateness, heading }: Ticket): string =>
  `${reference}  ${step}  ${lateness}  ${heading}\n`;

const open = (made: Made): Command => {
  const { say, terminal } = made;
  return remote(made, {
    usage: 'open <app> [values...]',
    does: say('ouvrir un ticket', 'open a ticket'),
    examples: [
      'vigie ticket open voirie kind=pothole "place=47.62,-3.01 rue du Port" "note=Devant l’école" --organisation kerlann',
      'vigie ticket open voirie kind=tree place=47.62,-3.01 note=Chêne --json',
    ],
    more: say(
      'Les valeurs s’écrivent comme à l’écran : 12,50, 14/03/2026, le nom d’un choix.',
      'Values are written as on screen: 12,50, 14/03/2026, the name of a choice.',
    ),
  })
    .option('--site <site>', say('nom court du site', 'short name of the site'))
    .option('--holder <reference>', say('le ticket qui tient celui-ci', 'the ticket that holds this one'))
    .action(
      async (
        app: string,
        values: readonly string[],
        options: Options & { readonly site?: string; readonly holder?: string },
      ) => {
        const { site, holder } = options;
        const text = typedOf(values, say);
        const opened = await reach(terminal, options)
          .app(app)
          .open({}, { text, ...(site !== undefined && { site }), ...(holder !== undefined && { holder }) });
        answer(terminal, options.json, opened, () => one(opened));
      },
    );
};

const move = (made: Made): Command => {
  const { say, terminal } = made;
  return remote(made, {
    usage: 'move <app> <reference> <move> [values...]',
    does: say('faire avancer un ticket', 'make a move'),
    examples: [
      'vigie ticket move voirie V-2026-0042 sort kind=pothole needs=tar',
      'vigie ticket move voirie V-2026-0042 reopen --comment "Le trou est revenu"',
    ],
  })
    .option('--comment <text>', say('un mot sur ce geste', 'a word about it'))
    .action(
      async (
        app: string,
        reference: string,
        name: string,
        values: readonly string[],
        options: Options & { readonly comment?: string },
      ) => {
        const text = typedOf(values, say);
        const moved = await reach(terminal, options)
          .app(app)
          .move(reference, name, {
            text,
            ...(options.comment !== undefined && { comment: options.comment }),
          });
        answer(terminal, options.json, moved, () => one(moved));
      },
    );
};

/** An instant as a clock here says it. */
const here = (at: string, locale: 'fr' | 'en'): string =>
  new Intl.DateTimeFormat(locale === 'fr' ? 'fr-FR' : 'en-GB', {
    dateStyle: 'short',
    timeStyle: 'short',
  }).format(new Date(at));

const valueText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

const page = (ticket: Ticket, events: readonly TicketEvent[], locale: 'fr' | 'en'): string => {
  const say = sayIn(locale);
  const when = (at: string | null): string | null => (at === null ? null : here(at, locale));
  const facts: [string, string | null][] = [
    [say('étape', 'step'), ticket.step],
    [say('retard', 'lateness'), ticket.lateness],
    [say('échéance', 'due'), when(ticket.due)],
    [say('promis', 'promise'), when(ticket.promise)],
    ['site', ticket.site],
    [say('confié à', 'assignee'), ticket.assignee?.name ?? null],
    [say('tenu par', 'holder'), ticket.holder?.reference ?? null],
    ...Object.entries(ticket.fields).map(([name, value]): [string, string] => [name, valueText(value)]),
    ...ticket.sealed.map((name): [string, string] => [name, say('(scellé)', '(sealed)')]),
    [say('gestes', 'moves'), ticket.moves.join(', ')],
  ];
  const rows = facts.flatMap(([name, value]) => (value === null || value === '' ? [] : [[name, value]]));
  const history = events.map((event) => [
    here(event.at, locale),
    event.type,
    event.move ?? event.comment ?? event.step?.to ?? '',
    event.actor.name,
  ]);
  return `${ticket.reference}  ${ticket.heading}\n\n${table([], rows)}\n${table([], history)}`;
};

const show = (made: Made): Command => {
  const { say, terminal } = made;
  return remote(made, {
    usage: 'show <app> <reference>',
    does: say('un ticket et son histoire', 'a ticket and its history'),
    examples: ['vigie ticket show voirie V-2026-0042', 'vigie ticket show voirie V-2026-0042 --json'],
  }).action(async (app: string, reference: string, options: Options) => {
    const tickets = reach(terminal, options).app(app);
    const [ticket, events] = await Promise.all([tickets.get(reference), tickets.history(reference)]);
    answer(terminal, options.json, { ticket, events }, () => page(ticket, events, terminal.locale));
  });
};

const BAD = ['late', 'stuck'] as const;
const ALL = [...BAD, 'will be late', 'at risk'] as const;

const late = (made: Made): Command => {
  const { say, terminal } = made;
  return remote(made, {
    usage: 'late [app]',
    does: say('ce qui est en retard ou n’avance plus', 'what is late or stuck'),
    examples: ['vigie ticket late --organisation kerlann', 'vigie ticket late voirie --all --json'],
  })
    .option('--all', say('aussi ce qui va l’être', 'also what is about to be'))
    .action(async (app: string | undefined, options: Options & { readonly all?: boolean }) => {
      const vigie = reach(terminal, options);
      const lateness = options.all ? ALL : BAD;
      const tickets = await Array.fromAsync(
        (app === undefined ? vigie : vigie.app(app)).list({ lateness, limit: 200 }),
      );
      answer(terminal, options.json, { tickets }, () =>
        tickets.length === 0
          ? say('Rien n’est en retard.\n', 'Nothing is late.\n')
          : table(
              [
                say('référence', 'reference'),
                say('retard', 'lateness'),
                say('échéance', 'due'),
                say('étape', 'step'),
                say('quoi', 'what'),
              ],
              tickets.map((one) => [
                one.reference,
                one.lateness,
                one.due === null ? '' : here(one.due, terminal.locale),
                one.step,
                one.heading,
              ]),
            ),
      );
    });
};

/** Tickets, through the server. */
export const ticket = (made: Made): Command =>
  group(made, {
    usage: 'ticket',
    does: made.say(
      'les tickets d’un serveur : open, move, show, late',
      'the tickets of a server: open, move, show, late',
    ),
    examples: [
      'vigie ticket late --organisation kerlann',
      'vigie ticket show voirie V-2026-0042 --organisation kerlann',
    ],
    more: made.say(
      'Par l’API, avec une clé : VIGIE_URL (http://localhost:3000) et VIGIE_KEY.',
      'Through the API, with a key: VIGIE_URL (http://localhost:3000) and VIGIE_KEY.',
    ),
  })
    .addCommand(open(made))
    .addCommand(move(made))
    .addCommand(show(made))
    .addCommand(late(made));
