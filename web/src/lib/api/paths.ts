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
  pin: (organisation: string) => `/${part(organisation)}/account/pin`,
  follow: (organisation: string, secret = '') =>
    `/${part(organisation)}/follow${secret && `/${part(secret)}`}`,
};

/** Addresses of the API, below `/api/v1`. */
export const api = {
  organisation: (organisation: string) => `/${part(organisation)}`,
  app: (organisation: string, app: string) => `/${part(organisation)}/${part(app)}`,
  tickets: (organisation: string, app: string) => `/${part(organisation)}/${part(app)}/tickets`,
  ticket: (organisation: string, app: string, reference: string) =>
    `/${part(organisation)}/${part(app)}/tickets/${part(reference)}`,
};
