import { addDays, daysBetween, type Day } from '#domain/days.ts';

// A book as plain lists, from which every figure is worked out anew by walking over all of it: slow, short, and made
// apart from the engine's own rules. Amounts are paise.

export type PlainPart = { due: Day; amount: number; readonly id: number | null };
export type PlainBill = {
  readonly id: number;
  readonly customer: string;
  readonly key: string | null;
  day: Day;
  parts: PlainPart[];
  currency: string | null;
  isVoid: boolean;
  batch: number | null;
};
export type PlainMoney = {
  readonly id: number;
  readonly kind: 'receipt' | 'credit';
  readonly customer: string;
  readonly key: string | null;
  day: Day;
  counts: Day;
  amount: number;
  currency: string | null;
  isVoid: boolean;
  batch: number | null;
};
export type PlainSpan = {
  readonly id: number;
  readonly bill: PlainBill;
  readonly money: PlainMoney;
  readonly part: number | null;
  readonly amount: number;
  readonly from: Day;
  until: Day | null;
  readonly byFile: boolean;
};
export type PlainBook = { bills: PlainBill[]; moneys: PlainMoney[]; spans: PlainSpan[] };

export type PlainFigures = {
  outstandingPaise: number;
  overduePaise: number;
  unallocatedPaise: number;
  postDatedPaise: number;
  buckets: number[];
};

export function wholeOf(bill: PlainBill): number {
  return bill.parts.reduce((sum, part) => sum + part.amount, 0);
}

function isLive({ bill, money }: PlainSpan): boolean {
  return !bill.isVoid && !money.isVoid;
}

/** What an application adds as of a day: an undone one takes away again what it gave, each from when it counts. */
function counted(span: PlainSpan, asOf: Day): number {
  if (!isLive(span)) return 0;
  const least = span.bill.day > span.money.counts ? span.bill.day : span.money.counts;
  const isOn = (day: Day): boolean => (day > least ? day : least) <= asOf;
  const given = isOn(span.from) ? span.amount : 0;
  const taken = span.until !== null && isOn(span.until) ? span.amount : 0;
  return given - taken;
}

/** What is open of each part of a bill as of a day: money meant for a part goes there, the rest to the oldest. */
export function openPartsOn(book: PlainBook, bill: PlainBill, asOf: Day): readonly number[] {
  const own = book.spans.filter((span) => span.bill === bill);
  const on = (spans: readonly PlainSpan[]): number =>
    spans.reduce((sum, span) => sum + counted(span, asOf), 0);
  const left = bill.parts.map(
    (part) => part.amount - on(own.filter((span) => span.part !== null && span.part === part.id)),
  );
  let rest = on(own.filter((span) => span.part === null));
  return left.map((amount) => {
    const filled = Math.min(amount, rest);
    rest -= filled;
    return amount - filled;
  });
}

const BOUNDS = [0, 30, 60, 90, 120];

function none(): PlainFigures {
  return {
    outstandingPaise: 0,
    overduePaise: 0,
    unallocatedPaise: 0,
    postDatedPaise: 0,
    buckets: [0, 0, 0, 0, 0, 0],
  };
}

/** Figures by customer, and of all of them under ''. Customers without any are left out. */
export function figuresOn(book: PlainBook, asOf: Day, today: Day): ReadonlyMap<string, PlainFigures> {
  const figures = new Map<string, PlainFigures>([['', none()]]);
  const add = (customer: string, into: (one: PlainFigures) => void): void => {
    for (const name of ['', customer]) {
      const own = figures.get(name) ?? none();
      into(own);
      figures.set(name, own);
    }
  };
  const place = (amount: number, late: number) => (one: PlainFigures) => {
    const bucket = BOUNDS.filter((bound) => late > bound).length;
    one.outstandingPaise += amount;
    one.buckets[bucket] = (one.buckets[bucket] ?? 0) + amount;
  };
  for (const bill of book.bills) {
    if (bill.isVoid || bill.day > asOf) continue;
    const open = openPartsOn(book, bill, asOf);
    bill.parts.forEach((part, at) => {
      const [amount, late] = [open[at] ?? 0, daysBetween(part.due, asOf)];
      if (amount < 0) throw new Error(`Bill ${bill.id} is over-allocated on ${asOf}.`);
      if (amount === 0) return;
      add(bill.customer, place(amount, late));
      if (late > 0) add(bill.customer, (one) => (one.overduePaise += amount));
    });
  }
  for (const money of book.moneys) {
    if (money.isVoid) continue;
    if (money.counts > asOf) {
      const isKnown = money.day <= asOf || asOf >= today;
      if (money.kind === 'receipt' && isKnown)
        add(money.customer, (one) => (one.postDatedPaise += money.amount));
      continue;
    }
    const spent = book.spans
      .filter((span) => span.money === money)
      .reduce((sum, span) => sum + counted(span, asOf), 0);
    const left = money.amount - spent;
    if (left < 0) throw new Error(`${money.kind} ${money.id} is over-allocated on ${asOf}.`);
    if (left === 0) continue;
    add(money.customer, place(0 - left, daysBetween(money.counts, asOf)));
    add(money.customer, (one) => (one.unallocatedPaise -= left));
  }
  return figures;
}

