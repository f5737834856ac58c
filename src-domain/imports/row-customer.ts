import { checkGstin, checkPan } from '../gstin.ts';
import { readPhones } from '../phone.ts';
import { ok, type Refusal, type Result } from '../result.ts';
import { cellText, idText } from './cells.ts';
import type { CustomerFacts } from './imported.ts';
import type { ImportField } from './map.ts';
import { nameKeyOf } from './names.ts';
import { cellOf, textOf, type Reading, type Row } from './reading.ts';
import { reasons } from './reasons.ts';

const NAME_MOST = 200;
const TEXT_MOST = 200;
const ADDRESS_MOST = 1000;
const CREDIT_DAYS_MOST = 3650;
const KNOWN_MOST = 50_000;
/** What stands in the place of a GSTIN where there is none. */
const UNREGISTERED = /^(?:urp|un-?registered(?: dealer)?|urd|n\/?a|nil|none|consumer|b2c)$/iu;

export type RowCustomer = {
  readonly key: string;
  readonly facts: CustomerFacts;
  /** A number that cannot be dialled, a GSTIN or PAN that does not hold: kept (but for what a spreadsheet cut), and said. */
  readonly warnings: readonly Refusal[];
};

/** A code of the source is a surer identity than a name, which people write anew each time. */
export function rowCustomer(reading: Reading, row: Row, at: number): Result<RowCustomer> {
  const said = saidOf(reading, row, at);
  const before = reading.customers.get(said);
  if (before !== undefined) return before;
  const made = readCustomer(reading, row, at);
  if (reading.customers.size < KNOWN_MOST) reading.customers.set(said, made);
  return made;
}

const CUSTOMER_FIELDS = [
  'customerCode',
  'customerName',
  'phone',
  'email',
  'gstin',
  'pan',
  'address',
  'salesperson',
  'group',
  'territory',
  'creditDays',
] as const satisfies readonly ImportField[];

/** All that a row says of its customer, as one text: most rows say what an earlier one said. */
function saidOf({ map, headings }: Reading, row: Row, at: number): string {
  let said = headings?.partyAt.get(at) ?? '';
  for (const field of CUSTOMER_FIELDS) {
    const column = map.columns[field];
    if (column !== undefined) said += `\u0000${cellText(row[column])}`;
  }
  return said;
}

function readCustomer(reading: Reading, row: Row, at: number): Result<RowCustomer> {
  const code = idText(cellOf(reading, row, 'customerCode')).slice(0, TEXT_MOST);
  const written = reading.headings?.partyAt.get(at) ?? textOf(reading, row, 'customerName');
  const name = written === '' ? code : written;
  if (name === '') return { ok: false, refusal: reasons.noCustomer() };
  if (name.length > NAME_MOST) return { ok: false, refusal: reasons.nameTooLong(name.length, NAME_MOST) };
  const nameKey = nameKeyOf(name);
  const warnings: Refusal[] = [];
  const facts: CustomerFacts = {
    name,
    nameKey,
    code: code === '' ? null : code,
    phone: phoneOf(textOf(reading, row, 'phone'), warnings),
    email: emailOf(textOf(reading, row, 'email')),
    gstin: checked(textOf(reading, row, 'gstin'), checkGstin, warnings),
    pan: checked(textOf(reading, row, 'pan'), checkPan, warnings),
    address: orNull(textOf(reading, row, 'address'), ADDRESS_MOST),
    salesperson: orNull(textOf(reading, row, 'salesperson')),
    group: orNull(textOf(reading, row, 'group')),
    territory: orNull(textOf(reading, row, 'territory')),
    creditDays: creditDaysOf(textOf(reading, row, 'creditDays')),
  };
  const key = facts.code === null ? `name:${nameKey}` : `code:${facts.code.toLowerCase()}`;
  return ok({ key, facts, warnings });
}

/** What several rows say of one customer: the first word on each point stands. */
export function mergedFacts(first: CustomerFacts, later: CustomerFacts): CustomerFacts {
  return {
    name: first.name,
    nameKey: first.nameKey,
    code: first.code,
    phone: first.phone ?? later.phone,
    email: first.email ?? later.email,
    gstin: first.gstin ?? later.gstin,
    pan: first.pan ?? later.pan,
    address: first.address ?? later.address,
    salesperson: first.salesperson ?? later.salesperson,
    group: first.group ?? later.group,
    territory: first.territory ?? later.territory,
    creditDays: first.creditDays ?? later.creditDays,
  };
}

/** "30", "30 days", "Net 30", "Due on receipt"; null for terms that name no days. */
export function creditDaysOf(text: string): number | null {
  if (text === '') return null;
  if (/^(?:due )?on receipt$|^immediate$/i.test(text)) return 0;
  const match = /^(?:net\s*)?(\d{1,4})(?:\.0+)?(?:\s*days?)?$/i.exec(cellText(text));
  const days = match === null ? -1 : Number(match[1]);
  return days >= 0 && days <= CREDIT_DAYS_MOST ? days : null;
}

function phoneOf(written: string, warnings: Refusal[]): string | null {
  if (orNull(written) === null) return null;
  const { text, refusals } = readPhones(written);
  warnings.push(...refusals);
  return text === null ? null : text.slice(0, TEXT_MOST);
}

/** In its tidy form where it holds, else as it was written. */
function checked(
  written: string,
  check: (text: string) => Result<string>,
  warnings: Refusal[],
): string | null {
  if (orNull(written) === null || UNREGISTERED.test(written)) return null;
  const found = check(written);
  if (found.ok) return found.value;
  warnings.push(found.refusal);
  return orNull(written.replace(/\s/g, '').toUpperCase());
}

function emailOf(text: string): string | null {
  return /^[^\s@]+@[^\s@]+$/.test(text) ? text.slice(0, TEXT_MOST) : null;
}

function orNull(text: string, most = TEXT_MOST): string | null {
  return text === '' || /^[-–—]+$/.test(text) ? null : text.slice(0, most);
}
