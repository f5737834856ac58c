// The certificate of a tie-out: what differs, in which order, and what paper says of it.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createInstance } from 'i18next';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { I18nextProvider, initReactI18next } from 'react-i18next';
import { describe, expect, it } from 'vitest';
import type { PartyState, TieOut, TieOutParty } from '#contract/engine/sync.ts';
import { differenceCauses } from '#contract/engine/sync-words.ts';
import { day } from '#domain/days.ts';
import { paise, sumOf } from '#domain/money.ts';
import { CertificatePage } from '#features/tie-out-tally/certificate-page.tsx';
import { bySize, differingFirst, isBillDiffering, isDiffering } from '#features/tie-out-tally/differing.ts';
import { repository } from '../architecture/read-tree.ts';

type Bill = PartyState['bills'][number];

const wordsOf = (language: string, name: string): Record<string, unknown> =>
  JSON.parse(
    readFileSync(path.join(repository, 'src-renderer/words', language, `${name}.json`), 'utf8'),
  ) as Record<string, unknown>;

function party(name: string, difference: number, more: Partial<TieOutParty> = {}): TieOutParty {
  return {
    ledgerGuid: name,
    name,
    customerId: 1,
    isBillWise: true,
    tallyPaise: paise(1_00_000_00),
    billsPaise: paise(1_00_000_00),
    onAccountPaise: paise(0),
    baakiPaise: paise(1_00_000_00 + difference),
    differencePaise: paise(difference),
    differingBillCount: 0,
    tiesOut: difference === 0,
    causes: [],
    ...more,
  };
}

function tieOutOf(parties: readonly TieOutParty[]): TieOut {
  const sum = (of: (one: TieOutParty) => TieOutParty['tallyPaise']) => sumOf(parties, of);
  return {
    at: 1_790_000_000_000,
    asOf: day('2026-03-31'),
    companyName: 'Test P Ltd',
    totals: {
      tallyPaise: sum((one) => one.tallyPaise),
      billsPaise: sum((one) => one.billsPaise),
      onAccountPaise: sum((one) => one.onAccountPaise),
      baakiPaise: sum((one) => one.baakiPaise),
      differencePaise: sum((one) => one.differencePaise),
      partyCount: parties.length,
      differingCount: parties.filter(isDiffering).length,
      billCount: 7,
    },
    parties: [...parties],
  };
}

describe('what differs', () => {
  it('stands in order of size, whichever way the difference goes', () => {
    const names = [party('b', 5), party('a', 5), party('c', -900), party('d', 0)].toSorted(bySize);
    expect(names.map(({ name }) => name)).toEqual(['c', 'a', 'b', 'd']);
  });

  it('stands above the bills that are the same, the oldest first', () => {
    const bill = (ref: string, billDay: string, more: Partial<Bill> = {}): Bill => ({
      ref,
      billId: 1,
      tallyPaise: paise(100),
      baakiPaise: paise(100),
      tallyBillDay: day(billDay),
      baakiBillDay: day(billDay),
      tallyDueDay: null,
      baakiDueDay: null,
      causes: [],
      ...more,
    });
    const bills = [
      bill('same', '2025-01-01'),
      // Opened again by a bounced cheque.
      bill('again', '2025-01-02', { baakiBillDay: day('2025-06-02') }),
      bill('less', '2026-02-01', { baakiPaise: paise(99), causes: ['unknown'] }),
      bill('moved', '2025-12-01', { baakiBillDay: day('2025-11-02'), causes: ['unknown'] }),
      bill('due', '2026-03-01', { baakiDueDay: day('2026-03-02'), causes: ['unknown'] }),
    ];
    expect(differingFirst(bills).map(({ ref }) => ref)).toEqual(['moved', 'less', 'due', 'same', 'again']);
    expect(bills.filter(isBillDiffering)).toHaveLength(3);
  });
});

function printed(tieOut: TieOut, language = 'en'): string {
  const i18n = createInstance();
  i18n.use(initReactI18next);
  const resources = { [language]: { 'tally-tie-out': wordsOf(language, 'tally-tie-out') } };
  void i18n.init({
    lng: language,
    resources,
    initAsync: false,
    interpolation: { escapeValue: false },
  });
  i18n.services.formatter?.add('grouped', String);
  const maker = { version: '1.0', book: 'My book', at: '01-04-2026, 10:00' };
  const page = createElement(CertificatePage, { tieOut, maker });
  return renderToStaticMarkup(createElement(I18nextProvider, { i18n }, page)).replace(/<[^>]+>/g, '|');
}

describe('the certificate on paper', () => {
  const differing = tieOutOf([
    party('Small & Co', 12_345, { causes: ['unknown'] }),
    party('Large', -5_00_000, { causes: ['entered-here', 'unknown'], differingBillCount: 2 }),
    party('Equal', 0),
  ]);

  it('bears company, day, the three numbers, those that differ by size, each cause once, and lines to sign', () => {
    const text = printed(differing);
    for (const said of [
      'Test P Ltd',
      '31-03-2026',
      '₹ 3,00,000.00',
      '₹ 2,95,123.45',
      '−₹ 4,876.55',
      '2 of 3 parties do not agree.',
      'Drawn up by Baaki 1.0 from its book “My book” on 01-04-2026, 10:00',
      'Signature',
    ]) {
      expect(text).toContain(said);
    }
    expect(text.indexOf('Large')).toBeGreaterThan(0);
    expect(text.indexOf('Large')).toBeLessThan(text.indexOf('Small &amp; Co'));
    expect(text).not.toContain('Equal');
    expect(text).toContain('Entered in Baaki, Not known · 2 bills differ');
    expect(text.split('Enter it in Tally too')).toHaveLength(2);
    expect(text.split('Compare the bills below')).toHaveLength(2);
  });

  it('says that all is equal, and lists nothing, where nothing differs', () => {
    const text = printed(tieOutOf([party('Equal', 0)]));
    expect(text).toContain('to the paisa.');
    expect(text).not.toContain('Parties that do not agree');
  });

  it('has words for every cause, in both languages', () => {
    const all = tieOutOf([party('All', 1, { causes: [...differenceCauses] })]);
    for (const language of ['en', 'hi']) {
      const text = printed(all, language);
      for (const cause of differenceCauses) expect(text).not.toContain(`cause.${cause}`);
      for (const cause of differenceCauses) expect(text).not.toContain(`why.${cause}`);
    }
  });
});
