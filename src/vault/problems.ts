import { problem, type ProblemDetails } from '../platform/http/problem.ts';
import { VaultError } from './errors.ts';
import { ShelfFailed, ShelfFull } from './shelf/index.ts';

const SAID: { readonly [code in VaultError['code']]: readonly [status: number, detail: string] } = {
  closed: [
    409,
    'Cette organisation n’a pas encore de clé de secours : un administrateur la crée dans les réglages. / This organisation has no recovery key yet: an administrator makes it in the settings.',
  ],
  locked: [
    503,
    'Le coffre ne s’ouvre pas avec la clé maîtresse de ce serveur : rien n’est perdu. / The vault does not open with the master key of this server: nothing is lost.',
  ],
  already_open: [409, 'Cette organisation a déjà ses clés. / This organisation has its keys already.'],
  missing: [
    503,
    'Ce fichier n’est plus là où il était gardé. L’alarme est donnée. / This file is no longer where it was kept. The alarm was raised.',
  ],
  corrupt: [
    503,
    'Ce fichier est abîmé : il n’est pas donné. L’alarme est donnée. / This file is damaged: it is not given out. The alarm was raised.',
  ],
  full: [507, 'Il n’y a plus de place. / There is no room left.'],
};

const said = (code: VaultError['code']): ProblemDetails => {
  const [status, detail] = SAID[code];
  return problem(status, `vault_${code}`, detail);
};

/** What the vault or its shelf refuses, as an answer: nothing of the file, nothing of where it lies. */
export const vaultProblem = (error: unknown): ProblemDetails | undefined => {
  if (error instanceof VaultError) return said(error.code);
  if (error instanceof ShelfFull)
    return problem(
      507,
      'full',
      'Il n’y a plus de place là où les fichiers sont gardés. Rien de gardé n’est perdu : réessayez plus tard. / There is no room left where files are kept. Nothing kept is lost: try again later.',
    );
  if (error instanceof ShelfFailed)
    return problem(
      503,
      'vault_failed',
      'Le coffre ne répond pas. Rien de gardé n’est perdu : réessayez. / The vault does not answer. Nothing kept is lost: try again.',
    );
  return undefined;
};
