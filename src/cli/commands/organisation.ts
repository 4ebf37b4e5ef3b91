import { existsSync, readdirSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import { system } from '../../engine/index.ts';
import { record } from '../../log/index.ts';
import {
  allOrganisations,
  createOrganisation,
  deleteWhole,
  setUrl,
  shelfCleared,
  urlOf,
} from '../../organisations/index.ts';
import { exportWhole, recordExport } from '../../organisations/whole/export.ts';
import { folderSink } from '../../organisations/whole/folder.ts';
import { exportedAt } from '../../organisations/whole/store.ts';
import { makeRecovery } from '../../keeping/index.ts';
import { addMember, everyRole, linkFor } from '../../people/index.ts';
import { asOrganisation } from '../../platform/postgres/index.ts';
import { administer, houseNamed } from '../administer.ts';
import { answer, describe, group, type Made } from '../command.ts';
import { appHere, appsHere } from '../project.ts';
import { Failure, type Say, type Terminal } from '../terminal.ts';
import { clearShelf, openShelf } from '../../vault/index.ts';
import { stagingOf, vaultOf } from '../vault/office.ts';
import { recoveryText } from '../vault/paper.ts';
import { table } from '../write.ts';

interface Create {
  readonly name: string;
  readonly administrator: string;
  readonly app?: readonly string[];
  readonly hours: string;
  readonly locale: string;
  readonly json?: boolean;
}

/** Names that stand for something else in an address. */
const TAKEN = new Set(['api', 'forms', 'healthz', 'readyz', 'metrics', 'session', 'problems']);
/** An export younger than this is recent enough to delete after, in milliseconds. */
const RECENT = 7 * 86_400_000;

const slugFor = (slug: string, say: Say): string => {
  if (/^[a-z][a-z0-9-]{1,39}$/u.test(slug) && !TAKEN.has(slug)) return slug;
  throw new Failure(
    2,
    'bad_name',
    say(
      `« ${slug} » ne va pas : de 2 à 40 lettres minuscules, chiffres ou tirets, une lettre d’abord (et ni ${[...TAKEN].join(', ')}).`,
      `"${slug}" will not do: 2 to 40 small letters, digits or dashes, a letter first (and none of ${[...TAKEN].join(', ')}).`,
    ),
  );
};

const personOf = (written: string, say: Say): { readonly name: string; readonly email: string } => {
  const [, name = '', email = ''] = /^\s*([^<>]+?)\s*<([^\s<>@]+@[^\s<>@]+)>\s*$/u.exec(written) ?? [];
  if (name !== '' && email !== '') return { name, email };
  throw new Failure(
    2,
    'bad_person',
    say(
      '--administrator : écrivez "Maëlle Le Goff <maelle@example.org>".',
      '--administrator: write "Maëlle Le Goff <maelle@example.org>".',
    ),
  );
};

const create = (made: Made): Command => {
  const { say, terminal } = made;
  return describe(made, {
    usage: 'create <slug>',
    does: say(
      'une nouvelle organisation, et le lien de sa première personne',
      'a new organisation, and the link of its first person',
    ),
    examples: [
      'vigie organisation create kerlann --name "Commune de Kerlann" --administrator "Maëlle Le Goff <maelle@kerlann.example>" --app voirie',
    ],
    more: say(
      'Le lien est seul sur la sortie standard : il sert une fois, pendant un jour.',
      'The link stands alone on standard output: it works once, for a day.',
    ),
  })
    .requiredOption('--name <name>', say('son nom', 'its name'))
    .requiredOption(
      '--administrator <person>',
      say('qui l’administre : "Nom <adresse>"', 'who administers it: "Name <address>"'),
    )
    .option(
      '--app <apps...>',
      say('ses applications ; sans rien, toutes', 'its apps; all of them when left out'),
    )
    .option(
      '--hours <hours>',
      say('heures d’ouverture du premier site', 'opening hours of the first site'),
      'Mo-Fr 09:00-12:00,14:00-18:00; PH off',
    )
    .option('--locale <locale>', 'fr, en', 'fr')
    .action(async (written: string, options: Create) => {
      const slug = slugFor(written, say);
      const person = personOf(options.administrator, say);
      const locale = options.locale === 'en' ? 'en' : 'fr';
      const unknown = (options.app ?? []).find((app) => !appsHere().includes(app));
      if (unknown !== undefined)
        throw new Failure(
          2,
          'unknown_app',
          say(
            `Il n’y a pas d’application « ${unknown} ». Il y a : ${appsHere().join(', ')}.`,
            `There is no app "${unknown}". There is: ${appsHere().join(', ')}.`,
          ),
        );
      const apps = await Promise.all((options.app ?? appsHere()).map((app) => appHere(app)));
      await administer(terminal, async (office) => {
        const { config, db, houses } = office;
        if (await houses.bySlug(slug))
          throw new Failure(
            1,
            'name_taken',
            say(
              `« ${slug} » est déjà pris : vigie organisation list.`,
              `"${slug}" is taken: vigie organisation list.`,
            ),
          );
        const now = Date.now();
        const site = {
          slug: 'principal',
          name: options.name,
          openingHours: options.hours,
          timeZone: 'Europe/Paris',
          holidays: 'FR',
        };
        const id = await createOrganisation(
          db,
          { slug, name: options.name, locale, sites: [site], apps },
          now,
        );
        houses.forget(id);
        const house = await houseNamed(terminal, office, slug);
        const roles = everyRole(apps);
        const member = await addMember(db, house, { ...person, locale, administrator: true, roles }, now);
        await asOrganisation(db, id, (tx) =>
          record(tx, id, 'organisation_created', system, { slug, apps: apps.map(({ app }) => app) }, now),
        );
        const link = await linkFor(db, house, urlOf(config, house), member, now);
        const url = urlOf(config, house);
        const recovery = await makeRecovery(await vaultOf(office), house, 'first', system, url);
        // Beside the answer, which is the link alone.
        if (!options.json) terminal.err(await recoveryText(house, recovery, say));
        answer(terminal, options.json, { id, slug, link, recoveryKey: recovery.identity }, () => `${link}\n`);
      });
    });
};

const list = (made: Made): Command => {
  const { say, terminal } = made;
  return describe(made, {
    usage: 'list',
    does: say('les organisations de cette installation', 'the organisations of this installation'),
    examples: ['vigie organisation list', 'vigie organisation list --json'],
  }).action((options: { readonly json?: boolean }) =>
    administer(terminal, async ({ config, db }) => {
      const organisations = (await allOrganisations(db.app)).map(({ slug, name, url }) => ({
        slug,
        name,
        url: url ?? `${config.url}/${slug}`,
      }));
      answer(terminal, options.json, { organisations }, () =>
        organisations.length === 0
          ? say('Aucune.\n', 'None.\n')
          : table(
              [say('nom court', 'short name'), say('nom', 'name'), say('adresse', 'address')],
              organisations.map(({ slug, name, url }) => [slug, name, url]),
            ),
      );
    }),
  );
};

/** An address that an organisation may have: safe where the installation is. */
const addressFor = (written: string, base: string, say: Say): string => {
  const url = URL.canParse(written) ? new URL(written) : null;
  const own = new URL(base);
  if (
    url?.pathname !== '/' ||
    url.search !== '' ||
    url.hash !== '' ||
    url.username !== '' ||
    !/^https?:$/u.test(url.protocol)
  )
    throw new Failure(
      2,
      'bad_address',
      say(
        `« ${written} » ne va pas : écrivez https://signalements.example.org, sans chemin.`,
        `"${written}" will not do: write https://requests.example.org, without a path.`,
      ),
    );
  if (url.protocol !== own.protocol || url.host === own.host)
    throw new Failure(
      1,
      'bad_address',
      say(
        `L’adresse de l’installation est ${base} (VIGIE_URL) : celle d’une organisation en est une autre, du même protocole.`,
        `The installation is at ${base} (VIGIE_URL): an organisation's address is another one, of the same protocol.`,
      ),
    );
  return url.origin;
};

const host = (made: Made): Command => {
  const { say, terminal } = made;
  return describe(made, {
    usage: 'host <slug>',
    does: say('une adresse à elle', 'an address of its own'),
    examples: [
      'vigie organisation host kerlann --url https://signalements.kerlann.example',
      'vigie organisation host kerlann --none',
    ],
    more: say(
      'Le nom doit mener à ce serveur, et le proxy passer le nom d’hôte. Les liens des courriers prennent cette adresse ;\nles personnes s’y reconnectent. À celle de l’installation, tout continue.',
      'The name must lead to this server, and the proxy pass the host name on. Links in mails take that address;\npeople sign in there anew. At the installation’s, everything goes on.',
    ),
  })
    .option('--url <url>', say('cette adresse', 'this address'))
    .option('--none', say('plus aucune', 'none any more'))
    .action(
      (slug: string, options: { readonly url?: string; readonly none?: boolean; readonly json?: boolean }) =>
        administer(terminal, async (office) => {
          const { config, db } = office;
          if ((options.url === undefined) === (options.none === undefined))
            throw new Failure(2, 'usage', say('Écrivez --url, ou --none.', 'Write --url, or --none.'));
          const house = await houseNamed(terminal, office, slug);
          const url = options.url === undefined ? null : addressFor(options.url, config.url, say);
          const taken = (await allOrganisations(db.app)).find((one) => url !== null && one.url === url);
          if (taken && taken.id !== house.id)
            throw new Failure(
              1,
              'address_taken',
              say(`C’est l’adresse de « ${taken.slug} ».`, `That is the address of "${taken.slug}".`),
            );
          await setUrl(db.system, house.id, url);
          await asOrganisation(db, house.id, (tx) =>
            record(tx, house.id, 'address_changed', system, { url }, Date.now()),
          );
          const now = url ?? `${config.url}/${slug}`;
          answer(terminal, options.json, { slug, url: now }, () => `${now}\n`);
        }),
    );
};

const exportOne = (made: Made): Command => {
  const { say, terminal } = made;
  return describe(made, {
    usage: 'export <slug>',
    does: say('tout ce qu’elle a, dans un dossier', 'everything it has, in a folder'),
    examples: ['vigie organisation export kerlann --out ./kerlann'],
    more: say(
      'Un fichier de lignes JSON par table, les définitions, un README et SHA256SUMS (sha256sum -c). Les données personnelles\ny sont ; les empreintes de secrets, non. Les fichiers : vigie vault export.',
      'A file of JSON lines for each table, the definitions, a README and SHA256SUMS (sha256sum -c). Personal data is in it;\nhashes of secrets are not. Files: vigie vault export.',
    ),
  })
    .requiredOption('--out <folder>', say('un dossier nouveau ou vide', 'a folder that is new or empty'))
    .action((slug: string, options: { readonly out: string; readonly json?: boolean }) =>
      administer(terminal, async (office) => {
        const house = await houseNamed(terminal, office, slug);
        const { out } = options;
        if (existsSync(out) && readdirSync(out).length > 0)
          throw new Failure(1, 'folder_in_use', say(`${out} n’est pas vide.`, `${out} is not empty.`));
        const tables = await exportWhole(office.db, house, folderSink(out), Date.now());
        // Once it is whole: only such a one allows deleting.
        await recordExport(office.db, house, system, Date.now());
        const rows = tables.reduce((sum, one) => sum + one.rows, 0);
        answer(terminal, options.json, { folder: out, rows, tables }, () =>
          say(`${out} : ${rows} lignes.\n`, `${out}: ${rows} rows.\n`),
        );
      }),
    );
};

/** Asks whoever is there to type the name; programs say it with --yes. */
const confirmed = async (
  terminal: Terminal,
  slug: string,
  yes: string | undefined,
  say: Say,
): Promise<boolean> => {
  if (yes !== undefined || !terminal.watched || !process.stdin.isTTY) return yes === slug;
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (
      (
        await asking.question(
          say(
            `Pour supprimer ${slug} et tout ce qu’elle a, écrivez son nom court : `,
            `To delete ${slug} and everything it has, write its short name: `,
          ),
        )
      ).trim() === slug
    );
  } finally {
    asking.close();
  }
};

