import http from 'node:http';
import * as openid from 'openid-client';
import { configurationOf, scopes } from './oauth-servers.ts';
import { readOauthApp, type OauthApp } from './settings.ts';
import { notTaken, REFRESH_TOKEN } from './tokens.ts';
import type { GatewayConfig, Pulled } from '../message-ports.ts';

/** Secrets to be put into the vault beside the others of this gateway. */
export type SignedIn = { readonly secrets: Readonly<Record<typeof REFRESH_TOKEN, string>> };

const SIGN_IN_MS_MOST = 5 * 60_000;

/**
 * Signs the user in at Google or Microsoft with his own client id: authorization code with PKCE, answered to a port of
 * this machine that is open only meanwhile (RFC 8252). `openUrl` opens the user's browser. Never throws.
 */
export async function beginSignIn(
  config: GatewayConfig,
  openUrl: (url: string) => Promise<void>,
  signal: AbortSignal,
): Promise<Pulled<SignedIn>> {
  const app = readOauthApp(config);
  if (!app) return noApp();
  const stop = AbortSignal.any([signal, AbortSignal.timeout(SIGN_IN_MS_MOST)]);
  const state = openid.randomState();
  const door = await openDoor(app, state, stop);
  try {
    const verifier = openid.randomPKCECodeVerifier();
    const client = configurationOf(app, stop);
    const url = openid.buildAuthorizationUrl(client, {
      redirect_uri: door.address,
      scope: scopes[app.shape],
      state,
      code_challenge: await openid.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      login_hint: config.fields['user'] ?? '',
      // Without both, Google gives a refresh token only the very first time.
      ...(app.shape === 'google' ? { access_type: 'offline', prompt: 'consent' } : {}),
    });
    await openUrl(url.href);
    const answered = await door.answer;
    const tokens = await openid.authorizationCodeGrant(client, answered, {
      pkceCodeVerifier: verifier,
      expectedState: state,
    });
    return kept(tokens.refresh_token);
  } catch (error) {
    return stop.aborted ? stopped() : notTaken(error);
  } finally {
    door.close();
  }
}

type Door = {
  readonly address: string;
  readonly answer: Promise<URL>;
  readonly close: () => void;
};

/** Waits on a free port of this machine for the browser to come back with our state; any other visit gets a 404. */
async function openDoor(app: OauthApp, state: string, stop: AbortSignal): Promise<Door> {
  const { promise: answer, resolve, reject } = Promise.withResolvers<URL>();
  // Whoever awaits it hears of the failure; until then it must not end the process.
  answer.catch(() => undefined);
  // Microsoft knows a loopback redirect with any port only by the name localhost, Google by the number.
  const host = app.shape === 'microsoft' ? 'localhost' : '127.0.0.1';
  let address = '';
  const server = http.createServer((request, response) => {
    const url = new URL(request.url ?? '/', address);
    const isOurs = url.pathname === '/' && url.searchParams.get('state') === state;
    showPage(response, isOurs);
    if (isOurs) resolve(url);
  });
  const onStop = (): void => reject(new Error('The sign-in was stopped.'));
  stop.addEventListener('abort', onStop);
  await new Promise<void>((ready, fail) => {
    server.once('error', fail);
    server.listen(0, '127.0.0.1', ready);
  });
  const bound = server.address();
  address = `http://${host}:${typeof bound === 'object' && bound ? bound.port : 0}/`;
  if (stop.aborted) onStop();
  return {
    address,
    answer,
    close: () => {
      stop.removeEventListener('abort', onStop);
      server.close();
      server.closeAllConnections();
    },
  };
}

function showPage(response: http.ServerResponse, isOurs: boolean): void {
  response.writeHead(isOurs ? 200 : 404, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'",
    connection: 'close',
  });
  response.end(
    isOurs
      ? '<!doctype html><title>Baaki</title><p>You can close this page and go back to Baaki.</p><p>यह पेज बंद करके Baaki पर लौट आएँ।</p>'
      : '',
  );
}

function kept(refreshToken: string | undefined): Pulled<SignedIn> {
  if (refreshToken) return { ok: true, value: { secrets: { [REFRESH_TOKEN]: refreshToken } } };
  return {
    ok: false,
    errorClass: 'account-config',
    code: 'NO-REFRESH-TOKEN',
    detail: 'The sign-in gave no lasting access. Allow offline access for this client id and sign in again.',
  };
}

function noApp(): Extract<Pulled<never>, { readonly ok: false }> {
  return {
    ok: false,
    errorClass: 'account-config',
    code: 'NO-CLIENT-ID',
    detail: 'This account has no OAuth client id of its own in the settings.',
  };
}

function stopped(): Extract<Pulled<never>, { readonly ok: false }> {
  return { ok: false, errorClass: 'unknown', code: 'ABORTED', detail: 'The sign-in was not finished.' };
}
