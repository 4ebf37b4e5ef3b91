import { defineApp } from 'vigie/define';

/** An order taken at the counter of a film laboratory. Its films and prints are the jobs it holds. */
export default defineApp({
  app: 'atelier',
  title: { fr: 'Atelier', en: 'Workshop' },
  noun: {
    one: { fr: 'commande', en: 'order' },
    many: { fr: 'commandes', en: 'orders' },
  },
  reference: 'A-{seq}',
  classification: 'internal',
  heading: ['summary'],
  promise: { field: 'promised' },
  keep: '24 months',
  holds: { app: 'travail', label: { fr: 'Travaux', en: 'Jobs' } },

  fields: {
    summary: {
      is: 'text',
      label: { fr: 'Contenu', en: 'Contents' },
      help: {
        fr: 'Ce qu’on dit à voix haute : « 3 Portra 400, scan HD ».',
        en: 'What one says aloud: “3 Portra 400, HD scans”.',
      },
      max: 120,
      required: true,
      search: true,
      card: true,
    },
    contact: { is: 'contact', label: { fr: 'Client', en: 'Customer' }, required: true, sealed: true },
    phone: {
      is: 'phone',
      label: { fr: 'Téléphone pour cette commande', en: 'Telephone for this order' },
      sealed: true,
    },
    promised: {
      is: 'datetime',
      label: { fr: 'Promise pour', en: 'Promised for' },
      required: true,
      card: true,
    },
    lines: { is: 'lines', label: { fr: 'Lignes', en: 'Lines' }, max: 60 },
    paid: { is: 'yesno', label: { fr: 'Réglée', en: 'Paid' }, card: true },
    // The customer's own pictures, delivered to them and to nobody else: they keep what is written in them.
    scans: {
      is: 'files',
      label: { fr: 'Numérisations', en: 'Scans' },
      max: 500,
      accept: ['image/*', 'application/zip'],
      metadata: 'kept',
    },
    note: { is: 'longtext', label: { fr: 'Remarques', en: 'Remarks' }, max: 2000, search: true },
  },
  opening: ['contact', 'summary', 'promised', 'lines', 'paid', 'phone', 'note'],

  roles: {
    counter: {
      label: { fr: 'Comptoir', en: 'Counter' },
      sees: 'all',
      reveals: ['contact', 'phone'],
      edits: 'all',
      opens: true,
      comments: true,
      assigns: true,
    },
    bench: {
      label: { fr: 'Laboratoire', en: 'Bench' },
      sees: 'all',
      hides: ['lines', 'paid'],
      edits: ['scans', 'note'],
      comments: true,
    },
    owner: {
      label: { fr: 'Gérance', en: 'Owner' },
      sees: 'all',
      reveals: ['contact', 'phone'],
      edits: 'all',
      opens: true,
      comments: true,
      assigns: true,
      exports: true,
    },
    customer: {
      label: { fr: 'Client, par son lien', en: 'Customer, by their link' },
      sees: 'all',
      hides: ['contact', 'phone', 'lines', 'paid', 'note'],
      guest: true,
    },
  },

  steps: {
    taken: { label: { fr: 'En cours', en: 'Under way' }, start: true, takes: '30m' },
    ready: { label: { fr: 'Prête', en: 'Ready' }, due: '15d', waits: ['counter'] },
    collected: { label: { fr: 'Remise', en: 'Collected' }, end: true },
    cancelled: { label: { fr: 'Annulée', en: 'Cancelled' }, end: true },
  },

  moves: {
    complete: {
      label: { fr: 'Tout est prêt', en: 'All is ready' },
      from: 'taken',
      to: 'ready',
      by: ['counter', 'bench', 'owner'],
      held: 'then',
      main: true,
    },
    collect: {
      label: { fr: 'Remettre au client', en: 'Hand over' },
      from: 'ready',
      to: 'collected',
      by: ['counter', 'owner'],
      asks: ['paid!'],
      main: true,
    },
    resume: {
      label: { fr: 'Reprendre le travail', en: 'Resume work' },
      from: ['ready', 'collected'],
      to: 'taken',
      by: ['counter', 'owner'],
      asks: ['comment!', 'promised'],
    },
    cancel: {
      label: { fr: 'Annuler la commande', en: 'Cancel the order' },
      from: ['taken', 'ready'],
      to: 'cancelled',
      by: ['counter', 'owner'],
      asks: ['comment!'],
      confirm: true,
    },
  },

  notify: [
    {
      on: 'step:ready',
      to: 'field:contact',
      subject: { fr: 'Votre commande {reference} est prête', en: 'Your order {reference} is ready' },
      text: {
        fr: 'Bonjour,\n\nvotre commande {reference} ({heading}) vous attend : {site}.\n\nÀ bientôt,\n{organisation}',
        en: 'Hello,\n\nyour order {reference} ({heading}) is waiting for you: {site}.\n\nSee you soon,\n{organisation}',
      },
    },
    { on: 'will be late', to: 'counter' },
    { on: 'late', to: 'counter' },
    { on: 'late', to: 'owner' },
  ],
});
