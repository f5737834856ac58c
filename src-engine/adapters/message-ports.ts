import type { VoiceScript } from '#domain/reminders/texts/speech.ts';
import type {
  Channel,
  DltCategory,
  ErrorClass,
  InboundKind,
  MessageState,
  Phase,
  WhatsappStatus,
} from '#domain/reminders/words.ts';

// What every gateway serves, whatever it sends. A vendor is one folder with a `gateway.ts` that exports
// `gateways: readonly Gateway[]` (or `paymentGateways`): open-engine finds it there, the window draws its form from
// `describe`, and nothing else has to be changed.

/** Words that only this gateway has, in both languages of the window. */
export type Bilingual = { readonly en: string; readonly hi: string };

export type GatewayField = {
  readonly key: string;
  readonly label: Bilingual;
  readonly hint?: Bilingual;
  /** A 'secret' is kept in the vault and never shown again. */
  readonly kind: 'text' | 'secret' | 'number' | 'choice' | 'switch' | 'long-text';
  readonly isRequired: boolean;
  readonly preset?: string;
  readonly choices?: readonly { readonly value: string; readonly label: Bilingual }[];
};

/** What a gateway can do, so that nobody promises more. */
export type Capabilities = {
  /** UTF-16 units of one text; null = no limit of its own. */
  readonly charsMost: number | null;
  readonly pullsStatus: 'by-id' | 'by-range' | 'no';
  readonly pullsInbound: boolean;
  /** Sending the same `uid` again never makes a second message. */
  readonly isIdempotent: boolean;
  /** After an unknown outcome it can say whether the message is there. */
  readonly canFind: boolean;
  readonly takesAttachments: boolean;
  /** Reports older than this are lost; null = kept. */
  readonly lookBackDays: number | null;
  readonly perMinute: number;
  readonly perDay: number | null;
  /** Where DLT ids are told: with each request, by a template of the vendor's own, in the vendor's panel, or not at all. */
  readonly dlt: 'in-request' | 'by-vendor-template' | 'in-account' | 'none';
  /** False for what stands in the same house (a modem, a phone on the Wi-Fi, Kannel). */
  readonly needsInternet: boolean;
};

export type GatewayDescription = {
  /** Channel and vendor: 'sms-msg91', 'whatsapp-twilio'. Stored with each gateway of the user. */
  readonly kind: string;
  readonly channel: Channel;
  /** The brand, or what it is. */
  readonly name: Bilingual;
  /** One or two sentences: what is needed, where to find it. */
  readonly about: Bilingual;
  readonly fields: readonly GatewayField[];
  readonly capabilities: Capabilities;
};

export type GatewayConfig = {
  readonly fields: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
};

export type GatewayWorld = {
  /** UTC milliseconds. */
  readonly now: () => number;
  readonly newId: () => string;
  /** Rewrites a secret that the other side renewed (an OAuth refresh token). */
  readonly keepSecret: (key: string, value: string) => Promise<void>;
};

export type Attachment = {
  readonly fileName: string;
  readonly mime: string;
  readonly bytes: Uint8Array;
};

/** What a template is known by at the operator, the vendor and Meta. */
export type TemplateIds = {
  readonly dltTemplateId: string | null;
  readonly dltEntityId: string | null;
  readonly dltHeader: string | null;
  readonly dltCategory: DltCategory | null;
  /** MSG91 flow id, Fast2SMS message id, Twilio ContentSid. */
  readonly vendorTemplateId: string | null;
  readonly whatsappName: string | null;
  /** Meta's language code ('en', 'hi'). */
  readonly whatsappLanguage: string | null;
};

/** One message to one recipient, rendered; nothing in it is decided by the gateway. */
export type OutgoingMessage = {
  /** Ours, stable over retries: client id, CreatorID, custom field, part of the Message-ID. At most 36 characters. */
  readonly uid: string;
  /** E.164 ('+919876543210') or an email address, checked. */
  readonly to: string;
  readonly toName: string;
  readonly text: string;
  readonly language: string;
  /** The template's merge values in the order of the text, by name. */
  readonly values: readonly { readonly name: string; readonly value: string }[];
  readonly ids: TemplateIds;
  readonly attachments: readonly Attachment[];
  /** Only for email. */
  readonly email: {
    readonly subject: string;
    readonly html: string | null;
    readonly messageId: string;
    readonly inReplyTo: string | null;
    readonly references: readonly string[];
  } | null;
  /** Only for calls: what is said when. A gateway that hears no key says `alone` of it, never the text. */
  readonly call?: VoiceScript;
  /** Only for WhatsApp: until when free text is allowed (UTC milliseconds); null = only templates. */
  readonly windowUntil: number | null;
};

