import { billsOf } from './balances.ts';
import { compactDay, shortDay, fromJd } from './calendar.ts';
import type { Depth } from './cost.ts';
import type { RequestKind } from './faults.ts';
import {
  askedFields,
  chosenMethods,
  methodMap,
  methodValue,
  type AskedFields,
  type Method,
} from './fields.ts';
import { asText, compileFormula, truth, type FormulaRow, type FormulaValue } from './formula.ts';
import { LEDGER_MAP, ledgerRenderer, type LedgerRow } from './ledgers.ts';
import {
  byMasterName,
  COMPANY_MAP,
  COMPANY_METHODS,
  GROUP_MAP,
  GROUP_METHODS,
  isWithin,
  languageNames,
  masterStart,
  VOUCHER_TYPE_MAP,
  VOUCHER_TYPE_METHODS,
} from './masters.ts';
import { byName, nameKey } from './records.ts';
import type { CollectionWish } from './request.ts';
import { compileFilters, formulaRow, groupFunction, ledgerRow, type Scope } from './scope.ts';
import { BILL_MAP, BILL_METHODS } from './bill-rows.ts';
import { firstFrom, orderedVouchers } from './voucher-book.ts';
import { VOUCHER_MAP, voucherRenderer, type BillTypes, type VoucherRow } from './voucher-rows.ts';
import { field, type FieldType } from './wire.ts';
import { escapeXml } from './xml.ts';

/** The rows of a collection, made one by one when the reply is walked. */
export type MadeCollection = {
  readonly kind: RequestKind;
  readonly attributes: string;
  readonly rowCount: number;
  readonly rows: () => Iterable<string>;
  readonly depth: Depth;
  /** Vouchers that had to be looked at one by one. */
  readonly scannedCount: number;
};

export type Formulas = ReadonlyMap<string, string>;

export const ATTRIBUTES = {
  company: '',
  group: ' ISMSTDEPTYPE="Yes" MSTDEPTYPE="4"',
  ledger: ' ISMSTDEPTYPE="Yes" MSTDEPTYPE="8"',
  vouchertype: ' ISMSTDEPTYPE="Yes" MSTDEPTYPE="1024"',
  currency: ' ISMSTDEPTYPE="Yes" MSTDEPTYPE="2048"',
  voucher: ' ISCMPDEPTYPE="Yes" CMPLOCUS="4" CMPDEPTYPE="64"',
  bills: '',
} as const;

export function companyCollection(scope: Scope, wish: CollectionWish, formulas: Formulas): MadeCollection {
  const asked = askedFields(wish.fields);
  const scalars = chosenMethods(COMPANY_METHODS, asked);
  const filters = compileFilters(wish.filters, formulas);
  const made = scope.session
    .opened()
    .map((company) => ({ company, book: company.view() }))
    .map((row) => ({ row, judged: formulaRow(scope, (name) => methodValue(COMPANY_MAP, row, name), none) }))
    .filter(({ judged }) => filters.passes(judged));
  const computed = computer(wish);
  const rows = made.map(
    ({ row, judged }) =>
      masterStart('COMPANY', row.book.name, '') + scalars(row) + computed(judged) + '    </COMPANY>\r\n',
  );
  return plain('companies', ATTRIBUTES.company, rows);
}

export function groupCollection(scope: Scope, wish: CollectionWish, formulas: Formulas): MadeCollection {
  const scalars = chosenMethods(GROUP_METHODS, askedFields(wish.fields));
  const filters = compileFilters(wish.filters, formulas);
  const computed = computer(wish);
  const rows: string[] = [];
  for (const group of [...scope.book.groups.values()].sort(byMasterName)) {
    const row = { group, book: scope.book };
    const judged = formulaRow(
      scope,
      (name) => (name === 'name' ? group.name : methodValue(GROUP_MAP, row, name)),
      none,
    );
    if (!filters.passes(judged)) continue;
    rows.push(
      masterStart('GROUP', group.name, group.reservedName) +
        scalars(row) +
        computed(judged) +
        languageNames([group.name, ...group.aliases], null) +
        '    </GROUP>\r\n',
    );
  }
  return plain('groups', ATTRIBUTES.group, rows);
}

