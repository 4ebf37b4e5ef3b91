import { type DemoTime, defineDemo } from 'vigie/define';

const ago = (daysAgo: number, at: string): DemoTime => ({ daysAgo, at });
const since = (openAgo: `${number}${'m' | 'h'}`): DemoTime => ({ openAgo });
const at = (lat: number, lng: number, address: string) => ({ lat, lng, address: `${address}, Kerlann` });

/**
 * Kerlann, a commune of Morbihan that is on no map: some weeks of its streets.
 * Names of people are invented; telephone numbers are of the range kept for fiction. A story is data: its length is that
 * of what happened.
 */
export default defineDemo({
  organisation: { slug: 'kerlann', name: 'Commune de Kerlann', locale: 'fr' },
  apps: ['voirie'],

  sites: {
    mairie: {
      name: 'Services techniques',
      openingHours: 'Mo-Fr 08:30-12:00,13:30-17:00; PH off',
      timeZone: 'Europe/Paris',
      holidays: 'FR-BRE',
    },
  },

  members: {
    gwenaelle: {
      name: 'Gwenaëlle Le Bihan',
      email: 'gwenaelle@kerlann.example',
      administrator: true,
      roles: [{ app: 'voirie', role: 'clerk' }],
    },
    erwan: {
      name: 'Erwan Tanguy',
      email: 'erwan@kerlann.example',
      roles: [{ app: 'voirie', role: 'clerk' }],
    },
    yann: { name: 'Yann Kerhervé', email: 'yann@kerlann.example', roles: [{ app: 'voirie', role: 'crew' }] },
    malo: { name: 'Malo Le Goff', email: 'malo@kerlann.example', roles: [{ app: 'voirie', role: 'crew' }] },
    annaig: {
      name: 'Annaïg Riou',
      email: 'maire@kerlann.example',
      roles: [{ app: 'voirie', role: 'mayor' }],
    },
  },

  contacts: {
    jegou: { name: 'Marie-Thérèse Jégou', phone: '+33257010112' },
    corre: { name: 'Nolwenn Le Corre', email: 'nolwenn.lecorre@example.org', phone: '+33639980212' },
    brown: { name: 'Peter Brown', email: 'peter.brown@example.org' },
    guillou: { name: 'Alain Guillou', email: 'alain.guillou@example.org', phone: '+33257010135' },
    ecole: { name: 'École des Ajoncs', email: 'direction@ecole-ajoncs.example.org', phone: '+33257010140' },
    morvan: { name: 'Soizic Morvan', email: 'soizic.morvan@example.org' },
    diallo: { name: 'Aminata Diallo', email: 'a.diallo@example.org', phone: '+33639980251' },
    evanno: { name: 'Ferme Évanno', phone: '+33257010158' },
  },

  tickets: [
    // Closed, with the whole of their story.
    {
      app: 'voirie',
      site: 'mairie',
      opened: ago(24, '09:05'),
      by: 'gwenaelle',
      fields: {
        kind: 'pothole',
        place: at(47.7012, -2.9034, '4 rue du Lavoir'),
        note: 'Un trou large comme une roue devant chez moi, les voitures font un écart sur le trottoir.',
        dangerous: true,
        reporter: 'jegou',
        photos: [
          {
            name: 'trou.jpg',
            is: 'photo',
            about: 'Un trou dans la chaussée, une chaussure à côté',
            place: { lat: 47.7012, lng: -2.9034 },
          },
        ],
      },
      acts: [
        {
          by: 'gwenaelle',
          when: ago(24, '10:30'),
          move: 'sort',
          fields: { kind: 'pothole', needs: 'tar', dangerous: true },
        },
        {
          by: 'gwenaelle',
          when: ago(24, '10:35'),
          move: 'plan',
          fields: { needs: 'tar', planned: ago(22, '08:30') },
        },
        {
          by: 'yann',
          when: ago(22, '09:10'),
          move: 'finish',
          fields: { repair: 'Purgé et rebouché à l’enrobé, 40 kg.' },
        },
        {
          by: 'gwenaelle',
          when: ago(21, '14:00'),
          move: 'close',
          fields: { answer: 'Le trou est rebouché. Merci !' },
        },
      ],
    },
    {
      app: 'voirie',
      site: 'mairie',
      opened: ago(21, '16:20'),
      by: 'erwan',
      fields: {
        kind: 'dumping',
        place: at(47.7148, -2.8871, 'Chemin de Pen er Lann'),
        note: 'Cinq pneus et un canapé au bout du chemin, côté bois.',
        reporter: 'evanno',
      },
      acts: [
        { by: 'erwan', when: ago(20, '08:50'), move: 'sort', fields: { kind: 'dumping', needs: 'truck' } },
        { by: 'erwan', when: ago(20, '08:55'), move: 'send' },
        {
          by: 'malo',
          when: ago(18, '11:15'),
          move: 'finish',
          fields: { repair: 'Tout est parti à la déchetterie. Rien qui dise d’où cela vient.' },
        },
        { by: 'erwan', when: ago(17, '09:30'), move: 'close' },
      ],
    },
    {
      app: 'voirie',
      site: 'mairie',
      opened: ago(19, '11:40'),
      by: 'gwenaelle',
      fields: {
        kind: 'water',
        place: at(47.6955, -2.9127, 'Route de Kerdaniel, au pont'),
        note: 'La route est inondée à chaque averse, le fossé ne prend plus l’eau.',
        reporter: 'guillou',
      },
      acts: [
        {
          by: 'gwenaelle',
          when: ago(18, '14:10'),
          move: 'refuse',
          fields: {
            answer: 'Cette route est départementale. Nous avons transmis votre message au Département.',
          },
        },
      ],
    },
    {
      app: 'voirie',
      site: 'mairie',
      opened: ago(16, '10:10'),
      by: 'gwenaelle',
      fields: {
        kind: 'graffiti',
        place: at(47.7003, -2.9001, 'Abri du stade, rue du Stade'),
        note: 'Des tags sur le mur des vestiaires, pas très polis.',
      },
      acts: [
        {
          by: 'gwenaelle',
          when: ago(16, '10:20'),
          move: 'sort',
          fields: { kind: 'graffiti', needs: 'hands' },
        },
        {
          by: 'malo',
          when: ago(15, '15:30'),
          move: 'finish',
          fields: { repair: 'Nettoyé à la haute pression, un coup de peinture à prévoir.' },
        },
        { by: 'gwenaelle', when: ago(14, '09:00'), move: 'close' },
      ],
    },
    {
      app: 'voirie',
      site: 'mairie',
      opened: ago(14, '08:45'),
      by: 'yann',
      fields: {
        kind: 'sign',
        place: at(47.7031, -2.8962, 'Carrefour de la route de Vannes'),
        note: 'Le cédez-le-passage est couché dans le fossé.',
        dangerous: true,
      },
      acts: [
        {
          by: 'erwan',
          when: ago(14, '08:55'),
          move: 'sort',
          fields: { kind: 'sign', needs: 'hands', dangerous: true },
        },
        { by: 'yann', when: ago(14, '09:05'), move: 'start' },
        { by: 'yann', when: ago(14, '11:20'), move: 'finish', fields: { repair: 'Redressé et rescellé.' } },
        { by: 'erwan', when: ago(13, '09:15'), move: 'close' },
      ],
    },

    // Done, to be closed.
    {
      app: 'voirie',
      site: 'mairie',
      opened: ago(8, '14:25'),
      by: 'gwenaelle',
      fields: {
        kind: 'streetlight',
        place: at(47.7009, -2.9018, 'Place de l’Église'),
        note: 'Le lampadaire devant la boulangerie clignote toute la nuit.',
        reporter: 'corre',
      },
      acts: [
        {
          by: 'gwenaelle',
          when: ago(7, '09:20'),
          move: 'sort',
          fields: { kind: 'streetlight', needs: 'lift' },
        },
        { by: 'gwenaelle', when: ago(7, '09:25'), move: 'send' },
        {
          by: 'yann',
          when: ago(2, '10:40'),
          move: 'finish',
          fields: { repair: 'Ampoule et amorceur changés.' },
        },
      ],
    },
    {
      app: 'voirie',
      site: 'mairie',
      opened: ago(6, '09:50'),
      by: 'erwan',
      fields: {
        kind: 'animal',
        place: at(47.7087, -2.9156, 'Kervihan, à la croix'),
        note: 'Un blaireau mort sur le bas-côté.',
      },
      acts: [
        { by: 'erwan', when: ago(6, '10:00'), move: 'sort', fields: { kind: 'animal', needs: 'hands' } },
        { by: 'malo', when: ago(2, '14:15'), move: 'finish', fields: { repair: 'Enlevé.' } },
      ],
    },

    // The tar round: potholes kept for the day the tarmac is fetched.
    {
      app: 'voirie',
      site: 'mairie',
      opened: ago(12, '10:05'),
      by: 'gwenaelle',
      fields: {
        kind: 'pothole',
        place: at(47.6948, -2.9139, 'Route de Kerdaniel, virage du calvaire'),
        note: 'Trou profond dans le virage, 60 cm sur 40. J’y ai laissé un pneu.',
        dangerous: true,
        reporter: 'diallo',
      },
      acts: [
        {
          by: 'gwenaelle',
          when: ago(12, '11:10'),
          move: 'sort',
          fields: { kind: 'pothole', needs: 'tar', dangerous: true },
        },
        {
          by: 'gwenaelle',
          when: ago(12, '11:15'),
          move: 'plan',
          fields: { needs: 'tar', planned: ago(10, '08:30') },
        },
        {
          by: 'yann',
          when: ago(11, '16:30'),
          comment: 'Deux cônes posés en attendant. Plus d’enrobé avant la semaine prochaine.',
        },
      ],
    },
    {
      app: 'voirie',
      site: 'mairie',
      opened: ago(10, '15:35'),
      by: 'erwan',
      fields: {
        kind: 'pothole',
        place: at(47.7102, -2.8949, 'Chemin du Ster, après le pont'),
        note: 'Deux trous côte à côte, on ne les voit pas quand il pleut.',
      },
      acts: [
        { by: 'erwan', when: ago(9, '09:10'), move: 'sort', fields: { kind: 'pothole', needs: 'tar' } },
        {
          by: 'erwan',
          when: ago(9, '09:15'),
          move: 'plan',
          fields: { needs: 'tar', planned: { inDays: 1, at: '08:30' } },
        },
      ],
    },
    {
      app: 'voirie',
      site: 'mairie',
      opened: ago(7, '08:40'),
      by: 'gwenaelle',
      fields: {
        kind: 'pothole',
        place: at(47.7019, -2.9049, '11 rue de la Fontaine'),
        note: 'La tranchée de l’an dernier s’affaisse, cela tape à chaque passage.',
        reporter: 'jegou',
      },
      acts: [
        { by: 'gwenaelle', when: ago(7, '11:00'), move: 'sort', fields: { kind: 'pothole', needs: 'tar' } },
        {
          by: 'gwenaelle',
          when: ago(6, '09:00'),
          move: 'plan',
          fields: { needs: 'tar', planned: { inDays: 1, at: '08:30' } },
        },
      ],
    },
    {
      app: 'voirie',
      site: 'mairie',
      opened: ago(4, '13:50'),
      by: 'malo',
      fields: {
        kind: 'pothole',
        place: at(47.6989, -2.8976, 'Parking de la salle des fêtes'),
        note: 'Vu en passant : l’enrobé part en plaques à l’entrée.',
      },
      acts: [
        { by: 'erwan', when: ago(3, '08:50'), move: 'sort', fields: { kind: 'pothole', needs: 'tar' } },
        {
          by: 'erwan',
          when: ago(3, '08:55'),
          move: 'plan',
          fields: { needs: 'tar', planned: { inDays: 1, at: '08:30' } },
        },
      ],
    },
    {
      app: 'voirie',
      site: 'mairie',
      opened: ago(5, '11:20'),
      by: 'gwenaelle',
      fields: {
        kind: 'streetlight',
        place: at(47.7041, -2.9007, 'Impasse des Ajoncs'),
        note: 'Plus aucune lumière dans l’impasse depuis dimanche, on rentre à la lampe de poche.',
        reporter: 'morvan',
      },
      acts: [
        {
          by: 'gwenaelle',
          when: ago(4, '10:15'),
          move: 'sort',
          fields: { kind: 'streetlight', needs: 'lift' },
        },
        {
          by: 'gwenaelle',
          when: ago(4, '10:20'),
          move: 'plan',
          fields: { needs: 'lift', planned: { inDays: 2, at: '08:30' } },
        },
      ],
    },
    {
      app: 'voirie',
      site: 'mairie',
      opened: ago(3, '16:05'),
      by: 'erwan',
      fields: {
        kind: 'bulky',
        place: at(47.7026, -2.8995, 'Derrière le local à poubelles, rue du Clos-Neuf'),
        note: 'Un matelas et une machine à laver.',
      },
      acts: [
        { by: 'erwan', when: ago(2, '08:45'), move: 'sort', fields: { kind: 'bulky', needs: 'truck' } },
        { by: 'erwan', when: ago(2, '08:50'), move: 'send' },
      ],
    },
    {
      app: 'voirie',
      site: 'mairie',
      opened: ago(6, '10:40'),
      by: 'gwenaelle',
      fields: {
        kind: 'furniture',
        place: at(47.7007, -2.9022, 'Arrêt de car de la mairie'),
        note: 'La vitre de l’abri est fêlée de haut en bas.',
        dangerous: true,
        reporter: 'ecole',
      },
      acts: [
        {
          by: 'gwenaelle',
          when: ago(5, '09:30'),
          move: 'sort',
          fields: { kind: 'furniture', needs: 'contractor', dangerous: true },
        },
        {
          by: 'gwenaelle',
          when: ago(5, '09:40'),
          move: 'plan',
          fields: { needs: 'contractor', planned: { inDays: 4, at: '09:00' } },
        },
        { by: 'erwan', when: ago(3, '11:00'), comment: 'Devis du vitrier reçu, signé par la maire.' },
      ],
    },

    // In hand: one goes well, one has not moved.
    {
      app: 'voirie',
      site: 'mairie',
      opened: ago(3, '09:25'),
      by: 'gwenaelle',
      fields: {
        kind: 'tree',
        place: at(47.7063, -2.9081, 'Allée du Verger, au n° 9'),
        note: 'Une grosse branche de chêne pend au-dessus du trottoir de l’école.',
        dangerous: true,
        reporter: 'ecole',
      },
      acts: [
        {
          by: 'gwenaelle',
          when: ago(3, '09:30'),
          move: 'sort',
          fields: { kind: 'tree', needs: 'lift', dangerous: true },
        },
        { by: 'gwenaelle', when: ago(2, '13:40'), move: 'send' },
        { by: 'yann', when: since('2h'), move: 'start' },
        { by: 'yann', when: since('90m'), comment: 'Périmètre posé, la nacelle arrive.' },
      ],
    },
    {
      app: 'voirie',
      site: 'mairie',
      opened: ago(6, '14:50'),
      by: 'erwan',
      fields: {
        kind: 'water',
        place: at(47.7115, -2.9043, 'Le Moustoir, devant le lavoir'),
        note: 'Le regard déborde dans la cour de la ferme quand il pleut fort.',
        reporter: 'evanno',
      },
      acts: [
        { by: 'erwan', when: ago(5, '08:40'), move: 'sort', fields: { kind: 'water', needs: 'hands' } },
        { by: 'erwan', when: ago(5, '08:45'), move: 'send' },
        { by: 'malo', when: since('11h'), move: 'start' },
      ],
    },

    // Sorted, waiting for a decision; the first for too long.
    {
      app: 'voirie',
      site: 'mairie',
      opened: ago(9, '09:15'),
      by: 'erwan',
      fields: {
        kind: 'sign',
        place: at(47.6996, -2.9058, 'Rue des Korrigans, à l’angle de la venelle du Four'),
        note: 'Le passage piéton est effacé, on ne le voit plus du tout le soir.',
        reporter: 'corre',
      },
      acts: [
        { by: 'erwan', when: ago(8, '10:00'), move: 'sort', fields: { kind: 'sign', needs: 'contractor' } },
        {
          by: 'annaig',
          when: ago(7, '18:05'),
          comment: 'À voir avec le marquage de l’école, pour ne faire venir l’entreprise qu’une fois.',
        },
      ],
    },
    {
      app: 'voirie',
      site: 'mairie',
      opened: ago(2, '15:10'),
      by: 'gwenaelle',
      fields: {
        kind: 'tree',
        place: at(47.7077, -2.8912, 'Kergoff, chemin creux'),
        note: 'La haie a poussé jusqu’au milieu du chemin, le tracteur ne passe plus.',
        reporter: 'guillou',
      },
      acts: [{ by: 'gwenaelle', when: since('5h'), move: 'sort', fields: { kind: 'tree', needs: 'truck' } }],
    },
    {
      app: 'voirie',
      site: 'mairie',
      opened: ago(2, '10:55'),
      by: 'erwan',
      fields: {
        kind: 'pothole',
        place: at(47.7054, -2.8938, 'Route de Vannes, devant le garage'),
        note: 'La bouche d’égout est descendue, ça fait un choc terrible.',
      },
      acts: [
        { by: 'erwan', when: since('6h'), move: 'sort', fields: { kind: 'pothole', needs: 'tar' } },
        {
          by: 'erwan',
          when: since('345m'),
          comment: 'C’est le tampon qui est cassé : à voir avec le syndicat des eaux.',
        },
      ],
    },

    // Not sorted yet; the first two should have been.
    {
      app: 'voirie',
      site: 'mairie',
      opened: ago(5, '16:30'),
      by: 'gwenaelle',
      fields: {
        kind: 'other',
        place: at(47.7011, -2.9011, 'Cimetière'),
        note: 'Le robinet d’eau ne ferme plus, cela coule jour et nuit.',
        reporter: 'morvan',
      },
    },
    {
      app: 'voirie',
      site: 'mairie',
      opened: ago(4, '08:55'),
      by: 'erwan',
      fields: {
        kind: 'obstacle',
        place: at(47.7023, -2.9029, 'Venelle du Four'),
        note: 'Un échafaudage barre la venelle depuis deux semaines, une poussette ne passe pas.',
        reporter: 'corre',
      },
    },
    {
      app: 'voirie',
      site: 'mairie',
      opened: since('6h'),
      by: 'gwenaelle',
      fields: {
        kind: 'graffiti',
        place: at(47.7015, -2.8988, 'Transformateur de la rue du Stade'),
        note: 'Encore un tag, le même que le mois dernier.',
      },
    },
    {
      app: 'voirie',
      site: 'mairie',
      opened: since('3h'),
      by: 'erwan',
      fields: {
        kind: 'streetlight',
        place: at(47.7048, -2.9062, 'Rue de l’École, candélabre 17'),
        note: 'Lampadaire allumé en plein jour.',
        reporter: 'brown',
      },
    },
    {
      app: 'voirie',
      site: 'mairie',
      opened: since('80m'),
      by: 'yann',
      fields: {
        kind: 'dumping',
        place: at(47.7131, -2.8904, 'Aire de tri de Kergoff'),
        note: 'Des sacs de gravats à côté des colonnes. Il faudra la benne.',
      },
    },
    {
      app: 'voirie',
      site: 'mairie',
      opened: since('35m'),
      by: 'gwenaelle',
      fields: {
        kind: 'pothole',
        place: at(47.7001, -2.9041, '2 rue du Lavoir'),
        note: 'Le trou rebouché le mois dernier recommence à se creuser sur le bord.',
        reporter: 'jegou',
      },
    },
    {
      app: 'voirie',
      site: 'mairie',
      opened: since('10m'),
      by: 'gwenaelle',
      fields: {
        kind: 'animal',
        place: at(47.6978, -2.9012, 'Rond-point de la zone artisanale'),
        note: 'Un chien sans collier tourne autour du rond-point, les voitures freinent.',
        dangerous: true,
        reporter: 'brown',
      },
    },
  ],
});
