import type { ErrorClass } from '#domain/reminders/words.ts';

// What the operators' DLT platform says of a message it refuses. It comes in the delivery report of whichever vendor
// carried the message, so the table stands here and not in a vendor's folder. Source: docs/gateways.md 1.5 (Exotel's
// support article for 600 to 632, two vendors' lists for 605, 613 to 618, 624 and 625).

const sentences: Readonly<Record<string, string>> = {
  '600': 'DLT: entity not found.',
  '601': 'DLT: entity not registered.',
  '602': 'DLT: entity inactive.',
  '603': 'DLT: entity blacklisted.',
  '604': 'DLT: entity id is not valid.',
  '605': 'DLT: entity not allowed for this gateway.',
  '610': 'DLT: gateway not registered.',
  '611': 'DLT: gateway inactive.',
  '612': 'DLT: gateway blacklisted.',
  '613': 'DLT: gateway not allowed for this entity.',
  '614': 'DLT: chain to the gateway missing.',
  '615': 'DLT: chain to the gateway not registered.',
  '616': 'DLT: chain to the gateway inactive.',
  '617': 'DLT: chain to the gateway blacklisted.',
  '618': 'DLT: chain to the gateway suspended.',
  '620': 'DLT: header not found (capital and small letters count).',
  '621': 'DLT: header inactive.',
  '622': 'DLT: header blacklisted.',
  '623': 'DLT: header belongs to another entity.',
  '624': 'DLT: header suspended.',
  '625': 'DLT: header suspended.',
  '630': 'DLT: template not found.',
  '631': 'DLT: template inactive.',
  '632': 'DLT: template blacklisted.',
};

export type DltFailure = { readonly code: string; readonly errorClass: ErrorClass; readonly detail: string };

/**
 * The failure behind a DLT code, null for anything that is none. The same text fails again, so no class of these may be
 * retried: 600 to 625 concern the account, 630 to 639 this template. The meanings of 633 and above are not told alike
 * by all; 640 to 659 are about consent and preferences of one recipient.
 */
export function dltFailure(code: string): DltFailure | null {
  if (!/^6[0-5]\d$/.test(code)) return null;
  const number = Number(code);
  const errorClass = number < 630 ? 'account-config' : number < 640 ? 'template-config' : 'policy';
  const unnamed = errorClass === 'template-config' ? 'DLT: text and template differ.' : 'DLT: refused.';
  return { code: `DLT ${code}`, errorClass, detail: sentences[code] ?? unnamed };
}

/** The first DLT code that stands by itself in what a vendor wrote: 'Failed: 630', '630', 'DLT-630 …'. */
export function dltFailureIn(text: string): DltFailure | null {
  const found = /(?<!\d)6[0-5]\d(?!\d)/.exec(text);
  return found ? dltFailure(found[0]) : null;
}
