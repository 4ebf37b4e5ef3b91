import { around, columns, leading, plain } from './context.ts';

/** A number of a text that says who somebody is, and what is to be thought of it. */
export interface Identifier {
  readonly at: number;
  readonly rule: 'nir' | 'ins' | 'rpps';
  readonly strength: 'strong' | 'weak';
}

const GAP = String.raw`[ \t\u00a0\u2007\u2009\u202f.\-_/]?`;
const KEY = String.raw`(?:[ \t\u00a0\u2007\u2009\u202f.\-_/;,|]{0,3}(?:cl[ée][ \t:]{0,3})?)`;

/**
 * The number of inscription in the national register (INSEE, "Numéro d'inscription au répertoire"; décret n° 82-103):
 * sex (1 and 2; 3, 4, 7 and 8 for who is being registered), year, month (01 to 12; 20 to 42 and 50 to 99 where it was not
 * known), department (01 to 99, 2A, 2B), commune or country, order, and a key: 97 less the rest of the thirteen digits by
 * 97, where 2A counts as 19 and 2B as 18. Groups may be apart, as on a carte Vitale.
 */
const NIR = new RegExp(
  String.raw`(?<![\p{L}\d])([1-478])${GAP}(\d\d)${GAP}(0[1-9]|1[0-2]|[23]\d|4[0-2]|[5-9]\d)${GAP}` +
    String.raw`(\d\d|2[ABab])${GAP}(\d{3})${GAP}(\d{3})${KEY}(\d\d)(?![\p{L}\d])`,
  'gu',
);

/** The same, one character a box, as forms have it. */
const BOXED =
  /(?<![\p{L}\d])(?<![^\p{L}\d]\d[ \t|\u00a0]{1,4})[1-478](?:[ \t|\u00a0]{1,4}[\dAaBb]){14}(?![\p{L}\d])(?![ \t|\u00a0]{1,4}\d(?!\d))/gu;
const WHOLE = new RegExp(`^(?:${NIR.source})$`, 'u');

const hasKey = ([, sex, year, month, department = '', commune, order, key]: readonly string[]): boolean => {
  if (department === '00' || commune === '000' || order === '000') return false;
  const digits = department.toUpperCase().replace('2A', '19').replace('2B', '18');
  return 97 - (Number(`${sex}${year}${month}${digits}${commune}${order}`) % 97) === Number(key);
};

/** Whether the groups are those of a NIR, or none: a piece of a longer row of groups is not. */
const standsAlone = (text: string, from: number, number: string): boolean => {
  if (/^[\dABab]{15}$|^[\dABab]{13}[^\dABab]|^\d(?:[^\dABab][\dABab]{2,3}){6}$/.test(number)) return true;
  return (
    !/\d[ .\-/]$/.test(text.slice(Math.max(0, from - 2), from)) &&
    !/^[ .\-/]\d/.test(text.slice(from + number.length, from + number.length + 2))
  );
};

const INS = /\bins\b|identite nationale de sante|1\.2\.250\.1\.213\.1\.4\.(?:[89]|10|11)\b/;
const LABEL = new RegExp(
  String.raw`\bnir\b|${INS.source}|securite sociale|\bsecu\b|\bn(?:um(?:ero)?|o|°)?\.? ?(?:de )?ss\b|\bnss\b|assure(?:e|\(e\))? social|` +
    String.raw`carte vitale|n(?:umero|o|°)\.? (?:d')?insee|social security|immatricule`,
);
const PERSON =
  /\bpatient(?:e|s|es|\(e\))?\b|\bne(?:e|\(e\)|\.e)?(?: le\b| :? ?\d)|naissance|\bddn\b|date of birth|\bdob\b|hospitalis|\bipp\b|beneficiaire|ayant[ -]droit|\bborn\b|\bassuree?\b/;
const CARE =
  /hopital|hospital|clinique|\bch[ru]\b|ehpad|urgences|medecin|docteur|\bdr\b|infirmi|ordonnance|cpam|feuille de soins|mutuelle|medical/;
/** Numbers of other things, as they are announced. */
const OTHER =
  /(?:commande|facture|imei|serie|suivi|colis|reference|\bref|siret|siren|iban|order|invoice|tracking|serial|\blot|client|devis|contrat|\bean|\bgtin|carte bancaire|transaction|\bbl|bon de livraison|compteur|dossier technique|identifiant)\D{0,12}$/;

