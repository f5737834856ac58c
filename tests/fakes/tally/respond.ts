import { toJd } from './calendar.ts';
import {
  aggregateCollection,
  ATTRIBUTES,
  billCollection,
  companyCollection,
  currencyCollection,
  groupCollection,
  knowsAny,
  ledgerCollection,
  voucherCollection,
  voucherTypeCollection,
  type MadeCollection,
} from './collections.ts';
import type { Work } from './cost.ts';
import type { RequestKind } from './faults.ts';
import { asText, ModalDialog } from './formula.ts';
import { importReply } from './import.ts';
import { objectReply } from './objects.ts';
import { billsReport, dayBook, ledgerOutstandings, listOfAccounts } from './reports.ts';
import type { CollectionWish, TallyWish, Variables } from './request.ts';
import { licence, scopeOf, type Scope } from './scope.ts';
import { companyFor, periodFor, type Session } from './session.ts';
import type { FakeBook } from './records.ts';
import {
  collectionReply,
  functionReply,
  plainReply,
  refusalReply,
  UNKNOWN_REQUEST,
  type Reply,
} from './wire.ts';

/** What kills a Tally outright: the socket closes and nothing listens until it is started again. */
export class TallyCrash extends Error {}

/** How this one request is bent. */
export type Bend = {
  readonly served: number;
  readonly isLogin: boolean;
  readonly isEducational: boolean;
  readonly hasWrongBillTypes: boolean;
};

export type Answer = { readonly reply: Reply; readonly work: Work };

/** What a request is about, before anything is done for it. */
export function kindOf(wish: TallyWish): RequestKind {
  if (wish.type === 'collection') {
    const main = mainCollection(wish);
    if (!main) return 'unknown';
    if (main.source !== null) return 'voucher-counts';
    return COLLECTION_KINDS[main.type] ?? 'unknown';
  }
  if (wish.type === 'report') return REPORT_KINDS[wish.id.toLowerCase()] ?? 'unknown';
  return wish.type;
}

const COLLECTION_KINDS: Readonly<Record<string, RequestKind>> = {
  company: 'companies',
  group: 'groups',
  ledger: 'ledgers',
  vouchertype: 'voucher-types',
  currency: 'currencies',
  voucher: 'vouchers',
  bills: 'bills',
};

const REPORT_KINDS: Readonly<Record<string, RequestKind>> = {
  'bills receivable': 'bills-receivable',
  'bills payable': 'bills-payable',
  'ledger outstandings': 'ledger-outstandings',
  'list of accounts': 'list-of-accounts',
  'day book': 'day-book',
  vouchers: 'day-book',
};

/** Throws ModalDialog where a box would open, and TallyCrash where Tally would be gone. */
export function answer(session: Session, wish: TallyWish, bend: Bend): Answer {
  const kind = kindOf(wish);
  const rest = { kind, depth: 'thin', scannedCount: 0 } as const;
  const seen: Session = bend.isLogin ? { ...session, opened: () => [], active: () => null } : session;
  const done = (reply: Reply): Answer => ({ reply, work: { ...rest, rowCount: reply.rowCount } });
  switch (wish.type) {
    case 'unknown':
      return done(plainReply(UNKNOWN_REQUEST));
    case 'collection':
      return collectionAnswer(seen, wish, bend);
    case 'report':
      return done(reportReply(seen, wish, bend));
    case 'function':
      return done(calledReply(seen, wish, bend));
    case 'object': {
      const scope = scopeFor(seen, wish.variables, { ...bend, isLedgers: true });
      return done(scope === null ? notSet(wish.variables) : objectReply(scope, wish, bend.served));
    }
    case 'import':
      return done(importReply(seen, wish, bend));
  }
}

function notSet(variables: Variables): Reply {
  return refusalReply(`Could not set 'SVCurrentCompany' to '${variables.company ?? ''}'`);
}

function scopeFor(
  session: Session,
  variables: Variables,
  rules: { readonly isEducational: boolean; readonly isLedgers: boolean },
): Scope | null {
  const company = companyFor(session, variables);
  if (!company) return null;
  const book = company.view();
  const period = periodFor(book, variables, rules) ?? NO_PERIOD;
  return scopeOf({ session, company, book, period, variables, isEducational: rules.isEducational });
}

