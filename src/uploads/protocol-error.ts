/** A refusal in the form that the tus library passes on. */
export class ProtocolError extends Error {
  readonly status_code: number;
  readonly body: string;

  constructor({ status_code: status, body }: { readonly status_code: number; readonly body: string }) {
    super(body);
    this.name = 'ProtocolError';
    this.status_code = status;
    this.body = body;
  }
}
