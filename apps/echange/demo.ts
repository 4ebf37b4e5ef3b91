import { type DemoFile, type DemoTime, defineDemo } from 'vigie/define';

const ago = (daysAgo: number, at: string): DemoTime => ({ daysAgo, at });
const since = (openAgo: `${number}${'m' | 'h'}`): DemoTime => ({ openAgo });
const inDays = (days: number, at: string): DemoTime => ({ inDays: days, at });

const csv = (name: string, ...rows: readonly string[]): DemoFile => ({
  name,
  is: 'csv',
  text: `${rows.join('\n')}\n`,
});
const pdf = (name: string, text: string): DemoFile => ({ name, is: 'pdf', text });

const samples = (plate: number): DemoFile =>
  csv(
    `lapins-plaque-${plate}.csv`,
    'puits;animal;prelevement;volume_ul',
    `A1;LAP-${plate}01;J0;200`,
    `A2;LAP-${plate}01;J14;200`,
    `A3;LAP-${plate}02;J0;180`,
    `A4;LAP-${plate}02;J14;200`,
  );
const results = (plate: number): DemoFile =>
  csv(
    `resultats-plaque-${plate}.csv`,
    'puits;animal;prelevement;crp_mg_l',
    `A1;LAP-${plate}01;J0;1,2`,
    `A2;LAP-${plate}01;J14;18,4`,
    `A3;LAP-${plate}02;J0;0,9`,
    `A4;LAP-${plate}02;J14;22,7`,
  );
const protocol = pdf(
  'protocole-dosage-lapin.pdf',
  'Dosage de la CRP de lapin. Sérums décantés, 200 µl par puits, conservés à −20 °C. Aucune donnée de patient.',
);

/** Somebody who is nobody, with a number that would be well formed: what has no place in an internal space. */
const patients = csv(
  'temoins.csv',
  'nom;prenom;date de naissance;n° de sécurité sociale;diagnostic',
  'Exemple;Jeanne;12/03/1984;2 84 03 29 019 118 84;polyarthrite',
  'Exemple;Armand;30/07/1957;1 57 07 29 232 045 54;insuffisance rénale',
);

/**
 * The hospital Rade, which no coast has, and those with whom it exchanges: assays on rabbits in a space that anybody
 * may read, results of patients in one for health data. Names of people are invented; a story is data: its length is
 * that of what happened.
 */
