import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { calm, mailTo, openAccount } from './account.ts';
import { makeCertificate, type MadeCertificate } from '#tests/fakes/mail/certificate.ts';
import {
  startScriptedSmtp,
  type Action,
  type Script,
  type ScriptedSmtp,
  type ScriptedWish,
  type Step,
} from '#tests/fakes/mail/scripted-smtp.ts';
import type { GatewayCheck, MessageChannel, SendOutcome } from '#engine/adapters/message-ports.ts';

const made = makeCertificate('scripted.test');
if (!made) console.warn('The mail tests with a scripted server are left out: OpenSSL is missing.');

/** Outcomes after which a mail may be sent again by itself: none of them may stand for a mail that was taken. */
const mayGoAgain = (outcome: SendOutcome): boolean =>
  !outcome.ok && outcome.errorClass !== 'transient-after-send';

describe.skipIf(!made)(
  `sending at a server that breaks off (${made ? 'OpenSSL is there' : 'OpenSSL is missing'})`,
  () => {
    let certificate: MadeCertificate;
    let server: ScriptedSmtp | undefined;
    let channel: MessageChannel | undefined;

    beforeAll(() => {
      if (made) certificate = made;
    });
    afterEach(async () => {
      await channel?.close();
      await server?.close();
    });

    async function open(
      wish: Partial<ScriptedWish> = {},
      fields: Readonly<Record<string, string>> = {},
    ): Promise<void> {
      server = await startScriptedSmtp({ certificate, ...wish });
      channel = openAccount({
        fields: {
          smtpHost: '127.0.0.1',
          smtpPort: String(server.port),
          smtpTls: 'implicit',
          fingerprint: certificate.fingerprint,
          waitSeconds: '1',
          ...fields,
        },
      });
    }

    async function send(script: Script): Promise<SendOutcome> {
      if (!server || !channel) throw new Error('Nothing is open.');
      server.play(script);
      return channel.send(mailTo('ravi@customer.test'), calm);
    }

    const beforeBody = [
      'greeting',
      'EHLO',
      'AUTH',
      'MAIL',
      'RCPT',
      'DATA',
    ] as const satisfies readonly Step[];

    for (const pipelining of [false, true]) {
      const how = pipelining ? 'a server with PIPELINING' : 'a server that takes one command at a time';

      it(`may be tried again after ${how} drops the connection before it asked for the body`, async () => {
        await open({ pipelining });
        for (const step of beforeBody) {
          const outcome = await send({ [step]: 'drop' });
          expect([step, outcome]).toEqual([
            step,
            expect.objectContaining({ ok: false, errorClass: 'transient-before-send' }),
          ]);
          expect(outcome).not.toMatchObject({ phase: 'request-written' });
        }
        expect(server?.accepted).toEqual([]);
      });

      it(`is unknown when ${how} drops the connection within or after the body`, async () => {
        await open({ pipelining });
        for (const script of [
          { body: 'drop' },
          { dot: 'drop' },
          { dot: 'take-drop' },
          { dot: 'take-garbage' },
        ] as const) {
          expect([script, await send(script)]).toEqual([
            script,
            expect.objectContaining({
              ok: false,
              errorClass: 'transient-after-send',
              phase: 'request-written',
            }),
          ]);
        }
        expect(server?.accepted).toHaveLength(2);
      });
    }

    it('gives up waiting: before the body it may be tried again, after the final dot it is unknown', async () => {
      await open();
      expect(await send({ greeting: 'silence' })).toMatchObject({ errorClass: 'transient-before-send' });
      expect(await send({ RCPT: 'silence' })).toMatchObject({
        errorClass: 'transient-before-send',
        phase: 'connected',
      });
      expect(await send({ dot: 'take-silence' })).toMatchObject({
        errorClass: 'transient-after-send',
        code: 'ETIMEDOUT',
      });
    });

    it('is unknown when it is stopped by the user after the body began, and nothing when stopped before', async () => {
      await open({}, { waitSeconds: '30' });
      const before = await channel?.send(mailTo('ravi@customer.test'), AbortSignal.abort());
      expect(before).toMatchObject({
        ok: false,
        errorClass: 'transient-before-send',
        phase: 'not-connected',
      });
      server?.play({ dot: 'take-silence' });
      const stop = new AbortController();
      const sending = channel?.send(mailTo('ravi@customer.test'), stop.signal);
      await expect.poll(() => server?.accepted.length).toBe(1);
      stop.abort();
      expect(await sending).toMatchObject({ ok: false, errorClass: 'transient-after-send' });
    });

    it('tells each refusal by its class, wherever it comes', async () => {
      await open();
      const cases: readonly (readonly [Step, Action, object])[] = [
        ['greeting', '421 4.3.2 Too many connections', { errorClass: 'throttled', retryAfterSeconds: 60 }],
        ['AUTH', '535 5.7.8 Bad credentials', { errorClass: 'auth', code: '535 5.7.8' }],
        ['AUTH', '454 4.7.0 Too many login attempts', { errorClass: 'throttled' }],
        [
          'AUTH',
          '550 5.7.30 Basic authentication is not supported for Client Submission',
          { errorClass: 'auth', detail: expect.stringContaining('OAuth') },
        ],
        [
          'AUTH',
          '535 5.7.139 SmtpClientAuthentication is disabled',
          { errorClass: 'auth', detail: expect.stringContaining('OAuth') },
        ],
        ['MAIL', '421 4.7.0 Slow down', { errorClass: 'throttled' }],
        ['MAIL', '550 5.7.60 Not allowed to send as this sender', { errorClass: 'policy' }],
        ['MAIL', '553 5.1.8 Sender address rejected', { errorClass: 'account-config' }],
        ['MAIL', '530 5.7.0 Authentication required', { errorClass: 'auth' }],
        ['RCPT', '421 4.3.2 Closing', { errorClass: 'throttled' }],
        ['RCPT', '452 4.2.2 Mailbox full', { errorClass: 'recipient-temporary' }],
        ['RCPT', '451 4.7.1 Greylisted', { errorClass: 'transient-before-send' }],
        [
          'RCPT',
          '550 5.1.1 <ravi@customer.test>: no such user',
          { errorClass: 'recipient-permanent', code: '550 5.1.1', phase: 'connected' },
        ],
        ['RCPT', '550 No such user', { errorClass: 'recipient-permanent' }],
        ['RCPT', '550 5.2.1 Mailbox disabled', { errorClass: 'recipient-permanent' }],
        ['RCPT', '552 5.2.2 Over quota', { errorClass: 'recipient-temporary' }],
        ['RCPT', '554 5.7.1 Relay access denied', { errorClass: 'policy' }],
        ['DATA', '451 4.3.0 Try later', { errorClass: 'transient-before-send', phase: 'connected' }],
        [
          'dot',
          '451 4.3.0 Queue file write error',
          { errorClass: 'transient-before-send', phase: 'response-read' },
        ],
        ['dot', '421 4.7.0 Daily limit', { errorClass: 'throttled' }],
        ['dot', '452 4.2.2 Mailbox full', { errorClass: 'recipient-temporary' }],
        [
          'dot',
          '550 5.7.515 Access denied, sending domain does not meet the required authentication level',
          { errorClass: 'policy' },
        ],
        ['dot', '554 5.6.0 Message content rejected', { errorClass: 'unknown' }],
      ];
      for (const [step, action, wanted] of cases) {
        const outcome = await send({ [step]: action });
        expect([step, action, outcome]).toEqual([
          step,
          action,
          expect.objectContaining({ ok: false, ...wanted }),
        ]);
        expect(JSON.stringify(outcome)).not.toContain('ravi@');
      }
      expect(server?.accepted).toEqual([]);
    });

    it('never calls a mail that the server has taken one that may go again', async () => {
      await open({}, { waitSeconds: '1' });
      const steps: readonly Step[] = [...beforeBody, 'body', 'dot'];
      const actions: readonly Action[] = [
        'drop',
        '421 4.3.2 Bye',
        '451 4.3.0 Later',
        '550 5.1.1 No',
        '250 2.0.0 Odd',
        '999 What',
      ];
      const scripts: readonly Script[] = [
        {},
        ...steps.flatMap((step) => actions.map((action) => ({ [step]: action }))),
        { dot: 'take-drop' },
        { dot: 'take-garbage' },
        // Some servers ask for the body with 250 instead of 354.
        { DATA: '250 2.0.0 Go', dot: 'take-drop' },
        { DATA: '250 2.0.0 Go', dot: 'take-garbage' },
      ];
      for (const pipelining of [false, true]) {
        await server?.close();
        await open({ pipelining });
        for (const script of scripts) {
          const takenBefore = server?.accepted.length ?? 0;
          const outcome = await send(script);
          const isTaken = (server?.accepted.length ?? 0) > takenBefore;
          expect([script, isTaken && mayGoAgain(outcome)]).toEqual([script, false]);
          // And the other way round: what we call sent is with the server.
          if (outcome.ok && script.dot === undefined && script.body === undefined)
            expect([script, isTaken]).toEqual([script, true]);
        }
      }
    });

    it('sends nothing to an address with a line break in it, to a list or to a name with brackets', async () => {
      await open();
      const traps = [
        'b@y.test\r\nRCPT TO:<evil@z.test>',
        'b@y.test,evil@z.test',
        'B <b@y.test>',
        '"b c"@y.test',
        'b@y.test (evil@z.test)',
        'b@y.test\u0000',
        'b@y',
        'ब@y.test',
        '',
      ];
      for (const to of traps) {
        const message = mailTo(to);
        expect(channel?.preflight(message).map((one) => one.code)).toContain('BAD-ADDRESS');
        expect(await channel?.send(message, calm)).toMatchObject({
          errorClass: 'recipient-permanent',
          phase: 'not-connected',
        });
      }
      const name = mailTo('ravi@customer.test', { toName: 'Ravi\r\nBcc: evil@z.test', uid: 'uid-name' });
      expect(await channel?.send(name, calm)).toMatchObject({ ok: true, providerId: 'SCRIPT42' });
      expect(server?.accepted).toHaveLength(1);
      expect(server?.accepted[0]?.bytes).not.toMatch(/^Bcc:/m);
      expect(server?.sessions()).toBe(2); // One to look at the certificate, one to send.
    });

    it('finds what a mail lacks before anything leaves', async () => {
      await open();
      const email = mailTo('ravi@customer.test').email;
      if (!email) throw new Error('The mail has no mail part.');
      const codes = (more: Parameters<typeof mailTo>[1]): readonly string[] =>
        channel?.preflight(mailTo('ravi@customer.test', more)).map((one) => one.code) ?? [];
      expect(codes({})).toEqual([]);
      expect(codes({ email: null })).toEqual(['NO-EMAIL']);
      expect(codes({ email: { ...email, subject: 'a\nBcc: x' } })).toEqual(['BAD-SUBJECT']);
      expect(codes({ email: { ...email, messageId: '<a@b>\r\nX: y' } })).toEqual(['BAD-MESSAGE-ID']);
      expect(codes({ email: { ...email, references: ['nonsense'] } })).toEqual(['BAD-MESSAGE-ID']);
      expect(codes({ text: ' ' })).toEqual(['NO-TEXT']);
      expect(
        codes({ attachments: [{ fileName: 'a', mime: 'b/c', bytes: new Uint8Array(19 * 1024 * 1024) }] }),
      ).toEqual(['TOO-LARGE']);
      expect(server?.sessions()).toBe(0);
    });

    it('warns of a freemail address through another server, and says that nobody reads the inbox', async () => {
      await open({}, { user: 'dukaan@gmail.com' });
      const told: GatewayCheck[] = [];
      const checks = await channel?.check(calm, (one) => void told.push(one));
      expect(told).toEqual(checks);
      expect(checks?.find((one) => one.step === 'sender')).toMatchObject({
        outcome: 'warning',
        detail: { en: expect.stringContaining('gmail.com') },
      });
      expect(checks?.at(-1)).toMatchObject({ step: 'inbox', outcome: 'left-out' });
      expect(await channel?.pullInbound?.(null, calm)).toMatchObject({ ok: false, code: 'NO-INBOX' });
      expect(server?.accepted).toEqual([]);
    });

    it('calls a mail sent whether or not its copy can be filed', async () => {
      const gone = await startScriptedSmtp({ certificate: null });
      await gone.close();
      await open({}, { copyToSent: 'yes', imapHost: '127.0.0.1', imapPort: String(gone.port) });
      expect(await send({})).toMatchObject({ ok: true, state: 'accepted', providerId: 'SCRIPT42' });
      await channel?.close();
      expect(server?.accepted).toHaveLength(1);
    });

    it('says nothing to a server without encryption, and tells it from one that is not there', async () => {
      await open({ certificate: null }, { smtpTls: 'starttls', fingerprint: '' });
      expect(await send({})).toMatchObject({
        errorClass: 'account-config',
        code: '502 5.5.2',
        phase: 'connected',
      });
      expect((await channel?.check(calm))?.at(-1)).toMatchObject({ step: 'tls', outcome: 'failed' });
      expect(server?.signIns).toEqual([]);
      await server?.close();
      expect(await send({})).toMatchObject({
        errorClass: 'transient-before-send',
        code: 'ECONNREFUSED',
        phase: 'not-connected',
      });
      expect((await channel?.check(calm))?.at(-1)).toMatchObject({ step: 'connect', outcome: 'failed' });
    });
  },
);

describe('the settings of a mail account', () => {
  it('name what is missing and open nothing', async () => {
    for (const [fields, secrets] of [
      [{ user: 'not an address' }, { password: 'x' }],
      [{ smtpHost: '' }, { password: 'x' }],
      [{ smtpHost: 'mail.dukaan.test' }, {}],
      [{ smtpHost: 'mail.dukaan.test', fingerprint: 'abc' }, { password: 'x' }],
      [{ smtpHost: 'mail.dukaan.test', signIn: 'oauth' }, { password: 'x' }],
    ] as const) {
      const channel = openAccount({ fields, secrets });
      expect(await channel.check(calm)).toMatchObject([{ step: 'settings', outcome: 'failed' }]);
      expect(await channel.send(mailTo('ravi@customer.test'), calm)).toMatchObject({
        errorClass: 'account-config',
        phase: 'not-connected',
      });
    }
  });
});