export type SendOutcome =
  | {
      readonly ok: true;
      readonly providerId: string | null;
      /** 'accepted' as a rule; 'sent' where the gateway itself is the last we hear of it before a bounce. */
      readonly state: Extract<MessageState, 'accepted' | 'sent' | 'handed-to-user'>;
      readonly parts: number | null;
      /** Millionths of a rupee, as the gateway says; null = it does not. */
      readonly costMicros: number | null;
    }
  | {
      readonly ok: false;
      readonly errorClass: ErrorClass;
      readonly phase: Phase;
      /** The other side's own code ('ECONNREFUSED', '21610', '550 5.1.1'); closed enough to test, safe to log. */
      readonly code: string;
      /** What it said, without keys, addresses and texts; for the message's timeline. */
      readonly detail: string;
      readonly retryAfterSeconds: number | null;
    };

/** News of a message that left earlier. */
export type StatusNews = {
  readonly uid: string | null;
  readonly providerId: string | null;
  readonly state: Extract<
    MessageState,
    'sent' | 'delivered' | 'read' | 'undelivered' | 'bounced' | 'rejected'
  >;
  /** UTC milliseconds as the other side says; null = it does not. */
  readonly at: number | null;
  readonly errorClass: ErrorClass | null;
  readonly code: string | null;
  readonly detail: string;
  readonly parts: number | null;
  readonly costMicros: number | null;
};

/** What we ask about: messages of ours that wait for news. */
export type SentMark = {
  readonly uid: string;
  readonly providerId: string | null;
  readonly to: string;
  readonly sentAt: number;
  readonly messageId: string | null;
};

export type InboundAttachment = Attachment;

/** Something that came from outside. `externalId` is unique within its gateway. */
export type InboundMessage = {
  readonly externalId: string;
  readonly kind: InboundKind;
  readonly from: string;
  readonly at: number;
  readonly subject: string | null;
  readonly text: string;
  /** What it answers or reports on: our uid, the provider's id, or Message-IDs of ours. */
  readonly about: {
    readonly uid: string | null;
    readonly providerId: string | null;
    readonly messageIds: readonly string[];
  };
  readonly attachments: readonly InboundAttachment[];
  /** Of a bounce or report: what it says of the message. */
  readonly news: StatusNews | null;
};

export type Pulled<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly errorClass: ErrorClass; readonly code: string; readonly detail: string };

/** One step of "test this gateway", told in words: `step` names the sentence of the window, `detail` is what came. */
export type GatewayCheck = {
  readonly step:
    'settings' | 'name' | 'connect' | 'tls' | 'sign-in' | 'account' | 'balance' | 'sender' | 'inbox' | 'send';
  readonly outcome: 'ok' | 'failed' | 'warning' | 'left-out';
  readonly detail: Bilingual;
};

export type Problem = { readonly code: string; readonly detail: Bilingual; readonly isBlocking: boolean };

/** Hears of a step of the check when it is taken. */
export type TellCheck = (check: GatewayCheck) => void;

