import { CountText } from './count-text.tsx';
import { currencySign, MoneyText, useCurrency } from '#kit/money-text.tsx';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import type { DryRun } from './types.ts';

const DOCUMENTS = ['customers', 'bills', 'receipts', 'credits'] as const;
const OUTCOMES = ['added', 'changed', 'same'] as const;

/** New, changed and same, for each kind of thing that is stored. */
export function CountsTable({ dryRun }: { readonly dryRun: DryRun }): JSX.Element {
  const { t } = useTranslation('imports');
  return (
    <table className="facts" data-testid="import-counts">
      <thead>
        <tr>
          <td aria-hidden />
          {OUTCOMES.map((outcome) => (
            <th key={outcome} scope="col">
              {t(`check.${outcome}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {DOCUMENTS.map((kind) => (
          <tr key={kind}>
            <th scope="row">{t(`check.${kind}`)}</th>
            {OUTCOMES.map((outcome) => (
              <td key={outcome}>
                <CountText count={dryRun[kind][outcome]} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

type Worth = Pick<DryRun, 'billPaise' | 'receiptPaise' | 'creditPaise' | 'openPaise'>;

/** What the documents of the file are worth in the book's own currency. */
export function WorthTable({ dryRun }: { readonly dryRun: Worth }): JSX.Element {
  const { t } = useTranslation('imports');
  const rows = [
    ['check.billValue', dryRun.billPaise],
    ['check.receiptValue', dryRun.receiptPaise],
    ['check.creditValue', dryRun.creditPaise],
    ['check.openValue', dryRun.openPaise],
  ] as const;
  return (
    <table className="facts" data-testid="import-worth">
      <thead>
        <tr>
          <td aria-hidden />
          <th scope="col">{currencySign(useCurrency())}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([words, paise]) => (
          <tr key={words}>
            <th scope="row">{t(words)}</th>
            <td>
              <MoneyText paise={paise} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
