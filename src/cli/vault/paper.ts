import qrcode from 'qrcode';

import type { House } from '../../organisations/index.ts';
import type { Identity } from '../../vault/index.ts';
import type { Say } from '../terminal.ts';

/** The recovery key as a terminal shows it, once: what it is for, its text, and a QR code to photograph or to check by. */
export const recoveryText = async (
  { name }: Pick<House, 'name'>,
  { identity }: Identity,
  say: Say,
): Promise<string> => {
  const code = await qrcode.toString(identity, { type: 'utf8', errorCorrectionLevel: 'M' });
  return [
    '',
    say(
      `Clé de secours de ${name}. Elle ouvre tous ses fichiers, sans Vigie, avec le programme « age ».`,
      `Recovery key of ${name}. It opens all its files, without Vigie, with the program "age".`,
    ),
    say(
      'Elle n’est montrée que maintenant, et n’est gardée nulle part ici. Imprimez-la ou recopiez-la, et gardez-la hors ligne, sous clé.',
      'It is shown now and never again, and is kept nowhere here. Print or copy it, and keep it offline, locked away.',
    ),
    '',
    `  ${identity}`,
    '',
    code,
    '',
  ].join('\n');
};
