// Made from openapi.json by `npm run vigie -- openapi --write`: not to be edited.
export interface paths {
    "/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where this browser is signed in */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            signedIn: {
                                organisation: {
                                    slug: string;
                                    name: string;
                                };
                                member: components["schemas"]["Member"];
                            }[];
                        };
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/sign-in-links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask for a sign-in link by mail; the answer is the same for everyone */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        email: string;
                        /** @description The page of ours to come back to */
                        next?: string;
                    };
                };
            };
            responses: {
                /** @description It is on its way, if the address is known */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in with a one-time link */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        token: string;
                    };
                };
            };
            responses: {
                /** @description Done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {string} */
                            locale: "fr" | "en";
                        };
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/sessions/current": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Sign out */
        delete: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Signed out */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/doors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** By what one may come in */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    organisation: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            doors: {
                                /** @enum {string} */
                                by: "passkey" | "link";
                            }[];
                        };
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/passkeys/challenge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a passkey is asked to sign, to come in */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PasskeyAsked"];
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/passkeys/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in with a passkey */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        credential: components["schemas"]["PasskeySigned"];
                    };
                };
            };
            responses: {
                /** @description Done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {string} */
                            locale: "fr" | "en";
                        };
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/members/{id}/invitation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Invite somebody to make a passkey, the first or another; they are told */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @default 7 */
                        days?: number;
                        /**
                         * @description Mail it, instead of handing it over
                         * @default false
                         */
                        mail?: boolean;
                    };
                };
            };
            responses: {
                /** @description Done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            url?: string;
                            mailed: boolean;
                        };
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/invitations/challenge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Whom an invitation is for, and what their device is asked; uses nothing up */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        token: string;
                    };
                };
            };
            responses: {
                /** @description Done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            name: string;
                            organisation: string;
                            asked: components["schemas"]["PasskeyAsked"];
                        };
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/invitations/passkeys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make the passkey of an invitation, and sign in; this uses it up */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        token: string;
                        credential: components["schemas"]["PasskeyMade"];
                        name?: string;
                    };
                };
            };
            responses: {
                /** @description Done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                        };
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/account": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** You, and where you are signed in */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    organisation: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            name: string;
                            email: string;
                            sessions: components["schemas"]["Session"][];
                        };
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/account/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End one of your sessions, at once */
        delete: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Ended */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/account/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End all your sessions but this one, at once */
        delete: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Ended */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/account/passkeys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Your passkeys */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    organisation: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            passkeys: components["schemas"]["Passkey"][];
                            /** @description Whether only passkeys will do that never leave their device */
                            deviceBound: boolean;
                        };
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Add a passkey; you are told by mail */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        credential: components["schemas"]["PasskeyMade"];
                        name?: string;
                    };
                };
            };
            responses: {
                /** @description Done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                        };
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/account/passkeys/challenge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What your device is asked, to make another passkey */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PasskeyAsked"];
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/account/passkeys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Remove a passkey, and end your other sessions, which it may have begun; you are told by mail */
        delete: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Removed */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        /** Call a passkey otherwise */
        patch: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        name: string;
                    };
                };
            };
            responses: {
                /** @description Renamed */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/{organisation}/account/step-up/challenge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What one of your passkeys is asked to sign, to confirm that it is you */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PasskeyAsked"];
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/account/step-up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Confirm that it is you; the session goes on under a new identifier */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        credential: components["schemas"]["PasskeySigned"];
                    };
                };
            };
            responses: {
                /** @description Confirmed */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/security": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How people come in here */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    organisation: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SecuritySettings"];
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Ask more of how people come in; sessions may be shortened, never lengthened */
        patch: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description Only passkeys that never leave their device */
                        deviceBound?: boolean;
                        /** @description Whether one may come in by a one-time link */
                        mailLinks?: boolean;
                        idleMinutes?: number | null;
                        totalHours?: number | null;
                    };
                };
            };
            responses: {
                /** @description Changed */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/openid/{provider}/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where a provider sends people back to */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    provider: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Into the organisation, or to the page that says why not */
                303: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/openid/identities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One’s identities at providers, and how one came in */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    organisation: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            identities: {
                                id: string;
                                provider: {
                                    id: string;
                                    title: {
                                        fr: string;
                                        en: string;
                                    };
                                };
                                label: string;
                                linked: string;
                                used: string | null;
                            }[];
                            providers: {
                                id: string;
                                title: {
                                    fr: string;
                                    en: string;
                                };
                            }[];
                            session: {
                                provider: {
                                    id: string;
                                    title: {
                                        fr: string;
                                        en: string;
                                    };
                                } | null;
                                activity: string | null;
                                leaves: boolean;
                            };
                        };
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/openid/identities/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Unlink an identity; the sessions that began by it end */
        delete: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Unlinked */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/openid/sign-out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign out here; at openid/leave, also at the provider */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            leave: string | null;
                        };
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/openid/leave": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Sign out at the provider too, right after signing out here */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    organisation: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description To the provider, or to the sign-in page */
                303: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/openid/arrivals/{attempt}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** In which professional activity who has come back may come in, in their browser */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    organisation: string;
                    attempt: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            provider: {
                                fr: string;
                                en: string;
                            };
                            next: string;
                            activities: string[];
                        };
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Come in, in one of one’s professional activities */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                    attempt: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        activity: number | null;
                    };
                };
            };
            responses: {
                /** @description Done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            next: string;
                        };
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/openid/providers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** By whom one may come in */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    organisation: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            providers: {
                                id: string;
                                title: {
                                    fr: string;
                                    en: string;
                                };
                            }[];
                        };
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/openid/{provider}/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Come in by a provider: a link, which needs neither script nor form */
        get: {
            parameters: {
                query?: {
                    next?: string;
                };
                header?: never;
                path: {
                    organisation: string;
                    provider: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description To the provider, or back to the sign-in page with the reason */
                303: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Prove again who one is, at least as surely; go on at attempts/{reference} */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                    provider: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /**
                         * @default low
                         * @enum {string}
                         */
                        stepUp?: "low" | "medium" | "strong";
                        next?: string;
                    };
                };
            };
            responses: {
                /** @description Done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            reference: string;
                        };
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/openid/{provider}/link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Link one’s identity at a provider; go on at attempts/{reference} */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                    provider: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            reference: string;
                        };
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/openid/{provider}/invitation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Answer an invitation by linking one’s identity; go on at attempts/{reference} */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                    provider: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        token: string;
                    };
                };
            };
            responses: {
                /** @description Done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            reference: string;
                        };
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/openid/attempts/{attempt}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Go on to the provider, in the browser that began */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    organisation: string;
                    attempt: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description To the provider, or back to the sign-in page with the reason */
                303: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The organisation, and who you are in it */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    organisation: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Sites, apps, your roles */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/sites": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Sites and their hours */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    organisation: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            sites: components["schemas"]["Site"][];
                        };
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** A new site */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        name: string;
                        openingHours: string;
                        /** @default Europe/Paris */
                        timeZone?: string;
                        /** @default FR */
                        holidays?: string;
                        slug: string;
                    };
                };
            };
            responses: {
                /** @description Done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            slug: string;
                        };
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/sites/{slug}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change a site; open tickets are counted again */
        patch: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                    slug: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        name?: string;
                        openingHours?: string;
                        /** @default Europe/Paris */
                        timeZone?: string;
                        /** @default FR */
                        holidays?: string;
                        version: number;
                    };
                };
            };
            responses: {
                /** @description Changed */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/{organisation}/apps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Installed apps */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    organisation: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Apps, with their definitions */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/apps/{app}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Say an app in your own words and with your own deadlines; open tickets are counted again */
        patch: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                    app: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        overrides: {
                            title?: string | {
                                fr: string;
                                en: string;
                            };
                            fields?: {
                                [key: string]: {
                                    label: string | {
                                        fr: string;
                                        en: string;
                                    };
                                };
                            };
                            choices?: {
                                [key: string]: {
                                    [key: string]: string | {
                                        fr: string;
                                        en: string;
                                    };
                                };
                            };
                            steps?: {
                                [key: string]: {
                                    label?: string | {
                                        fr: string;
                                        en: string;
                                    };
                                    due?: string;
                                    stuck?: string;
                                    takes?: string;
                                };
                            };
                            risk?: string;
                        };
                    };
                };
            };
            responses: {
                /** @description Changed */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/{organisation}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Everything the organisation has, personal data included, as a tar of JSON lines with checksums */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description application/x-tar */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/deletion": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask that the organisation and everything it has be deleted in seven days */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        slug: string;
                    };
                };
            };
            responses: {
                /** @description Done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            at: string;
                        };
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        /** Take back what was asked: the organisation stays */
        delete: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It stays */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who works here; all about them for administrators */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    organisation: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            members: components["schemas"]["Member"][];
                        };
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Add somebody */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        name: string;
                        /** Format: email */
                        email: string;
                        /**
                         * @default fr
                         * @enum {string}
                         */
                        locale?: "fr" | "en";
                        /** @default false */
                        administrator?: boolean;
                        /** @default [] */
                        roles?: {
                            app: string;
                            role: string;
                            site: string | null;
                        }[];
                    };
                };
            };
            responses: {
                /** @description Done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                        };
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/members/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change somebody */
        patch: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        name?: string;
                        /** Format: email */
                        email?: string;
                        /** @enum {string} */
                        locale?: "fr" | "en";
                        administrator?: boolean;
                        roles?: {
                            app: string;
                            role: string;
                            site: string | null;
                        }[];
                        disabled?: boolean;
                    };
                };
            };
            responses: {
                /** @description Changed */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/{organisation}/members/{id}/sign-in-link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A one-time link to hand over */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            url: string;
                        };
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The keys of programs */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    organisation: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            keys: components["schemas"]["Key"][];
                        };
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** A key for a program: shown once */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        app: string;
                        role: string;
                        name: string;
                        /** @default null */
                        site?: string | null;
                        /**
                         * Format: date-time
                         * @description Within a year, which is also the default.
                         */
                        expires?: string;
                    };
                };
            };
            responses: {
                /** @description Done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            key: string;
                        };
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke a key, at once */
        delete: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Revoked */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/stations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Shared stations, and who is locked out of them */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    organisation: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            stations: components["schemas"]["Station"][];
                            lockedOut: {
                                id: string;
                                name: string;
                                since: string;
                            }[];
                        };
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Add a shared station; answers the code that pairs its tablet */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        name: string;
                        app: string;
                        steps: string[];
                        /** @default null */
                        site?: string | null;
                        /** @default false */
                        opens?: boolean;
                        /** @default 120 */
                        idleSeconds?: number;
                    };
                };
            };
            responses: {
                /** @description Done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Pairing"];
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/stations/{id}/pairing-code": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Another code, for another tablet: the one before is out once it is used */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Pairing"];
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/stations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke a station and what is unlocked there, at once */
        delete: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Revoked */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/me/pin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether you have a PIN for shared stations */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    organisation: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            set: string | null;
                            lockedOut: boolean;
                        };
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        /** Choose your PIN for shared stations: six digits that nobody would try first */
        put: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        pin: string;
                    };
                };
            };
            responses: {
                /** @description Chosen */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/members/{id}/pin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take somebody’s PIN away: they choose another */
        delete: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Taken away */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/members/{id}/pin/tries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let somebody who was locked out try their PIN again */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description They may */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/station": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The shared station that this device is, and who has unlocked it */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    organisation: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Device"];
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Make this device a shared station, with a code of an administrator */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        code: string;
                    };
                };
            };
            responses: {
                /** @description Done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            paired: true;
                        };
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/station/unlock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Unlock this station with one’s PIN */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** Format: uuid */
                        member: string;
                        pin: string;
                    };
                };
            };
            responses: {
                /** @description Done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            unlocked: true;
                        };
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        /** Lock this station */
        delete: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Locked */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/{app}/tickets/{reference}/guests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who follows this ticket by a link */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    organisation: string;
                    app: string;
                    reference: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            links: components["schemas"]["GuestLink"][];
                        };
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** A link by which somebody without an account follows this ticket: shown once */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                    app: string;
                    reference: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        role: string;
                        /**
                         * Format: date-time
                         * @default null
                         */
                        expires?: string | null;
                    };
                };
            };
            responses: {
                /** @description Done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            url: string;
                        };
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/{app}/tickets/{reference}/guests/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End a link, at once */
        delete: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                    app: string;
                    reference: string;
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Ended */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/follow": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where your ticket stands; `Authorization: Guest SECRET`, of the link you were given */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    organisation: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Followed"];
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /** You need this link no longer: it ends at once */
        delete: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Ended */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/follow/moves/{move}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a move that your link lets you make */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                    move: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["MoveTicket"];
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Followed"];
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/members/{id}/leaving": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What somebody holds, and how far what they held was handed over */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    organisation: string;
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            member: {
                                id: string;
                                name: string;
                                administrator: boolean;
                                disabled: boolean;
                            };
                            tickets: {
                                app: string;
                                count: number;
                            }[];
                            keys: {
                                id: string;
                                name: string;
                                app: string;
                                role: string;
                            }[];
                            roles: {
                                app: string;
                                role: string;
                                site: string | null;
                                /** @description How many others have this role. */
                                others: number;
                            }[];
                            sessions: number;
                            /** @description The last time they left, and how many tickets of `total` are handed over. */
                            left: {
                                at: string;
                                total: number;
                                done: number;
                                finished: string | null;
                                leftOver: number | null;
                            } | null;
                        };
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** They leave: out at once, what they held handed over to those named, or to nobody */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @default {} */
                        tickets?: {
                            [key: string]: string | "" | null;
                        };
                        /** @default {} */
                        keys?: {
                            [key: string]: string | "" | null;
                        };
                        /** @default {} */
                        roles?: {
                            [key: string]: string | "" | null;
                        };
                    };
                };
            };
            responses: {
                /** @description Done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                        };
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/reviews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Reviews of rights, the newest first, and whether one is due */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    organisation: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            reviews: components["schemas"]["Review"][];
                            /** @description The last one is older than a year. */
                            due: boolean;
                        };
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Begin a review: a line for every right that is held now */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            reference: string;
                        };
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/reviews/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A review, line by line */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    organisation: string;
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            review: components["schemas"]["Review"];
                            lines: components["schemas"]["ReviewLine"][];
                        };
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/reviews/{id}/answers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Keep or remove rights, one or all of a person; nothing is removed before the end */
        put: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        lines: string[];
                        answer: ("keep" | "remove") | "" | null;
                    };
                };
            };
            responses: {
                /** @description Answered */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/reviews/{id}/finish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Finish: what was answered `remove` is taken away */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            kept: number;
                            removed: number;
                        };
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/deeds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Administrative acts, the newest first; of a `person` who did them or to whom they were done */
        get: {
            parameters: {
                query?: {
                    person?: string | "";
                    kind?: string;
                    after?: string;
                    limit?: number;
                };
                header?: never;
                path: {
                    organisation: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            deeds: components["schemas"]["Deed"][];
                            kinds: string[];
                            next: string | null;
                        };
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/deeds.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The same as a CSV file */
        get: {
            parameters: {
                query?: {
                    person?: string | "";
                    kind?: string;
                };
                header?: never;
                path: {
                    organisation: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description CSV, UTF-8 */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/notices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The outbox */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    organisation: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            mails: boolean;
                            notices: components["schemas"]["Notice"][];
                        };
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/account/notices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What happened to your account: invitations made, passkeys added or removed */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    organisation: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            notices: {
                                at: string;
                                text: string;
                            }[];
                        };
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/set-aside": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Events set aside, so that the others are not held up */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    organisation: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            events: components["schemas"]["SetAside"][];
                        };
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/set-aside/{consumer}/{seq}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Try one again */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                    consumer: string;
                    seq: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Followed now */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What happens, as server-sent events; resumes after `Last-Event-ID`, or begins after `after` */
        get: {
            parameters: {
                query?: {
                    app?: string;
                    after?: number | null;
                };
                header?: never;
                path: {
                    organisation: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description text/event-stream */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Typos, half words, sounds and days, several at once; says why each was found */
        get: {
            parameters: {
                query?: {
                    q?: string;
                    app?: string;
                    limit?: number;
                };
                header?: never;
                path: {
                    organisation: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            hits: {
                                ticket: components["schemas"]["Ticket"];
                                why: {
                                    word: string;
                                    found: string;
                                    /** @enum {string} */
                                    how: "exact" | "start" | "typo" | "sound" | "day";
                                }[];
                                missing: string[];
                            }[];
                        };
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/home": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is late, what waits for you, what you have taken */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    organisation: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Home"];
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/tickets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The tickets you see, of every app */
        get: {
            parameters: {
                query?: {
                    step?: string;
                    lateness?: string;
                    assignee?: ("me" | "none" | "") | string;
                    site?: string;
                    holder?: string;
                    from?: "" | string;
                    to?: "" | string;
                    open?: "true" | "false" | "";
                    sort?: "due" | "newest" | "oldest";
                    limit?: number;
                    after?: string;
                };
                header?: never;
                path: {
                    organisation: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Page"];
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/{app}/tickets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The tickets you see; `field.NAME=VALUE` narrows to a choice */
        get: {
            parameters: {
                query?: {
                    step?: string;
                    lateness?: string;
                    assignee?: ("me" | "none" | "") | string;
                    site?: string;
                    holder?: string;
                    from?: "" | string;
                    to?: "" | string;
                    open?: "true" | "false" | "";
                    sort?: "due" | "newest" | "oldest";
                    limit?: number;
                    after?: string;
                };
                header?: never;
                path: {
                    organisation: string;
                    app: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Page"];
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Open a ticket */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                    app: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Open"];
                };
            };
            responses: {
                /** @description Done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Ticket"];
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/{app}/board": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every step with its first tickets */
        get: {
            parameters: {
                query?: {
                    lateness?: string;
                    assignee?: ("me" | "none" | "") | string;
                    site?: string;
                    holder?: string;
                    from?: "" | string;
                    to?: "" | string;
                    open?: "true" | "false" | "";
                    limit?: number;
                };
                header?: never;
                path: {
                    organisation: string;
                    app: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Board"];
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/{app}/export.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The same list as a CSV file */
        get: {
            parameters: {
                query?: {
                    step?: string;
                    lateness?: string;
                    assignee?: ("me" | "none" | "") | string;
                    site?: string;
                    holder?: string;
                    from?: "" | string;
                    to?: "" | string;
                    open?: "true" | "false" | "";
                    sort?: "due" | "newest" | "oldest";
                };
                header?: never;
                path: {
                    organisation: string;
                    app: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description CSV, UTF-8 */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/{app}/tickets/{reference}/reads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who read a ticket, the newest first */
        get: {
            parameters: {
                query?: {
                    after?: string;
                    limit?: number;
                };
                header?: never;
                path: {
                    organisation: string;
                    app: string;
                    reference: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            reads: {
                                id: string;
                                at: string;
                                actor: {
                                    kind: string;
                                    id: string | null;
                                    name: string;
                                };
                                way: string;
                                app: string | null;
                            }[];
                            next: string | null;
                        };
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/reads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a member or a key read, the newest first; the tickets you see yourself are named */
        get: {
            parameters: {
                query: {
                    after?: string;
                    limit?: number;
                    person: string;
                };
                header?: never;
                path: {
                    organisation: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            reads: {
                                id: string;
                                at: string;
                                actor: {
                                    kind: string;
                                    id: string | null;
                                    name: string;
                                };
                                way: string;
                                app: string | null;
                                count: number;
                                tickets: {
                                    app: string;
                                    reference: string;
                                }[];
                            }[];
                            next: string | null;
                        };
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/vault": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How the files of the organisation are kept: open or not, how much, since when verified, what is damaged */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    organisation: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Vault"];
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Open the vault: makes its recovery key, which is shown this once */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RecoveryKey"];
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/vault/recovery": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make another recovery key, which is shown this once */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RecoveryKey"];
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/vault/recovery/kept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say that the recovery key was printed and is kept */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        recipient: string;
                    };
                };
            };
            responses: {
                /** @description Written down */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/drafts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was typed in a form that was refused, for whoever typed it */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    organisation: string;
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The form and the problem */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/{app}/definition": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the app is, in this organisation’s words, and what you may do with it */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    organisation: string;
                    app: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The definition */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/{app}/moves/{move}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make one move on many tickets: each succeeds or is refused on its own */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                    app: string;
                    move: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["MoveTickets"];
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            results: {
                                reference: string;
                                ok: boolean;
                                ticket?: components["schemas"]["Ticket"];
                                problem?: {
                                    [key: string]: unknown;
                                };
                            }[];
                        };
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/{app}/tickets/{reference}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One ticket */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    organisation: string;
                    app: string;
                    reference: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Ticket"];
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change fields, when nobody has changed the ticket since the version you read */
        patch: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                    app: string;
                    reference: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Edit"];
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Ticket"];
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/{organisation}/{app}/tickets/{reference}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What happened to it, oldest first */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    organisation: string;
                    app: string;
                    reference: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            events: components["schemas"]["Event"][];
                        };
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/{app}/tickets/{reference}/moves/{move}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a move: the only way a step changes */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                    app: string;
                    reference: string;
                    move: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["MoveTicket"];
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Ticket"];
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/{app}/tickets/{reference}/comments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say something */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                    app: string;
                    reference: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        text: string;
                    };
                };
            };
            responses: {
                /** @description Done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Event"];
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/{app}/tickets/{reference}/assignee": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Give it to somebody, take it, put it back */
        put: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                    app: string;
                    reference: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        member: string | "me" | null;
                    };
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Ticket"];
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/{app}/tickets/{reference}/holder": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Put it in the hold of another ticket, or take it out */
        put: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                    app: string;
                    reference: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        holder: string | null;
                    };
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Ticket"];
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/{app}/tickets/{reference}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take back your last move, within its minute */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                    app: string;
                    reference: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Ticket"];
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/{app}/tickets/{reference}/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The files of a ticket, in the fields that you read */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    organisation: string;
                    app: string;
                    reference: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            files: components["schemas"]["File"][];
                        };
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Add files that were uploaded to a field of a ticket, after those it has */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                    app: string;
                    reference: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        field: string;
                        files: string[];
                    };
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            files: components["schemas"]["File"][];
                        };
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/{app}/tickets/{reference}/files/{file}/content": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A file as it came; a part of it by `Range`. `shown=1`: to look at, where it is a picture */
        get: {
            parameters: {
                query?: {
                    shown?: "1";
                };
                header?: never;
                path: {
                    organisation: string;
                    app: string;
                    reference: string;
                    file: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The file */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description The part that was asked for */
                206: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description There is no such part */
                416: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/{app}/tickets/{reference}/files/{file}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A picture of a file, without what it says of place and time */
        get: {
            parameters: {
                query?: {
                    size?: "small" | "large";
                };
                header?: never;
                path: {
                    organisation: string;
                    app: string;
                    reference: string;
                    file: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A picture */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/{app}/tickets/{reference}/files/{file}/sidecar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the ticket says of a photograph, as an XMP sidecar to be kept beside it; where the app has any */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    organisation: string;
                    app: string;
                    reference: string;
                    file: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description XMP */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description The part that was asked for */
                206: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description There is no such part */
                416: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/{app}/tickets/{reference}/files/{file}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take a file out of its field; for thirty days it can be put back */
        delete: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                    app: string;
                    reference: string;
                    file: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Taken out */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/{app}/tickets/{reference}/files/{file}/move": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Move a file to a field of another ticket, such as one for health data; it is looked at again there */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                    app: string;
                    reference: string;
                    file: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        app: string;
                        reference: string;
                        field: string;
                    };
                };
            };
            responses: {
                /** @description Moved */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/{app}/tickets/{reference}/files/{file}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let go of a file that was held back for health data and has none, with the reason */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                    app: string;
                    reference: string;
                    file: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description Released */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/{app}/tickets/{reference}/files.zip": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The files of a ticket, of a field or of a folder, as one zip; a part of it by `Range` */
        get: {
            parameters: {
                query?: {
                    field?: string;
                    folder?: string;
                };
                header?: never;
                path: {
                    organisation: string;
                    app: string;
                    reference: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A zip */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description The part that was asked for */
                206: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description There is no such part */
                416: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/{app}/tickets/{reference}/shares": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was shared of this ticket, with whom, and who opened it when */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    organisation: string;
                    app: string;
                    reference: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            shares: components["schemas"]["Share"][];
                        };
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Share files of this ticket with people outside; the links are shown once */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                    app: string;
                    reference: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        field?: string;
                        folder?: string;
                        /** Format: uuid */
                        file?: string;
                        /**
                         * @description Who is named, by a mail address or a telephone number: each gets a link there, and a code to open it. A list, or a text with lines, commas or semicolons between.
                         * @default []
                         */
                        to?: string | string[];
                        passphrase?: "" | string;
                        /** @default 30 */
                        days?: number;
                        /**
                         * @description How many in all; 0: to look at only.
                         * @default null
                         */
                        downloads?: number | null;
                        /** @default false */
                        watermark?: boolean;
                        /**
                         * @default stripped
                         * @enum {string}
                         */
                        metadata?: "kept" | "stripped";
                        message?: string;
                    };
                };
            };
            responses: {
                /** @description Done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            links: {
                                id: string;
                                to: string | null;
                                url: string;
                                /** @description By mail or SMS; null where nobody is named. */
                                sent: boolean | null;
                            }[];
                        };
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/{app}/tickets/{reference}/shares/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End a share, or the link of one who is named, at once */
        delete: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                    app: string;
                    reference: string;
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Ended */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every link that lets somebody outside read; the tickets you see yourself are named */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    organisation: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            links: components["schemas"]["Grant"][];
                        };
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/me/links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The links you made that let somebody outside read */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    organisation: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            links: components["schemas"]["Grant"][];
                        };
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/links/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End a link at once: one of yours or, if you administer, any */
        delete: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Ended */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/share": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was shared with you; `Authorization: Share SECRET`, of the link you were given */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    organisation: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Shared"];
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/share/code": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Have a code sent to the address that the link was made for */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description On its way */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/share/visits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Open what was shared with you: its files are shown to this browser from now on */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        code?: string;
                        passphrase?: string;
                    };
                };
            };
            responses: {
                /** @description Open */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/shared/{link}/files/{file}/content": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A file that was shared with you; a part of it by `Range` */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    organisation: string;
                    link: string;
                    file: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The file */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description The part that was asked for */
                206: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description There is no such part */
                416: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/shared/{link}/files/{file}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A picture of a file that was shared with you, with your name over it where that was asked */
        get: {
            parameters: {
                query?: {
                    size?: "small" | "large";
                };
                header?: never;
                path: {
                    organisation: string;
                    link: string;
                    file: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A picture */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/shared/{link}/files.zip": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All that was shared with you, as one zip; a part of it by `Range` */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    organisation: string;
                    link: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The file */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description The part that was asked for */
                206: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description There is no such part */
                416: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/shared/{link}/receipt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What you took of what was shared with you, signed; there is none before you have something whole */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    organisation: string;
                    link: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The signed text */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/me/shared/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was shared with you, a member: who shares, until when */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    organisation: string;
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Shared"];
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/me/shared/{id}/visits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Open what was shared with you, a member: proved by your passkey */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Open */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/shared/{link}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What you have opened of what was shared with you */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    organisation: string;
                    link: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Shared"];
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/{app}/tickets/{reference}/bag": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A ticket with its files and what it holds, as a BagIt bag in a zip, for who exports: sha256sum -c verifies it in twenty years */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                    app: string;
                    reference: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description application/zip */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/uploads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begin to send a file, in as many pieces as it takes (tus 1.0, https://tus.io): `filename`, `relativePath` */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Begun; `Location` says where it goes on */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        /** What of tus there is here */
        options: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description `Tus-Version`, `Tus-Extension`, `Tus-Max-Size`, `Tus-Checksum-Algorithm` */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/uploads/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What has come of an upload, to whoever began it, until a ticket has it; `HEAD` says where it goes on */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    organisation: string;
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Upload"];
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /** Take back what was sent, as long as no ticket has it */
        delete: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Gone */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        /** Send a piece: `application/offset+octet-stream`, from `Upload-Offset` on */
        patch: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Kept; `Vigie-File` says the file that it became, with the last piece */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/{organisation}/sealed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** To whom one may seal here: everybody’s public half, and the organisation’s escrow */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    organisation: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SealedDirectory"];
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/account/sealed-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Your own keys, locked: only your passkey or your passphrase opens them */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    organisation: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SealedKeys"];
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Keep a key that your browser made, instead of the one before; you are told by mail */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        recipient: string;
                        locks: ({
                            /** @enum {string} */
                            how: "passkey";
                            /** Format: uuid */
                            passkey: string;
                            locked: string;
                        } | {
                            /** @enum {string} */
                            how: "passphrase";
                            locked: string;
                        })[];
                        escrowed: {
                            /** Format: uuid */
                            escrow: string;
                            locked: string;
                        } | null;
                    };
                };
            };
            responses: {
                /** @description Done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                        };
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/account/sealed-keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Retire your key: nothing new is sealed to it, and it opens what was */
        delete: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Retired */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/account/sealed-keys/{id}/locks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** One more way to open your key: another passkey, or a passphrase */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @enum {string} */
                        how: "passkey";
                        /** Format: uuid */
                        passkey: string;
                        locked: string;
                    } | {
                        /** @enum {string} */
                        how: "passphrase";
                        locked: string;
                    };
                };
            };
            responses: {
                /** @description Done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                        };
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/account/sealed-locks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take a way to open your key away, but not the last */
        delete: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Gone */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/members/{id}/sealed-pin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Remember somebody’s key as the one you know: another will be announced to you */
        put: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        fingerprint: string;
                    };
                };
            };
            responses: {
                /** @description Remembered */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/sealed/escrow/pin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Remember the organisation’s escrow as the one you know */
        put: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        fingerprint: string;
                    };
                };
            };
            responses: {
                /** @description Remembered */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/sealed/escrow": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** The public half of the organisation’s escrow, whose secret half you have printed; announced to all */
        put: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        recipient: string;
                    };
                };
            };
            responses: {
                /** @description Done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                        };
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/sealed/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Have antivirus and guard look at what you opened: `application/octet-stream`, 64 MiB at most; nothing is kept */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SealedChecked"];
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/{app}/tickets/{reference}/sealed-drops": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A link to bring files that only these people open; add `#` and the SHA-256 of their recipients, so that nobody exchanges them */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                    app: string;
                    reference: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["AskForSealed"];
                };
            };
            responses: {
                /** @description Done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            url: string;
                        };
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/sealed/drop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** To whom what you bring is to be sealed; `Authorization: Drop SECRET`, of the link */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    organisation: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SealedTo"];
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/{app}/tickets/{reference}/receipts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was handed over of a ticket, the newest first: of the files that you read */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    organisation: string;
                    app: string;
                    reference: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            receipts: components["schemas"]["Receipt"][];
                        };
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** State that you handed the files of a field over `to` somebody, or received them `from` somebody */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                    app: string;
                    reference: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        field: string;
                        to: string;
                    } | {
                        field: string;
                        from: string;
                    };
                };
            };
            responses: {
                /** @description Done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            text: string;
                        };
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/{app}/tickets/{reference}/receipts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A receipt, as the text that was signed */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    organisation: string;
                    app: string;
                    reference: string;
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A text */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/receipts/key.txt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The public keys by which the receipts of an organisation are verified */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    organisation: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A text: a line for verifiers of signed notes, then the same key in PEM */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/receipts/verify-receipt.mjs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A script that verifies receipts on any machine with Node.js, without a network */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    organisation: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A script, to be kept */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/{app}/tickets/{reference}/drops": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who was asked for files of this ticket, and what came of it */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    organisation: string;
                    app: string;
                    reference: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            drops: components["schemas"]["Drop"][];
                            /** @description For which you may ask. */
                            fields: string[];
                        };
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** A link by which somebody without an account puts files into a field: shown once */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                    app: string;
                    reference: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["AskForFiles"];
                };
            };
            responses: {
                /** @description Done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            url: string;
                        };
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/{app}/tickets/{reference}/drops/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End a link to put files, at once; what came by it stays */
        delete: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                    app: string;
                    reference: string;
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Ended */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/drop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which files are asked for, by whom and until when; `Authorization: Drop SECRET`, of the link */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    organisation: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OpenDrop"];
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/drop/deposits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begin to bring files; nobody but you goes on with what you begin */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        name?: string;
                        message?: string;
                    };
                };
            };
            responses: {
                /** @description Done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                        };
                    };
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/drop/deposits/{deposit}/uploads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begin to send a file of a deposit, in as many pieces as it takes (tus 1.0) */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                    deposit: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Begun; `Location` says where it goes on */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{organisation}/drop/deposits/{deposit}/uploads/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** `HEAD` says where an upload goes on; nothing of it is given back */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    organisation: string;
                    deposit: string;
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description `Upload-Offset` */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /** Take back what was begun and has not come whole */
        delete: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                    deposit: string;
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Gone */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        /** Send a piece: `application/offset+octet-stream`, from `Upload-Offset` on */
        patch: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                    deposit: string;
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Kept */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/{organisation}/drop/deposits/{deposit}/receipt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The receipt of a deposit that has ended */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    organisation: string;
                    deposit: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The signed text */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** All has come: end a deposit, and have its receipt; again, the same one */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again gives the same answer and one effect; any text of your own, such as a UUID. */
                    "idempotency-key"?: string;
                };
                path: {
                    organisation: string;
                    deposit: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The signed text */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused, with the reason (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Member: {
            id: string;
            name: string;
            email?: string;
            /** @enum {string} */
            locale?: "fr" | "en";
            administrator?: boolean;
            disabled?: boolean;
            roles?: {
                app: string;
                role: string;
                site: string | null;
            }[];
        };
        Problem: {
            type: string;
            title: string;
            status: number;
            code: string;
            detail?: string;
            errors?: {
                path: string;
                code: string;
                message: string;
            }[];
        };
        PasskeyAsked: {
            challenge: string;
        } & {
            [key: string]: unknown;
        };
        PasskeySigned: {
            id: string;
            rawId: string;
            /** @enum {string} */
            type: "public-key";
            response: {
                clientDataJSON: string;
                authenticatorData: string;
                signature: string;
                userHandle?: string | null;
            };
        };
        PasskeyMade: {
            id: string;
            rawId: string;
            /** @enum {string} */
            type: "public-key";
            response: {
                clientDataJSON: string;
                attestationObject: string;
                /** @default [] */
                transports: string[];
            };
        };
        Session: {
            id: string;
            agent: string;
            methods: ("link" | "passkey" | "openid" | "pin")[];
            /** @enum {string} */
            assurance: "low" | "medium" | "strong";
            since: string;
            seen: string;
            current: boolean;
        };
        Passkey: {
            id: string;
            name: string;
            created: string;
            lastUsed: string | null;
            /** @description It never leaves its device */
            deviceBound: boolean;
            /** @description It is copied elsewhere, as by a password manager */
            backedUp: boolean;
        };
        SecuritySettings: {
            /** @description Only passkeys that never leave their device */
            deviceBound: boolean;
            /** @description Whether one may come in by a one-time link */
            mailLinks: boolean;
            idleMinutes: number | null;
            totalHours: number | null;
        };
        Site: {
            slug: string;
            name: string;
            openingHours: string;
            timeZone: string;
            holidays: string;
            openNow: boolean;
            version: number;
        };
        Key: {
            id: string;
            name: string;
            app: string;
            role: string;
            site: string | null;
            created: string;
            expires: string | null;
            lastUsed: string | null;
            /** @description Who made it and answers for it; `null`: the installation. */
            owner: {
                id: string;
                name: string;
            } | null;
            /**
             * @description Why it does not work, when its owner could no longer make it.
             * @enum {string|null}
             */
            demoted: "owner_disabled" | "owner_not_administrator" | null;
        };
        Station: {
            id: string;
            name: string;
            app: string;
            steps: string[];
            site: string | null;
            opens: boolean;
            idleSeconds: number;
            /** @description The tablet, once it is paired. */
            device: {
                paired: string;
                seen: string | null;
                agent: string;
            } | null;
            codeUntil: string | null;
        };
        Pairing: {
            id: string;
            /** @description To type on the tablet: it works once, for ten minutes. */
            code: string;
            until: string;
        };
        Device: {
            /** @description Null where this device is no station. */
            station: {
                id: string;
                name: string;
                organisation: {
                    slug: string;
                    name: string;
                    /** @enum {string} */
                    locale: "fr" | "en";
                };
                app: string;
                site: string | null;
                steps: string[];
                opens: boolean;
                idleSeconds: number;
                /** @description Who works here: names, and no more. */
                people: {
                    id: string;
                    name: string;
                }[];
                unlockedBy: {
                    id: string;
                    name: string;
                } | null;
            } | null;
        };
        GuestLink: {
            id: string;
            role: string;
            created: string;
            by: string;
            /** @description Null: ninety days after the ticket has ended. */
            expires: string | null;
            lastUsed: string | null;
            /** @description Visits; those of one minute are one. */
            uses: number;
        };
        Followed: {
            organisation: {
                slug: string;
                name: string;
                /** @enum {string} */
                locale: "fr" | "en";
            };
            site: {
                name: string;
                timeZone: string;
            } | null;
            /** @description Of the definition, what this ticket shows now. */
            definition: {
                app: string;
                title: string | {
                    fr: string;
                    en: string;
                };
                noun: {
                    one: string | {
                        fr: string;
                        en: string;
                    };
                    many: string | {
                        fr: string;
                        en: string;
                    };
                };
                fields: {
                    [key: string]: unknown;
                };
                steps: {
                    [key: string]: unknown;
                };
                moves: {
                    [key: string]: unknown;
                };
            };
            ticket: {
                reference: string;
                heading: string;
                step: string;
                fields: {
                    [key: string]: unknown;
                };
                promise: string | null;
                stepSince: string;
                closed: string | null;
                moves: string[];
                version: number;
            };
        };
        MoveTicket: {
            /** @default {} */
            fields: {
                [key: string]: unknown;
            };
            /**
             * @description Values as a person would type them: "12,50", "14/03/2026", the label of a choice.
             * @default {}
             */
            text: {
                [key: string]: string;
            };
            comment?: string | null;
            version?: number;
        };
        Review: {
            id: string;
            started: string;
            startedBy: string | null;
            finished: string | null;
            finishedBy: string | null;
            lines: number;
            kept: number;
            removed: number;
        };
        ReviewLine: {
            id: string;
            /** @enum {string} */
            kind: "role" | "administrator" | "key";
            member: {
                id: string;
                name: string;
            } | null;
            key: string | null;
            app: string | null;
            role: string | null;
            site: string | null;
            givenBy: string | null;
            given: string | null;
            lastUsed: string | null;
            /** @enum {string|null} */
            answer: "keep" | "remove" | null;
        };
        Deed: {
            id: string;
            type: string;
            at: string;
            actor: {
                kind: string;
                id: string | null;
                name: string;
            };
            body: {
                [key: string]: unknown;
            };
            /** @description What the ids in `body` are called today. */
            names: {
                [key: string]: string;
            };
        };
        Notice: {
            id: string;
            reference: string | null;
            app: string | null;
            to: string | null;
            subject: string;
            body: string;
            created: string;
            sent: string | null;
            failure: string | null;
            attempts: number;
        };
        SetAside: {
            consumer: string;
            seq: number;
            error: string;
            at: string;
            app: string | null;
            type: string;
            reference: string | null;
        };
        Ticket: {
            reference: string;
            app: string;
            heading: string;
            step: string;
            fields: {
                [key: string]: unknown;
            };
            /** @description Cents, VAT included, and the VAT in it by rate: of each field of lines. */
            totals: {
                [key: string]: {
                    total: number;
                    vat: {
                        [key: string]: number;
                    };
                };
            };
            /** @description Sealed fields that have a value the caller may not read. */
            sealed: string[];
            site: string | null;
            assignee: {
                id: string;
                name: string;
            } | null;
            holder: {
                reference: string;
                app: string;
            } | null;
            held: {
                open: number;
                total: number;
            } | null;
            /** Format: date-time */
            due: string | null;
            /** Format: date-time */
            promise: string | null;
            /** @enum {string} */
            lateness: "on time" | "at risk" | "will be late" | "late" | "stuck";
            why: {
                /** @enum {string} */
                code: "promise" | "step" | "stuck" | "forecast";
                /** Format: date-time */
                due?: string;
                /** @description Minutes of open time since, or left before, or short. */
                openMinutes?: number;
            }[];
            version: number;
            /** Format: date-time */
            created: string;
            /** Format: date-time */
            updated: string;
            /** Format: date-time */
            stepSince: string;
            /** Format: date-time */
            closed: string | null;
            /** @description Moves the caller may make now, the main one first. */
            moves: string[];
            undo: {
                /** Format: date-time */
                until: string;
            } | null;
        };
        Home: {
            apps: {
                app: string;
                counts: {
                    [key: string]: number;
                };
            }[];
            late: components["schemas"]["Ticket"][];
            waiting: components["schemas"]["Ticket"][];
            mine: components["schemas"]["Ticket"][];
        };
        Page: {
            tickets: components["schemas"]["Ticket"][];
            next: string | null;
        };
        Board: {
            steps: {
                step: string;
                count: number;
                /** @description There are more than `count`. */
                capped: boolean;
                tickets: components["schemas"]["Ticket"][];
            }[];
            totals: {
                [key: string]: number;
            };
        };
        Vault: {
            /** @description Since when it can keep files; null while it has no recovery key. */
            openSince: string | null;
            /** @enum {string} */
            lies: "folder" | "s3";
            /** @description Its public half, when it was made, and when somebody said that they hold it. */
            recovery: {
                recipient: string;
                made: string | null;
                kept: string | null;
            } | null;
            files: number;
            /** @description Bytes. */
            stored: number;
            quota: number | null;
            damaged: {
                missing: number;
                corrupt: number;
                unreadable: number;
            };
            /** @description Where it belongs that is damaged: the tickets that you see are named. */
            places: {
                /** @enum {string} */
                kind: "missing" | "corrupt" | "unreadable";
                ticket: {
                    app: string;
                    reference: string;
                } | null;
                file: string | null;
            }[];
            /** @description All that is kept was read through since. */
            verifiedSince: string | null;
            indexed: string | null;
        };
        RecoveryKey: {
            /** @description The recovery key: shown this once, and kept nowhere. */
            identity: string;
            recipient: string;
            /** @description The same, as an SVG of a QR code in a data: address. */
            qr: string;
            made: string;
        };
        Open: {
            /** @default {} */
            fields: {
                [key: string]: unknown;
            };
            /**
             * @description Values as a person would type them: "12,50", "14/03/2026", the label of a choice.
             * @default {}
             */
            text: {
                [key: string]: string;
            };
            site?: string | null;
            holder?: string | null;
        };
        MoveTickets: {
            /** @default {} */
            fields: {
                [key: string]: unknown;
            };
            /**
             * @description Values as a person would type them: "12,50", "14/03/2026", the label of a choice.
             * @default {}
             */
            text: {
                [key: string]: string;
            };
            comment?: string | null;
            references: string[];
        };
        Event: {
            id: string;
            version: number;
            /** @enum {string} */
            type: "opened" | "edited" | "moved" | "commented" | "assigned" | "attached" | "lateness" | "undone" | "migrated" | "erased";
            /** Format: date-time */
            at: string;
            actor: {
                /** @enum {string} */
                kind: "member" | "key" | "guest" | "drop" | "share" | "system" | "import";
                name: string;
                /** @description The shared station at which a member acted, by its name. */
                station?: string;
            };
            step?: {
                from: string | null;
                to: string;
            };
            move?: string | null;
            fields?: {
                [key: string]: unknown;
            };
            hidden?: string[];
            comment?: string;
            assignee?: {
                id: string;
                name: string;
            } | null;
            holder?: string | null;
            lateness?: {
                /** @enum {string} */
                from: "on time" | "at risk" | "will be late" | "late" | "stuck";
                /** @enum {string} */
                to: "on time" | "at risk" | "will be late" | "late" | "stuck";
            };
            /** @description A file went to that ticket, or came from it; null when it is not yours to see. */
            carried?: {
                /** @enum {string} */
                way: "to" | "from";
                ticket: {
                    app: string;
                    reference: string;
                } | null;
            };
        };
        Edit: {
            /** @default {} */
            fields: {
                [key: string]: unknown;
            };
            /**
             * @description Values as a person would type them: "12,50", "14/03/2026", the label of a choice.
             * @default {}
             */
            text: {
                [key: string]: string;
            };
            version: number;
            site?: string | null;
        };
        File: {
            id: string;
            field: string;
            name: string;
            folder: string;
            size: number;
            /** @description By its content; null until it was looked at. */
            type: string | null;
            /** @enum {string} */
            state: "waiting" | "kept" | "quarantined";
            reason: string | null;
            warnings: string[];
            findings: {
                rule: string;
                strength: string;
                where: string;
            }[];
            /** @description Held back for health data, and released by whom and with which reason. */
            cleared: {
                at: string;
                by: string;
                reason: string;
            } | null;
            sha256: string;
            previews: ("small" | "large")[];
            /** @description Found in the photo. */
            picture: {
                width: number;
                height: number;
                takenAt: string | null;
                place: {
                    lat: number;
                    lng: number;
                } | null;
                camera: string | null;
            } | null;
            created: string;
        };
        Share: {
            id: string;
            fields: string[];
            folder: string | null;
            file: {
                id: string;
                name: string | null;
            } | null;
            /** @enum {string} */
            proof: "link" | "passphrase" | "code" | "member";
            /** @enum {string} */
            metadata: "kept" | "stripped";
            watermark: boolean;
            message: string | null;
            by: string;
            created: string;
            expires: string;
            downloads: number;
            most: number | null;
            /** @enum {string} */
            state: "open" | "revoked" | "expired" | "used_up" | "over";
            links: {
                id: string;
                to: string | null;
                revoked: boolean;
            }[];
            visits: {
                id: string;
                at: string;
                to: string | null;
                proof: string;
                /** @description Names of files; null: all, as a zip. */
                took: (string | null)[];
            }[];
        };
        Grant: {
            id: string;
            /** @enum {string} */
            kind: "share" | "guest";
            app: string;
            /** @description Its reference, to whoever sees it. */
            ticket: string | null;
            by: string;
            /** @description Who is named; nobody: whoever has the link. */
            to: string[];
            /** @enum {string|null} */
            proof: "link" | "passphrase" | "code" | "member" | null;
            created: string;
            expires: string | null;
            used: string | null;
            uses: number;
            /** @enum {string} */
            state: "open" | "revoked" | "expired" | "used_up" | "over";
        };
        Shared: {
            organisation: {
                slug: string;
                name: string;
                /** @enum {string} */
                locale: "fr" | "en";
            };
            /** @description Of the link: where its files are. */
            id: string;
            by: string;
            until: string;
            timeZone: string;
            /** @enum {string} */
            proof: "link" | "passphrase" | "code" | "member";
            /** @description Where the code goes, with most of it hidden. */
            to: string | null;
            /** @description A member is named, who may open it with their passkey. */
            member: boolean;
            open: {
                reference: string;
                noun: string | {
                    fr: string;
                    en: string;
                };
                labels: (string | {
                    fr: string;
                    en: string;
                })[];
                message: string | null;
                downloads: {
                    most: number;
                    left: number;
                } | null;
                watermark: boolean;
                /** @description You have taken something: there is a receipt of it. */
                receipt: boolean;
                files: {
                    id: string;
                    name: string;
                    folder: string;
                    size: number;
                    type: string | null;
                    preview: boolean;
                    /** @description False: what the picture says of place and time could not be taken away. */
                    leaves: boolean;
                }[];
            } | null;
        };
        Upload: {
            id: string;
            name: string;
            folder: string;
            /** @description Null while its sender has not said it. */
            size: number | null;
            /** @description Bytes that have come. */
            offset: number;
            /** @description What it became; a field of a ticket takes it by this. */
            file: string | null;
            /** @enum {string|null} */
            state: "waiting" | "kept" | "quarantined" | null;
            reason: string | null;
            expires: string;
        };
        SealedDirectory: {
            people: {
                id: string;
                name: string;
                /** @description Of age, X25519: `age1…` */
                recipient: string;
                created: string;
                key: string;
                /** @description SHA-256 of the recipient that you came to know. */
                pinned: string | null;
            }[];
            escrow: {
                id: string;
                /** @description Of age, X25519: `age1…` */
                recipient: string;
                created: string;
                /** @description SHA-256 of the recipient that you came to know. */
                pinned: string | null;
            } | null;
        };
        SealedKeys: {
            keys: {
                id: string;
                /** @description Of age, X25519: `age1…` */
                recipient: string;
                created: string;
                retired: string | null;
                /** @description Which escrow opens it too. */
                escrow: string | null;
                locks: {
                    id: string;
                    /** @enum {string} */
                    how: "passkey" | "passphrase";
                    /** @description Null once that passkey was removed. */
                    passkey: string | null;
                    locked: string;
                    created: string;
                }[];
            }[];
            passkeys: {
                id: string;
                name: string;
                credential: string;
                transports: string[];
            }[];
            /** @description The host that passkeys here belong to. */
            party: string;
        };
        SealedChecked: {
            size: number;
            type: string;
            /** @enum {string} */
            antivirus: "clean" | "infected" | "unknown";
            virus: string | null;
            /** @description Why nothing is known. */
            reason: string | null;
            findings: {
                rule: string;
                strength: string;
                where: string;
            }[];
            /** @description What the guard could not look at. */
            uncovered: string[];
        };
        AskForSealed: {
            field: string;
            title: string;
            note?: string;
            /** Format: date-time */
            expires: string;
            keys: string[];
            /** Format: uuid */
            escrow: string | null;
        };
        SealedTo: {
            people: {
                name: string;
                recipient: string;
            }[];
            /** @description What opens it too, from a safe. */
            escrow: string | null;
        };
        Receipt: {
            id: string;
            /** @enum {string} */
            kind: "handed-over" | "received";
            /** @enum {string} */
            direction: "in" | "out";
            fields: string[];
            files: number;
            at: string;
            /** @description Null, as `to`, once what it says was erased. */
            from: string | null;
            to: string | null;
        };
        Drop: {
            id: string;
            field: string;
            /** @description Null once it was erased. */
            title: string | null;
            note: string | null;
            by: string;
            created: string;
            expires: string;
            ended: boolean;
            names: boolean;
            messages: boolean;
            most: {
                files: number;
                bytes: number;
            };
            came: {
                files: number;
                bytes: number;
            };
            deposits: {
                name: string | null;
                message: string | null;
                at: string;
                receipt: boolean;
                files: {
                    id: string;
                    name: string;
                    size: number;
                    state: string;
                }[];
            }[];
        };
        AskForFiles: {
            field: string;
            /** @description What whoever brings is told is wanted: it is shown to whoever has the link. */
            title: string;
            note?: string;
            /** Format: date-time */
            expires: string;
            /**
             * @description Must they say who they are?
             * @default true
             */
            names: boolean;
            /**
             * @description May they leave a message?
             * @default true
             */
            messages: boolean;
            /** @default 50 */
            files: number;
            /** @default 10000000000 */
            bytes: number;
        };
        OpenDrop: {
            organisation: {
                slug: string;
                name: string;
                /** @enum {string} */
                locale: "fr" | "en";
            };
            timeZone: string;
            title: string;
            note: string | null;
            until: string;
            /** @description Whoever brings says who they are. */
            names: boolean;
            /** @description They may leave a message. */
            messages: boolean;
            /** @description Media types that are taken; none: any. */
            accept: string[];
            /** @description How many more are taken. */
            files: number;
            /** @description How many more bytes are taken, in all. */
            bytes: number;
            /** @description Of one file, in bytes. */
            largest: number;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
