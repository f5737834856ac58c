import { paise } from '../../money.ts';
import {
  amountText,
  dayText,
  numberText,
  sumsByCurrency,
  sumsText,
  type Style,
  type Sum,
} from './amounts.ts';
import { cutText } from './cut-text.ts';
import { phrases } from './phrases.ts';
import type { TextBill, TextFacts } from './text-facts.ts';

/** The usual limit of a DLT variable (docs/gateways.md 1.2). */
const SMS_CHARS_MOST = 30;
/** So that a WhatsApp body with it stays far below its 1,024. */
const LIST_CHARS_MOST = 300;
const LINES_MOST = 40;
const WHATSAPP_LINES_MOST = 8;

/** "INV-1, INV-2 and 3 more": as many numbers as fit, each whole. */
export function billListText(numbers: readonly string[], style: Style, charsMost: number | null): string {
  const room = charsMost ?? (style.channel === 'sms' ? SMS_CHARS_MOST : LIST_CHARS_MOST);
  const all = numbers.join(', ');
  if (all.length <= room) return all;
  for (let count = numbers.length - 1; count > 0; count -= 1) {
    const text = `${numbers.slice(0, count).join(', ')} ${moreText(numbers.length - count, style)}`;
    if (text.length <= room) return text;
  }
  // Not even the first one fits with the count. It is cut at its head: bills differ at the end of their numbers.
  const rest = numbers.length - 1;
  const tail = rest === 0 ? '' : ` ${moreText(rest, style)}`;
  return tailOf(numbers[0] ?? '', Math.max(1, room - tail.length)) + tail;
}

function tailOf(text: string, charsMost: number): string {
  const tail = text.slice(-charsMost);
  return tail.isWellFormed() ? tail : tail.slice(1);
}

function moreText(count: number, style: Style): string {
  return phrases[style.language].more.replace('{n}', String(count));
}

/** A name cut at the border of a word; one long word is cut hard. */
export function shortenName(name: string, charsMost: number | null): string {
  const whole = name.replace(/\s+/gu, ' ').trim();
  if (charsMost === null || whole.length <= charsMost) return whole;
  const head = whole.slice(0, charsMost + 1);
  const border = head.lastIndexOf(' ');
  // A name of which a third at most is left says too little: then part of a word is better.
  const kept = border > charsMost / 3 ? head.slice(0, border) : cutText(whole, charsMost);
  return kept.replace(/[\s&,./(-]+$/u, '');
}

/** One line for each bill with what is still open of it, then the credit, then what it comes to. Nothing is netted. */
export function balanceLines(facts: TextFacts, bills: readonly TextBill[], style: Style): string {
  const words = phrases[style.language];
  const isOneLine = style.channel === 'whatsapp' || style.channel === 'sms' || style.channel === 'voice';
  const shown = bills.slice(0, isOneLine ? WHATSAPP_LINES_MOST : LINES_MOST);
  const lines = shown.map((bill) => billLine(bill, style));
  if (bills.length > shown.length) lines.push(moreText(bills.length - shown.length, style));
  const currency = facts.baseCurrency;
  if (facts.creditPaise > 0) lines.push(creditLine(facts, style));
  const sums = sumsByCurrency(bills.map((bill) => openOf(bill, currency)));
  lines.push(words.total.replace('{amount}', () => sumsText(sums, style)));
  // Meta refuses a parameter with a line break in it.
  return lines.join(isOneLine ? '; ' : '\n');
}

/** What the customer has with us and no bill has taken yet. */
export function creditLine(
  { creditPaise, baseCurrency }: Pick<TextFacts, 'creditPaise' | 'baseCurrency'>,
  style: Style,
): string {
  const sum = { currency: baseCurrency, minor: creditPaise };
  return phrases[style.language].credit.replace('{amount}', () => amountText(sum, style));
}

function billLine(bill: TextBill, style: Style): string {
  const words = phrases[style.language];
  const due = words.due.replace('{day}', dayText(bill.dueDay, style));
  const { daysLate } = bill;
  const said = daysLate === 1 ? words.lateOne : words.late.replace('{n}', String(daysLate));
  const late = daysLate > 0 ? `, ${said}` : '';
  const amount = amountText(openOf(bill, style.baseCurrency), style);
  return `${numberText(bill.number, style)}: ${amount} (${due}${late})`;
}

function openOf(bill: TextBill, baseCurrency: string): Sum {
  if (bill.currency === null || bill.foreignMinor === null)
    return { currency: baseCurrency, minor: bill.openPaise };
  return { currency: bill.currency, minor: paise(bill.foreignMinor) };
}
