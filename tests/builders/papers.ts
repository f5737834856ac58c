// Papers of a made-up account, and what poppler makes of them.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DEFAULT_VIEW, figuresOf, openItemsAsOf } from '#domain/aging.ts';
import { addDays, day } from '#domain/days.ts';
import { foreignOpen } from '#domain/foreign-open.ts';
import type { Ledger, LedgerAllocation, LedgerBill, LedgerMoneyIn } from '#domain/ledger.ts';
import { paise } from '#domain/money.ts';
import type { PaperFacts } from '#domain/papers/head.ts';
import type { LetterFacts, OutstandingFacts } from '#domain/papers/outstanding-paper.ts';
import type { StatementFacts } from '#domain/papers/statement-paper.ts';
import { statementOf } from '#domain/statements.ts';

export const asOf = day('2026-11-22');
export const payLink =
  'upi://pay?pa=sharma@okbank&pn=Sharma%20Traders&am=123456.78&cu=INR&tn=INV%2F26-27%2F1001';

/** One customer's bills, each fourth day, every other paid in half, every ninth in dollars. */
export function account(billCount: number, seed = 0): Ledger {
  const bills: LedgerBill[] = [];
  const moneyIn: LedgerMoneyIn[] = [];
  const allocations: LedgerAllocation[] = [];
  for (let at = 0; at < billCount; at += 1) {
    const billDay = addDays(asOf, (at - billCount) * 4 - 3);
    const amountPaise = paise(100_000 + (((at + seed) * 7919) % 97) * 1_234_567);
    const foreign =
      at % 9 === 4
        ? { currency: 'USD', foreignMinor: Math.round(amountPaise / 83) }
        : { currency: null, foreignMinor: null };
    const kind = (['invoice', 'debit-note', 'charge'] as const)[at % 3] ?? 'invoice';
    const bill = { billId: at + 1, customerId: 1, kind, number: `INV/26-27/${1000 + at}`, billDay };
    bills.push({ ...bill, ...foreign, dueDay: addDays(billDay, 30), amountPaise, instalments: null });
    if (at % 2 === 1) continue;
    const paidDay = addDays(billDay, 2);
    const half = paise(Math.floor(amountPaise / 2));
    moneyIn.push({
      kind: 'receipt',
      documentId: at + 1,
      customerId: 1,
      number: `RCT-${at}`,
      day: paidDay,
      effectiveDay: paidDay,
      amountPaise: half,
      currency: null,
      foreignMinor: null,
    });
    allocations.push({
      allocationId: at + 1,
      bill: at,
      moneyIn: moneyIn.length - 1,
      instalmentId: null,
      allocationDay: paidDay,
      amountPaise: at % 4 === 0 ? half : paise(half - 1),
      foreignMinor: null,
    });
  }
  return { bills, moneyIn, allocations };
}

export function paperFacts(more: Partial<PaperFacts> = {}): PaperFacts {
  return {
    language: 'en',
    asOf,
    currency: 'INR',
    business: {
      name: 'Sharma Traders',
      address: '12, Mahatma Gandhi Road\nMumbai 400001',
      gstin: '27ABCDE1234F1Z5',
      phone: '+91 98765 43210',
      email: 'accounts@sharma.example',
      vpa: 'sharma@okbank',
      bankLines: 'Bank of Baroda, Fort\nA/c 0012 3456 7890',
      signatory: 'Rakesh Sharma',
    },
    customer: { name: 'श्री कृष्ण ट्रेडर्स', address: 'Market Yard\nPune 411037', gstin: null, phone: null },
    payLink,
    ...more,
  };
}

export function statementFacts(ledger: Ledger, more: Partial<StatementFacts> = {}): StatementFacts {
  const lines = statementOf(ledger, { customerId: 1, asOf });
  return { ...paperFacts(), lines, fromDay: null, ...more };
}

export function outstandingFacts(ledger: Ledger, more: Partial<OutstandingFacts> = {}): OutstandingFacts {
  const items = openItemsAsOf(ledger, asOf);
  const figures = figuresOf(items, DEFAULT_VIEW, paise(500_000));
  const foreign = foreignOpen(ledger, items, asOf);
  return { ...paperFacts(), items, figures, view: DEFAULT_VIEW, foreign, ...more };
}

export function letterFacts(ledger: Ledger, more: Partial<LetterFacts> = {}): LetterFacts {
  return { ...outstandingFacts(ledger), grade: 1, subject: null, text: 'Dear Sir,\n\nPlease pay.', ...more };
}

/** False where poppler-utils is not installed: what needs it is skipped. */
export const hasPoppler = ['pdftotext', 'pdftoppm'].every(
  (tool) => spawnSync(tool, ['-v']).error === undefined,
);

/** The text of a PDF as it is copied out, in the order of its content. */
export function copiedText(pdf: Uint8Array): string {
  return execFileSync('pdftotext', ['-raw', '-', '-'], { input: pdf, maxBuffer: 50_000_000 })
    .toString('utf8')
    .normalize('NFC');
}

export type Picture = {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
};

/** A page as a picture, 150 dots an inch. */
export function pictureOf(pdf: Uint8Array, page: number): Picture {
  const folder = mkdtempSync(path.join(tmpdir(), 'baaki-picture-'));
  try {
    const file = path.join(folder, 'paper.pdf');
    writeFileSync(file, pdf);
    const pages = ['-f', String(page), '-l', String(page), '-singlefile'];
    execFileSync('pdftoppm', ['-r', '150', ...pages, file, path.join(folder, 'page')]);
    return readPpm(readFileSync(path.join(folder, 'page.ppm')));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function readPpm(bytes: Buffer): Picture {
  const head = /^P6\s(\d+)\s(\d+)\s255\s/u.exec(bytes.toString('latin1', 0, 40));
  if (head === null) throw new Error('Not a picture of pdftoppm.');
  const [width, height] = [Number(head[1]), Number(head[2])];
  const rgba = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let at = 0; at < width * height; at += 1) {
    for (let part = 0; part < 3; part += 1)
      rgba[at * 4 + part] = bytes[head[0].length + at * 3 + part] ?? 255;
  }
  return { width, height, rgba };
}
