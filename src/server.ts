import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { startDeadlines } from './deadlines/index.ts';
import { housekeeping } from './housekeeping.ts';
import { holdsConsumer } from './holds/index.ts';
import { startInspector } from './inspection/index.ts';
import { openGate } from './gate.ts';
import { openDoors } from './http.ts';
import { openLimits } from './limits/index.ts';
import { handOver } from './leaving/index.ts';
import { listen, startFollowers, startTailer } from './log/index.ts';
import { noticesConsumer, sendNotice } from './notices/index.ts';
import { openOpenId, readProviders } from './openid/index.ts';
import { allOrganisations, openHouses } from './organisations/index.ts';
import { carryByMail } from './people/index.ts';
import { type Clock, systemClock } from './platform/clock.ts';
import type { Config } from './platform/config.ts';
import { type Pages, serve } from './platform/http/serve.ts';
import { openImages } from './platform/images/index.ts';
import { startJobs } from './platform/jobs.ts';
import type { Logger } from './platform/logging.ts';
import { openMailer } from './platform/mail.ts';
import { openTexter } from './platform/sms.ts';
import { type Database, migrate, openDatabase, startPostgres } from './platform/postgres/index.ts';
import { wordsConsumer } from './search/consumer.ts';
import { openPepper } from './stations/index.ts';
import { anyKey, makeVault, mustOpen, openMaster, openShelf, type Vault } from './vault/index.ts';
import { openDesk } from './uploads/index.ts';

/** A server that runs. */
export interface Vigie {
  /** Where people reach it. */
  readonly url: string;
  /** Where it listens. */
  readonly port: number;
  readonly db: Database;
  readonly vault: Vault;
  /** Said at the start when something is not where one would look. */
  readonly notice: string | undefined;
  /** Looks now at every deadline that has come; how many tickets changed. */
  look(): Promise<number>;
  /** Resolves when everything that follows from what was committed has happened. */
  settled(): Promise<void>;
  /** Ends what is under way, then stops. */
  stop(): Promise<void>;
}

const BUILT = join(import.meta.dirname, '../web/build/handler.js');

const openPages = async (): Promise<Pages | null> => {
  if (!existsSync(BUILT)) return null;
  const built = (await import(BUILT)) as { readonly handler: Pages };
  return built.handler;
};

export interface Options {
  readonly clock?: Clock;
  /** Done once the database is there, before anything follows from what it holds. */
  readonly prepare?: (vault: Vault) => Promise<void>;
  /** It answers beside another server of the same installation, and leaves all chores to that one. */
  readonly aside?: boolean;
}

/** Starts everything, in the order of what needs what; stops it in the other. */
export const startVigie = async (
  config: Config,
  logger: Logger,
  { clock = systemClock, prepare, aside = false }: Options = {},
): Promise<Vigie> => {
  const stops: (() => void | Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const end of stops.splice(0).toReversed()) await end();
  };
  const started = <T>(thing: T, end: (thing: T) => void | Promise<void>): T => {
    stops.push(() => end(thing));
    return thing;
  };

  try {
    const openId = openOpenId(readProviders(config.openid, process.env));
    const postgres = started(
      await startPostgres({ data: config.data, databaseUrl: config.databaseUrl, log: logger }),
      (it) => it.stop(),
    );
    await migrate({ url: postgres.url, log: logger });
    const served = started(await serve(config.host, config.port, config.url.startsWith('https:')), (it) =>
      it.stop(),
    );
    const url = config.url.replace(/:0$/u, `:${served.port}`);
    const db = started(openDatabase({ url: postgres.url }), (it) => it.close());
    const houses = openHouses(db);
    const source = { key: config.masterKey, command: config.masterKeyCommand, data: config.data };
    const vault = makeVault(
      {
        db,
        shelf: await openShelf(config.vault, config.data),
        staging: join(config.data, 'staging'),
        clock,
        logger,
      },
      await openMaster(source, await anyKey(db.system)),
    );
    await mustOpen(
      vault,
      (await allOrganisations(db.app)).map(({ id }) => id),
    );
    await prepare?.(vault);
    const mailer = openMailer(config.smtpUrl, config.mailFrom);
    if (mailer) stops.push(() => mailer.close());
    const texter = openTexter(config.smsCommand);

    const tailer = started(startTailer(db, logger), (it) => it.stop());
    const committed = (): void => tailer.nudge();
    const followers = started(
      startFollowers(db, clock, logger, [
        holdsConsumer({ db, houses, clock, committed }),
        noticesConsumer({ houses, clock, url }),
        // Last: the words that it writes are locked until all of them are done.
        wordsConsumer({ houses }),
      ]),
      (it) => it.stop(),
    );
    const images = started(openImages(), (it) => it.stop());
    const inspector = started(
      startInspector({ vault, images, clamd: config.clamd, houses, committed }),
      (it) => it.stop(),
    );
    const listening = started(await listen(db, logger), (it) => it.stop());
    listening.onChange((organisationId) => houses.forget(organisationId));
    listening.add((organisationId) => followers.follow(organisationId));
    const deadlines = started(startDeadlines({ db, clock, logger, committed }), (it) => it.stop());

    const stopping = new AbortController();
    const desk = openDesk({
      vault,
      quota: config.quota,
      largest: config.largestFile,
      stopping: stopping.signal,
      arrived: (organisationId) => inspector.nudge(organisationId),
    });
    const chores = housekeeping({ db, houses, clock, logger, vault, databaseUrl: postgres.url, url, desk });
    started(
      await startJobs(
        postgres.url,
        logger,
        {
          notice: sendNotice({ db, mailer, clock }),
          leaving: handOver({ db, houses, clock, committed }),
          ...(!aside && chores.tasks),
        },
        aside ? '' : chores.cron,
      ),
      (it) => it.stop(),
    );

    const limits = openLimits(db, clock, logger, config.limits);
    const doors = openDoors(
      { db, clock, houses, limits, url, stopping: stopping.signal, committed },
      {
        logger,
        listening,
        followers,
        carry: carryByMail(mailer, logger),
        openId,
        mails: mailer !== null,
        mailer,
        texter,
        images,
        pepper: openPepper(config.data),
        vault,
        vaultLies: config.vault.kind,
        desk,
        clamd: config.clamd,
        ready: () => !stopping.signal.aborted,
        metricsToken: config.metricsToken,
      },
    );
    const pages = await openPages();
    const gate = openGate({ url, port: served.port, proxies: config.proxies, houses, limits, logger });
    served.open(gate, (request, bindings) => doors.fetch(request, bindings), pages);
    // Requests end before anything they need does.
    stops.push(async () => {
      stopping.abort();
      await served.stop();
    });

    return {
      url,
      port: served.port,
      db,
      vault,
      notice: postgres.notice,
      look: deadlines.look,
      settled: async () => {
        await inspector.looked();
        // What follows from an event may be an event.
        do {
          await tailer.drained();
          for (const { id } of await allOrganisations(db.app)) followers.follow(id);
          await followers.settled();
        } while (!(await tailer.idle()));
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
};
