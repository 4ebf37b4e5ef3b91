import { chmodSync, existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createLogger } from '../../platform/logging.ts';
import { startVigie } from '../../server.ts';
import { anyKey, newIdentity, openMaster } from '../../vault/index.ts';
import { administer, type Office, settingsOf } from '../administer.ts';
import type { Terminal } from '../terminal.ts';
import { STAND_IN } from './provider.ts';

const scratch = (): string => {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'vigie-doors-'));
  // PostgreSQL's own user passes through.
  chmodSync(folder, 0o711);
  return folder;
};

/**
 * The master key and the place of files: those of the installation once it keeps any, for no server starts with others;
 * until then some that go with the folder.
 */
const keepingOf = async ({ config, db }: Office, folder: string) => {
  if (!(await anyKey(db.system)))
    return {
      masterKey: (await newIdentity()).identity,
      masterKeyCommand: undefined,
      vault: { kind: 'folder', path: join(folder, 'vault') } as const,
    };
  const source = { key: config.masterKey, command: config.masterKeyCommand, data: config.data };
  return {
    masterKey: (await openMaster(source, true)).identity,
    masterKeyCommand: undefined,
    vault:
      config.vault.kind === 's3'
        ? config.vault
        : ({ kind: 'folder', path: config.vault.path ?? join(config.data, 'vault') } as const),
  };
};

/**
 * A server of its own on a loopback port, on the database of this installation, beside whatever runs on it; where there
 * is no installation yet, on an empty one that goes with it.
 */
export const withOwnServer = async <T>(
  terminal: Terminal,
  work: (office: Office, url: string) => Promise<T>,
): Promise<T> => {
  const folder = scratch();
  try {
    const { data, databaseUrl } = settingsOf(terminal);
    const isNew = databaseUrl === undefined && !existsSync(data);
    // Thousands of requests from one address are what limits are for: here they would only take time.
    const environment = {
      ...terminal.environment,
      VIGIE_LIMITS: 'off',
      ...(isNew && { VIGIE_DATA: folder }),
    };
    return await administer({ ...terminal, environment }, async (office) => {
      const server = await startVigie(
        {
          ...office.config,
          databaseUrl: office.address,
          data: join(folder, 'server'),
          ...(await keepingOf(office, folder)),
          host: '127.0.0.1',
          port: 0,
          url: 'http://127.0.0.1:0',
          demonstration: false,
          smtpUrl: undefined,
          smsCommand: undefined,
          openid: office.config.openid ?? STAND_IN,
        },
        createLogger('silent'),
        { aside: true },
      );
      try {
        return await work(office, server.url);
      } finally {
        await server.stop();
      }
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
