import * as openid from 'openid-client';
import type { OauthApp } from './settings.ts';

// The sign-in servers of Google and Microsoft, told from their documents instead of asked for on each start.

type Place = {
  readonly issuer: string;
  readonly authorize: string;
  readonly token: string;
};

/** What mail needs: reading for bounces and answers, sending, and a token that lasts (docs/gateways.md 4.1). */
export const scopes = {
  google: 'https://mail.google.com/',
  microsoft:
    'offline_access https://outlook.office.com/SMTP.Send https://outlook.office.com/IMAP.AccessAsUser.All',
} as const;

const ANSWER_SECONDS = 30;

/** The client as the library wants it; `signal` ends each of its calls. */
export function configurationOf(app: OauthApp, signal: AbortSignal): openid.Configuration {
  const place = placeOf(app);
  const made = new openid.Configuration(
    {
      issuer: place.issuer,
      authorization_endpoint: place.authorize,
      token_endpoint: place.token,
    },
    app.clientId,
    {},
    app.clientSecret ? openid.ClientSecretPost(app.clientSecret) : openid.None(),
  );
  made.timeout = ANSWER_SECONDS;
  made[openid.customFetch] = (url, { body, ...options }) =>
    fetch(url, {
      ...options,
      ...(body === undefined ? {} : { body }),
      signal: options.signal ? AbortSignal.any([options.signal, signal]) : signal,
    });
  // Only this machine may be spoken to without TLS.
  if (/^http:\/\/(?:127\.0\.0\.1|localhost)[:/]/.test(`${app.server}/`)) openid.allowInsecureRequests(made);
  return made;
}

function placeOf({ shape, server, tenant }: OauthApp): Place {
  if (shape === 'google') {
    return {
      issuer: server || 'https://accounts.google.com',
      authorize: `${server || 'https://accounts.google.com'}/o/oauth2/v2/auth`,
      token: `${server || 'https://oauth2.googleapis.com'}/token`,
    };
  }
  const base = `${server || 'https://login.microsoftonline.com'}/${encodeURIComponent(tenant)}`;
  return {
    issuer: `${base}/v2.0`,
    authorize: `${base}/oauth2/v2.0/authorize`,
    token: `${base}/oauth2/v2.0/token`,
  };
}
