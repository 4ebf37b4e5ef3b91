import { HttpProblem, problem } from '../platform/http/problem.ts';

export const badLink = (): HttpProblem =>
  new HttpProblem(
    problem(
      401,
      'bad_link',
      'Ce lien a déjà servi ou a expiré. Demandez-en un autre. / This link was used or has expired. Ask for another.',
    ),
  );

/** Where an organisation does without links. */
export const noLinks = (): HttpProblem =>
  new HttpProblem(
    problem(
      403,
      'no_links',
      'Ici, on n’entre pas par un lien : utilisez votre clé d’accès, ou demandez une invitation. / Links do not let in here: use your passkey, or ask for an invitation.',
    ),
  );
