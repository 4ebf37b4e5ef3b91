import { type DemoAct, type DemoFields, type DemoTime, defineDemo } from 'vigie/define';

// The words of this story: when, what was sold, which film, and who passed it on.
type Hand = 'helene' | 'maxime' | 'ines' | 'karim' | 'louise' | 'tom';
const ago = (daysAgo: number, at: string): DemoTime => ({ daysAgo, at });
const since = (openAgo: `${number}${'m' | 'h'}`): DemoTime => ({ openAgo });
const inDays = (days: number, at: string): DemoTime => ({ inDays: days, at });

const line = (product: string, quantity: number, unitPrice: number) => ({
  product,
  quantity,
  unitPrice,
  vat: 20,
});
const film = (kind: 'c41' | 'e6' | 'bw', what: string, scan: string, more: DemoFields = {}): DemoFields => ({
  kind,
  what,
  scan,
  format: 'small',
  ...more,
});

/** The same held jobs, each time to the next step of their route. */
const passed = (
  held: 'all' | readonly number[],
  ...gestures: readonly (readonly [Hand, DemoTime])[]
): DemoAct<Hand>[] => gestures.map(([by, when]) => ({ by, when, held, move: 'next' }));

/**
 * Argentique, a film laboratory with a shop in Lille and one in Wattignies: one of its days, with what came before.
 * Names of people are invented; telephone numbers are of the range kept for fiction. A story is data: its length is that
 * of what happened.
 */
