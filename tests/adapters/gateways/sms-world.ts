import { expect, it } from 'vitest';
import type { ErrorClass } from '#domain/reminders/words.ts';
import { dltScrubber, type DltScrubber } from '../../fakes/dlt/scrubber.ts';
import {
  RETRY_AFTER_SECONDS,
  type Accepted,
  type Fault,
  type FakeServer,
} from '../../fakes/gateways/server.ts';
import type {
  GatewayWorld,
  MessageChannel,
  OutgoingMessage,
  SendOutcome,
  SentMark,
} from '../../../src-engine/adapters/message-ports.ts';

// One business with one English and one Hindi template, and what must hold for every SMS gateway over HTTP.

/** Noon in India on 22-11-2026. */
export const NOW = Date.UTC(2026, 10, 22, 6, 30);
export const MINUTE = 60_000;
export const DAY = 86_400_000;
export const ENTITY_ID = '1101234567890123456';
export const HEADER = 'SHRTRD';
export const TEMPLATE_ID = '1107161234567890123';
export const HINDI_TEMPLATE_ID = '1107161234567890456';
export const VENDOR_TEMPLATE_ID = '665544';
export const HINDI_VENDOR_TEMPLATE_ID = '665545';
export const PHONE = '+919876543210';
/** Looked for in everything that comes out of a gateway. */
export const SECRET = 'sekretKey4711xyz';

export const english = 'Dear customer, bill {#var#} of Rs. {#var#} is due. Sharma Traders';
export const hindi = 'प्रिय ग्राहक, बिल {#var#} के Rs. {#var#} बाकी हैं। शर्मा ट्रेडर्स';
export const values = [
  { name: 'bill_number', value: 'ST/26-27/118' },
  { name: 'amount', value: '12,500.00' },
] as const;

export function registry(): DltScrubber {
  const dlt = dltScrubber();
  dlt.addEntity({ entityId: ENTITY_ID });
  dlt.addHeader({ header: HEADER, entityId: ENTITY_ID });
  const variables = [{ tag: 'alphanumeric' }, { tag: 'numeric' }] as const;
  const base = { entityId: ENTITY_ID, headers: [HEADER], variables };
  dlt.addTemplate({ ...base, templateId: TEMPLATE_ID, text: english });
  dlt.addTemplate({ ...base, templateId: HINDI_TEMPLATE_ID, text: hindi });
  return dlt;
}

export function filledText(template: string): string {
  let at = 0;
  return template.replaceAll('{#var#}', () => values[at++]?.value ?? '');
}

export function aMessage(over: Partial<OutgoingMessage> = {}): OutgoingMessage {
  return {
    uid: '0198b2f0-7a1c-7000-8000-000000000001',
    to: PHONE,
    toName: 'Gupta Stores',
    text: filledText(english),
    language: 'en',
    values,
    ids: {
      dltTemplateId: TEMPLATE_ID,
      dltEntityId: ENTITY_ID,
      dltHeader: HEADER,
      dltCategory: 'service-implicit',
      vendorTemplateId: VENDOR_TEMPLATE_ID,
      whatsappName: null,
      whatsappLanguage: null,
    },
    attachments: [],
    email: null,
    windowUntil: null,
    ...over,
  };
}

export function aHindiMessage(): OutgoingMessage {
  const base = aMessage();
  const ids = {
    ...base.ids,
    dltTemplateId: HINDI_TEMPLATE_ID,
    vendorTemplateId: HINDI_VENDOR_TEMPLATE_ID,
  };
  return { ...base, language: 'hi', text: filledText(hindi), ids };
}

export function worldAt(now: () => number): GatewayWorld {
  return { now, newId: () => 'id', keepSecret: () => Promise.resolve() };
}

export function markOf(message: OutgoingMessage, outcome: SendOutcome, sentAt: number): SentMark {
  const providerId = outcome.ok ? outcome.providerId : null;
  return { uid: message.uid, providerId, to: message.to, sentAt, messageId: null };
}

export const never = (): AbortSignal => new AbortController().signal;

/** Small enough that a hanging server costs no time. */
export const smallLimits = { timeoutMs: 200, bytesMost: 1_000_000 };

/** Nothing of a customer, a text or a key may be read in what is shown and logged. */
export function expectNoSecrets(told: unknown): void {
  const text = JSON.stringify(told);
  for (const secret of [
    SECRET,
    encodeURIComponent(SECRET),
    '9876543210',
    filledText(english),
    'ST/26-27/118',
  ])
    expect(text).not.toContain(secret);
}

