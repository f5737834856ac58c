import type { Day } from '../days.ts';
import type { MessageLanguage } from '../reminders/languages.ts';
import type { Paper, PaperFact, PaperPay } from './paper.ts';
import { filled, moneyWithSign, plain, plainLines } from './texts.ts';
import { wordsOf } from './words.ts';
import type { PaperWords } from './words/wording.ts';

/** Who writes and how he is paid. All but the name may be missing. */
export type PaperBusiness = {
  readonly name: string;
  readonly address: string | null;
  readonly gstin: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly vpa: string | null;
  /** Account number, IFSC, branch; a line each, as it is to be printed. */
  readonly bankLines: string | null;
  readonly signatory: string | null;
};

export type PaperCustomer = {
  readonly name: string;
  readonly address: string | null;
  readonly gstin: string | null;
  readonly phone: string | null;
};

/** What all papers are made of. */
export type PaperFacts = {
  readonly language: MessageLanguage;
  readonly asOf: Day;
  /** The book's base currency. */
  readonly currency: string;
  readonly business: PaperBusiness;
  readonly customer: PaperCustomer;
  /** A UPI link; null = no code is printed. */
  readonly payLink: string | null;
};

type Head = Pick<Paper, 'language' | 'from' | 'to' | 'pay' | 'pageWords'>;

export function headOf({ language, business, customer, payLink }: PaperFacts): Head {
  const words = wordsOf(language);
  const reach = [labelled(words.phone, business.phone), labelled(words.email, business.email)];
  return {
    language,
    from: {
      name: plain(business.name),
      lines: [
        ...plainLines(business.address),
        ...[reach.filter((one) => one !== '').join('   ')].filter((one) => one !== ''),
        ...[labelled(words.gstin, business.gstin)].filter((one) => one !== ''),
      ],
    },
    to: {
      label: words.to,
      name: plain(customer.name),
      lines: [
        ...plainLines(customer.address),
        ...[labelled(words.gstin, customer.gstin), labelled(words.phone, customer.phone)].filter(
          (one) => one !== '',
        ),
      ],
    },
    pay: payOf(business, { payLink, words }),
    pageWords: words.page,
  };
}

function labelled(label: string, value: string | null): string {
  const text = plain(value ?? '');
  return text === '' ? '' : `${label} ${text}`;
}

function payOf(
  { vpa, bankLines }: PaperBusiness,
  { payLink, words }: { readonly payLink: string | null; readonly words: PaperWords },
): PaperPay | null {
  const bank = plainLines(bankLines);
  const upi = plain(vpa ?? '');
  const lines: PaperFact[] = upi === '' ? [] : [{ label: words.upi, value: upi }];
  if (bank.length > 0) lines.push({ label: words.bank, value: bank.join('\n') });
  const code = payLink === null ? null : { link: payLink, label: words.scan };
  return lines.length === 0 && code === null ? null : { title: words.payHere, lines, code };
}

/** What he owes; below zero it stands to his credit, and is said so without a sign. */
export function figureOf(balance: number, words: PaperWords, currency: string): PaperFact {
  return balance < 0
    ? { label: words.inCredit, value: moneyWithSign(0 - balance, currency) }
    : { label: words.owed, value: moneyWithSign(balance, currency) };
}

export function signatureOf({ name, signatory }: PaperBusiness, words: PaperWords): readonly string[] {
  return [filled(words.forBusiness, { name: plain(name) }), plain(signatory ?? '')].filter(
    (one) => one !== '',
  );
}
