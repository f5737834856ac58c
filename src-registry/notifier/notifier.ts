import type { SmsTemplate } from './sms-templates.ts';

/** What leaves for a debtor or a member: a one-time password, a notice, an alert. */
export type Notice = {
  readonly to: { readonly mobile: string | null; readonly email: string | null };
  readonly kind: 'otp' | 'publication' | 'reminder' | 'ended' | 'consent' | 'access' | 'dispute' | 'erasure';
  /** Which of the registered texts it is. */
  readonly template: SmsTemplate;
  readonly lang: 'en' | 'hi';
  readonly subject: string;
  readonly text: string;
};

export type Notified = 'sent' | 'failed' | 'no-way';

/** Hands a notice over; 'no-way' where it has no channel for such a contact. Never throws for what the world does. */
export type Notifier = { readonly send: (notice: Notice) => Promise<Notified> };