export default defineDemo({
  organisation: { slug: 'argentique', name: 'Argentique', locale: 'fr' },
  apps: ['atelier', 'travail'],

  sites: {
    lille: {
      name: 'Lille, rue Pierre-Mauroy',
      openingHours: 'Mo-Sa 10:00-19:00; PH off',
      timeZone: 'Europe/Paris',
      holidays: 'FR',
    },
    wattignies: {
      name: 'Wattignies, place de la République',
      openingHours: 'Tu-Sa 09:30-12:30,14:00-18:30; PH off',
      timeZone: 'Europe/Paris',
      holidays: 'FR',
    },
  },

  members: {
    helene: {
      name: 'Hélène Castelain',
      email: 'helene@argentique.example',
      administrator: true,
      roles: [
        { app: 'atelier', role: 'owner' },
        { app: 'travail', role: 'owner' },
      ],
    },
    maxime: {
      name: 'Maxime Delrue',
      email: 'maxime@argentique.example',
      roles: [
        { app: 'atelier', role: 'counter', site: 'lille' },
        { app: 'travail', role: 'counter', site: 'lille' },
      ],
    },
    ines: {
      name: 'Inès Lefebvre',
      email: 'ines@argentique.example',
      roles: [
        { app: 'atelier', role: 'counter', site: 'wattignies' },
        { app: 'travail', role: 'counter', site: 'wattignies' },
      ],
    },
    karim: {
      name: 'Karim Benali',
      email: 'karim@argentique.example',
      roles: [
        { app: 'atelier', role: 'bench' },
        { app: 'travail', role: 'bench' },
      ],
    },
    louise: {
      name: 'Louise Vanhove',
      email: 'louise@argentique.example',
      roles: [
        { app: 'atelier', role: 'bench' },
        { app: 'travail', role: 'bench' },
      ],
    },
    tom: {
      name: 'Tom Wallaert',
      email: 'tom@argentique.example',
      locale: 'en',
      roles: [
        { app: 'atelier', role: 'bench' },
        { app: 'travail', role: 'bench' },
      ],
    },
  },

  contacts: {
    delattre: { name: 'Camille Delattre', email: 'camille.delattre@example.org', phone: '+33639980112' },
    vasseur: { name: 'Baptiste Vasseur', email: 'b.vasseur@example.org', phone: '+33639980127' },
    nowak: { name: 'Agnieszka Nowak', email: 'a.nowak@example.org' },
    mercier: { name: 'Théo Mercier', phone: '+33639980134' },
    dubrulle: { name: 'Françoise Dubrulle', email: 'f.dubrulle@example.org', phone: '+33353010148' },
    haddad: { name: 'Samia Haddad', email: 'samia.haddad@example.org', phone: '+33639980153' },
    lemaire: { name: 'Étienne Lemaire', email: 'e.lemaire@example.org' },
    club: {
      name: 'Photo-club de Wazemmes',
      email: 'bureau@photoclub-wazemmes.example.org',
      phone: '+33353010161',
    },
    rossi: { name: 'Chiara Rossi', email: 'chiara.rossi@example.org', phone: '+33639980166' },
    wattel: { name: 'Jean-Luc Wattel', phone: '+33353010170' },
    okafor: { name: 'Daniel Okafor', email: 'd.okafor@example.org', phone: '+33639980178' },
    pruvost: { name: 'Manon Pruvost', email: 'manon.pruvost@example.org', phone: '+33639980181' },
    ferreira: { name: 'Léa et Hugo Ferreira', email: 'mariage.ferreira@example.org', phone: '+33639980189' },
    leroy: { name: 'Mathilde Leroy', email: 'mathilde.leroy@example.org', phone: '+33639980194' },
    tran: { name: 'Minh Tran', email: 'minh.tran@example.org', phone: '+33639980199' },
  },

  tickets: [
    // Done and handed over.
    {
      app: 'atelier',
      site: 'lille',
      opened: ago(9, '11:10'),
      by: 'maxime',
      fields: {
        contact: 'delattre',
        summary: '3 Portra 400, scan HD',
        promised: ago(5, '18:00'),
        lines: [line('Développement C-41', 3, 650), line('Scan HD', 3, 700)],
        paid: true,
      },
      holds: [
        film('c41', 'Portra 400', 'hd'),
        film('c41', 'Portra 400', 'hd'),
        film('c41', 'Portra 400', 'hd'),
      ],
      acts: [
        ...passed('all', ['karim', ago(8, '10:20')], ['karim', ago(8, '11:30')], ['karim', ago(8, '14:40')]),
        ...passed('all', ['louise', ago(7, '11:05')], ['tom', ago(7, '15:20')], ['louise', ago(6, '10:15')]),
        { by: 'maxime', when: ago(4, '12:40'), move: 'collect', fields: { paid: true } },
      ],
    },
    {
      app: 'atelier',
      site: 'wattignies',
      opened: ago(8, '10:05'),
      by: 'ines',
      fields: {
        contact: 'wattel',
        summary: '24 tirages 10×15 d’après négatifs',
        promised: ago(5, '17:00'),
        lines: [line('Tirage 10×15', 24, 45)],
        paid: true,
        note: 'Préfère qu’on l’appelle, n’a pas d’adresse électronique.',
      },
      holds: [{ kind: 'prints', what: '24 tirages 10×15 brillants', frames: 24 }],
      acts: [
        ...passed('all', ['tom', ago(7, '14:30')], ['tom', ago(6, '11:00')], ['louise', ago(6, '16:10')]),
        { by: 'ines', when: ago(5, '10:20'), comment: 'Appelé, il passe samedi.' },
        { by: 'ines', when: ago(3, '11:15'), move: 'collect', fields: { paid: true } },
      ],
    },
    {
      app: 'atelier',
      site: 'lille',
      opened: ago(7, '16:45'),
      by: 'maxime',
      fields: {
        contact: 'mercier',
        summary: '1 Ektar 100',
        promised: ago(3, '18:00'),
        lines: [line('Développement C-41', 1, 650)],
      },
      holds: [film('c41', 'Ektar 100', 'none')],
      acts: [
        {
          by: 'maxime',
          when: ago(6, '10:10'),
          held: [1],
          move: 'abandon',
          fields: { trouble: 'Pellicule vierge : jamais exposée' },
        },
        {
          by: 'maxime',
          when: ago(6, '10:25'),
          comment: 'Le film n’avait pas accroché dans l’appareil. Rien à facturer.',
        },
        { by: 'maxime', when: ago(5, '17:30'), move: 'collect', fields: { paid: true } },
      ],
    },

    // Ready, waiting for their owner.
    {
      app: 'atelier',
      site: 'lille',
      opened: ago(6, '12:15'),
      by: 'maxime',
      fields: {
        contact: 'nowak',
        summary: '2 HP5+ poussées à 800, scan standard',
        promised: ago(2, '18:00'),
        lines: [
          line('Développement noir et blanc', 2, 850),
          line('Poussée', 2, 200),
          line('Scan standard', 2, 450),
        ],
        paid: true,
      },
      holds: [film('bw', 'HP5+', 'standard', { push: 1 }), film('bw', 'HP5+', 'standard', { push: 1 })],
      acts: [
        ...passed('all', ['karim', ago(5, '10:30')], ['karim', ago(5, '12:00')], ['karim', ago(5, '15:40')]),
        ...passed('all', ['louise', ago(4, '11:50')], ['louise', ago(4, '14:30')], ['tom', ago(3, '10:40')]),
      ],
    },
    {
      app: 'atelier',
      site: 'wattignies',
      opened: ago(5, '15:20'),
      by: 'ines',
      fields: {
        contact: 'dubrulle',
        summary: '1 appareil jetable, tirages 10×15',
        promised: ago(1, '17:00'),
        lines: [
          line('Développement C-41', 1, 650),
          line('Scan standard', 1, 450),
          line('Tirage 10×15', 27, 45),
        ],
      },
      holds: [
        film('c41', 'FunSaver 27 poses', 'standard', { format: 'disposable', frames: 27 }),
        { kind: 'prints', what: '27 tirages 10×15 mats', frames: 27 },
      ],
      acts: [
        ...passed([1], ['karim', ago(4, '11:00')], ['karim', ago(4, '12:10')], ['karim', ago(4, '15:15')]),
        ...passed([1], ['tom', ago(3, '10:50')], ['tom', ago(3, '11:20')], ['louise', ago(3, '16:30')]),
        ...passed([2], ['tom', ago(2, '10:00')], ['tom', ago(2, '11:10')], ['louise', ago(2, '14:20')]),
        {
          by: 'louise',
          when: ago(2, '14:40'),
          edit: {
            scans: [
              { name: 'vue-01.jpg', is: 'photo', about: 'Un gâteau et neuf bougies' },
              { name: 'vue-02.jpg', is: 'photo', about: 'Le même, sans bougies' },
            ],
          },
        },
      ],
    },

    // Cancelled.
    {
      app: 'atelier',
      site: 'lille',
      opened: ago(5, '18:20'),
      by: 'maxime',
      fields: {
        contact: 'lemaire',
        summary: '1 agrandissement 50×75 encadré',
        promised: inDays(6, '18:00'),
        lines: [line('Agrandissement 50×75', 1, 6900), line('Encadrement chêne', 1, 9800)],
      },
      holds: [{ kind: 'framing', what: '50×75, cadre chêne' }],
      acts: [
        {
          by: 'maxime',
          when: ago(4, '10:30'),
          move: 'cancel',
          comment: 'Appelé ce matin : trop cher, il garde le négatif.',
        },
        {
          by: 'maxime',
          when: ago(4, '10:35'),
          held: [1],
          move: 'abandon',
          fields: { trouble: 'Le client renonce' },
        },
      ],
    },

    // Promised and not kept.
    {
      app: 'atelier',
      site: 'lille',
      opened: ago(5, '10:40'),
      by: 'maxime',
      fields: {
        contact: 'vasseur',
        summary: '5 Portra 160, scan TIFF',
        promised: ago(1, '18:00'),
        lines: [line('Développement C-41', 5, 650), line('Scan TIFF 16 bits', 5, 1200)],
        paid: false,
        note: 'Tirage d’exposition ensuite : profil Adobe RVB.',
      },
      holds: [
        film('c41', 'Portra 160', 'tiff', { format: 'medium' }),
        film('c41', 'Portra 160', 'tiff', { format: 'medium' }),
        film('c41', 'Portra 160', 'tiff', { format: 'medium' }),
        film('c41', 'Portra 160', 'tiff', { format: 'medium', note: 'Photogrammes 6×9.' }),
        film('c41', 'Portra 160', 'tiff', { format: 'medium' }),
      ],
      acts: [
        ...passed('all', ['karim', ago(4, '10:15')], ['karim', ago(4, '11:40')], ['karim', ago(4, '15:00')]),
        ...passed(
          [1, 2, 3, 5],
          ['louise', ago(3, '16:20')],
          ['tom', ago(2, '10:50')],
          ['louise', ago(2, '12:15')],
        ),
        { by: 'louise', when: ago(2, '17:40'), held: [4], comment: 'Le passe-vue 6×9 est à Wattignies.' },
        { by: 'maxime', when: since('4h'), comment: 'Client prévenu du retard, il comprend.' },
      ],
    },
    {
      app: 'atelier',
      site: 'wattignies',
      opened: ago(6, '11:30'),
      by: 'ines',
      fields: {
        contact: 'haddad',
        summary: '2 Superia 400, scan HD',
        promised: ago(1, '12:00'),
        lines: [line('Développement C-41', 2, 650), line('Scan HD', 2, 700)],
        paid: true,
      },
      holds: [film('c41', 'Superia X-TRA 400', 'hd'), film('c41', 'Superia X-TRA 400', 'hd')],
      acts: [
        ...passed('all', ['karim', ago(5, '10:45')], ['karim', ago(5, '11:50')], ['karim', ago(5, '15:30')]),
        ...passed('all', ['louise', ago(3, '10:30')], ['tom', ago(3, '12:00')]),
        {
          by: 'louise',
          when: ago(2, '10:25'),
          held: [2],
          move: 'redo',
          fields: { trouble: 'Poussières sur les vues 12 à 14' },
        },
        ...passed([1], ['louise', ago(2, '10:30')]),
      ],
    },

    // Stuck: two slide films wait for a tank that is never full.
    {
      app: 'atelier',
      site: 'lille',
      opened: ago(5, '14:10'),
      by: 'maxime',
      fields: {
        contact: 'club',
        summary: '2 Velvia 50, sous cadre',
        promised: inDays(3, '18:00'),
        lines: [line('Développement E-6', 2, 1100), line('Mise sous cadre', 2, 500)],
      },
      holds: [film('e6', 'Velvia 50', 'hd', { frames: 36 }), film('e6', 'Velvia 50', 'none', { frames: 36 })],
      acts: [...passed('all', ['karim', since('17h')])],
    },

    // An enlargement in its frame, well on its way.
    {
      app: 'atelier',
      site: 'lille',
      opened: ago(4, '17:05'),
      by: 'maxime',
      fields: {
        contact: 'rossi',
        summary: '12 tirages 20×30 et un cadre',
        promised: inDays(4, '12:00'),
        lines: [line('Tirage 20×30', 12, 650), line('Encadrement noyer 30×40', 1, 4800)],
        paid: true,
      },
      holds: [
        { kind: 'prints', what: '12 tirages 20×30 barytés', frames: 12 },
        { kind: 'framing', what: 'Cadre noyer 30×40, passe-partout blanc' },
      ],
      acts: [
        ...passed([1], ['tom', ago(3, '14:30')], ['tom', ago(2, '16:10')], ['louise', ago(2, '18:20')]),
        ...passed([2], ['tom', since('4h')]),
      ],
    },

    // Leaves in an hour, and is only being checked.
    {
      app: 'atelier',
      site: 'lille',
      opened: ago(4, '11:25'),
      by: 'maxime',
      fields: {
        contact: 'okafor',
        summary: '2 Tri-X 400, scan HD',
        promised: { inOpen: '80m' },
        lines: [line('Développement noir et blanc', 2, 850), line('Scan HD', 2, 700)],
        paid: true,
      },
      holds: [film('bw', 'Tri-X 400', 'hd'), film('bw', 'Tri-X 400', 'hd')],
      acts: [
        ...passed('all', ['karim', ago(3, '10:20')], ['karim', ago(3, '11:45')], ['karim', ago(3, '16:00')]),
        ...passed('all', ['louise', ago(2, '15:30')], ['tom', since('50m')]),
      ],
    },

    // Promised for today, still in the tank.
    {
      app: 'atelier',
      site: 'lille',
      opened: ago(3, '18:40'),
      by: 'maxime',
      fields: {
        contact: 'pruvost',
        summary: '2 Gold 200, tirages 10×15',
        promised: { inOpen: '2h' },
        lines: [
          line('Développement C-41', 2, 650),
          line('Scan standard', 2, 450),
          line('Tirage 10×15', 72, 45),
        ],
      },
      holds: [
        film('c41', 'Gold 200', 'standard'),
        film('c41', 'Gold 200', 'standard'),
        {
          kind: 'prints',
          what: '72 tirages 10×15 brillants',
          frames: 72,
          note: 'Après le scan des deux films.',
        },
      ],
      acts: [
        ...passed([1, 2], ['karim', since('40m')]),
        { by: 'maxime', when: since('30m'), comment: 'Elle part en voyage demain matin.' },
      ],
    },

    // Wattignies, on time.
    {
      app: 'atelier',
      site: 'wattignies',
      opened: ago(2, '16:15'),
      by: 'ines',
      fields: {
        contact: 'leroy',
        summary: '1 Delta 3200 et 2 FP4+, scan HD',
        promised: inDays(3, '17:00'),
        lines: [line('Développement noir et blanc', 3, 850), line('Scan HD', 3, 700)],
        paid: false,
      },
      holds: [
        film('bw', 'Delta 3200', 'hd', { push: 1, note: 'Concert, sous-exposé : ne pas retenir.' }),
        film('bw', 'FP4+', 'hd', { format: 'medium' }),
        film('bw', 'FP4+', 'hd', { format: 'medium' }),
      ],
      acts: [
        ...passed('all', ['karim', since('6h')]),
        ...passed([2, 3], ['karim', since('4h')], ['karim', since('90m')]),
        ...passed([1], ['karim', since('2h')]),
      ],
    },

    // Eight films of a wedding, at every step of the way.
    {
      app: 'atelier',
      site: 'lille',
      opened: ago(2, '10:30'),
      by: 'maxime',
      fields: {
        contact: 'ferreira',
        summary: 'Mariage : 8 films, scan TIFF',
        promised: inDays(3, '18:00'),
        lines: [
          line('Développement C-41', 6, 650),
          line('Développement noir et blanc', 2, 850),
          line('Scan TIFF 16 bits', 8, 1200),
        ],
        paid: true,
        note: 'Films numérotés 1 à 8 au feutre. Respecter l’ordre.',
      },
      holds: [
        film('c41', 'Portra 400, n° 1', 'tiff'),
        film('c41', 'Portra 400, n° 2', 'tiff'),
        film('c41', 'Portra 400, n° 3', 'tiff'),
        film('c41', 'Portra 800, n° 4', 'tiff'),
        film('c41', 'Portra 800, n° 5', 'tiff', { push: 1 }),
        film('c41', 'Portra 160, n° 6', 'tiff', { format: 'medium' }),
        film('bw', 'HP5+, n° 7', 'tiff'),
        film('bw', 'HP5+, n° 8', 'tiff', { push: 1 }),
      ],
      acts: [
        ...passed([1, 2, 3, 4], ['karim', since('7h')], ['karim', since('370m')], ['karim', since('4h')]),
        ...passed([5, 6], ['karim', since('215m')], ['karim', since('150m')]),
        { by: 'louise', when: since('2h'), held: [1], assign: 'louise' },
        ...passed([1, 2], ['louise', since('110m')]),
        ...passed([1], ['tom', since('95m')], ['louise', since('70m')]),
        ...passed([7], ['karim', since('55m')]),
        { by: 'karim', when: since('25m'), held: [8], comment: 'N° 8 : à pousser, dans le bain suivant.' },
      ],
    },

    // This morning, or the last hours the shop was open.
    {
      app: 'atelier',
      site: 'lille',
      opened: since('45m'),
      by: 'maxime',
      fields: {
        contact: 'tran',
        summary: '1 CineStill 800T, scan HD',
        promised: inDays(3, '18:00'),
        lines: [line('Développement C-41', 1, 650), line('Scan HD', 1, 700)],
        paid: true,
      },
      holds: [film('c41', 'CineStill 800T', 'hd')],
    },
    {
      app: 'atelier',
      site: 'wattignies',
      opened: since('20m'),
      by: 'ines',
      fields: {
        contact: 'delattre',
        summary: '1 Provia 100F, sous cadre',
        promised: inDays(6, '17:00'),
        lines: [line('Développement E-6', 1, 1100), line('Mise sous cadre', 1, 500)],
        note: 'Même cuve que les Velvia du photo-club, si possible.',
      },
      holds: [film('e6', 'Provia 100F', 'standard')],
    },
  ],
});
