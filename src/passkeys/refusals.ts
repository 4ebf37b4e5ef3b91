import { HttpProblem, problem } from '../platform/http/problem.ts';

/** Unknown, ended, of somebody let go, of another house, not verified: whoever asks is told the same. */
export const badPasskey = (): HttpProblem =>
  new HttpProblem(
    problem(
      401,
      'bad_passkey',
      'Cette clé d’accès n’ouvre pas ici. Essayez-en une autre, ou demandez une invitation. / This passkey does not open here. Try another, or ask for an invitation.',
    ),
  );

export const badInvitation = (): HttpProblem =>
  new HttpProblem(
    problem(
      401,
      'bad_link',
      'Cette invitation a déjà servi ou a expiré. Demandez-en une autre à qui administre. / This invitation was used or has expired. Ask an administrator for another.',
    ),
  );

/** The browser answered something else than what was asked, or too late. */
export const badAnswer = (): HttpProblem =>
  new HttpProblem(
    problem(
      422,
      'passkey_not_made',
      'La clé n’a pas pu être vérifiée. Recommencez. / The passkey could not be verified. Try again.',
    ),
  );

export const notDeviceBound = (): HttpProblem =>
  new HttpProblem(
    problem(
      422,
      'device_bound_required',
      'Votre organisation demande une clé qui ne quitte pas son appareil, comme une clé de sécurité : celle-ci se copie ailleurs. / Your organisation asks for a passkey that never leaves its device, such as a security key: this one is copied elsewhere.',
    ),
  );
