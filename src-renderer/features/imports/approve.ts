import { currencySign, useCurrency, useMoneyWords } from '#kit/money-text.tsx';
import { useTranslation } from 'react-i18next';
import type { DryRun } from './types.ts';

const DOCUMENTS = ['bills', 'receipts', 'credits', 'customers'] as const;

/** Whether the import would change anything in the book. */
export function canApprove(dryRun: DryRun): boolean {
  return DOCUMENTS.some((kind) => changeCount(dryRun, kind) > 0);
}

/** Returns how the approve button says what it will do: 'Import 9,700 bills, ₹ 3.2 Cr'. */
export function useApproveWords(): (dryRun: DryRun) => string {
  const { t, i18n } = useTranslation('imports');
  const sayMoney = useMoneyWords();
  const sign = currencySign(useCurrency());
  return (dryRun) => {
    const counted = DOCUMENTS.filter((kind) => kind !== 'customers' && changeCount(dryRun, kind) > 0);
    const kinds = counted.length > 0 ? counted : (['customers'] as const);
    const parts = kinds.map((kind) => t(`count.${kind}`, { count: changeCount(dryRun, kind) }));
    const what = new Intl.ListFormat(i18n.language, { type: 'conjunction' }).format(parts);
    // The sum is of all bills of the file: it belongs to the button only where all of them are written.
    return dryRun.bills.same === 0 && dryRun.billPaise !== 0
      ? t('check.approve', { what, amount: `${sign} ${sayMoney(dryRun.billPaise, true)}` })
      : t('check.approveBare', { what });
  };
}

function changeCount(dryRun: DryRun, kind: (typeof DOCUMENTS)[number]): number {
  return dryRun[kind].added + dryRun[kind].changed;
}