/** Every NIR of a text: strong where words near it, or those that name its column, say what it is. */
export const findNirs = (text: string): Identifier[] => {
  const valid: { at: number; number: string }[] = [];
  let alike = 0;
  for (const match of text.matchAll(NIR)) {
    if (!standsAlone(text, match.index, match[0])) continue;
    alike += 1;
    if (hasKey(match)) valid.push({ at: match.index, number: match[0] });
  }
  for (const { 0: number, index: at } of text.matchAll(BOXED)) {
    const match = WHOLE.exec(number.replace(/[^\dAaBb]/g, ''));
    if (match) alike += 1;
    if (match && hasKey(match)) valid.push({ at, number });
  }
  valid.sort((one, other) => one.at - other.at);
  if (valid.length === 0) return [];
  // One number of 97 has the key by chance: where most have not, those that have are chance.
  const isChance = alike >= 5 && valid.length < alike / 5;
  const isColumn = new Set(valid.map(({ number }) => number)).size >= 5 && valid.length >= alike / 2;
  const header = columns(text);
  const found: Identifier[] = [];
  for (const { at, number } of valid) {
    const end = at + number.length;
    const near = `${around(text, at, end, 220, 120)} ${header(at)}`;
    const before = leading(text, at, 40);
    const isOther = OTHER.test(before) && !LABEL.test(before) && !PERSON.test(before.slice(-20));
    const isCalled = LABEL.test(around(text, at, end, 60, 30)) && !isOther;
    if (isChance && !isCalled) continue;
    const isTold = LABEL.test(near) || PERSON.test(near) || CARE.test(around(text, at, end, 100, 60));
    const isProof = isCalled || (!isOther && (isTold || isColumn));
    found.push({ at, rule: INS.test(near) ? 'ins' : 'nir', strength: isProof ? 'strong' : 'weak' });
  }
  return found;
};

const RPPS =
  /(?<![\p{L}\d]|\d[ .])1\d(?:\d{9}|[ \u00a0\u202f]\d{3}[ \u00a0\u202f]\d{3}[ \u00a0\u202f]\d{3})(?![\p{L}\d])/gu;
const CALLED_RPPS = /\brpps\b|\bidnps\b|identifiant national de professionnel|annuaire sante/;
const PRESCRIBES =
  /prescri(?:pteur|ption|t par)|ordonnance|medecin (?:traitant|correspondant|referent)|professionnels? de sante|praticien/;
const DOCTOR = /\bdr\b|docteur|medecin|infirmi|pharmacien|sage-femme|chirurgien/;

/** The last digit makes the sum right (Luhn, ISO/IEC 7812-1). */
const hasLuhn = (digits: string): boolean => {
  let sum = 0;
  for (let at = digits.length - 1, twice = false; at >= 0; at -= 1, twice = !twice) {
    const digit = Number(digits.charAt(at)) * (twice ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return sum % 10 === 0;
};

/**
 * Every number of the shared register of those who care (ANS, "Répertoire partagé des professionnels de santé"): eleven
 * digits, the first 1, the last Luhn's. One of ten is right by chance, so that without words for it it is none.
 */
export const findRpps = (text: string): Identifier[] => {
  const found: Identifier[] = [];
  const header = columns(text);
  for (const { 0: number, index: at } of text.matchAll(RPPS)) {
    if (!hasLuhn(number.replace(/\D/g, ''))) continue;
    const end = at + number.length;
    const before = leading(text, at, 40);
    const isCalled = CALLED_RPPS.test(`${around(text, at, end, 60, 20)} ${header(at)}`);
    const near = around(text, at, end, 100, 40);
    if (OTHER.test(before) && !CALLED_RPPS.test(before)) continue;
    if (isCalled || PRESCRIBES.test(near)) found.push({ at, rule: 'rpps', strength: 'strong' });
    else if (DOCTOR.test(near)) found.push({ at, rule: 'rpps', strength: 'weak' });
  }
  return found;
};

/** The object identifiers under which identities of patients travel (ANS, "Référentiel INS"). */
export const hasInsIdentifier = (text: string): boolean =>
  text.includes('1.2.250.1.213.1.4.') && INS.test(plain(text.slice(0, 1_000_000)));
