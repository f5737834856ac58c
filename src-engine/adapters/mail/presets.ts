import type { Bilingual } from '../message-ports.ts';

// Where the servers of the usual mail houses stand (docs/gateways.md 4.1). Every value can be written over in the form.

export const providers = ['gmail', 'microsoft365', 'zoho', 'rediffmail', 'own'] as const;
export type Provider = (typeof providers)[number];

export type Preset = {
  readonly label: Bilingual;
  readonly smtpHost: string;
  readonly smtpPort: number;
  readonly imapHost: string;
  readonly imapPort: number;
  /** The house files what it sent by itself, so that we must not file it a second time. */
  readonly filesSent: boolean;
  /** Which shape of OAuth it speaks; null = only passwords. */
  readonly oauth: 'google' | 'microsoft' | null;
};

export const presets: Readonly<Record<Provider, Preset>> = {
  gmail: {
    label: { en: 'Gmail or Google Workspace', hi: 'Gmail या Google Workspace' },
    smtpHost: 'smtp.gmail.com',
    smtpPort: 465,
    imapHost: 'imap.gmail.com',
    imapPort: 993,
    filesSent: true,
    oauth: 'google',
  },
  microsoft365: {
    label: { en: 'Microsoft 365 or Outlook', hi: 'Microsoft 365 या Outlook' },
    smtpHost: 'smtp.office365.com',
    smtpPort: 587,
    imapHost: 'outlook.office365.com',
    imapPort: 993,
    filesSent: false,
    oauth: 'microsoft',
  },
  zoho: {
    label: { en: 'Zoho Mail (India)', hi: 'Zoho Mail (भारत)' },
    smtpHost: 'smtp.zoho.in',
    smtpPort: 465,
    imapHost: 'imap.zoho.in',
    imapPort: 993,
    filesSent: false,
    oauth: null,
  },
  rediffmail: {
    label: { en: 'Rediffmail Pro', hi: 'Rediffmail Pro' },
    smtpHost: 'smtp.rediffmailpro.com',
    smtpPort: 465,
    imapHost: 'imap.rediffmailpro.com',
    imapPort: 993,
    filesSent: false,
    oauth: null,
  },
  own: {
    label: { en: 'Another mail server', hi: 'कोई दूसरा मेल सर्वर' },
    smtpHost: '',
    smtpPort: 587,
    imapHost: '',
    imapPort: 993,
    filesSent: false,
    oauth: null,
  },
};

/** Free mail houses whose DMARC refuses their addresses when they come from anybody else's server. */
export const freemailDomains: ReadonlySet<string> = new Set([
  'gmail.com',
  'googlemail.com',
  'outlook.com',
  'hotmail.com',
  'live.com',
  'yahoo.com',
  'yahoo.co.in',
  'yahoo.in',
  'rediffmail.com',
  'icloud.com',
  'zohomail.in',
  'proton.me',
]);
