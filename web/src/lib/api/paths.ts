const part = encodeURIComponent;

/** Addresses of pages. */
export const pages = {
  home: (organisation: string) => `/${part(organisation)}`,
  board: (organisation: string, app: string) => `/${part(organisation)}/${part(app)}`,
  list: (organisation: string, app: string) => `/${part(organisation)}/${part(app)}/list`,
  late: (organisation: string, app?: string) => `/${part(organisation)}${app ? `/${part(app)}` : ''}/late`,
  create: (organisation: string, app: string) => `/${part(organisation)}/${part(app)}/new`,
  ticket: (organisation: string, app: string, reference: string) =>
    `/${part(organisation)}/${part(app)}/${part(reference)}`,
  search: (organisation: string) => `/${part(organisation)}/search`,
  settings: (organisation: string, section = '') =>
    `/${part(organisation)}/settings${section && `/${section}`}`,
  account: (organisation: string) => `/${part(organisation)}/account`,
  identities: (organisation: string) => `/${part(organisation)}/account/identities`,
  signIn: (organisation: string) => `/${part(organisation)}/sign-in`,
  station: (organisation: string, reference = '') =>
    `/${part(organisation)}/station${reference && `/${part(reference)}`}`,
  sealedKey: (organisation: string) => `/${part(organisation)}/account/sealed`,
  sealed: (organisation: string, app: string, reference: string) =>
    `/${part(organisation)}/${part(app)}/${part(reference)}/sealed`,
  held: (organisation: string, app: string, reference: string, file: string) =>
    `/${part(organisation)}/${part(app)}/${part(reference)}/held/${part(file)}`,
  pin: (organisation: string) => `/${part(organisation)}/account/pin`,
  share: (organisation: string, secret: string) => `/${part(organisation)}/share/${part(secret)}`,
  shared: (organisation: string, id: string) => `/${part(organisation)}/shared/${part(id)}`,
  links: (organisation: string) => `/${part(organisation)}/account/links`,
  drop: (organisation: string, secret: string, deposit = '') =>
    `/${part(organisation)}/drop/${part(secret)}${deposit && `/${part(deposit)}`}`,
  follow: (organisation: string, secret = '') =>
    `/${part(organisation)}/follow${secret && `/${part(secret)}`}`,
};

/** Addresses of the API, below `/api/v1`. */
export const api = {
  organisation: (organisation: string) => `/${part(organisation)}`,
  app: (organisation: string, app: string) => `/${part(organisation)}/${part(app)}`,
  tickets: (organisation: string, app: string) => `/${part(organisation)}/${part(app)}/tickets`,
  uploads: (organisation: string) => `/${part(organisation)}/uploads`,
  ticket: (organisation: string, app: string, reference: string) =>
    `/${part(organisation)}/${part(app)}/tickets/${part(reference)}`,
};
