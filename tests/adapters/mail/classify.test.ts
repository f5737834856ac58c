import { describe, expect, it } from 'vitest';
import { classify } from '#engine/adapters/mail/classify.ts';
import { replyText } from '#engine/adapters/mail/reply-text.ts';
import type { InboundMessage } from '#engine/adapters/message-ports.ts';

const AT = Date.UTC(2026, 10, 23, 6, 0);
const own: ReadonlySet<string> = new Set(['owner@dukaan.test']);

function read(...lines: readonly string[]): Promise<InboundMessage | null> {
  return classify({ source: Buffer.from(lines.join('\r\n')), at: AT }, own);
}

/** A report as RFC 3464 wants it; what a house leaves out is left out by the caller. */
function report(wish: {
  readonly perMessage?: readonly string[];
  readonly perRecipient: readonly string[];
  readonly returned?: readonly string[];
}): Promise<InboundMessage | null> {
  return read(
    'From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>',
    'To: owner@dukaan.test',
    'Subject: Delivery Status Notification',
    'Message-ID: <report-1@google.test>',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
    '',
    '--b',
    'Content-Type: text/plain',
    '',
    'What happened, in words.',
    '--b',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; googlemail.com',
    ...(wish.perMessage ?? []),
    '',
    'Final-Recipient: rfc822; ravi@customer.test',
    ...wish.perRecipient,
    '',
    '--b',
    'Content-Type: message/rfc822',
    '',
    ...(wish.returned ?? ['Message-ID: <uid-9@dukaan.test>']),
    '',
    '--b--',
    '',
  );
}

describe('a report on a mail of ours', () => {
  it('is known by its envelope id, else by our header, else by the Message-ID that came back', async () => {
    const perRecipient = [
      'Action: failed',
      'Status: 5.1.1',
      'Diagnostic-Code: smtp; 550 5.1.1 <ravi@customer.test> unknown',
    ];
    const byEnvelope = await report({ perMessage: ['Original-Envelope-Id: uid-7'], perRecipient });
    expect(byEnvelope).toMatchObject({
      kind: 'bounce',
      about: { uid: 'uid-7' },
      news: { uid: 'uid-7', state: 'bounced', errorClass: 'recipient-permanent', code: '550 5.1.1', at: AT },
    });
    const byHeader = await report({
      perRecipient,
      returned: ['X-Baaki-Message: uid-8', 'Message-ID: <x@y.test>'],
    });
    expect(byHeader?.about).toEqual({ uid: 'uid-8', providerId: null, messageIds: ['<x@y.test>'] });
    const byId = await report({ perRecipient });
    expect(byId?.about).toEqual({ uid: null, providerId: null, messageIds: ['<uid-9@dukaan.test>'] });
  });

  it('says delayed, delivered, handed on and over in the words of the outbox', async () => {
    const told = async (action: string, status: string): Promise<unknown> => {
      const message = await report({ perRecipient: [`Action: ${action}`, `Status: ${status}`] });
      return [message?.kind, message?.news?.state, message?.news?.errorClass];
    };
    expect(await told('delayed', '4.4.1')).toEqual(['delivery-report', 'sent', 'recipient-temporary']);
    expect(await told('delivered', '2.0.0')).toEqual(['delivery-report', 'delivered', null]);
    expect(await told('relayed', '2.0.0')).toEqual(['delivery-report', 'sent', null]);
    expect(await told('failed', '5.2.2')).toEqual(['bounce', 'bounced', 'recipient-temporary']);
    expect(await told('failed', '4.3.2')).toEqual(['bounce', 'bounced', 'recipient-temporary']);
    expect(await told('failed', '5.7.1')).toEqual(['bounce', 'bounced', 'policy']);
    expect(await told('failed', '5.0.0')).toEqual(['bounce', 'bounced', 'unknown']);
  });

  it('is read out of the prose of an old mail server, too', async () => {
    const message = await read(
      'From: MAILER-DAEMON@rediff.test',
      'Subject: failure notice',
      '',
      'Hi. This is the qmail-send program.',
      '<ravi@customer.test>:',
      'Remote host said: 550 5.1.1 <ravi@customer.test>: Recipient address rejected',
      '--- Below this line is a copy of the message.',
      'Message-ID: <uid-9@dukaan.test>',
      'X-Baaki-Message: uid-9',
    );
    expect(message).toMatchObject({
      kind: 'bounce',
      about: { uid: 'uid-9', messageIds: ['<uid-9@dukaan.test>'] },
      news: { state: 'bounced', errorClass: 'recipient-permanent', code: '550 5.1.1' },
    });
    expect(message?.news?.detail).not.toContain('@');
  });
});

