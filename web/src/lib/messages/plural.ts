/** @returns `n` as it is written in this language, and the word that goes with so many */
export const pluralIn = (language: 'fr' | 'en'): ((n: number, one: string, other: string) => string) => {
  const rules = new Intl.PluralRules(language);
  const numbers = new Intl.NumberFormat(language === 'fr' ? 'fr-FR' : 'en-GB');
  return (n, one, other) => `${numbers.format(n)} ${rules.select(n) === 'one' ? one : other}`;
};
