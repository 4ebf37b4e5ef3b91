import { type DemoFile, type DemoTime, defineDemo } from 'vigie/define';

const ago = (daysAgo: number, at: string): DemoTime => ({ daysAgo, at });
const since = (openAgo: `${number}${'m' | 'h'}`): DemoTime => ({ openAgo });
const inDays = (days: number, at: string): DemoTime => ({ inDays: days, at });

const plate = (nth: number): DemoFile => ({
  name: `lapins-plaque-${nth}.csv`,
  is: 'csv',
  text: `puits;animal;prelevement;volume_ul\nA1;LAP-${nth}01;J0;200\nA2;LAP-${nth}01;J14;200\n`,
});
const measured = (nth: number): DemoFile => ({
  name: `resultats-plaque-${nth}.csv`,
  is: 'csv',
  text: `puits;animal;prelevement;crp_mg_l\nA1;LAP-${nth}01;J0;1,2\nA2;LAP-${nth}01;J14;18,4\n`,
});

/**
 * The laboratory Garenne: what the hospital Rade calls sent arrives here, and what is returned leaves from here.
 * Names of people are invented; a story is data: its length is that of what happened.
 */
export default defineDemo({
  organisation: { slug: 'garenne', name: 'Laboratoire Garenne', locale: 'fr' },
  apps: ['echange', 'remise'],

  sites: {
    labo: {
      name: 'Laboratoire',
      openingHours: 'Mo-Fr 09:00-12:30,13:30-17:30; PH off',
      timeZone: 'Europe/Paris',
      holidays: 'FR',
    },
  },

  members: {
    odile: {
      name: 'Odile Lapeyre',
      email: 'odile@garenne.example',
      administrator: true,
      roles: [
        { app: 'echange', role: 'owner' },
        { app: 'remise', role: 'owner' },
      ],
    },
    remi: {
      name: 'Rémi Fauvel',
      email: 'remi@garenne.example',
      roles: [
        { app: 'echange', role: 'coordinator' },
        { app: 'remise', role: 'coordinator' },
      ],
    },
    aurore: {
      name: 'Aurore Sicard',
      email: 'aurore@garenne.example',
      locale: 'en',
      roles: [
        { app: 'echange', role: 'reader' },
        { app: 'remise', role: 'reader' },
      ],
    },
  },

  contacts: {
    rade: { name: 'Tugdual Le Meur', email: 'tugdual@rade.example' },
    clapier: { name: 'Élevage du Clapier', email: 'contact@clapier.example.org', phone: '+33561910127' },
  },

  tickets: [
    {
      app: 'echange',
      site: 'labo',
      opened: ago(14, '10:15'),
      by: 'odile',
      fields: {
        subject: 'Dosages pour la Rade, série 12',
        house: 'Hôpital de la Rade',
        partner: 'rade',
        theirs: 'Série 12',
        purpose: 'Plaques de sérums de lapin, et leurs résultats. Rien qui vienne d’un patient.',
        ours: 'Paillasse 2',
        until: inDays(30, '17:00'),
      },
      holds: [
        { asked: 'Plaques 1 et 2', direction: 'receive', due: ago(12, '17:00'), recipient: 'rade' },
        { asked: 'Résultats de la plaque 1', direction: 'send', due: ago(7, '17:00'), recipient: 'rade' },
        { asked: 'Résultats de la plaque 2', direction: 'send', due: ago(1, '17:00'), recipient: 'rade' },
        { asked: 'Plaque 3', direction: 'receive', due: ago(2, '17:00'), recipient: 'rade' },
        { asked: 'Résultats de la plaque 3', direction: 'send', due: inDays(6, '17:00'), recipient: 'rade' },
        { asked: 'Certificat d’étalonnage du lecteur', direction: 'send', due: ago(3, '17:00') },
      ],
      acts: [
        { by: 'odile', when: ago(14, '10:30'), move: 'openUp', fields: { until: inDays(30, '17:00') } },
        { by: 'remi', when: ago(13, '09:20'), held: [1, 4], move: 'ask' },
        {
          by: 'remi',
          when: ago(12, '14:00'),
          held: [1],
          move: 'giveBack',
          fields: { returned: [plate(1), plate(2)] },
        },
        { by: 'aurore', when: ago(12, '15:10'), held: [1], move: 'check' },
        { by: 'remi', when: ago(12, '16:00'), held: [1], move: 'close' },
        { by: 'remi', when: ago(7, '11:00'), held: [2], move: 'send', fields: { sent: [measured(1)] } },
        { by: 'remi', when: ago(6, '10:30'), held: [2], move: 'arrived' },
        { by: 'remi', when: ago(2, '15:00'), held: [4], move: 'giveBack', fields: { returned: [plate(3)] } },
        { by: 'aurore', when: ago(1, '10:00'), held: [4], move: 'check' },
        { by: 'remi', when: since('2h'), held: [3], move: 'send', fields: { sent: [measured(2)] } },
      ],
    },
    {
      app: 'echange',
      site: 'labo',
      opened: ago(6, '11:00'),
      by: 'remi',
      fields: {
        subject: 'Fiches des lapins de janvier',
        house: 'Élevage du Clapier',
        partner: 'clapier',
        purpose: 'Origine, âge et poids des animaux.',
        until: inDays(15, '17:00'),
      },
      holds: [
        {
          asked: 'Fiches des lapins 301 à 316',
          direction: 'receive',
          due: inDays(5, '17:00'),
          recipient: 'clapier',
        },
      ],
      acts: [
        { by: 'remi', when: ago(6, '11:10'), move: 'openUp', fields: { until: inDays(15, '17:00') } },
        { by: 'remi', when: ago(5, '09:30'), held: [1], move: 'ask' },
      ],
    },
  ],
});
