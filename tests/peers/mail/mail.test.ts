import { ImapFlow } from 'imapflow';
import { simpleParser } from 'mailparser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mailPeersMissing, startMailPeers, type MailPeers } from './start.ts';
import { calm, mailTo, openAccount } from '#tests/adapters/mail/account.ts';
import type { InboundMessage, MessageChannel, OutgoingMessage } from '#engine/adapters/message-ports.ts';

const missing = mailPeersMissing();
if (missing) console.warn(`The mail tests with real servers are left out: ${missing}.`);

describe.skipIf(missing !== null)(
  `mail through a real Postfix and Dovecot${missing ? ` (${missing})` : ''}`,
  () => {
    let peers: MailPeers;
    let channel: MessageChannel;
    let cursor: string | null = null;
    const inbox: InboundMessage[] = [];

    beforeAll(async () => {
      peers = await startMailPeers();
      channel = account();
    });
    afterAll(async () => {
      await channel?.close();
      await peers?.stop();
    });

    function account(fields: Readonly<Record<string, string>> = {}, password?: string): MessageChannel {
      return openAccount({
        fields: {
          user: peers.account.user,
          smtpHost: peers.smtp.host,
          smtpPort: String(peers.smtp.starttlsPort),
          imapHost: peers.imap.host,
          imapPort: String(peers.imap.port),
          imapTls: 'implicit',
          fingerprint: peers.fingerprint,
          ...fields,
        },
        secrets: { password: password ?? peers.account.password },
      });
    }

    /** Pulls on from the last cursor until a mail of that kind has come in. */
    async function comesIn(is: (mail: InboundMessage) => boolean): Promise<InboundMessage> {
      const end = Date.now() + 15_000;
      for (;;) {
        const found = inbox.find(is);
        if (found) return found;
        if (Date.now() > end) throw new Error('The mail did not come in.');
        const pulled = await channel.pullInbound?.(cursor, calm);
        if (!pulled?.ok) throw new Error(pulled?.detail);
        cursor = pulled.value.cursor;
        inbox.push(...pulled.value.messages);
      }
    }

    /** As the owner's own mail program would see it. */
    async function copiesUnderSent(messageId: string): Promise<number> {
      const client = new ImapFlow({
        host: peers.imap.host,
        port: peers.imap.port,
        secure: true,
        tls: { rejectUnauthorized: false },
        auth: { user: peers.account.user, pass: peers.account.password },
        logger: false,
      });
      await client.connect();
      await client.mailboxOpen('Sent');
      const found = await client.search({ header: { 'message-id': messageId } });
      await client.logout();
      return Array.isArray(found) ? found.length : 0;
    }

    async function sends(message: OutgoingMessage): Promise<void> {
      expect(await channel.send(message, calm)).toMatchObject({ ok: true, state: 'accepted' });
    }

    async function arrives(to: string): Promise<string> {
      return (
        (await expect
          .poll(() => peers.customerMx.accepted.find((mail) => mail.to[0] === to), {
            timeout: 15_000,
            interval: 25,
          })
          .toBeDefined()
          .then(() => peers.customerMx.accepted.find((mail) => mail.to[0] === to)?.bytes)) ?? ''
      );
    }

    it('signs in with the right password, over STARTTLS and over TLS from the start, and tells each step', async () => {
      const overStarttls = await channel.check(calm);
      expect(overStarttls.map(({ step, outcome }) => `${step} ${outcome}`)).toEqual([
        'settings ok',
        'name ok',
        'connect ok',
        'tls ok',
        'sign-in ok',
        'sender ok',
        'inbox ok',
      ]);
      const implicit = account({
        smtpPort: String(peers.smtp.implicitPort),
        smtpTls: 'implicit',
        imapPort: String(peers.imap.starttlsPort),
        imapTls: 'starttls',
      });
      expect((await implicit.check(calm)).every((one) => one.outcome === 'ok')).toBe(true);
      await implicit.close();
    });

    it('tells a wrong password as a failed sign-in, in the check, the sending and the inbox', async () => {
      const wrong = account({}, 'galat');
      const checks = await wrong.check(calm);
      expect(checks.at(-1)).toMatchObject({ step: 'sign-in', outcome: 'failed' });
      expect(checks.at(-1)?.detail.en).toContain('OAuth');
      expect(await wrong.send(mailTo('ravi@customer.test'), calm)).toMatchObject({
        ok: false,
        errorClass: 'auth',
        phase: 'connected',
        code: '535 5.7.8',
      });
      expect(await wrong.pullInbound?.(null, calm)).toMatchObject({ ok: false, errorClass: 'auth' });
      await wrong.close();
    });

    it('says nothing to a server whose certificate nobody vouches for, and shows its fingerprint', async () => {
      const careful = account({ fingerprint: '' });
      const checks = await careful.check(calm);
      expect(checks.at(-1)).toMatchObject({ step: 'tls', outcome: 'failed' });
      expect(checks.at(-1)?.detail.en).toContain(peers.fingerprint);
      expect(await careful.send(mailTo('ravi@customer.test'), calm)).toMatchObject({
        ok: false,
        errorClass: 'account-config',
      });
      expect(await careful.pullInbound?.(null, calm)).toMatchObject({
        ok: false,
        errorClass: 'account-config',
      });
      const other = account({ fingerprint: '0'.repeat(64) });
      expect(await other.send(mailTo('ravi@customer.test'), calm)).toMatchObject({
        code: 'PINNED-CERTIFICATE',
      });
      await Promise.all([careful.close(), other.close()]);
    });

    it('sends a Hindi mail with a PDF to one address, in its thread and with our marks', async () => {
      const pdf = Buffer.from('%PDF-1.7\nखाता\n');
      const message = mailTo('ravi@customer.test', {
        uid: 'uid-hindi-1',
        attachments: [{ fileName: 'खाता विवरण.pdf', mime: 'application/pdf', bytes: pdf }],
        email: {
          subject: 'बिल INV-1 का भुगतान, ₹1,00,000.00',
          html: '<p>नमस्ते</p>',
          messageId: '<uid-hindi-1@dukaan.test>',
          inReplyTo: '<first@dukaan.test>',
          references: ['<root@dukaan.test>', '<first@dukaan.test>'],
        },
      });
      await sends(message);
      const bytes = await arrives('ravi@customer.test');
      const mail = await simpleParser(bytes);
      expect(peers.customerMx.accepted.filter((one) => one.to[0] === 'ravi@customer.test')).toHaveLength(1);
      expect(peers.customerMx.accepted[0]).toMatchObject({
        from: 'owner@dukaan.test',
        to: ['ravi@customer.test'],
      });
      expect(mail.subject).toBe('बिल INV-1 का भुगतान, ₹1,00,000.00');
      expect(mail.from?.value).toEqual([{ name: 'श्री ट्रेडर्स', address: 'owner@dukaan.test' }]);
      expect(mail.text?.trim()).toBe(message.text);
      expect(mail.html).toContain('नमस्ते');
      expect(mail.attachments.map((one) => [one.filename, one.contentType, one.content.toString()])).toEqual([
        ['खाता विवरण.pdf', 'application/pdf', pdf.toString()],
      ]);
      expect(mail.messageId).toBe('<uid-hindi-1@dukaan.test>');
      expect(mail.inReplyTo).toBe('<first@dukaan.test>');
      expect(mail.references).toEqual(['<root@dukaan.test>', '<first@dukaan.test>']);
      expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
      expect(mail.headers.get('x-baaki-message')).toBe('uid-hindi-1');
      expect(bytes).toMatch(/^List-Unsubscribe: <mailto:owner@dukaan.test\?subject=STOP%20uid-hindi-1>/m);
      expect(bytes).not.toMatch(/^Bcc:/im);
    });

    it('files one copy under Sent and finds it there after an unknown outcome', async () => {
      const message = mailTo('ravi@customer.test', { uid: 'uid-sent-1' });
      const own = account();
      expect((await own.send(message, calm)).ok).toBe(true);
      // The same again, as a user may have it sent after an unknown outcome: the first copy is found and none is added.
      expect((await own.send(message, calm)).ok).toBe(true);
      await own.close();
      expect(await copiesUnderSent('<uid-sent-1@dukaan.test>')).toBe(1);
      const mark = {
        uid: message.uid,
        providerId: null,
        to: message.to,
        sentAt: Date.now(),
        messageId: message.email?.messageId ?? null,
        text: message.text,
      };
      expect(await channel.find?.(mark, calm)).toMatchObject({
        ok: true,
        value: { state: expect.stringMatching(/accepted|sent/) },
      });
      const never = await channel.find?.(
        { ...mark, uid: 'uid-none', messageId: '<uid-none@dukaan.test>' },
        calm,
      );
      expect(never).toMatchObject({ ok: false, code: 'NOT-TOLD' });
    });

    it('brings a bounce home to its message: no such user, mailbox full, refused by policy', async () => {
      const cases = [
        {
          to: 'nouser@customer.test',
          uid: 'uid-nouser',
          errorClass: 'recipient-permanent',
          code: '550 5.1.1',
        },
        { to: 'full@customer.test', uid: 'uid-full', errorClass: 'recipient-temporary', code: '552 5.2.2' },
        { to: 'policy@customer.test', uid: 'uid-policy', errorClass: 'policy', code: '550 5.7.1' },
      ] as const;
      for (const { to, uid } of cases) await sends(mailTo(to, { uid }));
      for (const { uid, errorClass, code } of cases) {
        const bounce = await comesIn((mail) => mail.kind === 'bounce' && mail.about.uid === uid);
        expect(bounce.news).toMatchObject({ uid, state: 'bounced', errorClass, code });
        expect(bounce.news?.detail).not.toContain('@');
        expect(bounce.about.messageIds).toEqual([`<${uid}@dukaan.test>`]);
      }
      const marks = cases.map(({ to, uid }) => ({
        uid,
        to,
        providerId: null,
        sentAt: Date.now(),
        messageId: null,
      }));
      const news = await channel.pull?.(marks, calm);
      expect(news?.ok && new Set(news.value.map(({ uid, state }) => `${uid} ${state}`))).toEqual(
        new Set(['uid-full bounced', 'uid-nouser bounced', 'uid-policy bounced']),
      );
    });

    it('sees a greylisted mail through to its delivery, once', async () => {
      await sends(mailTo('grey@customer.test', { uid: 'uid-grey' }));
      await arrives('grey@customer.test');
      const report = await comesIn((mail) => mail.about.uid === 'uid-grey' && mail.news?.state !== 'bounced');
      expect(report).toMatchObject({ kind: 'delivery-report', news: { state: 'sent', errorClass: null } });
      expect(peers.customerMx.accepted.filter((mail) => mail.to[0] === 'grey@customer.test')).toHaveLength(1);
    });

    it('reads a customer’s Hindi answer in its thread, without the quoted mail, with his attachment', async () => {
      await peers.customerMx.reply({
        from: 'Ravi <ravi@customer.test>',
        subject: 'Re: बिल INV-1 का भुगतान',
        inReplyTo: '<uid-hindi-1@dukaan.test>',
        references: ['<root@dukaan.test>', '<uid-hindi-1@dukaan.test>'],
        text: 'जी, कल NEFT कर दूँगा। रसीद साथ है।\n\nसोम, 23 नव॰ 2026 को 10:15 am बजे को श्री ट्रेडर्स <owner@dukaan.test> ने लिखा:\n\n> नमस्ते रवि जी,\n> बिल INV-1 के ₹1,00,000.00 बकाया हैं।\n',
        attachments: [{ filename: 'raseed.pdf', content: Buffer.from('%PDF raseed') }],
      });
      const reply = await comesIn(
        (mail) => mail.kind === 'reply' && mail.subject === 'Re: बिल INV-1 का भुगतान',
      );
      expect(reply.from).toBe('ravi@customer.test');
      expect(reply.text).toBe('जी, कल NEFT कर दूँगा। रसीद साथ है।');
      expect(reply.about.messageIds).toEqual(['<uid-hindi-1@dukaan.test>', '<root@dukaan.test>']);
      expect(
        reply.attachments.map(({ fileName, bytes }) => [fileName, Buffer.from(bytes).toString()]),
      ).toEqual([['raseed.pdf', '%PDF raseed']]);
      expect(Math.abs(reply.at - Date.now())).toBeLessThan(60_000);
    });

    it('knows an out-of-office answer and a STOP, and leaves out our own mails and newsletters', async () => {
      const from = 'ravi@customer.test';
      await peers.customerMx.reply({
        from,
        subject: 'Automatic reply: बिल',
        text: 'I am away.',
        headers: { 'Auto-Submitted': 'auto-replied' },
      });
      await peers.customerMx.reply({
        from,
        subject: 'Weekly offers',
        text: 'Buy',
        headers: { 'List-Id': '<offers.customer.test>' },
      });
      await peers.customerMx.reply({ from: peers.account.user, subject: 'Note to self', text: 'own' });
      await peers.customerMx.reply({ from, subject: 'STOP uid-hindi-1', text: '' });
      await peers.customerMx.reply({ from, subject: 'Re: बिल', text: 'STOP\n\n-- \nRavi' });
      const stop = await comesIn((mail) => mail.subject === 'Re: बिल' && mail.from === from);
      expect(stop).toMatchObject({ kind: 'reply', text: 'STOP' });
      expect(inbox.find((mail) => mail.subject?.startsWith('Automatic'))).toMatchObject({
        kind: 'auto-reply',
      });
      expect(inbox.find((mail) => mail.subject === 'STOP uid-hindi-1')).toMatchObject({
        text: 'STOP',
        about: { uid: 'uid-hindi-1' },
      });
      expect(inbox.some((mail) => mail.subject === 'Weekly offers' || mail.subject === 'Note to self')).toBe(
        false,
      );
    });

    it('reads nothing twice from its cursor, and finds its way when the mailbox forgot its numbers', async () => {
      const again = await channel.pullInbound?.(cursor, calm);
      expect(again).toMatchObject({ ok: true, value: { messages: [] } });
      const before: { uidValidity: string } = JSON.parse(cursor ?? '');
      peers.forgetUids();
      const resynced = await channel.pullInbound?.(cursor, calm);
      if (!resynced?.ok) throw new Error(resynced?.detail);
      const after: { uidValidity: string } = JSON.parse(resynced.value.cursor);
      expect(after.uidValidity).not.toBe(before.uidValidity);
      // The same mails come once more, under the same ids, so that whoever keeps them knows them again.
      const known = new Set(inbox.map((mail) => mail.externalId));
      expect(resynced.value.messages.length).toBe(known.size);
      expect(resynced.value.messages.every((mail) => known.has(mail.externalId))).toBe(true);
    });
  },
);
