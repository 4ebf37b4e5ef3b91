import type { Choice, Field, Text } from '../define.ts';
import { asText } from '../values.ts';
import { type FieldKind, problem } from './kind.ts';

const choices = (field: Field): { readonly [name: string]: Text | Choice } =>
  field.is === 'choice' ? field.of : {};

const labelOf = (choice: Text | Choice): Text =>
  typeof choice === 'object' && 'label' in choice ? choice.label : choice;

/** The label of a choice in every language it has; its name when the definition no longer has it. */
export const choiceLabels = (field: Field, name: string): { readonly fr: string; readonly en: string } => {
  const found = choices(field)[name];
  const label = found === undefined ? name : labelOf(found);
  return typeof label === 'string' ? { fr: label, en: label } : label;
};

const plain = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase().trim();

export const choice: FieldKind = {
  parse(value, field) {
    const of = choices(field);
    const found = typeof value === 'string' && Object.hasOwn(of, value) ? of[value] : undefined;
    if (found === undefined || (typeof found === 'object' && 'retired' in found))
      return problem('unknown_choice', { allowed: Object.keys(of).join(', ') });
    return { value: value as string };
  },
  fromText(text, field) {
    if (Object.hasOwn(choices(field), text)) return text;
    const wanted = plain(text);
    return (
      Object.keys(choices(field)).find((name) => {
        const { fr, en } = choiceLabels(field, name);
        return plain(fr) === wanted || plain(en) === wanted;
      }) ?? text
    );
  },
  toText: (value, field) => choiceLabels(field, asText(value)).fr,
};
