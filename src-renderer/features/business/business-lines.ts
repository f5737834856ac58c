import type { Business } from '#contract/engine/business.ts';

/** One line of the business as the form draws it. */
export type BusinessLine = {
  readonly key: keyof Business;
  /** Letters that the door takes. */
  readonly most: number;
  readonly kind: 'text' | 'tel' | 'email' | 'long';
};

/** What stands on letters and in texts, how one is paid, and the owner himself. */
export const businessGroups = [
  {
    group: 'letterhead',
    lines: [
      { key: 'name', most: 120, kind: 'text' },
      { key: 'address', most: 500, kind: 'long' },
      { key: 'phone', most: 40, kind: 'tel' },
      { key: 'email', most: 200, kind: 'email' },
      { key: 'gstin', most: 15, kind: 'text' },
      { key: 'signatory', most: 120, kind: 'text' },
    ],
  },
  {
    group: 'payment',
    lines: [
      { key: 'vpa', most: 255, kind: 'text' },
      { key: 'payeeName', most: 99, kind: 'text' },
      { key: 'merchantCode', most: 4, kind: 'text' },
      { key: 'bankLines', most: 400, kind: 'long' },
    ],
  },
  {
    group: 'owner',
    lines: [
      { key: 'ownerPhone', most: 40, kind: 'tel' },
      { key: 'ownerEmail', most: 200, kind: 'email' },
    ],
  },
] as const satisfies readonly { readonly group: string; readonly lines: readonly BusinessLine[] }[];

/** A typed line as it is saved: nothing typed is nothing, but for the name, which falls back to the book's. */
export function lineChange(key: keyof Business, typed: string): Partial<Business> {
  const text = typed.trim();
  return { [key]: key === 'name' || text !== '' ? text : null };
}