export function voucherTypeCollection(
  scope: Scope,
  wish: CollectionWish,
  formulas: Formulas,
): MadeCollection {
  const scalars = chosenMethods(VOUCHER_TYPE_METHODS, askedFields(wish.fields));
  const filters = compileFilters(wish.filters, formulas);
  const computed = computer(wish);
  const rows: string[] = [];
  for (const type of [...scope.book.voucherTypes.values()].sort(byMasterName)) {
    const row = { type, book: scope.book };
    const judged = formulaRow(
      scope,
      (name) => (name === 'name' ? type.name : methodValue(VOUCHER_TYPE_MAP, row, name)),
      none,
    );
    if (!filters.passes(judged)) continue;
    rows.push(
      masterStart('VOUCHERTYPE', type.name, type.name === type.base ? type.base : '') +
        scalars(row) +
        computed(judged) +
        languageNames([type.name], null) +
        '    </VOUCHERTYPE>\r\n',
    );
  }
  return plain('voucher-types', ATTRIBUTES.vouchertype, rows);
}

export function currencyCollection(scope: Scope): MadeCollection {
  const { currency } = scope.book;
  const row =
    masterStart('CURRENCY', currency, '') +
    field(5, 'MAILINGNAME', 'String', 'INR') +
    field(5, 'ORIGINALNAME', 'String', currency) +
    '    </CURRENCY>\r\n';
  return plain('currencies', ATTRIBUTES.currency, [row]);
}

export function ledgerCollection(scope: Scope, wish: CollectionWish, formulas: Formulas): MadeCollection {
  const asked = askedFields(wish.fields);
  const filters = compileFilters(wish.filters, formulas);
  const computed = computer(wish);
  const judge = (row: LedgerRow): FormulaRow =>
    formulaRow(
      scope,
      (name) => methodValue(LEDGER_MAP, row, name),
      (list) => (list.startsWith('billallocations') ? row.ledger.openingBills.length : 0),
    );
  const render = ledgerRenderer(asked, (row) => (wish.computes.length === 0 ? '' : computed(judge(row))));
  const root = rootGroup(scope, wish);
  const kept = [...scope.book.ledgers.values()]
    .filter((ledger) => root === null || isUnder(scope, ledger.parentId, { root, wish }))
    .sort(byMasterName)
    .map((ledger) => ledgerRow(scope, ledger))
    .filter((row) => wish.filters.length === 0 || filters.passes(judge(row)));
  return {
    kind: 'ledgers',
    attributes: ATTRIBUTES.ledger,
    rowCount: kept.length,
    rows: () => mapped(kept, render),
    depth: ledgerDepth(asked, wish.fields.length),
    scannedCount: 0,
  };
}

function ledgerDepth(asked: AskedFields, count: number): Depth {
  if (count > 10) return 'full';
  return asked.has('closingbalance') || asked.has('openingbalance') ? 'balances' : 'thin';
}

/** CHILDOF a group: null where it was not asked, -1 where there is no such group. */
function rootGroup(scope: Scope, wish: CollectionWish): number | null {
  if (wish.childOf === null) return null;
  const name = groupFunction(scope.book, wish.childOf) ?? wish.childOf.replace(/^"|"$/g, '');
  return byName(scope.book.groups, name)?.masterId ?? -1;
}

function isUnder(
  scope: Scope,
  parentId: number | null,
  { root, wish }: { readonly root: number; readonly wish: CollectionWish },
): boolean {
  return wish.belongsTo ? isWithin(scope.book, parentId, root) : parentId === root;
}

