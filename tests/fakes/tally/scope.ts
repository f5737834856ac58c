import { balancesOf, baseTypes, type Balances } from './balances.ts';
import { readDay, toJd } from './calendar.ts';
import { methodValue } from './fields.ts';
import type { FakeCompany } from './book.ts';
import {
  asText,
  compileFormula,
  ModalDialog,
  truth,
  type Formula,
  type FormulaRow,
  type FormulaValue,
} from './formula.ts';
import { LEDGER_MAP, type LedgerRow } from './ledgers.ts';
import { COMPANY_MAP, GROUP_MAP, isWithin } from './masters.ts';
import { byName, type FakeBook } from './records.ts';
import type { Variables } from './request.ts';
import type { Period, Session } from './session.ts';

/** What a collection sees while it is made: one company at one moment, one period. */
export type Scope = {
  readonly session: Session;
  readonly company: FakeCompany | null;
  readonly book: FakeBook;
  readonly period: Period;
  readonly variables: Variables;
  readonly balances: () => Balances;
  readonly isEducational: boolean;
};

export function scopeOf(wish: Omit<Scope, 'balances'>): Scope {
  let known: Balances | null = null;
  return { ...wish, balances: () => (known ??= balancesOf(wish.book, wish.period)) };
}

export function ledgerRow(scope: Scope, ledger: LedgerRow['ledger']): LedgerRow {
  const { product } = scope.session.profile;
  return {
    ledger,
    book: scope.book,
    balances: scope.balances,
    hasDatedLists: product === 'prime4' || product === 'prime7',
  };
}

/** `$$IsSales` and its kind, with the base type each asks for. */
const CLASSES: Readonly<Record<string, string>> = {
  issales: 'Sales',
  ispurchase: 'Purchase',
  isreceipt: 'Receipt',
  ispayment: 'Payment',
  iscontra: 'Contra',
  isjournal: 'Journal',
  iscreditnote: 'Credit Note',
  isdebitnote: 'Debit Note',
};

const GROUP_FUNCTIONS: Readonly<Record<string, string>> = {
  groupsundrydebtors: 'Sundry Debtors',
  groupsundrycreditors: 'Sundry Creditors',
  groupbank: 'Bank Accounts',
  groupcash: 'Cash-in-Hand',
  groupcurrentassets: 'Current Assets',
  groupcurrentliabilities: 'Current Liabilities',
  groupsales: 'Sales Accounts',
  grouploansandadvances: 'Loans & Advances (Asset)',
};

/** The name a user gave to one of Tally's own groups. */
export function reservedGroup(book: FakeBook, reserved: string): string {
  for (const group of book.groups.values()) if (group.reservedName === reserved) return group.name;
  return reserved;
}

export function groupFunction(book: FakeBook, text: string): string | null {
  const reserved = GROUP_FUNCTIONS[text.replace(/^\$\$/, '').toLowerCase()];
  return reserved === undefined ? null : reservedGroup(book, reserved);
}

/** A row as formulas see it: its own methods, and all that does not depend on the row. */
export function formulaRow(
  scope: Scope,
  method: (name: string) => FormulaValue,
  itemCount: (list: string) => number,
): FormulaRow {
  const { book, session } = scope;
  return {
    method,
    methodOf: (name, type, id) => methodOf(scope, { name, type, id }),
    variable: (name) => variable(scope, name),
    call: (name, args) => {
      const base = CLASSES[name];
      if (base !== undefined) return baseTypes(book)(asText(args[0] ?? null)) === base;
      const group = groupFunction(book, name);
      if (group !== null) return group;
      switch (name) {
        case 'isequal':
          return (
            asText(args[0] ?? null)
              .trim()
              .toLowerCase() ===
            asText(args[1] ?? null)
              .trim()
              .toLowerCase()
          );
        case 'isempty':
          return args[0] === null || args[0] === '' || args[0] === 0;
        case 'isledofgrp':
          return isLedgerOf(book, asText(args[0] ?? null), asText(args[1] ?? null));
        case 'numitems':
          return itemCount(asText(args[0] ?? null).toLowerCase());
        case 'number':
          return Number(asText(args[0] ?? null)) || 0;
        case 'string':
          return asText(args[0] ?? null);
        case 'sysname':
          return asText(args[0] ?? null);
        case 'licenseinfo':
          return licence(scope, asText(args[0] ?? null).toLowerCase());
        case 'currentsimplecompany':
          return session.active()?.name ?? '';
        default:
          return undefined;
      }
    },
  };
}

export function licence(scope: Pick<Scope, 'session' | 'isEducational'>, word: string): FormulaValue {
  if (word === 'iseducationalmode') return scope.isEducational;
  if (word === 'issilver') return !scope.isEducational;
  if (word === 'isgold') return false;
  if (word === 'serialnumber') return scope.isEducational ? 0 : 712_345_678;
  return null;
}

function variable(scope: Scope, name: string): FormulaValue {
  if (name === 'svcurrentcompany') return scope.session.active()?.name ?? '';
  if (name === 'svfromdate') return { jd: toJd(scope.period.from) };
  if (name === 'svtodate') return { jd: toJd(scope.period.to) };
  if (name === 'svcurrentdate') return { jd: toJd(scope.session.today) };
  const sent = scope.variables.others[name.toUpperCase()];
  if (sent === undefined) return null;
  const day = readDay(sent);
  return day === null ? sent : { jd: toJd(day) };
}

function methodOf(
  scope: Scope,
  { name, type, id }: { readonly name: string; readonly type: string; readonly id: string },
): FormulaValue {
  const { book, company } = scope;
  if (type === 'ledger') {
    const ledger = byName(book.ledgers, id);
    return ledger ? methodValue(LEDGER_MAP, ledgerRow(scope, ledger), name) : null;
  }
  if (type === 'group') {
    const group = byName(book.groups, id);
    if (!group) return null;
    return name === 'name' ? group.name : methodValue(GROUP_MAP, { group, book }, name);
  }
  if (type === 'company' && company) return methodValue(COMPANY_MAP, { company, book }, name);
  return null;
}

function isLedgerOf(book: FakeBook, ledgerName: string, groupName: string): boolean {
  const ledger = byName(book.ledgers, ledgerName);
  const root = byName(book.groups, groupName);
  return ledger !== undefined && root !== undefined && isWithin(book, ledger.parentId, root.masterId);
}

/** Filters that Tally has of its own. */
const BUILT_IN: Readonly<Record<string, string>> = {
  isnonoptionalcancelledvchs: 'NOT $IsOptional AND NOT $IsCancelled',
  isnonoptionalvchs: 'NOT $IsOptional',
  isoptionalvchs: '$IsOptional',
  iscancelledvchs: '$IsCancelled',
};

/** All named filters together. A name that nobody defined is a bad formula. */
export function compileFilters(
  names: readonly string[],
  formulas: ReadonlyMap<string, string>,
): { readonly passes: (row: FormulaRow) => boolean; readonly texts: readonly string[] } {
  const texts = names.map((name) => {
    const text = formulas.get(name.toLowerCase()) ?? BUILT_IN[name.toLowerCase()];
    if (text === undefined) throw new ModalDialog(name);
    return text;
  });
  const compiled: readonly Formula[] = texts.map(compileFormula);
  return { passes: (row) => compiled.every((formula) => truth(formula(row))), texts };
}
