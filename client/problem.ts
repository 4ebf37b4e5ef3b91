/** What is wrong with one value that was sent. */
export interface ValueProblem {
  /** Where: `fields.place.lat`. */
  readonly path: string;
  readonly code: string;
  readonly message: string;
}

/**
 * What the server refused, or that it could not be reached.
 * Compare `code`; show `detail`, which is in the language asked for.
 */
export class VigieProblem extends Error {
  /** The HTTP status; 0 when no answer came. */
  readonly status: number;
  /** Stable: `invalid`, `not_found`, `version_conflict`, …; `unreachable` when no answer came. */
  readonly code: string;
  readonly detail: string;
  readonly errors: readonly ValueProblem[];
  /** The whole problem, such as `current` beside a `version_conflict`. */
  readonly body: { readonly [name: string]: unknown };

  constructor(status: number, body: { readonly [name: string]: unknown }, cause?: unknown) {
    const code = typeof body['code'] === 'string' ? body['code'] : 'unexpected';
    const detail = typeof body['detail'] === 'string' ? body['detail'] : '';
    super(detail === '' ? `${status} ${code}` : detail, cause === undefined ? undefined : { cause });
    this.name = 'VigieProblem';
    this.status = status;
    this.code = code;
    this.detail = detail;
    this.errors = Array.isArray(body['errors']) ? (body['errors'] as readonly ValueProblem[]) : [];
    this.body = body;
  }
}

/** The problem that an answer is. */
export const problemOf = async (response: Response): Promise<VigieProblem> => {
  const text = await response.text().catch(() => '');
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === 'object' && body !== null) return new VigieProblem(response.status, { ...body });
  } catch {
    // Something before the server answered, such as a proxy.
  }
  return new VigieProblem(response.status, { code: 'unexpected', detail: text.slice(0, 200) });
};
