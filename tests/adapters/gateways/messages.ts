import type { GatewayWorld, OutgoingMessage, SentMark } from '#engine/adapters/message-ports.ts';

export const NO_IDS: OutgoingMessage['ids'] = {
  dltTemplateId: null,
  dltEntityId: null,
  dltHeader: null,
  dltCategory: null,
  vendorTemplateId: null,
  whatsappName: null,
  whatsappLanguage: null,
};

/** A message to one Indian mobile in Hindi, as the outbox would hand it to a gateway. */
export function outgoing(more: Partial<OutgoingMessage> = {}): OutgoingMessage {
  return {
    uid: 'uid-1',
    to: '+919876543210',
    toName: 'Anita Stores',
    text: 'नमस्ते अनिता, Rs. 1,25,000 बाकी है।',
    language: 'hi',
    values: [
      { name: 'customer_name', value: 'अनिता स्टोर्स' },
      { name: 'amount', value: '1,25,000' },
    ],
    ids: NO_IDS,
    attachments: [],
    email: null,
    windowUntil: null,
    ...more,
  };
}

export function markOf(message: OutgoingMessage, providerId: string | null, sentAt: number): SentMark {
  return { uid: message.uid, providerId, to: message.to, sentAt, messageId: null };
}

export function worldAt(now: () => number): GatewayWorld {
  return { now, newId: () => 'id', keepSecret: () => Promise.resolve() };
}

/** Small enough that a server which hangs or pours does not hold a test up. */
export const SMALL = { timeoutMs: 150, bytesMost: 100_000 } as const;

/** How each fault has to be told, whoever the vendor is. */
export const faultClasses = [
  ['refuse', 'transient-before-send'],
  ['hang', 'transient-after-send'],
  ['reset-after-request', 'transient-after-send'],
  ['reset-before-answer', 'transient-after-send'],
  ['throttle', 'throttled'],
  ['status-500', 'transient-after-send'],
  ['trickle', 'transient-after-send'],
  ['wrong-type', 'transient-after-send'],
  ['huge', 'transient-after-send'],
] as const;
