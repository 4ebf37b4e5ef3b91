import { testClock } from '../../src/platform/clock.ts';
import { readConfig } from '../../src/platform/config.ts';
import { createLogger } from '../../src/platform/logging.ts';
import { startVigie } from '../../src/server.ts';
import { openVaultOf } from '../../src/vault/index.ts';

/** What the server says to the test that started it. */
export type Said = { readonly ready: string } | { readonly settled: true };

// A test that is itself killed leaves nothing behind.
process.on('disconnect', () => process.exit());

/** A server as any other, in a process of its own so that it can be killed; its clock stands where the test's does. */
const config = readConfig();
const clock = testClock(process.env['VIGIE_TEST_AT']);
const vigie = await startVigie(config, createLogger(config.logLevel), {
  clock,
  prepare: async (vault) => {
    // Said at its first start, and at no other.
    for (const id of (process.env['VIGIE_TEST_VAULTS'] ?? '').split(',').filter(Boolean))
      await openVaultOf(vault, id);
  },
});
const say = (said: Said): void => {
  process.send?.(said);
};
const settle = async (at: number): Promise<void> => {
  clock.set(at);
  await vigie.look();
  await vigie.settled();
  say({ settled: true });
};
/** What time it is now. */
process.on('message', (at: number) => void settle(at));
say({ ready: `http://localhost:${vigie.port}` });