/** What an impossible date loads: nothing. */
const NO_PERIOD = { from: '9999-12-31', to: '0000-01-01' };

type CollectionRequest = Extract<TallyWish, { readonly type: 'collection' }>;

function mainCollection(wish: CollectionRequest): CollectionWish | undefined {
  return wish.collections.find((one) => one.name.toLowerCase() === wish.id.toLowerCase());
}

function collectionAnswer(session: Session, wish: CollectionRequest, bend: Bend): Answer {
  const main = mainCollection(wish);
  const none = { kind: 'unknown', rowCount: 0, depth: 'thin', scannedCount: 0 } as const;
  if (!main) return { reply: plainReply(UNKNOWN_REQUEST), work: none };
  guard(wish, main);
  const made = makeCollection(session, wish, { main, bend });
  return {
    reply: collectionReply({ ...made, served: bend.served }),
    work: { kind: made.kind, rowCount: made.rowCount, depth: made.depth, scannedCount: made.scannedCount },
  };
}

/** What has been seen to kill a Tally. */
function guard(wish: CollectionRequest, main: CollectionWish): void {
  const texts = [...wish.formulas.values(), ...main.computes.map(({ formula }) => formula)];
  for (const text of texts) {
    const bare = text.replace(/"[^"]*"/g, '""');
    if (/\$\$InDateRange/i.test(bare)) throw new TallyCrash('$$InDateRange');
    const spaced = /\$\$[A-Za-z_]\w*\s+([A-Za-z_]\w*)/.exec(bare);
    if (spaced && !/^(and|or|not)$/i.test(spaced[1] ?? '')) throw new TallyCrash('a spaced identifier');
    const counted = /\$\$NumItems:(\w+)/i.exec(bare)?.[1];
    if (counted?.toLowerCase() === main.name.toLowerCase()) throw new TallyCrash('$$NumItems of itself');
  }
  if (main.fields.some(({ name, isNative }) => isNative && name === '*'))
    throw new TallyCrash('NATIVEMETHOD *');
  const names = main.fields.map(({ name }) => name).filter((name) => !name.endsWith('.list'));
  if (main.source === null && names.length > 0 && main.computes.length === 0 && !knowsAny(main.type, names))
    throw new TallyCrash('only fields that do not exist');
}

function makeCollection(
  session: Session,
  wish: CollectionRequest,
  { main, bend }: { readonly main: CollectionWish; readonly bend: Bend },
): MadeCollection {
  const { formulas, variables } = wish;
  const isLedgers = main.type === 'ledger';
  // Companies are listed whatever company the request names.
  const meant: Variables = main.type === 'company' ? { ...variables, company: null } : variables;
  const scope = scopeFor(session, meant, { ...bend, isLedgers });
  if (main.type === 'company')
    return companyCollection(scope ?? emptyScope(session, variables, bend), main, formulas);
  if (isLedgers && session.freezesOnLedgerFromDate && variables.from !== null)
    throw new ModalDialog('SVFROMDATE');
  const source = main.source === null ? undefined : sourceOf(wish, main.source);
  const type = source?.type ?? main.type;
  if (!scope) return emptyCollection(kindOf(wish), type, source !== undefined);
  if (source) return aggregateCollection(scope, { wish: main, source }, formulas);
  switch (main.type) {
    case 'group':
      return groupCollection(scope, main, formulas);
    case 'ledger':
      return ledgerCollection(scope, main, formulas);
    case 'vouchertype':
      return voucherTypeCollection(scope, main, formulas);
    case 'currency':
      return currencyCollection(scope);
    case 'voucher':
      return voucherCollection(withBend(scope, bend), main, formulas);
    case 'bills':
      return billCollection(scope, main, formulas);
    default:
      throw new ModalDialog(main.type);
  }
}

/** A 7.0 in Educational mode is the one that loses bill types. */
function withBend(scope: Scope, bend: Bend): Scope {
  if (!bend.hasWrongBillTypes) return scope;
  const profile = { ...scope.session.profile, product: 'prime7', licence: 'edu' } as const;
  return { ...scope, session: { ...scope.session, profile } };
}

