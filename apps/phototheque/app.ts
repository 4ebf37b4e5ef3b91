import { defineApp } from 'vigie/define';

/** One album, film or batch of photographs kept for the future: described once, looked at again twice a year. */
export default defineApp({
  app: 'phototheque',
  title: { fr: 'Photothèque', en: 'Photo archive' },
  noun: {
    one: { fr: 'lot', en: 'batch' },
    many: { fr: 'lots', en: 'batches' },
  },
  reference: 'P-{seq}',
  classification: 'internal',
  heading: ['title', 'taken'],
  risk: '10d',
  keep: '5 years',

  fields: {
    title: {
      is: 'text',
      label: { fr: 'Titre', en: 'Title' },
      help: {
        fr: 'Ce qu’on dirait pour le retrouver : « Album de la relève de 1936 ».',
        en: 'What one would say to find it: “Album of the 1936 relief”.',
      },
      max: 160,
      required: true,
      search: true,
      card: true,
    },
    kind: {
      is: 'choice',
      label: { fr: 'Support', en: 'Kind' },
      of: {
        prints: { fr: 'Tirages, album', en: 'Prints, album' },
        negatives: { fr: 'Négatifs', en: 'Negatives' },
        slides: { fr: 'Diapositives', en: 'Slides' },
        plates: { fr: 'Plaques de verre', en: 'Glass plates' },
        digital: { fr: 'Numérique', en: 'Digital' },
      },
      required: true,
      card: true,
    },
    taken: {
      is: 'text',
      label: { fr: 'Date ou période', en: 'Date or period' },
      help: {
        fr: 'Comme on la sait : « 14 juillet 1936 », « vers 1950 ».',
        en: 'As known: “14 July 1936”, “about 1950”.',
      },
      max: 80,
      search: true,
      card: true,
    },
    place: { is: 'text', label: { fr: 'Lieu', en: 'Place' }, max: 160, search: true },
    people: {
      is: 'text',
      label: { fr: 'Personnes', en: 'People' },
      help: {
        fr: 'Celles qu’on reconnaît, et que cela ne gêne pas d’être trouvées ici.',
        en: 'Those one recognises, and who do not mind being found here.',
      },
      max: 300,
      search: true,
    },
    about: {
      is: 'longtext',
      label: { fr: 'Ce qu’on y voit', en: 'What one sees' },
      max: 4000,
      search: true,
    },
    origin: {
      is: 'text',
      label: { fr: 'D’où cela vient', en: 'Where it comes from' },
      max: 200,
      search: true,
    },
    giver: {
      is: 'contact',
      label: { fr: 'Confié par', en: 'Entrusted by' },
      sealed: true,
    },
    shelf: {
      is: 'text',
      label: { fr: 'Où sont les originaux', en: 'Where the originals are' },
      help: { fr: 'Boîte, tiroir, disque.', en: 'Box, drawer, disk.' },
      max: 120,
      search: true,
    },
    pictures: {
      is: 'files',
      label: { fr: 'Photographies', en: 'Photographs' },
      help: {
        fr: 'Images, fichiers bruts et leurs notices XMP, gardés tels quels.',
        en: 'Images, raw files and their XMP sidecars, kept as they are.',
      },
      max: 500,
      accept: ['image/*', 'application/rdf+xml', 'application/xml', 'text/xml'],
      metadata: 'kept',
      card: true,
    },
    checked: { is: 'date', label: { fr: 'Vérifié le', en: 'Checked on' }, card: true },
    trouble: {
      is: 'text',
      label: { fr: 'Ce qui ne va pas', en: 'What is wrong' },
      max: 300,
      search: true,
    },
  },
  // What is known of a batch goes out beside each photograph of it, for any program that reads photographs.
  sidecars: {
    of: 'pictures',
    title: 'title',
    description: 'about',
    keywords: ['people', 'place'],
    people: 'people',
    location: 'place',
    period: 'taken',
    source: 'origin',
  },
  opening: ['title', 'kind', 'taken', 'place', 'people', 'about', 'origin', 'giver', 'shelf', 'pictures'],

  roles: {
    keeper: {
      label: { fr: 'Conservation', en: 'Keeper' },
      sees: 'all',
      reveals: ['giver'],
      edits: 'all',
      opens: true,
      comments: true,
      assigns: true,
      exports: true,
    },
    helper: {
      label: { fr: 'Bénévole', en: 'Volunteer' },
      sees: 'all',
      edits: ['title', 'taken', 'place', 'people', 'about', 'origin', 'shelf', 'pictures'],
      opens: true,
      comments: true,
    },
    visitor: {
      label: { fr: 'Consultation', en: 'Visitor' },
      sees: { $step: 'kept' },
      comments: true,
    },
  },

  steps: {
    arrived: {
      label: { fr: 'Arrivé', en: 'Arrived' },
      start: true,
      due: '10d',
      waits: ['helper', 'keeper'],
    },
    described: { label: { fr: 'Décrit', en: 'Described' }, due: '10d', waits: ['keeper'] },
    verified: { label: { fr: 'Vérifié', en: 'Verified' }, due: '10d', waits: ['keeper'] },
    // About half a year of working days: what nobody looks at is lost without anybody noticing.
    kept: { label: { fr: 'Gardé', en: 'Kept' }, due: '125d', waits: ['keeper'] },
    withdrawn: { label: { fr: 'Retiré', en: 'Withdrawn' }, end: true },
  },

  moves: {
    describe: {
      label: { fr: 'Décrit', en: 'Described' },
      from: 'arrived',
      to: 'described',
      by: ['helper', 'keeper'],
      asks: ['taken', 'place', 'people', 'about', 'pictures'],
      main: true,
    },
    verify: {
      label: { fr: 'Tout s’ouvre, rien ne manque', en: 'All opens, nothing is missing' },
      from: 'described',
      to: 'verified',
      by: 'keeper',
      asks: ['checked!', 'comment'],
      main: true,
    },
    keep: {
      label: { fr: 'Garder', en: 'Keep' },
      from: 'verified',
      to: 'kept',
      by: 'keeper',
      asks: ['shelf'],
      main: true,
    },
    checkAgain: {
      label: { fr: 'Revérifié', en: 'Checked again' },
      from: 'kept',
      to: 'kept',
      by: 'keeper',
      asks: ['checked!', 'comment'],
      main: true,
    },
    damaged: {
      label: { fr: 'Abîmé ou manquant', en: 'Damaged or missing' },
      from: ['described', 'verified', 'kept'],
      to: 'arrived',
      by: ['helper', 'keeper'],
      asks: ['trouble!'],
    },
    withdraw: {
      label: { fr: 'Retirer', en: 'Withdraw' },
      from: ['arrived', 'described', 'verified', 'kept'],
      to: 'withdrawn',
      by: 'keeper',
      asks: ['comment!'],
      confirm: true,
    },
    restore: {
      label: { fr: 'Remettre', en: 'Put back' },
      from: 'withdrawn',
      to: 'arrived',
      by: 'keeper',
      asks: ['comment!'],
    },
  },

  notify: [
    { on: 'step:described', to: 'keeper' },
    { on: 'move:damaged', to: 'keeper' },
    { on: 'at risk', to: 'keeper' },
    { on: 'late', to: 'keeper' },
  ],
});
