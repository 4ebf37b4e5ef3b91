/** A link by which somebody without an account follows a ticket. */
export interface GuestLink {
  readonly id: string;
  readonly role: string;
  readonly created: string;
  readonly by: string;
  readonly expires: string | null;
  readonly lastUsed: string | null;
  readonly uses: number;
}
