import MailComposer from 'nodemailer/lib/mail-composer';
import { isMessageId, isPlainAddress, isPrintable, oneLine } from './address.ts';
import type { Settings } from './settings.ts';
import type { OutgoingMessage, Problem } from '../message-ports.ts';

/** Our key in every mail that we send, so that a copy or a returned header is known again. */
export const OUR_HEADER = 'X-Baaki-Message';

/** Raw bytes; a mail grows by a third on the way, and the smallest usual limit is 25 MB (Gmail). */
const ATTACHED_BYTES_MOST = 18 * 1024 * 1024;
const SUBJECT_CHARS_MOST = 250;

/** What is wrong with a mail before anything leaves. */
export function problemsOf(message: OutgoingMessage): readonly Problem[] {
  const problems: Problem[] = [];
  const add = (code: string, en: string, hi: string): void => {
    problems.push({ code, detail: { en, hi }, isBlocking: true });
  };
  if (!isPlainAddress(message.to))
    add('BAD-ADDRESS', 'This is not one plain email address.', 'यह एक सीधा ईमेल पता नहीं है।');
  if (!/^[A-Za-z0-9_.-]{1,36}$/.test(message.uid))
    add('BAD-UID', 'The key of this message is not fit for a mail.', 'इस संदेश की पहचान मेल के लायक नहीं है।');
  const { email } = message;
  if (!email) {
    add('NO-EMAIL', 'This message has no subject and no mail text.', 'इस संदेश में विषय और मेल का पाठ नहीं है।');
    return problems;
  }
  if (!email.subject.trim() || !isPrintable(email.subject) || email.subject.length > SUBJECT_CHARS_MOST)
    add(
      'BAD-SUBJECT',
      `The subject must be one line of at most ${SUBJECT_CHARS_MOST} characters.`,
      `विषय एक ही पंक्ति का और ज़्यादा से ज़्यादा ${SUBJECT_CHARS_MOST} अक्षरों का हो।`,
    );
  const threads = [...email.references, ...(email.inReplyTo === null ? [] : [email.inReplyTo])];
  if (![email.messageId, ...threads].every(isMessageId))
    add('BAD-MESSAGE-ID', 'The Message-ID of this mail is malformed.', 'इस मेल की Message-ID ठीक नहीं है।');
  if (!message.text.trim()) add('NO-TEXT', 'The mail has no text.', 'मेल में कोई पाठ नहीं है।');
  if (message.attachments.reduce((sum, one) => sum + one.bytes.length, 0) > ATTACHED_BYTES_MOST)
    add('TOO-LARGE', 'The attachments are larger than 18 MB together.', 'साथ लगी फ़ाइलें मिलाकर 18 MB से बड़ी हैं।');
  return problems;
}

/** The mail as bytes. The same bytes are sent and filed under Sent. */
export function compose(message: OutgoingMessage, settings: Settings): Promise<Buffer> {
  const { email } = message;
  if (!email) throw new Error('A message without its mail part was to be composed.');
  const stop = `STOP ${message.uid}`;
  const composer = new MailComposer({
    from: { name: oneLine(settings.fromName), address: settings.from },
    to: { name: oneLine(message.toName), address: message.to },
    ...(settings.replyTo ? { replyTo: { name: '', address: settings.replyTo } } : {}),
    subject: email.subject,
    messageId: email.messageId,
    ...(email.inReplyTo ? { inReplyTo: email.inReplyTo } : {}),
    ...(email.references.length > 0 ? { references: [...email.references] } : {}),
    headers: {
      'Auto-Submitted': 'auto-generated',
      [OUR_HEADER]: message.uid,
      // A desktop cannot serve the one-click form; a mail with STOP and our key does the same.
      'List-Unsubscribe': `<mailto:${settings.replyTo || settings.from}?subject=${encodeURIComponent(stop)}>`,
    },
    text: message.text,
    ...(email.html === null ? {} : { html: email.html }),
    attachments: message.attachments.map((one) => ({
      filename: oneLine(one.fileName),
      contentType: oneLine(one.mime),
      content: Buffer.from(one.bytes),
    })),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
}
