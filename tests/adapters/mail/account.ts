import { gateways } from '#engine/adapters/mail/gateway.ts';
import type { GatewayConfig, MessageChannel, OutgoingMessage } from '#engine/adapters/message-ports.ts';

// What the tests of the mail gateway need alike: one account, one mail.

export type AccountWish = {
  readonly fields: Readonly<Record<string, string>>;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly kept?: Map<string, string>;
  readonly now?: () => number;
};

export function configOf({ fields, secrets = { password: 'sahi-password' } }: AccountWish): GatewayConfig {
  return {
    fields: { provider: 'own', user: 'owner@dukaan.test', fromName: 'श्री ट्रेडर्स', ...fields },
    secrets,
  };
}

export function openAccount(wish: AccountWish): MessageChannel {
  const [gateway] = gateways;
  if (!gateway) throw new Error('The mail folder exports no gateway.');
  return gateway.open(configOf(wish), {
    now: wish.now ?? Date.now,
    newId: () => crypto.randomUUID(),
    keepSecret: (key, value) => {
      wish.kept?.set(key, value);
      return Promise.resolve();
    },
  });
}

export function mailTo(to: string, more: Partial<OutgoingMessage> = {}): OutgoingMessage {
  const uid = more.uid ?? crypto.randomUUID();
  return {
    uid,
    to,
    toName: 'रवि कुमार',
    text: 'नमस्ते रवि जी,\nबिल INV-1 के ₹1,00,000.00 बकाया हैं।',
    language: 'hi',
    values: [],
    ids: {
      dltTemplateId: null,
      dltEntityId: null,
      dltHeader: null,
      dltCategory: null,
      vendorTemplateId: null,
      whatsappName: null,
      whatsappLanguage: null,
    },
    attachments: [],
    email: {
      subject: 'बिल INV-1 का भुगतान',
      html: '<p>नमस्ते रवि जी, बिल INV-1 के <b>₹1,00,000.00</b> बकाया हैं।</p>',
      messageId: `<${uid}@dukaan.test>`,
      inReplyTo: null,
      references: [],
    },
    windowUntil: null,
    ...more,
  };
}

export const calm: AbortSignal = new AbortController().signal;
