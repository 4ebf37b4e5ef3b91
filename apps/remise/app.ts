import { defineApp } from 'vigie/define';

/**
 * One hand-over in a space of `echange`: what is asked, what is sent, what comes back, by when.
 * Its twin for health data is `remise-sante`.
 */
export default defineApp({
  app: 'remise',
  title: { fr: 'Remises', en: 'Hand-overs' },
  noun: {
    one: { fr: 'remise', en: 'hand-over' },
    many: { fr: 'remises', en: 'hand-overs' },
  },
  reference: '{holder}-{nth}',
  classification: 'internal',
  heading: ['asked', 'direction'],
  promise: { field: 'due' },
  risk: '1d',
  keep: '12 months',

  fields: {
    asked: {
      is: 'text',
      label: { fr: 'Ce qui est demandé', en: 'What is asked' },
      help: {
        fr: 'Ce qu’on dit à voix haute : « Dosage des 24 sérums de la plaque 3 ».',
        en: 'What one says aloud: “Assay the 24 sera of plate 3”.',
      },
      max: 160,
      required: true,
      search: true,
      card: true,
    },
    direction: {
      is: 'choice',
      label: { fr: 'Sens', en: 'Direction' },
      of: {
        both: { fr: 'Aller et retour', en: 'There and back' },
        send: { fr: 'Nous envoyons', en: 'We send' },
        receive: { fr: 'Le partenaire envoie', en: 'The partner sends' },
      },
      required: true,
      card: true,
    },
    due: { is: 'date', label: { fr: 'Attendu pour le', en: 'Due back' }, card: true },
    details: {
      is: 'longtext',
      label: { fr: 'Précisions pour le partenaire', en: 'Details for the partner' },
      max: 2000,
      search: true,
    },
    recipient: {
      is: 'contact',
      label: { fr: 'Destinataire', en: 'Recipient' },
      help: { fr: 'Prévenu quand quelque chose part.', en: 'Told when something leaves.' },
      sealed: true,
    },
    theirs: {
      is: 'text',
      label: { fr: 'Référence du partenaire', en: 'Partner’s reference' },
      max: 60,
      search: true,
    },
    sent: { is: 'files', label: { fr: 'Fichiers envoyés', en: 'Files sent' }, max: 100 },
    returned: { is: 'files', label: { fr: 'Fichiers rendus', en: 'Files returned' }, max: 100 },
    trouble: {
      is: 'text',
      label: { fr: 'Ce qui ne va pas', en: 'What is wrong' },
      max: 300,
      search: true,
    },
    note: {
      is: 'longtext',
      label: { fr: 'Remarques internes', en: 'Internal remarks' },
      max: 2000,
      search: true,
    },
  },
  opening: ['asked', 'direction', 'due', 'details', 'recipient', 'theirs', 'sent', 'note'],

  roles: {
    coordinator: {
      label: { fr: 'Coordination', en: 'Coordinator' },
      sees: 'all',
      reveals: ['recipient'],
      edits: 'all',
      opens: true,
      comments: true,
      assigns: true,
    },
    // Whoever takes up the result: at the bench, in the department.
    reader: {
      label: { fr: 'Lecture', en: 'Reader' },
      sees: { $step: { not: 'prepared' } },
      comments: true,
    },
    owner: {
      label: { fr: 'Responsable', en: 'Owner' },
      sees: 'all',
      reveals: ['recipient'],
      edits: 'all',
      opens: true,
      comments: true,
      assigns: true,
      exports: true,
    },
    partner: {
      label: { fr: 'Partenaire, par son lien', en: 'Partner, by their link' },
      sees: 'all',
      hides: ['recipient', 'note'],
      comments: true,
      guest: true,
    },
  },

  steps: {
    prepared: {
      label: { fr: 'À préparer', en: 'To prepare' },
      start: true,
      due: '2d',
      stuck: '16h',
      takes: '20m',
      waits: ['coordinator'],
    },
    // It has left; nobody has said yet that it arrived.
    sent: { label: { fr: 'Envoyée', en: 'Sent' }, due: '3d', takes: '2h', waits: ['coordinator'] },
    awaited: { label: { fr: 'Retour attendu', en: 'Return awaited' }, stuck: '15d', takes: '16h' },
    returned: {
      label: { fr: 'Rendue, à vérifier', en: 'Returned, to check' },
      due: '2d',
      stuck: '16h',
      takes: '30m',
      waits: ['reader', 'coordinator'],
    },
    checked: {
      label: { fr: 'Vérifiée, à reprendre chez nous', en: 'Checked, to be taken up' },
      due: '3d',
      takes: '15m',
      waits: ['coordinator'],
    },
    closed: { label: { fr: 'Close', en: 'Closed' }, end: true },
    refused: { label: { fr: 'Refusée', en: 'Refused' }, end: true },
    cancelled: { label: { fr: 'Annulée', en: 'Cancelled' }, end: true },
  },

  routes: {
    by: 'direction',
    of: {
      both: ['prepared', 'sent', 'awaited', 'returned', 'checked', 'closed'],
      send: ['prepared', 'sent', 'closed'],
      receive: ['prepared', 'awaited', 'returned', 'checked', 'closed'],
    },
  },

  moves: {
    send: {
      label: { fr: 'Envoyer', en: 'Send' },
      from: 'prepared',
      to: 'sent',
      by: ['coordinator', 'owner'],
      asks: ['sent!', 'due', 'comment'],
      if: { direction: { in: ['both', 'send'] } },
      main: true,
    },
    ask: {
      label: { fr: 'Demander au partenaire', en: 'Ask the partner' },
      from: 'prepared',
      to: 'awaited',
      by: ['coordinator', 'owner'],
      asks: ['due', 'comment'],
      if: { direction: 'receive' },
      main: true,
    },
    arrived: {
      label: { fr: 'Bien reçu', en: 'Arrived' },
      from: 'sent',
      to: '$next',
      by: ['partner', 'coordinator', 'owner'],
      asks: ['theirs', 'comment'],
      main: true,
    },
    giveBack: {
      label: { fr: 'Rendre', en: 'Return' },
      from: ['sent', 'awaited'],
      to: 'returned',
      by: ['partner', 'coordinator', 'owner'],
      asks: ['returned!', 'theirs', 'comment'],
      if: { direction: { in: ['both', 'receive'] } },
    },
    check: {
      label: { fr: 'Vérifié, c’est bon', en: 'Checked, all is well' },
      from: 'returned',
      to: 'checked',
      by: ['reader', 'coordinator', 'owner'],
      asks: ['comment'],
      main: true,
    },
    incomplete: {
      label: { fr: 'Incomplet, à reprendre', en: 'Incomplete, do again' },
      from: ['returned', 'checked'],
      to: 'awaited',
      by: ['reader', 'coordinator', 'owner'],
      asks: ['trouble!', 'due'],
    },
    close: {
      label: { fr: 'Repris, clore', en: 'Taken up, close' },
      from: 'checked',
      to: 'closed',
      by: ['coordinator', 'owner'],
      asks: ['comment'],
      main: true,
    },
    refuse: {
      label: { fr: 'Refuser', en: 'Refuse' },
      from: ['sent', 'awaited'],
      to: 'refused',
      by: ['partner', 'coordinator', 'owner'],
      asks: ['comment!'],
      confirm: true,
    },
    cancel: {
      label: { fr: 'Annuler la remise', en: 'Cancel the hand-over' },
      from: ['prepared', 'sent', 'awaited'],
      to: 'cancelled',
      by: ['coordinator', 'owner'],
      asks: ['comment!'],
      confirm: true,
    },
    resume: {
      label: { fr: 'Reprendre', en: 'Take up again' },
      from: ['closed', 'refused', 'cancelled'],
      to: 'prepared',
      by: ['coordinator', 'owner'],
      asks: ['comment!', 'due'],
    },
  },

  notify: [
    {
      on: 'move:send',
      to: 'field:recipient',
      subject: { fr: 'Une remise pour vous : {reference}', en: 'A hand-over for you: {reference}' },
      text: {
        fr: 'Bonjour,\n\nla remise {reference} est partie pour vous. Ouvrez-la par votre lien, et dites « Bien reçu » quand vous l’avez.\n\n{organisation}',
        en: 'Hello,\n\nthe hand-over {reference} has left for you. Open it by your link, and say “Arrived” once you have it.\n\n{organisation}',
      },
    },
    {
      on: 'move:ask',
      to: 'field:recipient',
      subject: { fr: 'Nous attendons de vous : {reference}', en: 'Awaited from you: {reference}' },
      text: {
        fr: 'Bonjour,\n\nnous attendons vos fichiers pour la remise {reference}. Votre lien dit lesquels, et pour quand.\n\n{organisation}',
        en: 'Hello,\n\nwe await your files for the hand-over {reference}. Your link says which, and by when.\n\n{organisation}',
      },
    },
    {
      on: 'move:incomplete',
      to: 'field:recipient',
      subject: { fr: 'Il manque quelque chose : {reference}', en: 'Something is missing: {reference}' },
      text: {
        fr: 'Bonjour,\n\nil manque quelque chose à la remise {reference}. Votre lien dit quoi.\n\n{organisation}',
        en: 'Hello,\n\nsomething is missing in the hand-over {reference}. Your link says what.\n\n{organisation}',
      },
    },
    { on: 'step:returned', to: 'reader' },
    { on: 'step:refused', to: 'coordinator' },
    { on: 'at risk', to: 'coordinator' },
    { on: 'late', to: 'coordinator' },
    { on: 'stuck', to: 'coordinator' },
    { on: 'late', to: 'owner' },
  ],
});