export type MessageChannel = {
  /**
   * Looks whether it would work, without sending to anybody. Never throws. Where the steps take their time each may be
   * told as it is taken; the answer has all of them once more, in the same order.
   */
  readonly check: (signal: AbortSignal, tell?: TellCheck) => Promise<readonly GatewayCheck[]>;
  /** What of this message the gateway could not send, found before anything leaves. */
  readonly preflight: (message: OutgoingMessage) => readonly Problem[];
  /**
   * Sends once. Makes no second try, follows no redirect of a POST, never throws: what went wrong is an outcome, and
   * `phase` says whether anything may have left.
   */
  readonly send: (message: OutgoingMessage, signal: AbortSignal) => Promise<SendOutcome>;
  readonly pull?: (sent: readonly SentMark[], signal: AbortSignal) => Promise<Pulled<readonly StatusNews[]>>;
  /** `cursor` is whatever was given the last time; null = from now minus a day. */
  readonly pullInbound?: (
    cursor: string | null,
    signal: AbortSignal,
  ) => Promise<Pulled<{ readonly messages: readonly InboundMessage[]; readonly cursor: string }>>;
  /**
   * Stays connected and says whenever something may have come in, until the signal. Never throws. 'lost': it was or could
   * not be connected, and may be tried again; 'never': the other side cannot do this. Pulling stays the rule.
   */
  readonly watchInbound?: (told: () => void, signal: AbortSignal) => Promise<'lost' | 'never'>;
  /** After an unknown outcome: the provider's id when the message is there, null when it surely is not. */
  readonly find?: (
    mark: SentMark & { readonly text: string },
    signal: AbortSignal,
  ) => Promise<Pulled<{ readonly providerId: string | null; readonly state: MessageState } | null>>;
  /** Templates as the other side has them: whether each is approved. Absent where nothing is approved. */
  readonly pullTemplates?: (signal: AbortSignal) => Promise<Pulled<readonly ApprovedTemplate[]>>;
  readonly close: () => Promise<void>;
};

/** A template at Meta, in one language. */
export type ApprovedTemplate = {
  readonly name: string;
  readonly language: string;
  readonly status: WhatsappStatus;
  readonly body: string;
  readonly parameterCount: number;
  readonly hasDocument: boolean;
};

export type Gateway = {
  readonly describe: GatewayDescription;
  /** Cheap: opens nothing yet. */
  readonly open: (config: GatewayConfig, world: GatewayWorld) => MessageChannel;
  /**
   * Signs the user in at the vendor, where a password is no longer taken: `openUrl` shows him its page, the secrets that
   * come of it are put beside the others. Never throws.
   */
  readonly signIn?: (
    config: GatewayConfig,
    openUrl: (url: string) => Promise<void>,
    signal: AbortSignal,
  ) => Promise<Pulled<{ readonly secrets: Readonly<Record<string, string>> }>>;
};

/** A payment page at the owner's own payment gateway. Amounts in paise. */
export type PaymentLinkWish = {
  /** Ours, unique: looked up first, so that a lost answer never makes a second link. */
  readonly reference: string;
  readonly amountPaise: number;
  readonly purpose: string;
  readonly customer: { readonly name: string; readonly phone: string | null; readonly email: string | null };
  /** UTC milliseconds. */
  readonly expiresAt: number;
  readonly takesParts: boolean;
};

export type PaymentLinkState = {
  readonly externalId: string;
  readonly reference: string;
  readonly url: string;
  readonly status: 'open' | 'part-paid' | 'paid' | 'cancelled' | 'expired';
  readonly amountPaise: number;
  readonly paidPaise: number;
  readonly payments: readonly {
    readonly paymentId: string;
    readonly amountPaise: number;
    readonly at: number | null;
    /** UTR or the bank's reference, where it is told. */
    readonly bankReference: string | null;
  }[];
};

export type PaymentChannel = {
  readonly check: (signal: AbortSignal, tell?: TellCheck) => Promise<readonly GatewayCheck[]>;
  /** Looks the reference up first, then creates. */
  readonly create: (wish: PaymentLinkWish, signal: AbortSignal) => Promise<Pulled<PaymentLinkState>>;
  readonly look: (reference: string, signal: AbortSignal) => Promise<Pulled<PaymentLinkState | null>>;
  readonly cancel: (reference: string, signal: AbortSignal) => Promise<Pulled<PaymentLinkState>>;
  readonly close: () => Promise<void>;
};

export type PaymentGateway = {
  readonly describe: Omit<GatewayDescription, 'channel' | 'capabilities'>;
  /** Characters of its links: a plan counts them before a link is made. */
  readonly linkChars: number;
  readonly open: (config: GatewayConfig, world: GatewayWorld) => PaymentChannel;
};

/** Keeps secrets of this machine's user. Nothing of it stands in the book. */
export type Vault = {
  /** False: this process cannot open the vault (a terminal); nothing can be sent from here. */
  readonly isOpen: () => boolean;
  readonly put: (name: string, secrets: Readonly<Record<string, string>>) => Promise<void>;
  readonly take: (name: string) => Promise<Readonly<Record<string, string>> | null>;
  readonly forget: (name: string) => Promise<void>;
};
