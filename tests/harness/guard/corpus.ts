import type { Rule } from '../../../src/guard/index.ts';
import { chanceOf, type Chance } from './chance.ts';
import { CARRIERS, DOCUMENTS, zipOf } from './containers.ts';
import { dicoms, fhirs, hl7s, xmls } from './formats.ts';
import { dateOf, nameOf, nirOf, rppsOf, WRITTEN } from './people.ts';

/** A document that must be found: by which rule. */
export interface Positive {
  readonly what: string;
  readonly rule: Rule;
  readonly bytes: Uint8Array;
}

/** Every structured format in everything that carries it whole. */
export function* structured(): Generator<Positive> {
  const chance = chanceOf(1);
  for (const [what, bytes] of Object.entries(dicoms(chance))) {
    yield { what, rule: 'dicom', bytes };
    yield { what: `${what} in a zip`, rule: 'dicom', bytes: zipOf({ IM0001: bytes }) };
  }
  const all: [Rule, Readonly<Record<string, string>>][] = [
    ['hl7v2', hl7s(chance)],
    ['cda', pick(xmls(chance), 'CDA')],
    ['fhir', { ...pick(xmls(chance), 'FHIR'), ...fhirs(chance) }],
  ];
  for (const [rule, texts] of all)
    for (const [what, text] of Object.entries(texts))
      for (const [carrier, make] of Object.entries(CARRIERS))
        yield { what: `${what}, ${carrier}`, rule, bytes: make(text) };
}

const pick = (from: Readonly<Record<string, string>>, begins: string): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(from).filter(([name]) => name.startsWith(begins)));

/** Sentences of hospitals, doctors and insurers around a number. */
const SENTENCES: readonly ((nir: string, chance: Chance) => string)[] = [
  (nir, chance) => `Patient : ${nameOf(chance)}\nNIR : ${nir}\nEntrée le ${dateOf(chance, 2025, 2027)}.`,
  (nir) => `Identifiant patient : ${nir}`,
  (nir) => `N° de sécurité sociale : ${nir}`,
  (nir, chance) => `${nameOf(chance)}, née le ${dateOf(chance, 1930, 2010)}, ${nir}, est attendue mardi.`,
  (nir, chance) => `Hôpital de la Rade\nService de cardiologie\n${nameOf(chance)}   ${nir}`,
  (nir) => `Matricule INS ${nir} (OID 1.2.250.1.213.1.4.8), identité qualifiée.`,
  (nir, chance) => `Feuille de soins. Assurée : ${nameOf(chance)}, immatriculée ${nir}, remboursée à 70 %.`,
  (nir, chance) => `The patient ${nameOf(chance)} (social security number ${nir}) was seen on Monday.`,
  (nir, chance) => `Bonjour,\nvoici la carte vitale de ${nameOf(chance)} :\n${nir}\nCordialement`,
  (nir, chance) => `Nom;Date de naissance;NIR\n${nameOf(chance)};${dateOf(chance, 1930, 2010)};${nir}`,
  (nir, chance) => `N° SS\tNom\tAcompte\n${nir}\t${nameOf(chance)}\t12,00`,
];

const FILLING = 'Le dossier a été transmis ce matin, merci de le traiter avant la fin de la semaine.\n';

/** A NIR with words around it, written in every way, in everything that carries a text. */
export function* nirs(rounds: number): Generator<Positive> {
  const chance = chanceOf(2);
  for (let round = 0; round < rounds; round += 1)
    for (const [carrier, make] of Object.entries(DOCUMENTS)) {
      const sentence = chance.pick(SENTENCES)(chance.pick(WRITTEN)(nirOf(chance)), chance);
      const text = `${FILLING.repeat(chance.below(30))}\n${sentence}\n\n${FILLING.repeat(chance.below(30))}`;
      yield { what: `${JSON.stringify(sentence)}, ${carrier}`, rule: 'nir', bytes: make(text) };
    }
}

/** A table of people, their numbers far below the names of their columns. */
export function* tables(): Generator<Positive> {
  const chance = chanceOf(3);
  for (const delimiter of [';', '\t'])
    for (const [carrier, make] of Object.entries(DOCUMENTS)) {
      const rows = Array.from({ length: 80 }, () =>
        [nameOf(chance), chance.digits(3), nirOf(chance)].join(delimiter),
      );
      yield {
        what: `a table divided by ${JSON.stringify(delimiter)}, ${carrier}`,
        rule: 'nir',
        bytes: make([['Nom', 'Lit', 'NIR'].join(delimiter), ...rows].join('\n')),
      };
    }
}

export function* prescriptions(): Generator<Positive> {
  const chance = chanceOf(4);
  for (const [carrier, make] of Object.entries(DOCUMENTS))
    for (const said of ['N° RPPS', 'RPPS :', 'Ordonnance du Dr Le Goff,'])
      yield {
        what: `${said}, ${carrier}`,
        rule: 'rpps',
        bytes: make(`${FILLING}Docteur ${nameOf(chance)}\n${said} ${rppsOf(chance)}\n${FILLING}`),
      };
}