describe('an answer of a customer', () => {
  it('keeps his files, without pictures of his signature and without what is larger than 10 MB', async () => {
    const file = (name: string, bytes: number): readonly string[] => [
      '--b',
      `Content-Type: application/pdf; name=${name}`,
      `Content-Disposition: attachment; filename=${name}`,
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.alloc(bytes, 'x').toString('base64'),
    ];
    const message = await read(
      'From: ravi@customer.test',
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      'Content-Type: multipart/related; boundary=c',
      '',
      '--c',
      'Content-Type: text/html; charset=utf-8',
      '',
      '<p>भेज दिया</p><img src="cid:logo"><blockquote>पुराना</blockquote>',
      '--c',
      'Content-Type: image/png',
      'Content-ID: <logo>',
      'Content-Transfer-Encoding: base64',
      '',
      'iVBORw0KGgo=',
      '--c--',
      ...file('small.pdf', 1000),
      ...file('large.pdf', 10 * 1024 * 1024 + 1),
      '--b--',
    );
    expect(message?.attachments.map((one) => [one.fileName, one.bytes.length])).toEqual([
      ['small.pdf', 1000],
    ]);
    expect(message?.text).toBe('भेज दिया');
    expect(message?.externalId).toMatch(/^sha256:[0-9a-f]{64}$/);
  });

  it('is no answer when a machine wrote it, and nothing when it is our own', async () => {
    const kind = async (...headers: readonly string[]): Promise<string | undefined> =>
      (await read('From: ravi@customer.test', 'Subject: Re: bill', ...headers, '', 'text'))?.kind;
    expect(await kind()).toBe('reply');
    expect(await kind('Auto-Submitted: no')).toBe('reply');
    expect(await kind('Auto-Submitted: auto-replied (vacation)')).toBe('auto-reply');
    expect(await kind('Precedence: auto_reply')).toBe('auto-reply');
    expect(await kind('X-Autoreply: yes')).toBe('auto-reply');
    expect(await kind('X-Baaki-Message: uid-1')).toBeUndefined();
    expect(await read('From: Owner <OWNER@dukaan.test>', '', 'a note')).toBeNull();
    expect(await read('Subject: from nobody', '', 'text')).toBeNull();
  });

  it('stands without what it answers to, in the ways that mail programs quote', () => {
    const quoted = '> बिल INV-1 के ₹1,00,000.00 बकाया हैं।';
    for (const opener of [
      'On Mon, Nov 23, 2026 at 10:15 AM Shri Traders <owner@dukaan.test> wrote:',
      'सोम, 23 नव॰ 2026 को 10:15 am बजे को श्री ट्रेडर्स <owner@dukaan.test> ने लिखा:',
      '-----Original Message-----',
      'From: Shri Traders <owner@dukaan.test>\nSent: Monday, 23 November 2026 10:15\nTo: Ravi\nSubject: Bill',
    ]) {
      expect(replyText(`कल भेज दूँगा।\n\n${opener}\n\n${quoted}\n`)).toBe('कल भेज दूँगा।');
    }
    expect(replyText('STOP')).toBe('STOP');
    expect(replyText('paid by UPI, ref 4312\n\n-- \nRavi Kumar')).toBe('paid by UPI, ref 4312');
    expect(replyText('Regards')).toBe('Regards');
    expect(replyText('')).toBe('');
  });

  it('does not hold up the engine when somebody sends a monstrous text', () => {
    const began = performance.now();
    replyText(`On ${'a '.repeat(200_000)}`);
    replyText('On \n'.repeat(50_000));
    replyText('-'.repeat(100_000));
    replyText('\n'.repeat(100_000));
    replyText('x\n\n \n'.repeat(50_000));
    expect(performance.now() - began).toBeLessThan(1_000);
  });
});

