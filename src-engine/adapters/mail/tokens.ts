import * as openid from 'openid-client';
import { configurationOf } from './oauth-servers.ts';
import type { GatewayWorld, Pulled } from '../message-ports.ts';
import type { OauthApp } from './settings.ts';

export type Tokens = {
  /** An access token that holds for at least a minute. */
  readonly take: (
    signal: AbortSignal,
  ) => Promise<Pulled<{ readonly token: string; readonly isFresh: boolean }>>;
  /** The mail server did not take it: the next one is fetched anew. */
  readonly drop: () => void;
};

/** The vault's name of the renewable secret. */
export const REFRESH_TOKEN = 'refreshToken';

const EARLY_MS = 60_000;
const LIFE_SECONDS = 3_000;

/** Access tokens out of a refresh token; a refresh token that the other side renewed is kept at once. */
export function openTokens(
  app: OauthApp,
  start: { readonly refreshToken: string; readonly world: GatewayWorld },
): Tokens {
  const { world } = start;
  let refreshToken = start.refreshToken;
  let held: { readonly token: string; readonly until: number } | null = null;
  return {
    drop: () => {
      held = null;
    },
    take: async (signal) => {
      if (held && held.until - EARLY_MS > world.now())
        return { ok: true, value: { token: held.token, isFresh: false } };
      if (!refreshToken) return notSignedIn('NO-TOKEN');
      try {
        const answer = await openid.refreshTokenGrant(configurationOf(app, signal), refreshToken);
        const life = answer.expires_in ?? LIFE_SECONDS;
        held = { token: answer.access_token, until: world.now() + life * 1000 };
        if (answer.refresh_token && answer.refresh_token !== refreshToken) {
          refreshToken = answer.refresh_token;
          await world.keepSecret(REFRESH_TOKEN, refreshToken);
        }
        return { ok: true, value: { token: held.token, isFresh: true } };
      } catch (error) {
        return notTaken(error);
      }
    },
  };
}

/** What a failed call to a sign-in server means. Its own words are not passed on: they can name the account. */
export function notTaken(error: unknown): Extract<Pulled<never>, { readonly ok: false }> {
  if (error instanceof openid.ResponseBodyError || error instanceof openid.AuthorizationResponseError) {
    if (error.error === 'temporarily_unavailable' || error.error === 'server_error')
      return unreachable(error.error);
    if (error.error === 'invalid_client' || error.error === 'unauthorized_client')
      return {
        ok: false,
        errorClass: 'account-config',
        code: error.error,
        detail: 'The sign-in server does not know this client id, or its secret is wrong.',
      };
    return notSignedIn(error.error);
  }
  return unreachable(error instanceof Error && 'code' in error ? String(error.code) : 'BROKEN');
}

function notSignedIn(code: string): Extract<Pulled<never>, { readonly ok: false }> {
  return {
    ok: false,
    errorClass: 'auth',
    code,
    detail: 'The sign-in of this mail account has ended. Please sign in again in the settings.',
  };
}

function unreachable(code: string): Extract<Pulled<never>, { readonly ok: false }> {
  return {
    ok: false,
    errorClass: 'transient-before-send',
    code,
    detail: 'The sign-in server could not be reached.',
  };
}
