import { type FieldKind, problem } from './kind.ts';

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/u;

/**
 * A person or partner outside, kept once in the organisation: the ticket holds only who it is.
 * A new contact written with the ticket is made before the engine decides.
 */
export const contact: FieldKind = {
  parse(value) {
    const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : undefined;
    return typeof id === 'string' && ID.test(id) ? { value: { id } } : problem('contact_expected');
  },
  /** `Nadia Berthier, nadia@example.org, 06 12 34 56 78`, in any order after the name. */
  fromText(text) {
    const [name = '', ...rest] = text.split(',').map((part) => part.trim());
    const email = rest.find((part) => part.includes('@'));
    const phone = rest.find((part) => part !== '' && !part.includes('@'));
    return { name, ...(email && { email }), ...(phone && { phone }) };
  },
  toText: (value) => (value as { readonly name?: string }).name ?? '',
};
