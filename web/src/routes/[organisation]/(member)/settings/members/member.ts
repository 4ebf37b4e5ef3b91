import type { RoleHeld, Text } from '#lib/api/types.ts';

/** A member, as administrators see them. */
export interface Member {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly administrator: boolean;
  readonly disabled: boolean;
  readonly roles: readonly RoleHeld[];
}

/** A role that may be given. */
export interface Role {
  readonly app: string;
  readonly role: string;
  readonly label: Text;
}