interface Delete {
  readonly yes?: string;
  /** `--no-export` */
  readonly export: boolean;
  readonly json?: boolean;
}

const deleteOne = (made: Made): Command => {
  const { say, terminal } = made;
  return describe(made, {
    usage: 'delete <slug>',
    does: say('elle et tout ce qu’elle a, pour toujours', 'it and everything it has, for good'),
    examples: ['vigie organisation delete kerlann', 'vigie organisation delete kerlann --yes kerlann'],
    more: say(
      'Ses fichiers gardés avec. Demande d’écrire son nom court. Refuse sans un export complet de moins de sept jours, sauf avec --no-export.\nLes définitions d’applications restent : elles ne nomment personne, et d’autres peuvent s’en servir.',
      'Its kept files as well. Asks for its short name. Refuses without a whole export of the last seven days, unless --no-export is written.\nDefinitions of apps stay: they name nobody, and others may use them.',
    ),
  })
    .option('--yes <slug>', say('le nom court, sans question', 'the short name, without a question'))
    .option('--no-export', say('sans export récent', 'without a recent export'))
    .action((slug: string, options: Delete) =>
      administer(terminal, async (office) => {
        const house = await houseNamed(terminal, office, slug);
        const at = await asOrganisation(office.db, house.id, (tx) => exportedAt(tx, house.id));
        if (options.export && (at === null || Date.now() - at.getTime() > RECENT))
          throw new Failure(
            1,
            'not_exported',
            say(
              `Pas d’export complet depuis sept jours. D’abord : vigie organisation export ${slug} --out DOSSIER. Ou --no-export.`,
              `No whole export for seven days. First: vigie organisation export ${slug} --out FOLDER. Or --no-export.`,
            ),
          );
        if (!(await confirmed(terminal, slug, options.yes, say)))
          throw new Failure(
            1,
            'not_confirmed',
            say(`Rien n’est supprimé : écrivez --yes ${slug}.`, `Nothing is deleted: write --yes ${slug}.`),
          );
        const tables = (await deleteWhole(office.owner, house.id)) ?? [];
        // Should the shelf be away now, the server that runs next clears it.
        const shelf = await openShelf(office.config.vault, office.config.data);
        await clearShelf(shelf, stagingOf(office.config.data), house.id);
        await shelfCleared(office.owner, house.id);
        const rows = tables.reduce((sum, one) => sum + one.rows, 0);
        answer(terminal, options.json, { deleted: slug, rows, tables }, () =>
          say(`${house.name} est supprimée : ${rows} lignes.\n`, `${house.name} is deleted: ${rows} rows.\n`),
        );
      }),
    );
};

/** The organisations of an installation. */
export const organisation = (made: Made): Command =>
  group(made, {
    usage: 'organisation',
    does: made.say(
      'les organisations : create, list, host, export, delete',
      'organisations: create, list, host, export, delete',
    ),
    examples: ['vigie organisation list', 'vigie organisation export kerlann --out ./kerlann'],
  })
    .addCommand(create(made))
    .addCommand(list(made))
    .addCommand(host(made))
    .addCommand(exportOne(made))
    .addCommand(deleteOne(made));
