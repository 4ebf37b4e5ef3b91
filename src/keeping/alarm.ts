import { system } from '../engine/index.ts';
import { record } from '../log/index.ts';
import type { House } from '../organisations/index.ts';
import { asOrganisation } from '../platform/postgres/index.ts';
import { faults, type Vault } from '../vault/index.ts';
import { damagedBlobs, lockCare, setAlarmed } from './store.ts';
import { tellAdministrators } from './tell.ts';

const damagedWords = (house: House, count: number, url: string) => ({
  fr: {
    subject: `Fichiers abîmés · ${house.name}`,
    body:
      `Bonjour,\n\nEn relisant ce qui est gardé, Vigie a trouvé ${count === 1 ? 'un fichier abîmé ou absent' : `${count} fichiers abîmés ou absents`}. ` +
      `Rien d’abîmé n’est donné à personne. Ce qu’il faut faire :\n\n${url}\n`,
  },
  en: {
    subject: `Damaged files · ${house.name}`,
    body:
      `Hello,\n\nReading again what is kept, Vigie found ${count === 1 ? 'a file that is damaged or missing' : `${count} files that are damaged or missing`}. ` +
      `Nothing damaged is given to anybody. What to do:\n\n${url}\n`,
  },
});

const healedWords = (house: House, url: string) => ({
  fr: {
    subject: `Plus aucun fichier abîmé · ${house.name}`,
    body: `Bonjour,\n\nTous les fichiers gardés sont de nouveau entiers, ou ne sont plus à garder.\n\n${url}\n`,
  },
  en: {
    subject: `No file is damaged any more · ${house.name}`,
    body: `Hello,\n\nAll the files that are kept are whole again, or are no longer to be kept.\n\n${url}\n`,
  },
});

/**
 * Tells the administrators once of each damage that was found, by the round or by whoever asked for the file, and when
 * all of it is healed.
 * @param url where people reach this organisation
 * @returns what was told
 */
export const raiseAlarm = (
  vault: Vault,
  house: House,
  url: string,
): Promise<'damaged' | 'healed' | 'nothing'> =>
  asOrganisation(vault.db, house.id, async (tx) => {
    const now = vault.clock.now();
    const page = `${url}/${house.slug}/settings/vault`;
    const found = await damagedBlobs(tx, house.id);
    const { alarmed } = await lockCare(tx, house.id);
    if (found.some((id) => !alarmed.includes(id))) {
      const counts = Object.fromEntries(
        (await faults(tx, house.id)).map(({ fault, count }) => [fault, count]),
      );
      await record(tx, house.id, 'vault_damaged', system, counts, now);
      await tellAdministrators(tx, house, damagedWords(house, found.length, page), now);
      await setAlarmed(tx, house.id, found, new Date(now));
      return 'damaged';
    }
    if (found.length === alarmed.length) return 'nothing';
    await setAlarmed(tx, house.id, found, found.length === 0 ? null : new Date(now));
    if (found.length > 0) return 'nothing';
    await record(tx, house.id, 'vault_healed', system, {}, now);
    await tellAdministrators(tx, house, healedWords(house, page), now);
    return 'healed';
  });