type Expected = {
  readonly errorClass: ErrorClass;
  readonly code: string | null;
  /** How many phones got it although no success came back. */
  readonly taken: 0 | 1;
};

const expected: Readonly<
  Record<Exclude<Fault, 'error-in-200' | 'duplicate-status' | 'out-of-order-status'>, Expected>
> = {
  refuse: { errorClass: 'transient-before-send', code: 'ECONNREFUSED', taken: 0 },
  hang: { errorClass: 'transient-after-send', code: 'TIMEOUT', taken: 1 },
  'reset-after-request': { errorClass: 'transient-after-send', code: 'ECONNRESET', taken: 0 },
  'reset-before-answer': { errorClass: 'transient-after-send', code: 'ECONNRESET', taken: 1 },
  throttle: { errorClass: 'throttled', code: 'HTTP 429', taken: 0 },
  'status-500': { errorClass: 'transient-after-send', code: 'HTTP 500', taken: 1 },
  trickle: { errorClass: 'transient-after-send', code: 'TIMEOUT', taken: 1 },
  'wrong-type': { errorClass: 'transient-after-send', code: 'BAD-ANSWER', taken: 1 },
  huge: { errorClass: 'transient-after-send', code: 'TOO-LARGE', taken: 1 },
};

export type World = {
  readonly server: FakeServer & { readonly accepted: readonly Accepted[] };
  readonly channel: MessageChannel;
};

/** Each way a server fails, with its class; and that whatever may be on a phone is never called safe to send again. */
export function itSurvivesEveryFault(open: () => Promise<World>, saidNo: ErrorClass): void {
  it.each(Object.entries(expected))('ends a "%s" in the right class, tried once', async (fault, wanted) => {
    const { server, channel } = await open();
    server.faults.next(fault as Fault);
    const outcome = await channel.send(aMessage(), never());
    expect(outcome).toMatchObject({ ok: false, errorClass: wanted.errorClass, code: wanted.code });
    expect(server.accepted).toHaveLength(wanted.taken);
    expect(server.requests).toHaveLength(fault === 'refuse' ? 0 : 1);
    if (!outcome.ok && server.accepted.length > 0) {
      expect(outcome.errorClass).toBe('transient-after-send');
      expect(outcome.phase).not.toBe('not-connected');
    }
    if (!outcome.ok && fault === 'throttle') expect(outcome.retryAfterSeconds).toBe(RETRY_AFTER_SECONDS);
    expectNoSecrets(outcome);
    await server.faults.clear();
    expect(await channel.send(aMessage(), never())).toMatchObject({ ok: true });
  });

  it('takes an error under status 200 for an error', async () => {
    const { server, channel } = await open();
    server.faults.next('error-in-200');
    const outcome = await channel.send(aMessage(), never());
    expect(outcome).toMatchObject({ ok: false, phase: 'response-read', errorClass: saidNo });
    expect(server.accepted).toHaveLength(0);
    expectNoSecrets(outcome);
  });

  it('sends nothing when it was stopped before, and does not know when it was stopped after', async () => {
    const { server, channel } = await open();
    expect(await channel.send(aMessage(), AbortSignal.abort())).toMatchObject({
      errorClass: 'transient-before-send',
      code: 'ABORTED',
    });
    expect(server.requests).toHaveLength(0);
    server.faults.next('hang');
    const stop = new AbortController();
    const sending = channel.send(aMessage(), stop.signal);
    await expect.poll(() => server.accepted.length).toBe(1);
    stop.abort();
    expect(await sending).toMatchObject({ errorClass: 'transient-after-send', code: 'ABORTED' });
  });

  it('tells each failure of the test in words, sends nothing and shows no key', async () => {
    const { server, channel } = await open();
    for (const fault of ['hang', 'reset-after-request', 'throttle', 'status-500'] as const) {
      server.faults.next(fault);
      const checks = await channel.check(never());
      expect(checks.some(({ outcome }) => outcome === 'failed' || outcome === 'warning')).toBe(true);
      expectNoSecrets(checks);
    }
    server.faults.next('refuse');
    const checks = await channel.check(never());
    expect(checks.at(-1)).toMatchObject({ step: 'connect', outcome: 'failed' });
    expect(checks.at(-1)?.detail.hi).toMatch(/\p{Script=Devanagari}/u);
    expect(server.accepted).toHaveLength(0);
  });
}
