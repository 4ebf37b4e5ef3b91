import type { Value } from '../../api/types.ts';

interface Contact {
  readonly name: string;
  readonly email: string;
  readonly phone: string;
}

export const contactOf = (value: Value | undefined): Contact => {
  const part = (key: string): string => {
    const found =
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? (value as { readonly [key: string]: Value })[key]
        : '';
    return typeof found === 'string' ? found : '';
  };
  return { name: part('name'), email: part('email'), phone: part('phone') };
};

/** `Nadia Berthier, nadia@example.org, 06 12 34 56 78`, read back into its parts. */
export const readContact = (text: string): Contact => {
  const [name = '', ...rest] = text.split(',').map((part) => part.trim());
  return {
    name,
    email: rest.find((part) => part.includes('@')) ?? '',
    phone: rest.find((part) => part !== '' && !part.includes('@')) ?? '',
  };
};

/** A comma parts the line, so a name cannot have one. */
export const writeContact = ({ name, email, phone }: Contact): string =>
  [name.replaceAll(',', ' '), email, phone.replaceAll(',', ' ')]
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join(', ');
