import type { FakeCompany } from './book.ts';
import { plusDays, readDay } from './calendar.ts';
import type { FakeProfile } from './index.ts';
import type { FakeBook } from './records.ts';
import type { Variables } from './request.ts';

/** What is on this Tally's screen, and how it takes what clients tell it. */
export type Session = {
  readonly profile: FakeProfile;
  readonly today: string;
  readonly freezesOnLedgerFromDate: boolean;
  readonly companies: readonly FakeCompany[];
  readonly opened: () => readonly FakeCompany[];
  readonly active: () => FakeCompany | null;
  readonly open: (company: FakeCompany) => void;
  readonly close: (company: FakeCompany) => void;
  readonly activate: (company: FakeCompany) => void;
};

export function sessionOf(wish: {
  readonly books: readonly FakeCompany[];
  readonly profile: FakeProfile;
  readonly today: string;
  readonly freezesOnLedgerFromDate: boolean;
}): Session {
  const companies = [...wish.books];
  let opened = [...wish.books];
  let active: FakeCompany | null = opened[0] ?? null;
  return {
    profile: wish.profile,
    today: wish.today,
    freezesOnLedgerFromDate: wish.freezesOnLedgerFromDate,
    companies,
    opened: () => opened,
    active: () => active,
    open: (company) => {
      if (!companies.includes(company)) companies.push(company);
      if (!opened.includes(company)) opened = [...opened, company];
      active ??= company;
    },
    close: (company) => {
      opened = opened.filter((one) => one !== company);
      if (active === company) active = opened[0] ?? null;
    },
    activate: (company) => {
      if (!opened.includes(company)) throw new Error(`${company.name} is not open.`);
      active = company;
    },
  };
}

/** The company a request means: by SVCURRENTCOMPANY, trimmed and without case, or the active one. */
export function companyFor(session: Session, variables: Variables): FakeCompany | null {
  if (variables.company === null || variables.company === '') return session.active();
  const wanted = variables.company.trim().toLowerCase();
  const fits = session.opened().filter((company) => company.name.trim().toLowerCase() === wanted);
  const active = session.active();
  // Of two that bear one name Tally takes the one on its screen.
  return (active && fits.includes(active) ? active : fits[0]) ?? null;
}

export type Period = { readonly from: string; readonly to: string };

/** The period a request loads; null where a date of it does not exist. Only typed dates count. */
export function periodFor(
  book: FakeBook,
  variables: Variables,
  rules: { readonly isEducational: boolean; readonly isLedgers: boolean },
): Period | null {
  const display = { from: book.displayFrom, to: book.displayTo };
  const read = (sent: Variables['from'], fallback: string): string | null => {
    if (!sent?.isTyped || sent.text === '') return fallback;
    const day = readDay(sent.text);
    if (day === null) return null;
    // A refused start falls back to the display period, a refused end widens to the end of it.
    return rules.isEducational && !isEducationalDay(day) ? fallback : day;
  };
  const from = read(variables.from, display.from);
  const to = read(variables.to, display.to);
  if (from === null || to === null) return null;
  return { from, to: rules.isLedgers && to < display.from ? display.from : to };
}

/** The days of a month that Educational mode takes. */
export function isEducationalDay(day: string): boolean {
  return ['01', '02', '31'].includes(day.slice(8));
}

export function lastVoucherDay(book: FakeBook): string {
  let last = '';
  for (const voucher of book.vouchers.values()) if (voucher.date > last) last = voucher.date;
  return last === '' ? plusDays(book.booksFrom, 0) : last;
}
