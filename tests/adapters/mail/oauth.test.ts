import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { calm, configOf, mailTo, openAccount, type AccountWish } from './account.ts';
import { beginSignIn } from '#engine/adapters/mail/sign-in.ts';
import { makeCertificate, type MadeCertificate } from '#tests/fakes/mail/certificate.ts';
import { startOauthServer, type OauthServer } from '#tests/fakes/mail/oauth-server.ts';
import { startScriptedSmtp, type ScriptedSmtp } from '#tests/fakes/mail/scripted-smtp.ts';

const made = makeCertificate('scripted.test');
if (!made) console.warn('The mail tests with OAuth are left out: OpenSSL is missing.');

const CLIENT = 'dukaan-client';

for (const shape of ['google', 'microsoft'] as const) {
  describe.skipIf(!made)(
    `signing in as ${shape} wants it (${made ? 'OpenSSL is there' : 'OpenSSL is missing'})`,
    () => {
      let oauth: OauthServer;
      let smtp: ScriptedSmtp;
      let certificate: MadeCertificate;

      beforeAll(() => {
        if (made) certificate = made;
      });
      beforeEach(async () => {
        oauth = await startOauthServer({
          shape,
          clientId: CLIENT,
          ...(shape === 'google' ? { clientSecret: 'not-so-secret' } : { renews: true }),
        });
        const { live } = oauth;
        smtp = await startScriptedSmtp({
          certificate,
          admits: (carried) =>
            [...live].some(
              (token) => carried === `user=owner@dukaan.test\u0001auth=Bearer ${token}\u0001\u0001`,
            ),
        });
      });
      afterEach(async () => {
        await oauth.close();
        await smtp.close();
      });

      function account(secrets: Readonly<Record<string, string>> = {}): AccountWish {
        return {
          fields: {
            provider: shape === 'google' ? 'gmail' : 'microsoft365',
            signIn: 'oauth',
            clientId: CLIENT,
            oauthServer: oauth.url,
            smtpHost: '127.0.0.1',
            smtpPort: String(smtp.port),
            smtpTls: 'implicit',
            copyToSent: 'no',
            fingerprint: certificate.fingerprint,
          },
          secrets: { ...(shape === 'google' ? { clientSecret: 'not-so-secret' } : {}), ...secrets },
        };
      }

      async function signIn(): Promise<Readonly<Record<string, string>>> {
        let shown = { status: 0, text: '' };
        const begun = await beginSignIn(
          configOf(account()),
          async (url) => {
            shown = await oauth.agree(url);
          },
          calm,
        );
        if (!begun.ok) throw new Error(`${begun.code} ${begun.detail}`);
        expect(shown).toMatchObject({ status: 200, text: expect.stringContaining('go back to Baaki') });
        return begun.value.secrets;
      }

      it('asks with PKCE over a loopback port for what mail needs, and sends with the token', async () => {
        const secrets = await signIn();
        const [asked, given] = oauth.calls;
        expect(asked?.fields).toMatchObject({
          response_type: 'code',
          code_challenge_method: 'S256',
          login_hint: 'owner@dukaan.test',
        });
        expect(asked?.fields['scope']).toContain(
          shape === 'google' ? 'https://mail.google.com/' : 'offline_access',
        );
        expect(asked?.fields['redirect_uri']).toMatch(
          shape === 'google' ? /^http:\/\/127\.0\.0\.1:\d+\/$/ : /^http:\/\/localhost:\d+\/$/,
        );
        expect(given?.fields).toMatchObject({ grant_type: 'authorization_code' });
        const channel = openAccount(account(secrets));
        expect(await channel.send(mailTo('ravi@customer.test'), calm)).toMatchObject({ ok: true });
        expect(await channel.send(mailTo('ravi@customer.test'), calm)).toMatchObject({ ok: true });
        await channel.close();
        expect(smtp.accepted).toHaveLength(2);
        expect(smtp.signIns[0]).toMatch(/^XOAUTH2 user=owner@dukaan\.test/);
        // One refresh served both mails.
        expect(oauth.calls.filter((call) => call.fields['grant_type'] === 'refresh_token')).toHaveLength(1);
      });

      it('keeps a refresh token that the server renewed', async () => {
        const secrets = await signIn();
        const kept = new Map<string, string>();
        const channel = openAccount({ ...account(secrets), kept });
        expect((await channel.send(mailTo('ravi@customer.test'), calm)).ok).toBe(true);
        await channel.close();
        expect(kept.size).toBe(shape === 'microsoft' ? 1 : 0);
        if (shape === 'microsoft') expect(kept.get('refreshToken')).not.toBe(secrets['refreshToken']);
      });

      it('takes a new token when the old one no longer holds, and asks to sign in again when the right is gone', async () => {
        const secrets = await signIn();
        const channel = openAccount(account(secrets));
        expect((await channel.send(mailTo('ravi@customer.test'), calm)).ok).toBe(true);
        oauth.expireTokens();
        expect(await channel.send(mailTo('ravi@customer.test'), calm)).toMatchObject({
          ok: false,
          errorClass: 'transient-before-send',
        });
        expect((await channel.send(mailTo('ravi@customer.test'), calm)).ok).toBe(true);
        oauth.revoke();
        expect(await channel.send(mailTo('ravi@customer.test'), calm)).toMatchObject({
          errorClass: 'transient-before-send',
        });
        expect(await channel.send(mailTo('ravi@customer.test'), calm)).toMatchObject({
          ok: false,
          errorClass: 'auth',
          code: 'invalid_grant',
          phase: 'not-connected',
          detail: expect.stringContaining('sign in again'),
        });
        expect(await channel.check(calm)).toContainEqual(
          expect.objectContaining({ step: 'sign-in', outcome: 'failed' }),
        );
        await channel.close();
        expect(smtp.accepted).toHaveLength(2);
      });

      it('may try again later when the sign-in server is not there, and pauses for a wrong client id', async () => {
        const secrets = await signIn();
        const wrong = account(secrets);
        const other = openAccount({ ...wrong, fields: { ...wrong.fields, clientId: 'somebody-else' } });
        expect(await other.send(mailTo('ravi@customer.test'), calm)).toMatchObject({
          errorClass: 'account-config',
          code: 'invalid_client',
        });
        const channel = openAccount(account(secrets));
        await oauth.close();
        expect(await channel.send(mailTo('ravi@customer.test'), calm)).toMatchObject({
          errorClass: 'transient-before-send',
          phase: 'not-connected',
        });
        await Promise.all([channel.close(), other.close()]);
      });

      it('ends when the user says no, and lets nobody else answer in his place', async () => {
        const declined = await beginSignIn(configOf(account()), (url) => oauth.decline(url), calm);
        expect(declined).toMatchObject({ ok: false, errorClass: 'auth', code: 'access_denied' });
        const stop = new AbortController();
        const forged = beginSignIn(
          configOf(account()),
          async (url) => {
            const back = new URL(new URL(url).searchParams.get('redirect_uri') ?? '');
            back.search = '?code=stolen&state=guessed';
            expect((await fetch(back)).status).toBe(404);
            stop.abort();
          },
          stop.signal,
        );
        expect(await forged).toMatchObject({ ok: false, code: 'ABORTED' });
      });
    },
  );
}

describe('an account without OAuth', () => {
  it('begins no sign-in and opens no page', async () => {
    const open = (): Promise<void> => Promise.reject(new Error('A page was opened.'));
    const config = configOf({ fields: { provider: 'gmail' } });
    expect(await beginSignIn(config, open, calm)).toMatchObject({ ok: false, code: 'NO-CLIENT-ID' });
  });
});