export function billCollection(scope: Scope, wish: CollectionWish, formulas: Formulas): MadeCollection {
  const scalars = chosenMethods(BILL_METHODS, askedFields(wish.fields));
  const filters = compileFilters(wish.filters, formulas);
  const computed = computer(wish);
  const party = wish.childOf === null ? null : nameKey(wish.childOf.trim().replace(/^"|"$/g, ''));
  const rows: string[] = [];
  for (const bill of billsOf(scope.book, scope.period.to)) {
    const ledger = scope.book.ledgers.get(bill.ledgerId);
    if (!ledger || (party !== null && nameKey(ledger.name) !== party)) continue;
    const row = { bill, ledger, asOf: scope.period.to };
    const judged = formulaRow(scope, (name) => methodValue(BILL_MAP, row, name), none);
    if (!filters.passes(judged)) continue;
    rows.push(
      `    <BILL NAME="${escapeXml(bill.ref)}">\r\n${scalars(row)}${computed(judged)}    </BILL>\r\n`,
    );
  }
  return plain('bills', ATTRIBUTES.bills, rows);
}

/** Vouchers of the loaded period that pass, in Tally's order. */
function passedVouchers(
  scope: Scope,
  wish: CollectionWish,
  formulas: Formulas,
): {
  readonly rows: readonly VoucherRow[];
  readonly scannedCount: number;
  readonly judge: (row: VoucherRow) => FormulaRow;
} {
  const filters = compileFilters(wish.filters, formulas);
  const all = orderedVouchers(scope.book);
  const judge = (row: VoucherRow): FormulaRow =>
    formulaRow(
      scope,
      (name) => methodValue(VOUCHER_MAP, row, name),
      (list) => (list.startsWith('allledgerentries') ? row.voucher.lines.length : 0),
    );
  const rows: VoucherRow[] = [];
  let loaded = 0;
  for (let at = firstFrom(all, scope.period.from); at < all.length; at += 1) {
    const voucher = all[at];
    if (!voucher || voucher.date > scope.period.to) break;
    loaded += 1;
    const row = { voucher, book: scope.book };
    if (wish.filters.length === 0 || filters.passes(judge(row))) rows.push(row);
  }
  const isScan = filters.texts.some((text) => /\$alterid/i.test(text));
  return { rows, scannedCount: isScan ? loaded : 0, judge };
}

export function voucherCollection(scope: Scope, wish: CollectionWish, formulas: Formulas): MadeCollection {
  const asked = askedFields(wish.fields);
  const { rows, scannedCount, judge } = passedVouchers(scope, wish, formulas);
  const computed = computer(wish);
  const shape = { asked, billTypes: billTypesOf(scope, asked) };
  const render = voucherRenderer(shape, (row) => (wish.computes.length === 0 ? '' : computed(judge(row))));
  return {
    kind: 'vouchers',
    attributes: ATTRIBUTES.voucher,
    rowCount: rows.length,
    rows: () => mapped(rows, render),
    depth: voucherDepth(asked),
    scannedCount,
  };
}

function voucherDepth(asked: AskedFields): Depth {
  const entries = asked.below('allledgerentries') ?? asked.below('ledgerentries');
  if (entries === null) return 'header';
  return entries.includes('*') ? 'wildcard' : 'curated';
}

/** Which Tally forgets bill types where entries are asked field by field. */
function billTypesOf(scope: Scope, asked: AskedFields): BillTypes {
  const { profile } = scope.session;
  if (profile.product !== 'prime7') return 'right';
  if (profile.licence === 'edu') return 'lost';
  const entries = asked.below('allledgerentries') ?? [];
  const isWholeBill = entries.includes('billallocations') || entries.includes('billallocations.*');
  return isWholeBill ? 'right' : 'dropped';
}

