import type { DltContentTemplate } from './scrubber.ts';
import { valuesOf } from './template-match.ts';

// Calls to action as MSG91's table lists their formats (docs/gateways.md 1.3).

export type CallKind =
  'apk' | 'whatsapp' | 'dynamic-url' | 'static-url' | 'mobile' | 'toll-free' | 'series' | 'landline';

/** Which kind of call a whitelisted entry is; null = a format the portal refuses. The first that fits. */
export function callKind(text: string): CallKind | null {
  if (/^https:\/\/wa\.me\/91[6-9]\d{9}$/.test(text)) return 'whatsapp';
  if (text.startsWith('https://wa.me/')) return null;
  if (/^(https?:\/\/|www\.)\S+$/.test(text)) {
    if (text.endsWith('.apk')) return 'apk';
    if (text.endsWith('?')) return 'dynamic-url';
    return text.includes('?') ? null : 'static-url';
  }
  if (/^18[06]0\d{4,7}$/.test(text)) return 'toll-free';
  if (/^1[46]0\d{7}$/.test(text)) return 'series';
  if (/^(91)?[6-9]\d{9}$/.test(text)) return 'mobile';
  return /^0?\d{10}$/.test(text) ? 'landline' : null;
}

/** A dynamic entry lets pass what begins with it up to its '?'; every other only itself. */
export function isWhitelisted(call: string, whitelist: readonly string[]): boolean {
  return whitelist.some((entry) => {
    if (callKind(entry) === 'dynamic-url') return call.startsWith(entry.slice(0, -1));
    if (callKind(entry) === 'mobile') return call.slice(-10) === entry.slice(-10);
    return call === entry;
  });
}

export function urlsIn(text: string): readonly string[] {
  const found = text.match(/(https?:\/\/|www\.|wa\.me\/)[^\s]+/gi) ?? [];
  return found.map((url) => url.replace(/[.,;:!)]+$/, ''));
}

/** Numbers to call: those of variables for call-back and of the fixed text. A bill's number is not one. */
export function phonesIn(template: DltContentTemplate, text: string): readonly string[] {
  const values = valuesOf(template, text) ?? [];
  const callbacks = template.variables.flatMap(({ tag }, at) =>
    tag === 'callback' ? [values[at] ?? ''] : [],
  );
  const fixed = template.text.match(/(?<!\d)(?:91)?[6-9]\d{9}(?!\d)|(?<!\d)18[06]0\d{4,7}(?!\d)/g) ?? [];
  return [...callbacks.map((value) => value.replace(/^\+/, '')), ...fixed];
}
