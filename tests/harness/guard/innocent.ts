import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chanceOf, type Chance } from './chance.ts';
import { CARRIERS, DOCUMENTS } from './containers.ts';
import { dateOf, nameOf } from './people.ts';

/** A document that speaks of nobody's health. */
export interface Innocent {
  readonly what: string;
  readonly bytes: Uint8Array;
}

const rows = (count: number, row: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => row(at)).join('\n');

/** What people who work keep: one of each kind is made for every carrier. */
const KINDS: Readonly<Record<string, (chance: Chance) => string>> = {
  'an invoice': (chance) => `FACTURE n° ${chance.digits(15)}
Client : ${nameOf(chance)}, commande ${chance.digits(13)} du ${dateOf(chance, 2024, 2027)}
SIRET ${chance.digits(14)}  TVA FR${chance.digits(11)}
IBAN FR76 ${chance.digits(4)} ${chance.digits(4)} ${chance.digits(4)} ${chance.digits(4)} ${chance.digits(4)} ${chance.digits(3)}
Carte ${chance.digits(4)} ${chance.digits(4)} ${chance.digits(4)} ${chance.digits(4)}
Tél. 02 97 ${chance.digits(2)} ${chance.digits(2)} ${chance.digits(2)}
${rows(10, () => `${chance.digits(13)}\tPapier baryté\t${chance.below(9)}\t${chance.below(100)},${chance.digits(2)}`)}`,
  'an invoice to a hospital': (chance) => `Hôpital de la Rade, service des achats
Référence ${chance.digits(15)}; commande n° ${chance.digits(15)}
À l'attention du Dr ${nameOf(chance)}, tél. 02 97 ${chance.digits(2)} ${chance.digits(2)} ${chance.digits(2)}
${rows(12, () => `lot ${chance.digits(15)}\tGants nitrile\t${chance.below(90)}`)}`,
  'an order list': (chance) => `commande;client;date;montant
${rows(300, () => `${chance.digits(15)};${nameOf(chance)};${dateOf(chance, 2024, 2027)};${chance.below(900)}`)}`,
  'telephones by their number': (chance) =>
    `IMEI;modèle\n${rows(100, () => `35${chance.digits(13)};A ${chance.digits(2)}`)}`,
  "a laboratory's table of rabbits": (chance) => `Hôpital de la Rade et laboratoire Garenne
Lapin;Échantillon;Dosage cortisol (nmol/L);Sérum;Date
${rows(200, (at) => `L-${at};${chance.digits(13)};${chance.below(300)},${chance.digits(1)};plasma;${dateOf(chance, 2025, 2027)}`)}`,
  "a laboratory's report": (chance) => `Garenne, rapport d'essai ${chance.digits(11)}
Lapins New Zealand femelles, lot ${chance.digits(6)}. Prélèvement à l'oreille, dosage ELISA des anticorps.
Échantillon ${chance.digits(15)} : titre 1/${chance.below(900)}. Contrôle positif conforme. Résultats rendus à l'hôpital de la Rade.`,
  'orders of a photo lab': (chance) => `A-2026-${chance.digits(4)} ${nameOf(chance)}
Développement C-41, 2 films, scans 4000 x 6000, tirage 20x30
Promis le ${dateOf(chance, 2026, 2027)} 17:00. Code ${chance.digits(13)}`,
  'a report from the street': (
    chance,
  ) => `V-2026-${chance.digits(4)} Nid-de-poule, route de Kerdaniel, 47.${chance.digits(6)}, -2.${chance.digits(6)}
Signalé par ${nameOf(chance)}, 06 ${chance.digits(2)} ${chance.digits(2)} ${chance.digits(2)} ${chance.digits(2)}. Code INSEE 56${chance.digits(3)}.`,
  'random numbers': (chance) => rows(400, () => chance.digits(8 + chance.below(12))),
  'random numbers of fifteen digits': (chance) =>
    rows(500, () => `${1 + chance.below(2)}${chance.digits(14)}`),
  'random numbers of eleven digits': (chance) => rows(500, () => `1${chance.digits(10)}`),
  'a letter': (chance) => `Monsieur ${nameOf(chance)},
nous vous prions d'être patient : votre commande ${chance.digits(11)} partira le ${dateOf(chance, 2026, 2027)}.
Le docteur en droit qui suit le dossier ${chance.digits(15)} vous écrira.`,
  'a program': (chance) => `export const KIND = 'Patient'; // "resourceType" is checked elsewhere
const header = 'MSH|^~\\\\&|'; const id = ${chance.digits(15)}n; const CDA = '<ClinicalDocument/>';
if (segment.startsWith('MSH')) parse(segment, '${chance.digits(11)}');`,
  'a definition of FHIR': (chance) =>
    JSON.stringify({ resourceType: 'StructureDefinition', type: 'Patient', id: chance.digits(15) }),
  'a page of the web': (chance) =>
    `<!-- <ClinicalDocument xmlns="urn:hl7-org:v3"> --><article xmlns="urn:x">${nameOf(chance)} ${chance.digits(13)}</article>`,
  'members of a club': (chance) =>
    `Nom;Adhésion;Licence\n${rows(60, () => `${nameOf(chance)};${dateOf(chance, 2015, 2026)};${chance.digits(11)}`)}`,
};

export function* innocents(rounds: number): Generator<Innocent> {
  const chance = chanceOf(5);
  for (let round = 0; round < rounds; round += 1)
    for (const [what, make] of Object.entries(KINDS))
      for (const [carrier, carry] of Object.entries(DOCUMENTS))
        yield { what: `${what}, ${carrier}`, bytes: carry(make(chance)) };
  for (let at = 0; at < 60; at += 1)
    yield {
      what: 'bytes of chance',
      bytes: Buffer.from(Array.from({ length: 5000 }, () => chance.below(256))),
    };
}

/**
 * Numbers of fifteen digits that stand without a word of their own where people are spoken of: one of 97 whose digits
 * might be a birth has the key by chance, and nothing tells it apart.
 */
export function* unlucky(count: number): Generator<Innocent> {
  const chance = chanceOf(8);
  for (let at = 0; at < count; at += 1)
    yield {
      what: 'a number among people',
      bytes: Buffer.from(`Hôpital de la Rade\nPour le patient suivant : ${chance.digits(15)}\nMerci.`),
    };
}

/** Our own programs and papers, which speak of all of this and hold none of it; tests may. */
export function* ours(root: string): Generator<Innocent> {
  for (const folder of ['src', 'docs', 'migrations'])
    for (const name of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }))
      if (/(?<!\.test)\.(?:ts|md|sql)$/.test(name))
        yield { what: name, bytes: readFileSync(join(root, folder, name)) };
}

/** So many numbers of fifteen digits that nobody says anything of, one a line. */
export const numbersAtScale = (count: number): Uint8Array => {
  const chance = chanceOf(6);
  return (CARRIERS['plain text'] as (text: string) => Uint8Array)(rows(count, () => chance.digits(15)));
};
