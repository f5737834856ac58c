import { isPlainSms } from '../../transport/news.ts';
import { digitsOf, indianMobile } from '../../transport/phones.ts';
import type { OutgoingMessage } from '../message-ports.ts';
import type { Settings } from './settings.ts';

// {{marks}} in addresses, headers and bodies. What is put in is encoded for where it stands, so that no text of a
// message can add a parameter, a header or a field of its own.

const MARK = /\{\{\s*(\w+)\s*\}\}/g;

export type Encoding = (value: string) => string;

export const inUrl: Encoding = encodeURIComponent;
/** Inside the quotes of a JSON string. */
export const inJson: Encoding = (value) => JSON.stringify(value).slice(1, -1);
export const inPlain: Encoding = (value) => value;
/** A header has one line. */
export const inHeader: Encoding = (value) => value.replaceAll(/[\r\n]+/g, ' ');

/** A mark without a value becomes nothing; preflight tells of it beforehand. */
export function filled(pattern: string, values: Readonly<Record<string, string>>, encode: Encoding): string {
  return pattern.replaceAll(MARK, (_mark, name: string) => encode(values[name] ?? ''));
}

export function marksIn(pattern: string): readonly string[] {
  return [...pattern.matchAll(MARK)].map((match) => match[1] ?? '');
}

export function accountValues(settings: Settings): Readonly<Record<string, string>> {
  const { user, key, key2, header, entityId } = settings;
  const basic = Buffer.from(`${user}:${key}`).toString('base64');
  return { user, key, key_2: key2, basic, header, entity_id: entityId };
}

/** What is said when, in a call: names for a service that can be told more than one text. */
function spokenValues({ call }: OutgoingMessage): Readonly<Record<string, string>> {
  if (!call) return {};
  const { opening, details, answers, wrongKey, noKey, alone } = call;
  const { promise, paid, talk, stop } = answers;
  return { opening, details, alone, promise, paid, talk, stop, wrong_key: wrongKey, no_key: noKey };
}

export function messageValues(
  settings: Settings,
  message: OutgoingMessage,
): Readonly<Record<string, string>> {
  const { ids } = message;
  const numbered = message.values.map(({ value }, at) => [`value_${at + 1}`, value]);
  return {
    ...accountValues(settings),
    ...Object.fromEntries(numbered),
    ...spokenValues(message),
    to: message.to,
    to_digits: digitsOf(message.to) ?? '',
    to_10: indianMobile(message.to) ?? '',
    text: message.text,
    uid: message.uid,
    unicode: isPlainSms(message.text) ? '0' : '1',
    is_unicode: String(!isPlainSms(message.text)),
    header: ids.dltHeader ?? settings.header,
    entity_id: ids.dltEntityId ?? settings.entityId,
    template_id: ids.dltTemplateId ?? '',
    vendor_template_id: ids.vendorTemplateId ?? '',
  };
}
