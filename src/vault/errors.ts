/** Why the vault does not do what it was asked; the message is for whoever looks after the installation. */
export class VaultError extends Error {
  readonly code: 'closed' | 'locked' | 'already_open' | 'missing' | 'corrupt' | 'full';

  constructor(code: VaultError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'VaultError';
    this.code = code;
  }
}