describe('what looks like an answer and is none', () => {
  const head = [
    'From: Ravi <ravi@customer.test>',
    'To: owner@dukaan.test',
    'Message-ID: <odd-1@customer.test>',
  ];
  const kindOf = async (...lines: readonly string[]) => (await read(...lines))?.kind;

  it('is a note that a mail was opened: no answer, no proof of payment', async () => {
    const mail = await read(
      ...head,
      'Subject: Read: Payment due',
      'Content-Type: multipart/report; report-type=disposition-notification; boundary="b"',
      '',
      '--b',
      'Content-Type: text/plain',
      '',
      'Your message was read.',
      '--b',
      'Content-Type: message/disposition-notification',
      '',
      'Disposition: manual-action/MDN-sent-manually; displayed',
      '',
      '--b--',
      '',
    );
    expect(mail).toMatchObject({ kind: 'auto-reply', attachments: [] });
  });

  it.each([
    'RE: Payment due - Out of Office',
    'Vacation reply',
    'Abwesenheitsnotiz: Payment due',
    'On leave till Monday',
    'स्वचालित उत्तर: भुगतान',
  ])('is the word of somebody who is away: %s', async (subject) => {
    const encoded = `=?utf-8?B?${Buffer.from(subject).toString('base64')}?=`;
    expect(await kindOf(...head, `Subject: ${encoded}`, '', 'I am away.')).toBe('auto-reply');
  });

  it('is what Outlook marks as such, whatever its language', async () => {
    const lines = ['Subject: Absence', 'X-Auto-Response-Suppress: All', '', 'Je suis absent.'];
    expect(await kindOf(...head, ...lines)).toBe('auto-reply');
  });

  it('is not the "stop" that a mail program sends by itself', async () => {
    const mail = await read(...head, 'Subject: STOP uid-77', 'Auto-Submitted: auto-generated', '', '');
    expect(mail).toMatchObject({ kind: 'reply', text: 'STOP', about: { uid: 'uid-77' } });
  });

  it('is a warning that a server still tries: the mail has not come back', async () => {
    const from = 'From: Mail Delivery Subsystem <MAILER-DAEMON@mx.test>';
    const mail = await read(
      from,
      'Message-ID: <slow-1@mx.test>',
      'Subject: Delivery Status Notification (Delay)',
      '',
      'Delivery has been delayed. It will be retried for 2 more days.',
      'X-Baaki-Message: uid-1',
    );
    expect(mail).toMatchObject({ kind: 'auto-reply', news: null });
  });

  it('is a report in the words of international mail', async () => {
    const mail = await read(
      'From: postmaster@mx.test',
      'Message-ID: <global-1@mx.test>',
      'Subject: Undeliverable',
      'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
      '',
      '--b',
      'Content-Type: message/global-delivery-status',
      '',
      'Reporting-MTA: dns; mx.test',
      '',
      'Final-Recipient: utf-8; ravi@customer.test',
      'Action: failed',
      'Status: 5.1.1',
      '',
      '--b',
      'Content-Type: message/global-headers',
      '',
      'Message-ID: <uid-1@dukaan.test>',
      'X-Baaki-Message: uid-1',
      '',
      '--b--',
      '',
    );
    expect(mail).toMatchObject({
      kind: 'bounce',
      news: { state: 'bounced', errorClass: 'recipient-permanent' },
    });
    expect(mail?.about).toMatchObject({ uid: 'uid-1', messageIds: ['<uid-1@dukaan.test>'] });
  });
});