/** The most that is applied on any day by some spans, by their own days alone. */
export function mostOn(spans: readonly PlainSpan[]): number {
  const days = spans.flatMap((span) => [span.from, ...(span.until === null ? [] : [span.until])]);
  const on = (day: Day): number =>
    spans
      .filter((span) => span.from <= day && (span.until === null || span.until > day))
      .reduce((sum, span) => sum + span.amount, 0);
  return Math.max(0, ...days.map(on));
}

/** What still fits from a day on. */
export function roomOf(whole: number, spans: readonly PlainSpan[], from: Day): number {
  const later = spans.flatMap((span) =>
    span.until !== null && span.until <= from ? [] : [{ ...span, from: span.from < from ? from : span.from }],
  );
  return whole - mostOn(later);
}

/** Those that bind: taken back ones whatever became of their documents, others while neither is void. */
export function bindingSpans(book: PlainBook, of: PlainBill | PlainMoney): readonly PlainSpan[] {
  return book.spans.filter(
    (span) => (span.bill === of || span.money === of) && (span.until !== null || isLive(span)),
  );
}

/** A document comes back: what no longer fits is taken back on its own day. */
export function bringBack(book: PlainBook, of: PlainBill | PlainMoney): void {
  const returning = book.spans.filter(
    (span) =>
      (span.bill === of || span.money === of) &&
      span.until === null &&
      !(span.bill === of ? span.money : span.bill).isVoid,
  );
  const bound = new Set<PlainSpan>();
  for (const span of returning) {
    const fits = (document: PlainBill | PlainMoney, whole: number): boolean => {
      const others = bindingSpans(book, document).filter((one) => !returning.includes(one));
      const back = [...bound].filter((one) => one.bill === document || one.money === document);
      return mostOn([...others, ...back, span]) <= whole;
    };
    if (fits(span.bill, wholeOf(span.bill)) && fits(span.money, span.money.amount) && sameCurrency(span)) {
      bound.add(span);
    } else span.until = span.from;
  }
  of.isVoid = false;
}

function sameCurrency({ bill, money }: PlainSpan): boolean {
  return bill.currency === money.currency;
}

/** Oldest due day first, money oldest first, for every customer: what would be applied from a day on. */
export function oldestFirstOn(
  book: PlainBook,
  day: Day,
): readonly { readonly bill: PlainBill; readonly money: PlainMoney; readonly amount: number }[] {
  const far = addDays(day, 100_000);
  const waiting = book.bills
    .filter((bill) => !bill.isVoid && bill.day <= day)
    .flatMap((bill) => {
      let room = roomOf(wholeOf(bill), bindingSpans(book, bill), day);
      const open = openPartsOn(book, bill, far);
      return bill.parts.map((part, at) => {
        const left = Math.min(room, open[at] ?? 0);
        room -= left;
        return { bill, due: part.due, at, left };
      });
    })
    .toSorted(
      (a, b) => order(a.due, b.due) || order(a.bill.day, b.bill.day) || a.bill.id - b.bill.id || a.at - b.at,
    );
  const moneys = book.moneys
    .filter((money) => !money.isVoid && money.counts <= day)
    .toSorted((a, b) => order(a.counts, b.counts) || order(a.kind, b.kind) || a.id - b.id);
  return moneys.flatMap((money) => {
    let left = roomOf(money.amount, bindingSpans(book, money), day);
    const given = new Map<PlainBill, number>();
    for (const part of waiting) {
      const isHis = part.bill.customer === money.customer && part.bill.currency === money.currency;
      const amount = isHis ? Math.min(left, part.left) : 0;
      if (amount <= 0) continue;
      part.left -= amount;
      left -= amount;
      given.set(part.bill, (given.get(part.bill) ?? 0) + amount);
    }
    return [...given].map(([bill, amount]) => ({ bill, money, amount }));
  });
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
