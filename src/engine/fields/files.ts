import { type FieldKind, problem } from './kind.ts';

/** Declared so that definitions can name it; it takes nothing until the vault is there to keep it. */
export const files: FieldKind = {
  parse: (value) => (Array.isArray(value) && value.length === 0 ? { value: null } : problem('files_not_yet')),
  fromText: () => [],
  toText: () => '',
};
