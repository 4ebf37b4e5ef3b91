import type { Actor } from '../engine/index.ts';
import { record } from '../log/index.ts';
import type { House } from '../organisations/index.ts';
import { asOrganisation } from '../platform/postgres/index.ts';
import { type Identity, openVaultOf, renewRecoveryOf, type Vault, VaultError } from '../vault/index.ts';
import { keySince, setRecoveryKept, setRecoveryMade } from './store.ts';
import { tellAdministrators } from './tell.ts';

const WORDS = {
  opened: (house: House, url: string) => ({
    fr: {
      subject: `Clé de secours créée · ${house.name}`,
      body: `Bonjour,\n\nLa clé de secours des fichiers de ${house.name} vient d’être créée. Elle a été montrée une seule fois : quelqu’un doit l’avoir imprimée et mise sous clé. Qui, et quand :\n\n${url}\n`,
    },
    en: {
      subject: `Recovery key made · ${house.name}`,
      body: `Hello,\n\nThe recovery key of ${house.name}’s files has just been made. It was shown once: somebody must have printed it and locked it away. Who, and when:\n\n${url}\n`,
    },
  }),
  renewed: (house: House, url: string) => ({
    fr: {
      subject: `Nouvelle clé de secours · ${house.name}`,
      body: `Bonjour,\n\nUne nouvelle clé de secours des fichiers de ${house.name} vient d’être créée. Elle remplace l’ancienne pour tout ce qui arrive ; l’ancienne ouvre encore ce qui avait été gardé avec elle : ne la laissez pas traîner. Qui, et quand :\n\n${url}\n`,
    },
    en: {
      subject: `New recovery key · ${house.name}`,
      body: `Hello,\n\nA new recovery key of ${house.name}’s files has just been made. It takes the place of the former for all that arrives; the former still opens what was kept under it: do not leave it lying about. Who, and when:\n\n${url}\n`,
    },
  }),
};

/**
 * Makes the recovery key of an organisation: the first, which opens its vault, or another.
 * @param by who does; a deed, of which all administrators are told
 * @param url where people reach this organisation
 * @returns the recovery key, kept nowhere: to be shown once
 * @throws VaultError `already_open` for a second first one, `closed` for another one where there is none, `locked`
 */
export const makeRecovery = async (
  vault: Vault,
  house: House,
  which: 'first' | 'another',
  by: Actor,
  url: string,
): Promise<Identity> => {
  const made =
    which === 'first' ? await openVaultOf(vault, house.id) : await renewRecoveryOf(vault, house.id);
  const now = vault.clock.now();
  await asOrganisation(vault.db, house.id, async (tx) => {
    const type = which === 'first' ? 'vault_opened' : 'recovery_key_renewed';
    await setRecoveryMade(tx, house.id, new Date(now));
    await record(tx, house.id, type, by, { recipient: made.recipient }, now);
    const words = WORDS[which === 'first' ? 'opened' : 'renewed'];
    await tellAdministrators(tx, house, words(house, `${url}/${house.slug}/settings/journal`), now);
  });
  return made;
};

/**
 * Somebody says that they hold the recovery key on paper.
 * @param recipient the public half of the one they hold
 * @returns whether that is the one that counts now
 * @throws VaultError `closed`
 */
export const confirmRecovery = (vault: Vault, house: House, recipient: string, by: Actor): Promise<boolean> =>
  asOrganisation(vault.db, house.id, async (tx) => {
    const key = await keySince(tx, house.id);
    if (!key) throw new VaultError('closed', 'This organisation has no recovery key yet.');
    if (key.recoveryRecipient !== recipient) return false;
    const now = vault.clock.now();
    await setRecoveryKept(tx, house.id, new Date(now));
    await record(tx, house.id, 'recovery_key_kept', by, { recipient }, now);
    return true;
  });