function sourceOf(wish: CollectionRequest, name: string): CollectionWish {
  const inline = wish.collections.find((one) => one.name.toLowerCase() === name.toLowerCase());
  if (inline) return inline;
  if (!/^vouchers?(\s*collection)?$/i.test(name)) throw new ModalDialog(name);
  return { ...NO_COLLECTION, name, type: 'voucher' };
}

const NO_COLLECTION: CollectionWish = {
  name: '',
  type: '',
  fields: [],
  filters: [],
  childOf: null,
  belongsTo: false,
  computes: [],
  source: null,
  by: [],
  aggregates: [],
};

function emptyCollection(kind: RequestKind, type: string, isAggregate: boolean): MadeCollection {
  const attributes = isAggregate
    ? ''
    : (Object.entries(ATTRIBUTES).find(([name]) => name === type)?.[1] ?? '');
  return { kind, attributes, rowCount: 0, rows: () => [], depth: 'thin', scannedCount: 0 };
}

/** A scope without a company, for the list of companies while none is open. */
function emptyScope(session: Session, variables: Variables, bend: Bend): Scope {
  const book: FakeBook = session.companies[0]?.view() ?? NOTHING;
  return scopeOf({
    session,
    company: null,
    book,
    period: NO_PERIOD,
    variables,
    isEducational: bend.isEducational,
  });
}

const NOTHING: FakeBook = {
  name: '',
  guid: '',
  number: '',
  booksFrom: '2025-04-01',
  startingFrom: '2025-04-01',
  displayFrom: '2025-04-01',
  displayTo: '2026-03-31',
  isGroupCompany: false,
  currency: '',
  state: '',
  pinCode: '',
  gstin: '',
  masterCounter: 0,
  voucherCounter: 0,
  lastMasterId: 0,
  lastVoucherId: 0,
  lastBillId: 0,
  lastRetainKey: 0,
  groups: new Map(),
  ledgers: new Map(),
  voucherTypes: new Map(),
  vouchers: new Map(),
  revaluations: [],
  daySequences: new Map(),
  lastNumbers: new Map(),
  refs: new Map(),
};

function reportReply(
  session: Session,
  wish: Extract<TallyWish, { readonly type: 'report' }>,
  bend: Bend,
): Reply {
  const kind = kindOf(wish);
  if (kind === 'unknown') return plainReply(UNKNOWN_REQUEST);
  const scope = scopeFor(session, wish.variables, { ...bend, isLedgers: false });
  if (!scope) return notSet(wish.variables);
  if (kind === 'bills-receivable') return billsReport(scope, 'receivable');
  if (kind === 'bills-payable') return billsReport(scope, 'payable');
  if (kind === 'ledger-outstandings') return ledgerOutstandings(scope);
  return kind === 'list-of-accounts' ? listOfAccounts(scope) : dayBook(scope);
}

function calledReply(
  session: Session,
  wish: Extract<TallyWish, { readonly type: 'function' }>,
  bend: Bend,
): Reply {
  const from = { product: session.profile.product, served: bend.served };
  const [name = '', inline] = wish.id.replace(/^\$\$/, '').toLowerCase().split(':');
  const active = session.active();
  if (name === 'currentsimplecompany') {
    if (active?.view().isGroupCompany) throw new TallyCrash('a group company');
    return functionReply({ type: 'String', text: active?.name ?? '' }, from);
  }
  if (name === 'systemperiodfrom' || name === 'systemperiodto') {
    if (!active) return functionReply({ type: 'Date', text: '' }, from);
    const { displayFrom, displayTo } = active.view();
    const day = name === 'systemperiodfrom' ? displayFrom : displayTo;
    const text = `${Number(day.slice(8))}-${MONTHS[Number(day.slice(5, 7)) - 1]}-${day.slice(0, 4)}`;
    return functionReply({ type: 'Date', text, attributes: ` JD="${toJd(day)}"` }, from);
  }
  if (name !== 'licenseinfo') throw new ModalDialog(wish.id);
  const value = licence(
    { session, isEducational: bend.isEducational },
    (inline ?? wish.parameters[0] ?? '').toLowerCase(),
  );
  if (typeof value === 'boolean') return functionReply({ type: 'Logical', text: value ? 'Yes' : 'No' }, from);
  return functionReply({ type: 'String', text: asText(value) }, from);
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
