import { createHash, randomUUID } from 'node:crypto';
import http from 'node:http';

/** A sign-in server of Google's or Microsoft's kind, as far as a mail client sees it. */
export type OauthServer = {
  readonly url: string;
  /** Access tokens that a mail server would take now. */
  readonly live: ReadonlySet<string>;
  readonly calls: readonly { readonly path: string; readonly fields: Readonly<Record<string, string>> }[];
  /** What a user does in his browser: opens the page, agrees, and is sent back. The answer of the last page. */
  readonly agree: (url: string) => Promise<{ readonly status: number; readonly text: string }>;
  readonly decline: (url: string) => Promise<void>;
  /** The user took the app's right away: no token holds any more. */
  readonly revoke: () => void;
  /** Access tokens end while the right to new ones stays. */
  readonly expireTokens: () => void;
  readonly close: () => Promise<void>;
};

export type OauthWish = {
  readonly shape: 'google' | 'microsoft';
  readonly clientId: string;
  readonly clientSecret?: string;
  /** Microsoft gives a new refresh token each time. */
  readonly renews?: boolean;
};

type State = {
  readonly wish: OauthWish;
  readonly codes: Map<
    string,
    { readonly challenge: string; readonly redirect: string; readonly scope: string }
  >;
  readonly refresh: Set<string>;
  readonly live: Set<string>;
  readonly calls: { path: string; fields: Record<string, string> }[];
};

type Answer = { readonly status: number; readonly body: Readonly<Record<string, unknown>> };

const LIFE_SECONDS = 3600;

export async function startOauthServer(wish: OauthWish): Promise<OauthServer> {
  const state: State = {
    wish,
    codes: new Map(),
    refresh: new Set(),
    live: new Set(),
    calls: [],
  };
  const server = http.createServer((request, response) => {
    serve(request, state).then(
      ({ status, body, location }) => {
        response.writeHead(status, { 'content-type': 'application/json', ...(location ? { location } : {}) });
        response.end(JSON.stringify(body));
      },
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  return {
    url: `http://127.0.0.1:${typeof bound === 'object' && bound ? bound.port : 0}`,
    live: state.live,
    calls: state.calls,
    agree: async (url) => {
      const page = await fetch(url, { redirect: 'manual' });
      const back = await fetch(page.headers.get('location') ?? url);
      return { status: back.status, text: await back.text() };
    },
    decline: async (url) => {
      const asked = new URL(url).searchParams;
      const back = new URL(asked.get('redirect_uri') ?? '');
      back.search = new URLSearchParams({
        error: 'access_denied',
        state: asked.get('state') ?? '',
      }).toString();
      await fetch(back);
    },
    revoke: () => {
      state.refresh.clear();
      state.live.clear();
    },
    expireTokens: () => state.live.clear(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function serve(
  request: http.IncomingMessage,
  state: State,
): Promise<Answer & { readonly location?: string }> {
  const url = new URL(request.url ?? '/', 'http://here');
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const sent = new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
  const fields = Object.fromEntries([...url.searchParams, ...sent]);
  state.calls.push({ path: url.pathname, fields });
  const isGoogle = state.wish.shape === 'google';
  if (url.pathname.endsWith(isGoogle ? '/o/oauth2/v2/auth' : '/oauth2/v2.0/authorize'))
    return authorize(fields, state);
  if (url.pathname.endsWith(isGoogle ? '/token' : '/oauth2/v2.0/token')) return token(fields, state);
  return refused(404, 'not_found');
}

function authorize(
  fields: Readonly<Record<string, string>>,
  { wish, codes }: State,
): Answer & { readonly location?: string } {
  const { code_challenge: challenge = '', redirect_uri: redirect = '', scope = '', state = '' } = fields;
  const isLoopback = /^http:\/\/(?:127\.0\.0\.1|localhost):\d+\//.test(redirect);
  if (fields['client_id'] !== wish.clientId || !isLoopback || fields['response_type'] !== 'code')
    return refused(400, 'invalid_request');
  if (!challenge || fields['code_challenge_method'] !== 'S256') return refused(400, 'invalid_request');
  const code = randomUUID();
  codes.set(code, { challenge, redirect, scope });
  return {
    status: 302,
    body: {},
    location: `${redirect}?${new URLSearchParams({ code, state }).toString()}`,
  };
}

function token(fields: Readonly<Record<string, string>>, state: State): Answer {
  const { wish, codes, refresh } = state;
  if (fields['client_id'] !== wish.clientId) return refused(401, 'invalid_client');
  if (wish.clientSecret && fields['client_secret'] !== wish.clientSecret)
    return refused(401, 'invalid_client');
  switch (fields['grant_type']) {
    case 'authorization_code': {
      const begun = codes.get(fields['code'] ?? '');
      codes.delete(fields['code'] ?? '');
      const proof = createHash('sha256')
        .update(fields['code_verifier'] ?? '')
        .digest('base64url');
      return begun && begun.challenge === proof && begun.redirect === fields['redirect_uri']
        ? given(state, begun.scope)
        : refused(400, 'invalid_grant');
    }
    case 'refresh_token': {
      const held = fields['refresh_token'] ?? '';
      if (!refresh.has(held)) return refused(400, 'invalid_grant');
      return given(state, '', wish.renews ? undefined : held);
    }
    case undefined:
    default:
      return refused(400, 'unsupported_grant_type');
  }
}

function given({ live, refresh }: State, scope: string, kept?: string): Answer {
  const access = `access-${randomUUID()}`;
  const renewed = kept ?? `refresh-${randomUUID()}`;
  live.add(access);
  refresh.add(renewed);
  return {
    status: 200,
    body: {
      access_token: access,
      token_type: 'Bearer',
      expires_in: LIFE_SECONDS,
      ...(kept === undefined ? { refresh_token: renewed } : {}),
      ...(scope ? { scope } : {}),
    },
  };
}

function refused(status: number, error: string): Answer {
  return { status, body: { error } };
}
