import type { Day } from '#domain/days.ts';
import type { Blinder } from './blinder/start-blinder.ts';
import type { SigningKey } from './crypto.ts';
import type { Notifier } from './notifier/notifier.ts';
import type { Store } from './store/database.ts';

/** What every handler and job works with; one plain object, the first argument. */
export type Registry = {
  readonly store: Store;
  readonly blinder: Blinder;
  readonly notifier: Notifier;
  readonly contacts: ContactSeal;
  /** Keys the hashes of one-time passwords (otps.ts). */
  readonly otpKey: Uint8Array;
  /** Signs receipts, reports and consents. */
  readonly receiptKey: SigningKey;
  /** Signs the log's checkpoints; another key, so that either can be changed alone. */
  readonly logKey: SigningKey;
  /** The log's name, without a scheme: 'registry.example/log1'. */
  readonly origin: string;
  /** Where debtors' pages stand: 'https://registry.example'. */
  readonly publicUrl: string;
  readonly name: string;
  /** Who lets new members in. */
  readonly admits: 'operator' | 'everyone';
  /** Where complaints are read: the grievance officer's mail address. */
  readonly grievance: string;
  /** UTC milliseconds. */
  readonly now: () => number;
  /** India's calendar day of now. */
  readonly today: () => Day;
  readonly newId: () => string;
  readonly randomBytes: (count: number) => Uint8Array;
  /** An event word and numbers: no place for an identifier, a name or an amount. */
  readonly log: (event: string, facts?: Readonly<Record<string, number | boolean | null>>) => void;
};

/**
 * Encrypts what a debtor or member is reached under; only who notifies opens it. It talks to the database itself, so call it
 * before a transaction, never inside one.
 */
export type ContactSeal = {
  /** For members and applications, whose key is forgotten by whoever drops them. */
  readonly seal: (keyOfSubject: Uint8Array, contact: string) => Promise<Uint8Array>;
  /** For subjects, many at once, in their order; a key that nothing is kept under goes by itself. */
  readonly sealAll: (
    wishes: readonly { readonly subject: Uint8Array; readonly contact: string }[],
  ) => Promise<readonly Uint8Array[]>;
  readonly open: (keyOfSubject: Uint8Array, sealed: Uint8Array) => Promise<string>;
  /** After this nothing sealed under it can be opened any more. */
  readonly forget: (keyOfSubject: Uint8Array) => Promise<void>;
  /** Equal contacts have equal keys, and nobody without the key file can try out whose they are. */
  readonly keyOf: (contact: string) => Uint8Array;
};
