import type { Day } from '../days.ts';
import { plain } from './texts.ts';

export type NamedCustomer = { readonly customerId: number; readonly name: string };

/** Signs that Windows allows in no file name, and those that hide at its end. */
const FORBIDDEN = /[<>:"/\\|?*]+/gu;
/** Names that Windows keeps for devices, whatever follows their first dot. */
const DEVICES = /^(?:con|prn|aux|nul|com\d|lpt\d)(?=$|\.)/iu;
const NAME_LETTERS_MOST = 80;

/**
 * One file a customer, e.g. 'Sharma Traders – Statement of account 2026-11-22.pdf'. Customers of one name get their
 * number too; names that differ in nothing but case count as one, as they do on Windows.
 */
export function paperFileNames(
  customers: readonly NamedCustomer[],
  { title, asOf }: { readonly title: string; readonly asOf: Day },
): ReadonlyMap<number, string> {
  const names = customers.map(({ customerId, name }) => ({ customerId, name: fileSafe(name) }));
  const counts = Map.groupBy(names, ({ name }) => name.toLowerCase());
  return new Map(
    names.map(({ customerId, name }) => {
      const isAlone = counts.get(name.toLowerCase())?.length === 1;
      const who = isAlone ? name : `${name} (${customerId})`;
      return [customerId, `${who} – ${fileSafe(title)} ${asOf}.pdf`];
    }),
  );
}

function fileSafe(text: string): string {
  const letters = Array.from(plain(text).replaceAll(FORBIDDEN, ' ').replaceAll(/\s+/gu, ' ').trim());
  const short = letters
    .slice(0, NAME_LETTERS_MOST)
    .join('')
    .replace(/^[. ]+|[. ]+$/gu, '');
  return short === '' || DEVICES.test(short) ? `_${short}` : short;
}