/** BY and AGGRCOMPUTE over another collection: one row for each value. */
export function aggregateCollection(
  scope: Scope,
  { wish, source }: { readonly wish: CollectionWish; readonly source: CollectionWish },
  formulas: Formulas,
): MadeCollection {
  const { rows, judge } = passedVouchers(scope, source, formulas);
  const by = wish.by.map(({ name, formula }) => ({ name, formula: compileFormula(formula) }));
  const sums = wish.aggregates.map(({ name, kind, formula }) => ({
    name,
    kind,
    formula: compileFormula(formula),
  }));
  const groups = new Map<string, { readonly keys: readonly string[]; readonly totals: number[] }>();
  for (const row of rows) {
    const judged = judge(row);
    const keys = by.map(({ formula }) => keyText(formula(judged)));
    const id = keys.join('\u0001');
    const group = groups.get(id) ?? { keys, totals: sums.map(() => 0) };
    groups.set(id, group);
    sums.forEach(({ kind, formula }, at) => {
      const value = Number(formula(judged)) || 0;
      const before = group.totals[at] ?? 0;
      group.totals[at] = kind === 'max' ? Math.max(before, value) : before + value;
    });
  }
  const made = [...groups.values()].map(({ keys, totals }) => {
    const names = by.map(({ name }, at) => field(5, name.toUpperCase(), null, keys[at] ?? ''));
    const values = sums.map(({ name }, at) => field(5, name.toUpperCase(), null, ` ${totals[at] ?? 0}`));
    return `    <OBJECT>\r\n${names.join('')}${values.join('')}    </OBJECT>\r\n`;
  });
  return { ...plain('voucher-counts', '', made), scannedCount: rows.length };
}

function keyText(value: FormulaValue): string {
  return typeof value === 'object' && value !== null ? shortDay(fromJd(value.jd)) : asText(value);
}

/** COMPUTEd values of a row, each with the type it turns out to have. */
function computer(wish: CollectionWish): (row: FormulaRow) => string {
  const computes = wish.computes.map(({ name, formula }) => ({
    tag: name.toUpperCase(),
    formula: compileFormula(formula),
  }));
  return (row) => computes.map(({ tag, formula }) => computedField(tag, formula(row))).join('');
}

function computedField(tag: string, value: FormulaValue): string {
  const written = (type: FieldType, text: string): string => field(5, tag, type, text);
  if (value === null) return written('String', '');
  if (typeof value === 'boolean') return written('Logical', truth(value) ? 'Yes' : 'No');
  if (typeof value === 'number') return written('Number', ` ${value}`);
  return typeof value === 'string' ? written('String', value) : written('Date', compactDay(fromJd(value.jd)));
}

function none(): number {
  return 0;
}

function plain(kind: RequestKind, attributes: string, rows: readonly string[]): MadeCollection {
  return { kind, attributes, rowCount: rows.length, rows: () => rows, depth: 'thin', scannedCount: 0 };
}

function* mapped<Row>(rows: readonly Row[], render: (row: Row) => string): Generator<string> {
  for (const row of rows) yield render(row);
}

/** Whether a type of object knows any of the fields that were asked for. */
export function knowsAny(type: string, names: readonly string[]): boolean {
  const maps: Readonly<Record<string, ReadonlyMap<string, Method<never>>>> = {
    company: COMPANY_MAP,
    group: GROUP_MAP,
    ledger: LEDGER_MAP,
    vouchertype: VOUCHER_TYPE_MAP,
    voucher: VOUCHER_MAP,
    bills: BILL_MAP,
  };
  const known = maps[type] ?? methodMap<never>([]);
  return names.some((name) => {
    const first = name.split('.')[0] ?? '';
    return known.has(first) || LISTS_KNOWN.has(first) || first === 'name' || first === '*';
  });
}

const LISTS_KNOWN = new Set([
  'allledgerentries',
  'ledgerentries',
  'allinventoryentries',
  'billallocations',
  'address',
  'mailingname',
  'languagename',
  'ledgstregdetails',
  'ledmailingdetails',
  'contactdetails',
  'serialmaster',
]);
