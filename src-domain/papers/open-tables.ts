import { bucketOfItem, type AgingView, type OpenItem } from '../aging.ts';
import { formatMoney, sumOf } from '../money.ts';
import { columnsOf, lettersIn } from './columns.ts';
import type { PaperRow, PaperTable } from './paper.ts';
import { latenessPlace } from './strip.ts';
import { dayText, inLines } from './texts.ts';
import type { PaperWords } from './words/wording.ts';

export type OpenBill = Extract<OpenItem, { readonly bill: object }>;
export type OpenCredit = Extract<OpenItem, { readonly bill: null }>;

type Drawn = { readonly view: AgingView; readonly words: PaperWords; readonly currency: string };

/** Open bills, longest due first, with what of each is open and how late it is. */
export function openBillsTable(
  items: readonly OpenItem[],
  { view, words, currency }: Drawn,
): PaperTable | null {
  const bills = items.filter((item): item is OpenBill => item.bill !== null);
  if (bills.length === 0) return null;
  const ordered = bills.toSorted((a, b) => (a.dueDay < b.dueDay ? -1 : a.dueDay > b.dueDay ? 1 : 0));
  const money = (amount: number): string => formatMoney(amount, currency);
  const total = sumOf(ordered, (item) => item.openPaise);
  const amounts = ordered.map((item) => money(item.amountPaise).length);
  const columns = columnsOf([
    { label: words.number, kind: 'text', weight: 52 },
    { label: words.what, kind: 'text', weight: 48 },
    { label: words.day, kind: 'day', isWide: words.areDaysWide },
    { label: words.dueDay, kind: 'day', isWide: words.areDaysWide },
    { label: words.daysLate, kind: 'count' },
    { label: words.billAmount, kind: 'amount', lettersMost: Math.max(...amounts) },
    { label: words.open, kind: 'amount', lettersMost: money(total).length },
  ]);
  let running = 0;
  const rows = ordered.map((item): PaperRow => {
    running += item.openPaise;
    const bucket = bucketOfItem(item, view);
    return {
      cells: [
        inLines(item.bill.number ?? '–', lettersIn(columns[0])),
        [words.kind[item.bill.kind]],
        [dayText(item.bill.billDay, words)],
        [dayText(item.dueDay, words)],
        [item.daysLate > 0 ? String(item.daysLate) : '–'],
        [money(item.amountPaise)],
        [money(item.openPaise)],
      ],
      carry: ['', '', '', '', '', '', money(running)],
      mark: latenessPlace(bucket, view.bounds.length + 1),
    };
  });
  return {
    title: words.openBills,
    columns,
    rows,
    carriedForward: words.carriedForward,
    broughtForward: words.broughtForward,
    totals: [{ cells: [words.total, '', '', '', '', '', money(total)], isStrong: true }],
  };
}

/** Money at hand that settles no bill yet: it lowers what he owes. */
export function creditsTable(items: readonly OpenItem[], { words, currency }: Drawn): PaperTable | null {
  const credits = items.filter((item): item is OpenCredit => item.bill === null);
  if (credits.length === 0) return null;
  const money = (amount: number): string => formatMoney(amount, currency);
  const total = money(sumOf(credits, (item) => item.openPaise));
  const columns = columnsOf([
    { label: words.number, kind: 'text', weight: 52 },
    { label: words.what, kind: 'text', weight: 48 },
    { label: words.day, kind: 'day', isWide: words.areDaysWide },
    { label: words.credit, kind: 'amount', lettersMost: total.length },
  ]);
  return {
    title: words.credits,
    columns,
    rows: credits.map(({ moneyIn, openPaise }) => ({
      cells: [
        inLines(moneyIn.number ?? '–', lettersIn(columns[0])),
        [words.kind[moneyIn.kind]],
        [dayText(moneyIn.effectiveDay, words)],
        [money(openPaise)],
      ],
      carry: null,
      mark: null,
    })),
    carriedForward: words.carriedForward,
    broughtForward: words.broughtForward,
    totals: [{ cells: [words.total, '', '', total], isStrong: true }],
  };
}

/** What is open in each other currency, as it is printed. */
export function foreignSums(foreign: ReadonlyMap<OpenItem, number>): readonly string[] {
  const sums = new Map<string, number>();
  for (const [item, minor] of foreign) {
    const currency = (item.bill ?? item.moneyIn).currency ?? '';
    sums.set(currency, (sums.get(currency) ?? 0) + minor);
  }
  return [...sums].map(([currency, minor]) => `${currency} ${formatMoney(minor, currency)}`);
}

/** What is open in other currencies, each in its own; never added to the rupees, nor to each other. */
export function foreignTable(foreign: ReadonlyMap<OpenItem, number>, { words }: Drawn): PaperTable | null {
  if (foreign.size === 0) return null;
  const drafts = [...foreign].map(([item, minor]) => {
    const document = item.bill ?? item.moneyIn;
    const currency = document.currency ?? '';
    return { item, document, text: `${currency} ${formatMoney(minor, currency)}` };
  });
  const totals = foreignSums(foreign);
  const lettersMost = Math.max(...[...totals, ...drafts.map(({ text }) => text)].map((text) => text.length));
  const columns = columnsOf([
    { label: words.number, kind: 'text', weight: 52 },
    { label: words.what, kind: 'text', weight: 48 },
    { label: words.dueDay, kind: 'day', isWide: words.areDaysWide },
    { label: words.open, kind: 'amount', lettersMost },
  ]);
  return {
    title: words.otherCurrencies,
    columns,
    rows: drafts.map(({ item, document, text }) => ({
      cells: [
        inLines(document.number ?? '–', lettersIn(columns[0])),
        [words.kind[document.kind]],
        [dayText(item.dueDay, words)],
        [text],
      ],
      carry: null,
      mark: null,
    })),
    carriedForward: words.carriedForward,
    broughtForward: words.broughtForward,
    totals: totals.map((text) => ({ cells: [words.total, '', '', text], isStrong: true })),
  };
}
