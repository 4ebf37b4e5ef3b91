/**
 * Passkeys, as a browser makes them and signs with them. What is sent and asked travels as WebAuthn writes it in JSON;
 * turning it into bytes is done here, because browsers that have passkeys and not those functions are still in use.
 */

/** Why nothing came of it. */
export type Why = 'unsupported' | 'insecure' | 'refused' | 'known' | 'failed';
export type Outcome =
  { readonly ok: true; readonly credential: object } | { readonly ok: false; readonly why: Why };

interface Named {
  readonly id: string;
  readonly type?: string;
  readonly transports?: readonly string[];
}

/** What the API asks a browser to make or to sign. */
export interface Asked {
  readonly challenge: string;
  readonly [more: string]: unknown;
}

const toBytes = (text: string): ArrayBuffer => {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0)).buffer;
};
const toText = (bytes: ArrayBuffer): string =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');

const named = (list: unknown) =>
  ((list ?? []) as readonly Named[]).map(({ id, transports }) => ({
    id: toBytes(id),
    type: 'public-key' as const,
    ...(transports && { transports: [...transports] as AuthenticatorTransport[] }),
  }));

const whyOf = (error: unknown): Why => {
  const name = error instanceof Error ? error.name : '';
  if (name === 'NotAllowedError' || name === 'AbortError') return 'refused';
  if (name === 'InvalidStateError') return 'known';
  if (name === 'SecurityError') return 'insecure';
  return name === 'NotSupportedError' || name === 'ConstraintError' ? 'unsupported' : 'failed';
};

/** Whether this page may ask for a passkey at all; why not, when it may not. */
export const cannot = (): Why | null => {
  if (!window.isSecureContext) return 'insecure';
  return typeof PublicKeyCredential === 'undefined' ? 'unsupported' : null;
};

const outcome = async (ask: () => Promise<object>): Promise<Outcome> => {
  const why = cannot();
  if (why) return { ok: false, why };
  try {
    return { ok: true, credential: await ask() };
  } catch (error) {
    return { ok: false, why: whyOf(error) };
  }
};

const part = ({ id, rawId }: PublicKeyCredential) => ({ id, rawId: toText(rawId), type: 'public-key' });

/** Makes a passkey on a device of the person's choice. */
export const make = (asked: Asked): Promise<Outcome> =>
  outcome(async () => {
    const user = asked['user'] as { readonly id: string };
    const made = (await navigator.credentials.create({
      publicKey: {
        ...(asked as unknown as PublicKeyCredentialCreationOptions),
        challenge: toBytes(asked.challenge),
        user: { ...(user as unknown as PublicKeyCredentialUserEntity), id: toBytes(user.id) },
        excludeCredentials: named(asked['excludeCredentials']),
      },
    })) as PublicKeyCredential;
    const response = made.response as AuthenticatorAttestationResponse;
    return {
      ...part(made),
      response: {
        clientDataJSON: toText(response.clientDataJSON),
        attestationObject: toText(response.attestationObject),
        transports: response.getTransports?.() ?? [],
      },
    };
  });

/** Signs with a passkey. @param waiting the browser offers it where a name is typed, until told to stop */
export const sign = (asked: Asked, waiting?: AbortSignal): Promise<Outcome> =>
  outcome(async () => {
    const signed = (await navigator.credentials.get({
      publicKey: {
        ...(asked as unknown as PublicKeyCredentialRequestOptions),
        challenge: toBytes(asked.challenge),
        allowCredentials: named(asked['allowCredentials']),
      },
      ...(waiting && { mediation: 'conditional', signal: waiting }),
    })) as PublicKeyCredential;
    const response = signed.response as AuthenticatorAssertionResponse;
    return {
      ...part(signed),
      response: {
        clientDataJSON: toText(response.clientDataJSON),
        authenticatorData: toText(response.authenticatorData),
        signature: toText(response.signature),
        userHandle: response.userHandle ? toText(response.userHandle) : null,
      },
    };
  });

/** Whether this browser offers passkeys where a name is typed. */
export const offers = async (): Promise<boolean> =>
  cannot() === null && (await PublicKeyCredential.isConditionalMediationAvailable?.()) === true;