export default defineDemo({
  organisation: { slug: 'rade', name: 'Hôpital de la Rade', locale: 'fr' },
  apps: ['echange', 'remise', 'echange-sante', 'remise-sante'],

  sites: {
    biologie: {
      name: 'Pôle de biologie',
      openingHours: 'Mo-Fr 08:00-18:00; PH off',
      timeZone: 'Europe/Paris',
      holidays: 'FR-BRE',
    },
  },

  members: {
    solenn: {
      name: 'Solenn Marchadour',
      email: 'solenn@rade.example',
      administrator: true,
      roles: [
        { app: 'echange', role: 'owner' },
        { app: 'remise', role: 'owner' },
        { app: 'echange-sante', role: 'owner' },
        { app: 'remise-sante', role: 'owner' },
      ],
    },
    briac: {
      name: 'Briac Guéguen',
      email: 'briac@rade.example',
      roles: [
        { app: 'echange', role: 'coordinator' },
        { app: 'remise', role: 'coordinator' },
        { app: 'echange-sante', role: 'coordinator' },
        { app: 'remise-sante', role: 'coordinator' },
      ],
    },
    noemie: {
      name: 'Noémie Carel',
      email: 'noemie@rade.example',
      roles: [
        { app: 'echange', role: 'reader' },
        { app: 'remise', role: 'reader' },
        { app: 'echange-sante', role: 'reader' },
        { app: 'remise-sante', role: 'reader' },
      ],
    },
    // At the animal house: nothing of patients is for him.
    tugdual: {
      name: 'Tugdual Le Meur',
      email: 'tugdual@rade.example',
      roles: [
        { app: 'echange', role: 'coordinator' },
        { app: 'remise', role: 'coordinator' },
      ],
    },
  },

  contacts: {
    garenne: { name: 'Odile Lapeyre', email: 'odile@garenne.example', phone: '+33561910112' },
    salines: { name: 'Institut des Salines', email: 'reception@salines.example.org' },
    iroises: {
      name: 'Centre de référence des Iroises',
      email: 'secretariat@iroises.example.org',
      phone: '+33257010190',
    },
  },

  tickets: [
    // A series that has ended.
    {
      app: 'echange',
      site: 'biologie',
      opened: ago(44, '09:10'),
      by: 'tugdual',
      fields: {
        subject: 'Dosages lapin, série 11',
        house: 'Laboratoire Garenne',
        partner: 'garenne',
        theirs: 'GAR-RADE-11',
        purpose: 'Plaques de sérums de lapin à l’aller, résultats au retour. Aucune donnée de patient.',
        ours: 'Animalerie',
        until: ago(20, '18:00'),
        documents: [protocol],
      },
      holds: [
        {
          asked: 'Dosage de la plaque 1',
          direction: 'both',
          due: ago(34, '18:00'),
          recipient: 'garenne',
          sent: [samples(1)],
        },
        {
          asked: 'Dosage de la plaque 2',
          direction: 'both',
          due: ago(30, '18:00'),
          recipient: 'garenne',
          sent: [samples(2)],
        },
      ],
      acts: [
        { by: 'tugdual', when: ago(44, '10:00'), move: 'openUp', fields: { until: ago(20, '18:00') } },
        { by: 'tugdual', when: ago(43, '09:00'), held: [1, 2], move: 'send' },
        { by: 'tugdual', when: ago(42, '15:30'), held: [1, 2], move: 'arrived' },
        {
          by: 'tugdual',
          when: ago(36, '11:00'),
          held: [1],
          move: 'giveBack',
          fields: { returned: [results(1)], theirs: 'GAR-RADE-11/1' },
        },
        {
          by: 'tugdual',
          when: ago(34, '16:20'),
          held: [2],
          move: 'giveBack',
          fields: { returned: [results(2)], theirs: 'GAR-RADE-11/2' },
        },
        { by: 'noemie', when: ago(33, '09:30'), held: [1, 2], move: 'check' },
        { by: 'tugdual', when: ago(32, '17:00'), held: [1, 2], move: 'close' },
        {
          by: 'tugdual',
          when: ago(21, '09:00'),
          move: 'close',
          comment: 'Série terminée, résultats repris. Merci à Garenne.',
        },
      ],
    },

    // The series under way: returned, awaited, late, refused, forgotten.
    {
      app: 'echange',
      site: 'biologie',
      opened: ago(14, '08:50'),
      by: 'tugdual',
      fields: {
        subject: 'Dosages lapin, série 12',
        house: 'Laboratoire Garenne',
        partner: 'garenne',
        theirs: 'GAR-RADE-12',
        purpose: 'Plaques de sérums de lapin à l’aller, résultats au retour. Aucune donnée de patient.',
        ours: 'Animalerie',
        until: inDays(30, '18:00'),
        documents: [protocol],
        note: 'Garenne ferme une semaine en fin d’année : envoyer avant.',
      },
      holds: [
        {
          asked: 'Dosage de la plaque 1',
          direction: 'both',
          due: ago(6, '18:00'),
          recipient: 'garenne',
          sent: [samples(1)],
        },
        {
          asked: 'Dosage de la plaque 2',
          direction: 'both',
          due: ago(1, '18:00'),
          recipient: 'garenne',
          sent: [samples(2)],
        },
        {
          asked: 'Dosage de la plaque 3',
          direction: 'both',
          due: inDays(6, '18:00'),
          recipient: 'garenne',
          sent: [samples(3)],
        },
        {
          asked: 'Certificat d’étalonnage du lecteur',
          direction: 'receive',
          due: ago(3, '18:00'),
          recipient: 'garenne',
        },
        { asked: 'Dosage de la plaque 4, diluée au dixième', direction: 'both', recipient: 'garenne' },
        {
          asked: 'Plan de la série 13',
          direction: 'send',
          recipient: 'garenne',
          sent: [
            pdf('serie-13.pdf', 'Série 13 : quatre plaques, du lapin 301 au lapin 316, à partir de janvier.'),
          ],
        },
        { asked: 'Calendrier des plaques de janvier', direction: 'send', due: inDays(10, '18:00') },
      ],
      acts: [
        { by: 'tugdual', when: ago(14, '09:30'), move: 'openUp', fields: { until: inDays(30, '18:00') } },
        { by: 'tugdual', when: ago(13, '09:00'), held: [1, 2], move: 'send' },
        { by: 'tugdual', when: ago(12, '14:00'), held: [1, 2], move: 'arrived' },
        { by: 'tugdual', when: ago(12, '14:10'), held: [4], move: 'ask', fields: { due: ago(3, '18:00') } },
        { by: 'tugdual', when: ago(11, '10:00'), held: [5], move: 'send', fields: { sent: [samples(4)] } },
        {
          by: 'tugdual',
          when: ago(10, '16:40'),
          held: [5],
          move: 'refuse',
          comment:
            'Garenne ne dose pas sous 0,5 mg/l : la plaque diluée n’a pas de sens. À refaire non diluée.',
        },
        {
          by: 'tugdual',
          when: ago(7, '11:20'),
          held: [1],
          move: 'giveBack',
          fields: { returned: [results(1)], theirs: 'GAR-RADE-12/1' },
        },
        { by: 'noemie', when: ago(6, '10:10'), held: [1], move: 'check' },
        { by: 'tugdual', when: ago(5, '09:15'), held: [1], move: 'close' },
        // Patients are put beside the rabbits, to compare; the guard stops the file before anything of it is kept.
        { by: 'tugdual', when: ago(4, '17:05'), held: [3], edit: { sent: [patients] }, stopped: 'guard' },
        {
          by: 'tugdual',
          when: ago(4, '17:20'),
          held: [3],
          comment:
            'J’ai voulu joindre les témoins humains : arrêté, et c’est bien ainsi. Briac les fait passer par l’espace santé.',
        },
        { by: 'tugdual', when: ago(3, '09:00'), held: [3], move: 'send' },
        { by: 'tugdual', when: ago(2, '15:00'), held: [3], move: 'arrived' },
        {
          by: 'tugdual',
          when: ago(2, '16:10'),
          held: [2],
          move: 'giveBack',
          fields: { returned: [results(2)], theirs: 'GAR-RADE-12/2' },
        },
        { by: 'tugdual', when: ago(1, '09:05'), held: [6], move: 'send' },
      ],
    },

    // With another partner: one file that came back incomplete, one that was checked.
    {
      app: 'echange',
      site: 'biologie',
      opened: ago(9, '10:00'),
      by: 'briac',
      fields: {
        subject: 'Anticorps polyclonaux, lot B',
        house: 'Institut des Salines',
        partner: 'salines',
        purpose: 'Fiches de lot et courbes d’étalonnage.',
        ours: 'Immunologie',
        until: inDays(12, '18:00'),
      },
      holds: [
        { asked: 'Fiche du lot B et courbe d’étalonnage', direction: 'receive', due: inDays(2, '18:00') },
        { asked: 'Fiche de sécurité', direction: 'receive', due: inDays(4, '18:00') },
      ],
      acts: [
        { by: 'briac', when: ago(9, '10:20'), move: 'openUp', fields: { until: inDays(12, '18:00') } },
        { by: 'briac', when: ago(8, '09:00'), held: 'all', move: 'ask' },
        {
          by: 'briac',
          when: ago(4, '11:00'),
          held: 'all',
          move: 'giveBack',
          fields: {
            returned: [pdf('lot-b.pdf', 'Lot B, sérum de lapin, titre 1/8000. Courbe : voir annexe.')],
          },
        },
        {
          by: 'noemie',
          when: ago(3, '14:30'),
          held: [1],
          move: 'incomplete',
          fields: { trouble: 'La courbe d’étalonnage n’est pas jointe.', due: inDays(2, '18:00') },
        },
        { by: 'noemie', when: since('3h'), held: [2], move: 'check' },
      ],
    },

    // Being prepared; and one that came to nothing.
    {
      app: 'echange',
      site: 'biologie',
      opened: ago(2, '11:00'),
      by: 'tugdual',
      fields: {
        subject: 'Dosages lapin, série 13',
        house: 'Laboratoire Garenne',
        partner: 'garenne',
        until: inDays(60, '18:00'),
        ours: 'Animalerie',
      },
    },
    {
      app: 'echange',
      site: 'biologie',
      opened: ago(18, '14:00'),
      by: 'briac',
      fields: {
        subject: 'Photographies de lames',
        house: 'Institut des Salines',
        partner: 'salines',
        until: inDays(20, '18:00'),
      },
      acts: [
        {
          by: 'briac',
          when: ago(16, '09:40'),
          move: 'cancel',
          comment: 'Les lames partent par la poste, rien ne passe ici.',
        },
      ],
    },

    // Health data, where it belongs.
    {
      app: 'echange-sante',
      site: 'biologie',
      opened: ago(11, '09:20'),
      by: 'briac',
      fields: {
        subject: 'Avis sur sérums de patients',
        house: 'Centre de référence des Iroises',
        partner: 'iroises',
        purpose: 'Demandes d’avis et comptes rendus.',
        ours: 'Biochimie',
        until: inDays(45, '18:00'),
      },
      holds: [
        {
          asked: 'Avis sur le dossier 1',
          direction: 'both',
          due: ago(2, '18:00'),
          recipient: 'iroises',
          sent: [pdf('demande-1.pdf', 'Demande d’avis. Patiente fictive : Exemple, Jeanne. CRP 84 mg/l.')],
        },
        {
          asked: 'Avis sur le dossier 2',
          direction: 'both',
          due: inDays(3, '18:00'),
          recipient: 'iroises',
          sent: [pdf('demande-2.pdf', 'Demande d’avis. Patient fictif : Exemple, Paul. Ferritine 900 µg/l.')],
        },
        {
          asked: 'Sérums témoins de la série 12',
          direction: 'both',
          due: inDays(8, '18:00'),
          sent: [patients],
        },
      ],
      acts: [
        { by: 'briac', when: ago(11, '09:40'), move: 'openUp', fields: { until: inDays(45, '18:00') } },
        { by: 'briac', when: ago(10, '10:00'), held: [1, 2], move: 'send' },
        { by: 'briac', when: ago(9, '14:00'), held: [1, 2], move: 'arrived' },
        { by: 'briac', when: ago(4, '17:40'), held: [3], move: 'send' },
        {
          by: 'briac',
          when: ago(2, '15:20'),
          held: [1],
          move: 'giveBack',
          fields: { returned: [pdf('avis-1.pdf', 'Avis : poursuivre, contrôle dans quinze jours.')] },
        },
        { by: 'briac', when: ago(2, '16:00'), held: [3], move: 'arrived' },
      ],
    },
  ],
});
