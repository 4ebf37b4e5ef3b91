/**
 * Believable tickets, as many as one wants, always the same for the same seed: a photo lab in Lille and a
 * commune's road service. Names are made of syllables, so that the vocabulary keeps growing as it does in
 * life, and one word in two hundred is mistyped, as it is in life too.
 */
import { UUID } from 'uuidv7';

export interface CorpusTicket {
  readonly ticketId: string;
  readonly app: string;
  readonly heading: string;
  readonly reference: string;
  readonly fields: string[];
  readonly comments: string[];
  readonly createdAt: Date;
}

const films =
  'Portra 400|Portra 160|Portra 800|Gold 200|Ultramax 400|Ektar 100|Tri-X 400|HP5 Plus|FP4 Plus|Delta 3200|XP2 Super|Ektachrome E100|Velvia 50|Provia 100F|ColorPlus 200|Fomapan 100|Superia 400|Cinestill 800T|Acros II|Kentmere 400'.split(
    '|',
  );
const processes = 'C-41|E-6|noir et blanc|ECN-2'.split('|');
const formats = '135 36 poses|135 24 poses|120|4x5|110'.split('|');
const quarters =
  'Wazemmes|Fives|Moulins|Vauban-Esquermes|Vieux-Lille|Saint-Maurice Pellevoisin|Bois-Blancs|Hellemmes|Lomme|Wattignies|Loos|Haubourdin|Faches-Thumesnil|Ronchin|Lambersart|La Madeleine|Mons-en-Barœul|Marcq-en-Barœul|Villeneuve-d’Ascq|Seclin|Templemars|Lezennes|Emmerin|Wambrechies'.split(
    '|',
  );
const ways = 'rue|rue|rue|avenue|place|impasse|allée|boulevard|chemin|quai|venelle|square'.split('|');
const wayNames =
  'de la République|Gambetta|Jean Jaurès|du Moulin|de l’Étang|de l’Église|du Faubourg de Béthune|Solférino|Nationale|d’Arras|de Douai|du Marché|des Postes|Léon Blum|Victor Hugo|des Écoles|du Lavoir|de la Fontaine|des Tilleuls|du Général de Gaulle|Pasteur|de Cassel|de la Gare|des Sarrazins|Jules Guesde|du Port|des Bleuets|Voltaire|de Wazemmes|de Lannoy'.split(
    '|',
  );
const faults =
  'Nid-de-poule|Lampadaire éteint|Dépôt sauvage|Graffiti|Branche tombée|Trottoir affaissé|Panneau tordu|Regard descellé|Fuite d’eau|Passage piéton effacé|Banc cassé|Poubelle qui déborde|Feu tricolore en panne|Arbre dangereux|Haie qui gêne|Verre brisé'.split(
    '|',
  );
const notes =
  'profond, une roue de vélo y passe|clignote depuis plusieurs nuits|matelas et gravats au pied du mur|gêne les poussettes|dangereux à la sortie de l’école|signalé par une voisine|déjà réparé l’an dernier|visible seulement le soir|devant la boulangerie|au carrefour, côté pair|l’eau stagne après la pluie|urgent, une personne âgée est tombée|près de l’arrêt de bus|le long du canal|face au numéro|dans le virage|sous le pont du chemin de fer'.split(
    '|',
  );
const labNotes =
  'scans en haute définition|tirages 10x15 brillants|tirages 20x30 mats|poussé de deux stops|boîtier ancien, amorce courte|négatifs à couper par six|planche contact|sans retouche|encadrement baguette noire|pour une exposition|cliente pressée|film périmé depuis dix ans|traces de lumière possibles|développement croisé|mariage|voyage en Bretagne|anniversaire de grand-mère|à rappeler avant tirage'.split(
    '|',
  );
const comments =
  'Passé ce matin, rien vu|Équipe prévenue|Enrobé à froid posé en attendant|Pièce commandée chez le fournisseur|Client rappelé, viendra samedi|Bain changé avant passage|Scanner recalibré|Photo floue, à reprendre|Doublon probable|Transmis au service des espaces verts|Rappeler madame|Rappeler monsieur|Déposé par monsieur|Repris par madame|Voir avec|Sur demande de'.split(
    '|',
  );
const starts =
  'Del|Van|Le|Du|Mar|Ber|Gau|Ver|Bou|Cor|Des|Fon|Gri|Her|Lam|Mal|Nor|Pel|Que|Ren|Sal|Thi|Val|Wal|Bla|Cha|Dro|Fre|Gui|Hau|Jac|Ker|Lou|Mon|Par|Rou|Sei|Tan|Vil|Bri|Abd|Ago|Alb|Bai|Bel|Ben|Cam|Cle|Cre|Dau|Dom|Esc|Fau|Fla|Gar|Gil|Glo|Hen|Hub|Ier|Jol|Kow|Lec|Lev|Mic|Mor|Nic|Oli|Pic|Poi|Pru|Rib|San|Ser|Sou|Tra|Tur|Urb|Vas|Wac|Yve|Zim'.split(
    '|',
  );
