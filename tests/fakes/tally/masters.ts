import type { FakeCompany } from './book.ts';
import { compactDay, toJd, yearEnd } from './calendar.ts';
import { methodMap, orNull, type Method } from './fields.ts';
import { hex8, type FakeBook, type FakeGroup, type FakeVoucherType } from './records.ts';
import { lastVoucherDay } from './session.ts';
import { escapeXml } from './xml.ts';
import { field, list, numberText, yesNo } from './wire.ts';

const PRIMARY = '\u0004 Primary';

export type CompanyRow = { readonly company: FakeCompany; readonly book: FakeBook };

export const COMPANY_METHODS: readonly Method<CompanyRow>[] = [
  dateMethod('LASTVOUCHERDATE', ({ book }) => (book.vouchers.size === 0 ? null : lastVoucherDay(book))),
  dateMethod('BOOKSFROM', ({ book }) => book.booksFrom),
  dateMethod('STARTINGFROM', ({ book }) => book.startingFrom),
  dateMethod('ENDINGAT', ({ book }) => yearEnd(book.displayTo)),
  { tag: 'NAME', type: 'String', value: ({ book }) => book.name },
  { tag: 'GUID', type: 'String', value: ({ book }) => book.guid },
  { tag: 'COMPANYNUMBER', type: 'String', value: ({ book }) => book.number },
  { tag: 'CURRENCYNAME', type: 'String', value: ({ book }) => orNull(book.currency) },
  { tag: 'STATENAME', type: 'String', value: ({ book }) => orNull(book.state) },
  { tag: 'PINCODE', type: 'String', value: ({ book }) => orNull(book.pinCode) },
  { tag: 'GSTREGISTRATIONNUMBER', type: 'String', value: ({ book }) => orNull(book.gstin) },
  { tag: 'ISAGGREGATE', type: 'Logical', value: ({ book }) => yesNo(book.isGroupCompany) },
  numberMethod('ALTVCHID', ({ book }) => (book.voucherCounter === 0 ? null : book.voucherCounter)),
  numberMethod('ALTMSTID', ({ book }) => book.masterCounter),
  numberMethod('ALTERID', ({ book }) => book.masterCounter),
];

export type GroupRow = { readonly group: FakeGroup; readonly book: FakeBook };

export const GROUP_METHODS: readonly Method<GroupRow>[] = [
  { tag: 'GUID', type: 'String', value: ({ group, book }) => guidOf(book, group.masterId) },
  { tag: 'PARENT', type: 'String', value: ({ group, book }) => parentName(book, group.parentId) },
  { tag: '_PRIMARYGROUP', type: 'String', value: ({ group, book }) => primaryGroup(book, group.masterId) },
  // The method of this name follows a rename; the attribute of the row does not.
  {
    tag: 'RESERVENAME',
    type: 'String',
    value: ({ group }) => (group.reservedName === '' ? null : group.name),
  },
  { tag: 'RESERVEDNAME', type: 'String', value: ({ group }) => orNull(group.reservedName) },
  { tag: 'ISREVENUE', type: 'Logical', value: ({ group }) => yesNo(group.isRevenue) },
  { tag: 'ISDEEMEDPOSITIVE', type: 'Logical', value: ({ group }) => yesNo(group.isDeemedPositive) },
  numberMethod('ALTERID', ({ group }) => group.alterId),
  numberMethod('MASTERID', ({ group }) => group.masterId),
  numberMethod('SORTPOSITION', ({ group }) => group.masterId * 10),
];

export type VoucherTypeRow = { readonly type: FakeVoucherType; readonly book: FakeBook };

export const VOUCHER_TYPE_METHODS: readonly Method<VoucherTypeRow>[] = [
  { tag: 'GUID', type: 'String', value: ({ type, book }) => guidOf(book, type.masterId) },
  { tag: 'PARENT', type: 'String', value: ({ type }) => type.base },
  { tag: 'NUMBERINGMETHOD', type: 'String', value: ({ type }) => type.numbering },
  numberMethod('ALTERID', ({ type }) => type.alterId),
  numberMethod('MASTERID', ({ type }) => type.masterId),
];

export const COMPANY_MAP = methodMap(COMPANY_METHODS);
export const GROUP_MAP = methodMap(GROUP_METHODS);
export const VOUCHER_TYPE_MAP = methodMap(VOUCHER_TYPE_METHODS);

export function dateMethod<Row>(tag: string, day: (row: Row) => string | null): Method<Row> {
  return {
    tag,
    type: 'Date',
    value: (row) => {
      const set = day(row);
      return set === null ? null : compactDay(set);
    },
    worth: (row) => {
      const set = day(row);
      return set === null ? null : { jd: toJd(set) };
    },
  };
}

export function numberMethod<Row>(tag: string, value: (row: Row) => number | null): Method<Row> {
  return {
    tag,
    type: 'Number',
    value: (row) => {
      const set = value(row);
      return set === null ? null : numberText(set);
    },
    worth: value,
  };
}

export function guidOf(book: FakeBook, masterId: number): string {
  return `${book.guid}-${hex8(masterId)}`;
}

export function parentName(book: FakeBook, parentId: number | null): string {
  return parentId === null ? PRIMARY : (book.groups.get(parentId)?.name ?? PRIMARY);
}

/** The nearest of Tally's own groups that a group is or stands in. */
export function primaryGroup(book: FakeBook, groupId: number | null): string {
  let group = groupId === null ? undefined : book.groups.get(groupId);
  for (let steps = 0; group && group.reservedName === '' && steps < 100; steps += 1)
    group = group.parentId === null ? undefined : book.groups.get(group.parentId);
  return group?.name ?? PRIMARY;
}

/** Whether a group is, or lies somewhere under, another. */
export function isWithin(book: FakeBook, groupId: number | null, rootId: number): boolean {
  let at = groupId;
  for (let steps = 0; at !== null && steps < 100; steps += 1) {
    if (at === rootId) return true;
    at = book.groups.get(at)?.parentId ?? null;
  }
  return false;
}

/** `    <LEDGER NAME="…" RESERVEDNAME="…">`. */
export function masterStart(tag: string, name: string, reservedName: string): string {
  return `    <${tag} NAME="${escapeXml(name)}" RESERVEDNAME="${escapeXml(reservedName)}">\r\n`;
}

/** Comes with masters whether it was asked for or not: the name, then the aliases; other languages after it. */
export function languageNames(
  names: readonly string[],
  other: { readonly id: number; readonly name: string } | null,
): string {
  const one = (texts: readonly string[], id: number): string =>
    list(
      5,
      'LANGUAGENAME',
      list(6, 'NAME', texts.map((text) => field(7, 'NAME', null, text)).join(''), 'String') +
        field(6, 'LANGUAGEID', 'Number', numberText(id)),
    );
  return one(names, 1033) + (other ? one([other.name], other.id) : '');
}

/** How Tally's lists of masters are ordered: by name, without case. */
export function byMasterName(a: { readonly name: string }, b: { readonly name: string }): number {
  const [first, second] = [a.name.toLowerCase(), b.name.toLowerCase()];
  return first < second ? -1 : first > second ? 1 : 0;
}
