import { HttpProblem, problem } from '../platform/http/problem.ts';
import { vaultProblem } from '../vault/index.ts';
import { tooLarge } from './room.ts';

const TUS = { 'tus-resumable': '1.0.0' } as const;

const refuse = (status: number, code: string, detail: string, headers = {}): HttpProblem =>
  new HttpProblem(problem(status, code, detail), { ...TUS, ...headers });

const SAID: { readonly [status: number]: readonly [code: string, detail: string] } = {
  404: ['not_found', 'Rien ici, ou rien que vous puissiez voir. / Nothing here, or nothing you may see.'],
  409: [
    'offset_conflict',
    'L’envoi n’en est pas là : demandez où reprendre. / The upload is not there yet: ask where to go on.',
  ],
  410: [
    'upload_over',
    'Cet envoi a expiré ou a déjà servi : recommencez-le. / This upload has expired or was used: begin it again.',
  ],
  412: ['tus_version', 'Tus-Resumable: 1.0.0'],
  423: [
    'being_written',
    'Cet envoi arrive déjà par une autre ligne : réessayez. / This upload is arriving by another line already: try again.',
  ],
  460: [
    'checksum_mismatch',
    'Ce qui est arrivé n’est pas ce qui a été envoyé : rien n’en est gardé, renvoyez-le. / What came is not what was sent: nothing of it is kept, send it again.',
  ],
  501: ['not_supported', 'Ce serveur ne fait pas cela. / This server does not do that.'],
};

/**
 * What the tus library refused, as a problem; what broke beside it, as it is.
 * @param thrown what was thrown inside it, if anything was
 */
export const refusalOf = (status: number, thrown: unknown, largest: number): Error => {
  if (thrown instanceof HttpProblem) return new HttpProblem(thrown.body, { ...thrown.headers, ...TUS });
  const ours = vaultProblem(thrown);
  if (ours) {
    const refused = new HttpProblem(ours, ours.status === 503 ? { ...TUS, 'retry-after': '30' } : TUS);
    refused.cause = thrown;
    return refused;
  }
  // Not of the protocol: whoever answers for the whole server says it.
  if (thrown instanceof Error && !('status_code' in thrown)) return thrown;
  const body =
    typeof thrown === 'object' && thrown !== null && 'body' in thrown ? String(thrown.body).trim() : '';
  if (status === 413 && body === 'Maximum size exceeded') return tooLarge(largest);
  if (status === 413)
    return refuse(
      413,
      'too_much',
      'Il arrive plus que ce qui a été annoncé : rien n’en est gardé. / More arrives than was announced: nothing of it is kept.',
    );
  // A request that another one has asked to end: it may come again.
  const code = status === 400 && body.startsWith('Request aborted') ? 423 : status;
  const [name, detail] = SAID[code] ?? ['malformed', body === '' ? 'tus 1.0.0' : body];
  return refuse(code, name, detail, code === 412 ? { 'tus-version': '1.0.0' } : {});
};
