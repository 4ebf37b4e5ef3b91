import { Temporal } from 'temporal-polyfill';
import type { Command } from 'commander';
import { system } from '../../engine/index.ts';
import { createKey, endKey } from '../../people/index.ts';
import { keysOf } from '../../people/store.ts';
import { isUuid } from '../../platform/ids.ts';
import { asOrganisation } from '../../platform/postgres/index.ts';
import { administer, houseNamed } from '../administer.ts';
import { answer, describe, group, type Made } from '../command.ts';
import { Failure, type Say } from '../terminal.ts';
import { table } from '../write.ts';

interface Common {
  readonly organisation: string;
  readonly json?: boolean;
}

interface Create extends Common {
  readonly app: string;
  readonly role: string;
  readonly site?: string;
  readonly name?: string;
  readonly expires: string;
}

const UNITS: { readonly [unit: string]: 'hours' | 'days' | 'months' | 'years' } = {
  h: 'hours',
  d: 'days',
  m: 'months',
  y: 'years',
};

/** `90d` from now, or a day: through its end. Nobody has to remember a key for ever, unless it is said: `never`. */
const expiryOf = (written: string, now: number, say: Say): Date | null => {
  if (written === 'never') return null;
  const [, count = '', unit = ''] = /^(\d{1,4})([hdmy])$/u.exec(written) ?? [];
  const at = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO('UTC');
  const day = /^\d{4}-\d{2}-\d{2}$/u.test(written) ? new Date(`${written}T23:59:59Z`) : null;
  const until = UNITS[unit] ? new Date(at.add({ [UNITS[unit]]: Number(count) }).epochMilliseconds) : day;
  if (until && until.getTime() > now) return until;
  throw new Failure(
    2,
    'bad_expiry',
    say(
      `--expires ${written} : écrivez 90d, 12m, 1y, une date à venir comme 2027-01-31, ou never.`,
      `--expires ${written}: write 90d, 12m, 1y, a day to come such as 2027-01-31, or never.`,
    ),
  );
};

const create = (made: Made): Command => {
  const { say, terminal } = made;
  return describe(made, {
    usage: 'create',
    does: say('une nouvelle clé, écrite une seule fois', 'a new key, told once'),
    examples: [
      'vigie key create --organisation kerlann --app voirie --role clerk',
      'VIGIE_KEY=$(vigie key create --organisation kerlann --app voirie --role clerk --expires 90d)',
    ],
    more: say(
      'La clé est seule sur la sortie standard. Elle voit et fait ce que fait son rôle, rien de plus ; la base n’en garde que l’empreinte.',
      'The key stands alone on standard output. It sees and does what its role does, and nothing else; the database keeps its hash only.',
    ),
  })
    .requiredOption(
      '--organisation <name>',
      say('nom court de l’organisation', 'short name of the organisation'),
    )
    .requiredOption('--app <app>', 'voirie, atelier, …')
    .requiredOption('--role <role>', say('un rôle de l’application', 'a role of the app'))
    .option('--site <site>', say('un seul site, par son nom court', 'one site only, by its short name'))
    .option('--name <name>', say('à quoi elle sert', 'what it is for'))
    .option(
      '--expires <when>',
      say('90d, 12m, 1y, un jour : 2027-01-31, ou never', '90d, 12m, 1y, a day: 2027-01-31, or never'),
      '1y',
    )
    .action((options: Create) =>
      administer(terminal, async (office) => {
        const now = Date.now();
        const house = await houseNamed(terminal, office, options.organisation);
        const expires = expiryOf(options.expires, now, say);
        const { app, role, site = null, name = `${app} ${role}` } = options;
        const { id, key } = await createKey(
          office.db,
          house,
          { app, role, site, name, expires },
          now,
          system,
        );
        answer(terminal, options.json, { id, key, name, app, role, site, expires }, () => `${key}\n`);
        if (terminal.watched)
          terminal.err(
            say(
              'Gardez-la maintenant : elle ne sera plus jamais montrée.\n',
              'Keep it now: it will never be shown again.\n',
            ),
          );
      }),
    );
};

const list = (made: Made): Command => {
  const { say, terminal } = made;
  return describe(made, {
    usage: 'list',
    does: say('les clés qui servent encore', 'the keys that still work'),
    examples: ['vigie key list --organisation kerlann'],
  })
    .requiredOption(
      '--organisation <name>',
      say('nom court de l’organisation', 'short name of the organisation'),
    )
    .action((options: Common) =>
      administer(terminal, async (office) => {
        const house = await houseNamed(terminal, office, options.organisation);
        const keys = await asOrganisation(office.db, house.id, (tx) => keysOf(tx, house.id));
        const day = (at: Date | null): string => at?.toISOString().slice(0, 10) ?? '–';
        answer(terminal, options.json, { keys }, () =>
          keys.length === 0
            ? say('Aucune clé.\n', 'No key.\n')
            : table(
                [
                  'id',
                  say('nom', 'name'),
                  'app',
                  say('rôle', 'role'),
                  'site',
                  say('créée', 'created'),
                  say('expire', 'expires'),
                  say('servie', 'used'),
                  say('de qui', 'owner'),
                ],
                keys.map((one) => [
                  one.id,
                  one.name,
                  one.app,
                  one.role,
                  one.site ?? '–',
                  day(one.createdAt),
                  day(one.expiresAt),
                  day(one.lastUsedAt),
                  `${one.owner?.name ?? say('installation', 'installation')}${one.demoted ? say(' (ne sert plus)', ' (no longer works)') : ''}`,
                ]),
              ),
        );
      }),
    );
};

const revoke = (made: Made): Command => {
  const { say, terminal } = made;
  return describe(made, {
    usage: 'revoke <id>',
    does: say('une clé qui ne sert plus, à l’instant', 'a key that no longer works, at once'),
    examples: ['vigie key revoke 019c… --organisation kerlann'],
  })
    .requiredOption(
      '--organisation <name>',
      say('nom court de l’organisation', 'short name of the organisation'),
    )
    .action((id: string, options: Common) =>
      administer(terminal, async (office) => {
        const house = await houseNamed(terminal, office, options.organisation);
        const revoked = isUuid(id) && (await endKey(office.db, house, id, Date.now(), system));
        if (!revoked)
          throw new Failure(
            1,
            'not_found',
            say(
              'Cette clé n’existe pas, ou plus : voyez vigie key list.',
              'There is no such key, or no longer: see vigie key list.',
            ),
          );
        answer(terminal, options.json, { revoked: id }, () => say('Révoquée.\n', 'Revoked.\n'));
      }),
    );
};

/** The keys of programs. */
export const key = (made: Made): Command =>
  group(made, {
    usage: 'key',
    does: made.say(
      'les clés des programmes : create, list, revoke',
      'the keys of programs: create, list, revoke',
    ),
    examples: [
      'vigie key create --organisation kerlann --app voirie --role clerk',
      'vigie key list --organisation kerlann',
    ],
  })
    .addCommand(create(made))
    .addCommand(list(made))
    .addCommand(revoke(made));