const middles =
  'vau|che|ran|lin|ber|mon|tau|gar|lau|ni|ri|fe|del|bou|ques|tre|cour|man|san|vi|pi|lo|gue|da|sel|ra|ti|neu|po|ze|bra|cla|dro|fri|gno|har|jou|ki|lle|mme|nou|ple|rro|sko|tou|vre|wi|xa|yo|zou|chi|bri|cho|fou|gli|quin|hou|ja|lu|mo|no|phi|re|so|tu|va|war|zin'.split(
    '|',
  );
const ends =
  'x|rt|ault|el|er|ier|eau|et|in|on|ard|ois|y|ez|an|emme|elle|oy|aert|eck|ot|as|ieux|ac|ec|ic|our|ette|ies|ens|ski|ou|aud|ert|ens|igny|oux|al|as|ebvre|ngt|isse|ouse|u|anne|ain|ix|osse|uc|ot'.split(
    '|',
  );

/** A small generator (mulberry32): the same corpus on every machine. */
export const randomFrom = (seed: number) => (): number => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};

const pick = <T>(random: () => number, from: readonly T[]): T => {
  const found = from[Math.floor(random() * from.length)];
  if (found === undefined) throw new Error('nothing to pick from');
  return found;
};

export const picker =
  (random: () => number) =>
  <T>(from: readonly T[]): T =>
    pick(random, from);

/** A few are very frequent, most are rare. */
const skewed = <T>(random: () => number, from: readonly T[]): T => {
  const found = from[Math.floor(random() ** 2.5 * from.length)];
  if (found === undefined) throw new Error('nothing to pick from');
  return found;
};

/** So many people exist; a few come back every week, most once. */
const people = 150_000;

const surname = (random: () => number): string => {
  const who = randomFrom(Math.floor(people ** random()) * 7919);
  const middle = who() < 0.4 ? pick(who, middles) + pick(who, middles) : pick(who, middles);
  return pick(who, starts) + middle + pick(who, ends);
};

/** Drops, doubles or swaps a letter in that share of the longer words. */
export const mistype = (random: () => number, text: string, share = 0.005): string =>
  text.replace(/\p{L}{5,}/gu, (word) => {
    if (random() > share) return word;
    const at = 1 + Math.floor(random() * (word.length - 2));
    const kind = random();
    if (kind < 0.34) return word.slice(0, at) + word.slice(at + 1);
    if (kind < 0.67) return word.slice(0, at) + word.charAt(at) + word.slice(at);
    return word.slice(0, at) + word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2);
  });

const idAt = (random: () => number, at: number): string =>
  UUID.fromFieldsV7(
    at,
    Math.floor(random() * 0xfff),
    Math.floor(random() * 0x3fffffff),
    Math.floor(random() * 0xffffffff),
  ).toString();

const years = 5;

/**
 * @param count how many tickets, oldest first, evenly over the five years before `until`
 * @param until the moment of the newest one, ms since 1970
 */
export function* corpus(count: number, until: number, seed = 42): Generator<CorpusTicket> {
  const random = randomFrom(seed);
  const span = years * 365.25 * 86_400_000;
  const counters = new Map<string, number>();
  for (let n = 0; n < count; n += 1) {
    const at = Math.floor(until - span + ((n + random()) / count) * span);
    const createdAt = new Date(at);
    const app = random() < 0.55 ? 'voirie' : 'travail';
    const letter = app === 'voirie' ? 'V' : 'T';
    const name = `${letter}-${createdAt.getUTCFullYear()}`;
    const value = (counters.get(name) ?? 0) + 1;
    counters.set(name, value);
    const said: string[] = [];
    while (random() < 0.45 && said.length < 4) {
      const who = random() < 0.6 ? ` ${surname(random)}` : '';
      said.push(mistype(random, pick(random, comments) + who));
    }
    const shared = {
      ticketId: idAt(random, at),
      app,
      reference: `${name}-${String(value).padStart(4, '0')}`,
      comments: said,
      createdAt,
    };
    if (app === 'voirie') {
      const way = `${pick(random, ways)} ${random() < 0.7 ? skewed(random, wayNames) : surname(random)}`;
      const address = `${1 + Math.floor(random() * 180)} ${way}, ${skewed(random, quarters)}`;
      yield {
        ...shared,
        heading: skewed(random, faults),
        fields: [mistype(random, address), mistype(random, skewed(random, notes))],
      };
    } else {
      const heading = `${skewed(random, films)} ${skewed(random, formats)}`;
      const note = `${skewed(random, labNotes)}${random() < 0.3 ? `, ${skewed(random, labNotes)}` : ''}`;
      yield {
        ...shared,
        heading,
        fields: [skewed(random, processes), mistype(random, note), `boutique ${skewed(random, quarters)}`],
      };
    }
  }
}
