/**
 * A provider that nobody answers for, so that its doors are there to be tried where an installation has none: what it
 * would be asked is said here, so that nothing is asked of it, and whoever is sent to it does not go.
 */
export const STAND_IN = JSON.stringify({
  providers: [
    {
      id: 'portes',
      title: { fr: 'Portes', en: 'Doors' },
      issuer: 'http://127.0.0.1:9',
      metadata: {
        authorization_endpoint: 'http://127.0.0.1:9/authorize',
        token_endpoint: 'http://127.0.0.1:9/token',
        jwks_uri: 'http://127.0.0.1:9/keys',
      },
      clientId: 'portes',
      authentication: 'none',
      organisations: 'all',
    },
  ],
});
