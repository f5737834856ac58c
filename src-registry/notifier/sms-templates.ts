// Every text that leaves as an SMS. India's operators want each registered, in each language, and its id with the message
// (DLT); SMS_TEMPLATES names the ids as '<name>.<language>'.

export const smsTemplates = [
  // The debtor's page, and who joins.
  'password',
  'join',
  // Consents: to the debtor who is asked, to his other contacts, to one whom nobody else names, and what he allowed.
  'consent-check',
  'consent-report',
  'consent-stranger',
  'consent-unknown',
  'receipt-check',
  'receipt-report',
  'look',
  // Dues.
  'publication',
  'reminder',
  'ended',
  // Objections: to the member who is to answer, and to the debtor at the end.
  'dispute-answer',
  'dispute-upheld',
  'dispute-shown',
  // What he asked to be erased: done, or why not.
  'erased',
  'erasure-owed',
  'erasure-disputed',
  'erasure-kept',
] as const;
export type SmsTemplate = (typeof smsTemplates)[number];

/** Texts without an id: operators drop what they cannot match, and nobody is told. */
export function missingTemplates(ids: Readonly<Record<string, string>>): readonly string[] {
  const wanted = smsTemplates.flatMap((name) => [`${name}.en`, `${name}.hi`]);
  return wanted.filter((name) => (ids[name] ?? '') === '');
}
