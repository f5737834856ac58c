import { ok, type Result } from '../result.ts';
import { cellText, idText } from './cells.ts';
import type { CustomerFacts } from './imported.ts';
import { nameKeyOf } from './names.ts';
import { cellOf, textOf, type Reading, type Row } from './reading.ts';
import { reasons } from './reasons.ts';

const NAME_MOST = 200;
const TEXT_MOST = 200;
const CREDIT_DAYS_MOST = 3650;

export type RowCustomer = {
  readonly key: string;
  readonly facts: CustomerFacts;
  /** A phone that a spreadsheet has cut to 9.87654E+09: it cannot be dialled and is not kept. */
  readonly lostPhone: string | null;
};

/** A code of the source is a surer identity than a name, which people write anew each time. */
export function rowCustomer(reading: Reading, row: Row, at: number): Result<RowCustomer> {
  const code = idText(cellOf(reading, row, 'customerCode')).slice(0, TEXT_MOST);
  const written = reading.headings?.partyAt.get(at) ?? textOf(reading, row, 'customerName');
  const name = written === '' ? code : written;
  if (name === '') return { ok: false, refusal: reasons.noCustomer() };
  if (name.length > NAME_MOST) return { ok: false, refusal: reasons.nameTooLong(name.length, NAME_MOST) };
  const nameKey = nameKeyOf(name);
  const phone = textOf(reading, row, 'phone');
  const isLost = /^\d(?:\.\d+)?e\+?\d+$/i.test(phone);
  const facts: CustomerFacts = {
    name,
    nameKey,
    code: code === '' ? null : code,
    phone: isLost ? null : orNull(phone.replace(/^(\d+)\.0+$/, '$1')),
    email: emailOf(textOf(reading, row, 'email')),
    gstin: orNull(textOf(reading, row, 'gstin').replace(/\s/g, '').toUpperCase()),
    salesperson: orNull(textOf(reading, row, 'salesperson')),
    group: orNull(textOf(reading, row, 'group')),
    creditDays: creditDaysOf(textOf(reading, row, 'creditDays')),
  };
  const key = facts.code === null ? `name:${nameKey}` : `code:${facts.code.toLowerCase()}`;
  return ok({ key, facts, lostPhone: isLost ? phone : null });
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
    salesperson: first.salesperson ?? later.salesperson,
    group: first.group ?? later.group,
    creditDays: first.creditDays ?? later.creditDays,
  };
}

/** "30", "30 days", "Net 30", "Due on receipt"; null for terms that name no days. */
export function creditDaysOf(text: string): number | null {
  if (/^(?:due )?on receipt$|^immediate$/i.test(text)) return 0;
  const match = /^(?:net\s*)?(\d{1,4})(?:\.0+)?(?:\s*days?)?$/i.exec(cellText(text));
  const days = match === null ? -1 : Number(match[1]);
  return days >= 0 && days <= CREDIT_DAYS_MOST ? days : null;
}

function emailOf(text: string): string | null {
  return /^[^\s@]+@[^\s@]+$/.test(text) ? text.slice(0, TEXT_MOST) : null;
}

function orNull(text: string): string | null {
  return text === '' || /^[-–—]+$/.test(text) ? null : text.slice(0, TEXT_MOST);
}
