import { defineApp } from 'vigie/define';

/**
 * A space shared with a partner: what for, with whom, for how long. What passes is in the hand-overs it holds.
 * Its twin for health data is `echange-sante`.
 */
export default defineApp({
  app: 'echange',
  title: { fr: 'Échange', en: 'Exchange' },
  noun: {
    one: { fr: 'espace', en: 'space' },
    many: { fr: 'espaces', en: 'spaces' },
  },
  reference: 'E-{seq}',
  classification: 'internal',
  heading: ['subject', 'house'],
  promise: { field: 'until' },
  risk: '10d',
  keep: '12 months',
  holds: { app: 'remise', label: { fr: 'Remises', en: 'Hand-overs' } },

  fields: {
    subject: {
      is: 'text',
      label: { fr: 'Objet', en: 'Subject' },
      help: {
        fr: 'Ce dont on parle au téléphone : « Dosages lapin, série 12 ».',
        en: 'What one says on the telephone: “Rabbit assays, series 12”.',
      },
      max: 120,
      required: true,
      search: true,
      card: true,
    },
    house: {
      is: 'text',
      label: { fr: 'Établissement partenaire', en: 'Partner organisation' },
      max: 120,
      required: true,
      search: true,
      card: true,
    },
    partner: {
      is: 'contact',
      label: { fr: 'Correspondant chez le partenaire', en: 'Contact at the partner' },
      sealed: true,
    },
    theirs: {
      is: 'text',
      label: { fr: 'Référence du partenaire', en: 'Partner’s reference' },
      max: 60,
      search: true,
      card: true,
    },
    purpose: {
      is: 'longtext',
      label: { fr: 'À quoi sert cet espace', en: 'What this space is for' },
      help: {
        fr: 'Ce qui y passe, et ce qui n’a pas à y passer.',
        en: 'What passes here, and what must not.',
      },
      max: 2000,
      search: true,
    },
    ours: {
      is: 'text',
      label: { fr: 'Lu chez nous par', en: 'Read at ours by' },
      help: { fr: 'Un service, une paillasse, un bureau.', en: 'A department, a bench, an office.' },
      max: 120,
      search: true,
    },
    until: {
      is: 'date',
      label: { fr: 'Ouvert jusqu’au', en: 'Open until' },
      help: {
        fr: 'Un espace que personne ne ferme reste ouvert à ceux qui sont partis.',
        en: 'A space that nobody closes stays open to those who have left.',
      },
      required: true,
      card: true,
    },
    documents: {
      is: 'files',
      label: { fr: 'Documents communs', en: 'Shared documents' },
      help: { fr: 'Protocole, modèle de tableau, convention.', en: 'Protocol, template, agreement.' },
      max: 50,
    },
    note: {
      is: 'longtext',
      label: { fr: 'Remarques internes', en: 'Internal remarks' },
      max: 2000,
      search: true,
    },
  },
  opening: ['subject', 'house', 'partner', 'theirs', 'purpose', 'ours', 'until', 'documents', 'note'],

  roles: {
    coordinator: {
      label: { fr: 'Coordination', en: 'Coordinator' },
      sees: 'all',
      reveals: ['partner'],
      edits: 'all',
      opens: true,
      comments: true,
      assigns: true,
    },
    reader: {
      label: { fr: 'Lecture', en: 'Reader' },
      sees: { $step: { in: ['open', 'closed'] } },
      comments: true,
    },
    owner: {
      label: { fr: 'Responsable', en: 'Owner' },
      sees: 'all',
      reveals: ['partner'],
      edits: 'all',
      opens: true,
      comments: true,
      assigns: true,
      exports: true,
    },
    partner: {
      label: { fr: 'Partenaire, par son lien', en: 'Partner, by their link' },
      sees: 'all',
      hides: ['partner', 'ours', 'note'],
      comments: true,
      guest: true,
    },
  },

  steps: {
    prepared: {
      label: { fr: 'En préparation', en: 'Being prepared' },
      start: true,
      due: '10d',
      waits: ['coordinator'],
    },
    open: { label: { fr: 'Ouvert', en: 'Open' } },
    closed: { label: { fr: 'Fermé', en: 'Closed' }, end: true },
    cancelled: { label: { fr: 'Abandonné', en: 'Abandoned' }, end: true },
  },

  moves: {
    openUp: {
      label: { fr: 'Ouvrir l’espace', en: 'Open the space' },
      from: 'prepared',
      to: 'open',
      by: ['coordinator', 'owner'],
      asks: ['until!'],
      main: true,
    },
    extend: {
      label: { fr: 'Prolonger', en: 'Extend' },
      from: 'open',
      to: 'open',
      by: ['coordinator', 'owner'],
      asks: ['until!', 'comment'],
    },
    close: {
      label: { fr: 'Fermer l’espace', en: 'Close the space' },
      from: 'open',
      to: 'closed',
      by: ['coordinator', 'owner'],
      asks: ['comment'],
      held: 'ended',
      confirm: true,
    },
    cancel: {
      label: { fr: 'Abandonner', en: 'Abandon' },
      from: 'prepared',
      to: 'cancelled',
      by: ['coordinator', 'owner'],
      asks: ['comment!'],
      confirm: true,
    },
    reopen: {
      label: { fr: 'Rouvrir', en: 'Reopen' },
      from: ['closed', 'cancelled'],
      to: 'open',
      by: ['coordinator', 'owner'],
      asks: ['until!', 'comment!'],
    },
  },

  notify: [
    {
      on: 'step:open',
      to: 'field:partner',
      subject: { fr: 'Un espace vous est ouvert : {reference}', en: 'A space is open to you: {reference}' },
      text: {
        fr: 'Bonjour,\n\nnous avons ouvert avec vous l’espace {reference}. Les documents y passent dans les deux sens ; votre lien vous parvient à part.\n\n{organisation}',
        en: 'Hello,\n\nwe have opened the space {reference} with you. Documents pass through it both ways; your link comes to you separately.\n\n{organisation}',
      },
    },
    { on: 'at risk', to: 'coordinator' },
    { on: 'late', to: 'coordinator' },
    { on: 'late', to: 'owner' },
    { on: 'step:closed', to: 'owner' },
  ],
});
