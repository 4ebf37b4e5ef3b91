import { type DemoFile, type DemoTime, defineDemo } from 'vigie/define';

const ago = (daysAgo: number, at: string): DemoTime => ({ daysAgo, at });
const since = (openAgo: `${number}${'m' | 'h'}`): DemoTime => ({ openAgo });

const photo = (name: string, about: string): DemoFile => ({
  name,
  is: 'photo',
  about,
  place: { lat: 47.3089, lng: -3.2171 },
});

/**
 * The friends of a lighthouse that is on no chart: two volunteers, boxes of photographs, and nobody who will remember
 * unless it is written. Names of people are invented; a story is data: its length is that of what happened.
 */
export default defineDemo({
  organisation: { slug: 'phare', name: 'Les Amis du Phare', locale: 'fr' },
  apps: ['phototheque'],

  sites: {
    local: {
      name: 'Maison des gardiens',
      openingHours: 'Mo-Sa 14:00-21:00; PH off',
      timeZone: 'Europe/Paris',
      holidays: 'FR-BRE',
    },
  },

  members: {
    annick: {
      name: 'Annick Morvan',
      email: 'annick@phare.example',
      administrator: true,
      roles: [{ app: 'phototheque', role: 'keeper' }],
    },
    loic: {
      name: 'Loïc Tréguer',
      email: 'loic@phare.example',
      roles: [{ app: 'phototheque', role: 'helper' }],
    },
    jane: {
      name: 'Jane Penrose',
      email: 'jane@phare.example',
      locale: 'en',
      roles: [{ app: 'phototheque', role: 'visitor' }],
    },
  },

  contacts: {
    gardien: { name: 'Famille Le Dantec', phone: '+33257010171' },
    mairie: { name: 'Mairie de l’île', email: 'mairie@ile.example.org' },
  },

  tickets: [
    // Kept: one looked at again in time, one that nobody has looked at since.
    {
      app: 'phototheque',
      site: 'local',
      opened: ago(190, '15:00'),
      by: 'annick',
      fields: {
        title: 'Album de la relève de 1936',
        kind: 'prints',
        origin: 'Grenier de la maison des gardiens',
        giver: 'gardien',
        pictures: [
          photo('releve-01.jpg', 'La vedette de la relève, par mer forte'),
          photo('releve-02.jpg', 'Trois gardiens devant la lanterne'),
        ],
      },
      acts: [
        {
          by: 'loic',
          when: ago(188, '16:00'),
          move: 'describe',
          fields: {
            taken: 'été 1936',
            place: 'Phare, embarcadère',
            people: 'Yves et Corentin Le Dantec',
            about: 'La relève des gardiens, du débarquement au repas. Légendes au dos.',
          },
        },
        { by: 'annick', when: ago(186, '17:00'), move: 'verify', fields: { checked: ago(186, '17:00') } },
        { by: 'annick', when: ago(186, '17:10'), move: 'keep', fields: { shelf: 'Boîte 1' } },
        {
          by: 'annick',
          when: ago(70, '15:20'),
          move: 'checkAgain',
          fields: { checked: ago(70, '15:20') },
          comment: 'Deux vues, toutes deux lisibles.',
        },
      ],
    },
    {
      app: 'phototheque',
      site: 'local',
      opened: ago(170, '14:30'),
      by: 'annick',
      fields: {
        title: 'Plaques de la construction',
        kind: 'plates',
        taken: 'vers 1905',
        origin: 'Versées par la mairie',
        giver: 'mairie',
        pictures: [photo('plaque-07.jpg', 'Le fût à mi-hauteur, échafaudages')],
      },
      acts: [
        { by: 'loic', when: ago(168, '15:00'), move: 'describe', fields: { place: 'Phare' } },
        { by: 'annick', when: ago(160, '18:00'), move: 'verify', fields: { checked: ago(160, '18:00') } },
        { by: 'annick', when: ago(160, '18:05'), move: 'keep', fields: { shelf: 'Armoire, tiroir 2' } },
      ],
    },
    {
      app: 'phototheque',
      site: 'local',
      opened: ago(40, '16:00'),
      by: 'loic',
      fields: {
        title: 'Diapositives des grandes marées',
        kind: 'slides',
        taken: 'mars 1978',
        place: 'Grève nord',
        about: 'Quarante vues, de la basse mer à la pleine mer.',
      },
      acts: [
        { by: 'loic', when: ago(38, '16:30'), move: 'describe' },
        { by: 'annick', when: ago(35, '15:00'), move: 'verify', fields: { checked: ago(35, '15:00') } },
        { by: 'annick', when: ago(35, '15:05'), move: 'keep', fields: { shelf: 'Boîte 4' } },
      ],
    },

    // On their way.
    {
      app: 'phototheque',
      site: 'local',
      opened: ago(8, '15:10'),
      by: 'loic',
      fields: { title: 'Négatifs du club de voile', kind: 'negatives', origin: 'Trouvés au club' },
      acts: [
        {
          by: 'loic',
          when: ago(5, '17:00'),
          move: 'describe',
          fields: { taken: '1961 ou 1962', place: 'Port', about: 'Régate d’août, remise des coupes.' },
        },
        { by: 'annick', when: ago(2, '18:20'), move: 'verify', fields: { checked: ago(2, '18:20') } },
      ],
    },
    {
      app: 'phototheque',
      site: 'local',
      opened: ago(6, '16:40'),
      by: 'loic',
      fields: { title: 'La tempête d’octobre, vue par les habitants', kind: 'digital' },
      acts: [
        {
          by: 'loic',
          when: ago(3, '19:00'),
          move: 'describe',
          fields: { pictures: [photo('jetee.jpg', 'Une vague par-dessus la jetée')] },
        },
        {
          by: 'annick',
          when: since('2h'),
          comment: 'Il manque celles de la rue du Port, promises pour samedi.',
        },
      ],
    },
    {
      app: 'phototheque',
      site: 'local',
      opened: ago(20, '14:45'),
      by: 'loic',
      fields: { title: 'Carton sans nom', kind: 'prints', shelf: 'Sous l’escalier' },
    },
    {
      app: 'phototheque',
      site: 'local',
      opened: ago(30, '15:30'),
      by: 'annick',
      fields: { title: 'Doubles de l’album de 1936', kind: 'prints' },
      acts: [
        { by: 'annick', when: ago(29, '15:00'), move: 'withdraw', comment: 'Les mêmes vues, en moins bien.' },
      ],
    },
  ],
});
