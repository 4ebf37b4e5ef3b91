import type { TestContext } from 'node:test';

import type { Browser, CDPSession, Page } from 'playwright-core';

import type { Stage } from './vigie.ts';

/** The authenticator of a window: a telephone or computer that recognises its person, or does not. */
export interface Device {
  /** From now on it recognises its person, or not. */
  recognise(verified: boolean): Promise<void>;
  /** Whether what it holds is backed up from now on. */
  backUp(backedUp: boolean): Promise<void>;
  /** How many passkeys it holds. */
  passkeys(): Promise<number>;
  /** It is lost, with all it holds. */
  lose(): Promise<void>;
}

const add = async (session: CDPSession, copied: boolean, hasPrf: boolean): Promise<string> => {
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      ctap2Version: 'ctap2_1',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
      hasPrf,
      defaultBackupEligibility: copied,
      defaultBackupState: copied,
    },
  });
  return authenticatorId;
};

/**
 * Gives a window an authenticator.
 * @param copied what it makes may leave it, as in a password manager
 * @param hasPrf whether it keeps secrets for what is sealed to its person
 */
export const deviceOf = async (page: Page, copied = false, hasPrf = false): Promise<Device> => {
  const session = await page.context().newCDPSession(page);
  // Without its own window: questions are answered by the virtual device alone.
  await session.send('WebAuthn.enable', { enableUI: false });
  let authenticatorId = await add(session, copied, hasPrf);
  return {
    recognise: async (isUserVerified) => {
      await session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified });
    },
    backUp: async (backupState) => {
      const { credentials } = await session.send('WebAuthn.getCredentials', { authenticatorId });
      for (const { credentialId } of credentials)
        await session.send('WebAuthn.setCredentialProperties', {
          authenticatorId,
          credentialId,
          backupState,
        });
    },
    passkeys: async () =>
      (await session.send('WebAuthn.getCredentials', { authenticatorId })).credentials.length,
    lose: async () => {
      await session.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId });
      authenticatorId = await add(session, copied, hasPrf);
    },
  };
};

/** A window of somebody who is not signed in. What goes wrong in a page fails the test. */
export const newWindow = async (t: TestContext, browser: Browser, { clock }: Stage): Promise<Page> => {
  const context = await browser.newContext({
    locale: 'fr-FR',
    timezoneId: 'Europe/Paris',
    viewport: { width: 390, height: 844 },
  });
  const page = await context.newPage();
  const wrong: string[] = [];
  page.on('pageerror', (error) => wrong.push(error.message));
  t.after(() => {
    if (wrong.length > 0) throw new Error(`In a page: ${wrong.join('; ')}`);
  });
  await page.clock.setSystemTime(clock.now());
  return page;
};
