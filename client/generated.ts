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
                        /** @default null */
                        site?: string | null;
                        name: string;
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
                kind: "member" | "key" | "system" | "import";
                name: string;
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
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
