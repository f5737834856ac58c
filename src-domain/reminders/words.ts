// The closed lists that reminders are told in, on every floor. The window translates each word.

/** Ways to reach a customer. A letter and a call are done by a person; Baaki prepares them and keeps the proof. */
export const channels = ['sms', 'whatsapp', 'email', 'voice', 'letter', 'call'] as const;
export type Channel = (typeof channels)[number];

export const tones = ['friendly', 'plain', 'firm', 'final'] as const;
export type Tone = (typeof tones)[number];

/** What a message is for. 'reply' answers a customer; 'test' goes to the owner himself. */
export const purposes = ['reminder', 'thanks', 'notice', 'statement', 'reply', 'test'] as const;
export type Purpose = (typeof purposes)[number];

/** Where a message stands. docs/gateways.md 8.2: only what `transitions` allows may follow (outbox-states.ts). */
export const messageStates = [
  'awaiting-approval',
  'scheduled',
  'claimed',
  'sending',
  'retry-wait',
  'held',
  'unknown',
  'needs-person',
  'accepted',
  'sent',
  'delivered',
  'read',
  'undelivered',
  'bounced',
  'rejected',
  'skipped',
  'declined',
  'cancelled',
  'not-sent',
  'no-report',
  'handed-to-user',
  'user-confirmed',
  'user-cancelled',
] as const;
export type MessageState = (typeof messageStates)[number];

/** Why somebody gets no message, or a planned one did not leave. One sentence each, in both languages. */
export const silenceReasons = [
  'paid',
  'nothing-due',
  'not-yet',
  'below-minimum',
  'within-grace',
  'gap',
  'cap-day',
  'cap-week',
  'same-address',
  'duplicate',
  'do-not-chase',
  'bill-do-not-chase',
  'promised',
  'disputed',
  'on-plan',
  'paused',
  'open-reply',
  'opted-out',
  'suppressed',
  'no-consent',
  'mandate',
  'no-address',
  'no-gateway',
  'gateway-paused',
  'no-template',
  'template-paused',
  'text-refused',
  'no-payment-details',
  'no-business-phone',
  'recent-receipt',
  'unmatched-money',
  'in-credit',
  'not-tied-out',
  'books-old',
  'amount-changed',
  'text-changed',
  'contact-changed',
  'outside-hours',
  'stale',
  'window-missed',
  'budget',
  'kill-switch',
  'first-run-to-self',
  'dry-run',
  'needs-approval',
  'withdrawn',
  'cadence-off',
  'cadence-ended',
  'by-person',
  'not-from-here',
] as const;
export type SilenceReason = (typeof silenceReasons)[number];

/** What kind of failure it was, and so what may be done about it (docs/gateways.md 8.5). */
export const errorClasses = [
  'transient-before-send',
  'transient-after-send',
  'throttled',
  'auth',
  'balance',
  'account-config',
  'template-config',
  'recipient-permanent',
  'recipient-temporary',
  'window',
  'policy',
  'unknown',
] as const;
export type ErrorClass = (typeof errorClasses)[number];

/** How far a request got: only before 'request-written' may it be made again by itself. */
export const phases = ['not-connected', 'connected', 'request-written', 'response-read'] as const;
export type Phase = (typeof phases)[number];

/** Why a cadence rests for a customer or a bill. Promises, disputes and plans set theirs by themselves. */
export const pauseKinds = ['promise', 'dispute', 'plan', 'reply', 'person'] as const;
export type PauseKind = (typeof pauseKinds)[number];

/** What a reply was marked as. */
export const replyMarks = ['promise', 'dispute', 'paid', 'stop', 'question', 'other'] as const;
export type ReplyMark = (typeof replyMarks)[number];

/** What came in: only 'reply' is an answer of a person. */
export const inboundKinds = ['reply', 'auto-reply', 'bounce', 'delivery-report', 'key-press'] as const;
export type InboundKind = (typeof inboundKinds)[number];

export const suppressionReasons = ['stop', 'bounced', 'invalid', 'by-person', 'complaint'] as const;
export type SuppressionReason = (typeof suppressionReasons)[number];

/** Categories of a DLT content template; reminders of issued bills are service-implicit. */
export const dltCategories = [
  'service-implicit',
  'service-explicit',
  'transactional',
  'promotional',
] as const;
export type DltCategory = (typeof dltCategories)[number];

/** Tags of a DLT variable (direction of 18-11-2025: each variable is typed). */
export const dltTags = ['alphanumeric', 'numeric', 'url', 'date', 'time', 'callback'] as const;
export type DltTag = (typeof dltTags)[number];

export const whatsappStatuses = ['approved', 'pending', 'rejected', 'paused', 'disabled', 'unknown'] as const;
export type WhatsappStatus = (typeof whatsappStatuses)[number];

/** To whom a cadence applies; the narrower wins: bill, customer, tag, company. */
export const cadenceScopes = ['company', 'tag', 'customer', 'bill'] as const;
export type CadenceScope = (typeof cadenceScopes)[number];

/** What a step's days are counted from. */
export const stepAnchors = ['due', 'bill', 'month-end', 'previous'] as const;
export type StepAnchor = (typeof stepAnchors)[number];

export const letterKinds = ['statement', 'outstanding', 'letter-1', 'letter-2', 'letter-3'] as const;
export type LetterKind = (typeof letterKinds)[number];
