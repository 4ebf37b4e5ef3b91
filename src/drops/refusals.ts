import { HttpProblem, problem } from '../platform/http/problem.ts';

const refuse = (status: number, code: string, fr: string, en: string, more = {}): HttpProblem =>
  new HttpProblem(problem(status, code, `${fr} / ${en}`, more));

export const tooManyFiles = (most: number): HttpProblem =>
  refuse(
    413,
    'too_many_files',
    'Il n’y a plus de place pour d’autres fichiers ici.',
    'There is no room for more files here.',
    { most },
  );

export const tooManyBytes = (left: number): HttpProblem =>
  refuse(
    413,
    'too_many_bytes',
    'Ce serait plus que ce qui est pris ici en tout : rien n’est gardé de ce fichier.',
    'This would be more than is taken here in all: nothing of this file is kept.',
    { left },
  );

export const noRoom = (): HttpProblem =>
  refuse(
    507,
    'quota',
    'L’espace de l’organisation est plein : rien n’a été gardé de ce fichier.',
    'The space of the organisation is full: nothing of this file was kept.',
  );

export const notTaken = (): HttpProblem =>
  refuse(
    415,
    'not_accepted',
    'Cette sorte de fichier n’est pas prise ici.',
    'This kind of file is not taken here.',
  );

export const nameMissing = (): HttpProblem =>
  new HttpProblem(
    problem(422, 'invalid', 'Dites qui vous êtes. / Say who you are.', {
      errors: [{ path: 'name', code: 'required', message: 'Dites qui vous êtes. / Say who you are.' }],
    }),
  );

export const nothingCame = (): HttpProblem =>
  refuse(409, 'nothing_came', 'Aucun fichier n’est arrivé.', 'No file has arrived.');

export const isClosed = (): HttpProblem =>
  refuse(
    409,
    'deposit_closed',
    'Ce dépôt est terminé et a son reçu : commencez-en un autre.',
    'This deposit has ended and has its receipt: begin another.',
  );

export const notSupported = (): HttpProblem =>
  refuse(400, 'not_supported', 'Dites la taille du fichier avant.', 'Say the size of the file first.');
