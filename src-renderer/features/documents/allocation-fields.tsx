import { formatMoney, paise } from '#domain/money.ts';
import { readMoney } from '#kit/money-input.ts';
import { useCurrency } from '#kit/money-text.tsx';
import { SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, type JSX, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { orpc } from '../../client.ts';
import { AllocationGrid } from './allocation-grid.tsx';
import { basePaiseOf } from './amounts.ts';
import { manners, type Manner, type MoneyValues } from './money-values.ts';
import { givenTo, shareOut, type OpenBill } from './share-out.ts';

const NO_BILLS: readonly OpenBill[] = [];

/** The customer's open bills with what each is given, by the form as it stands. */
export function useShared(values: MoneyValues): readonly OpenBill[] {
  const base = useCurrency();
  const { customerId, manner, typed } = values;
  const has = basePaiseOf(values, base) ?? paise(0);
  const currency = values.isForeign ? values.currency : null;
  const { data } = useQuery({
    ...orpc.bills.listOpen.queryOptions({ input: { customerId: customerId ?? 1, credits: 'gross' } }),
    enabled: customerId !== null,
    placeholderData: undefined,
  });
  return useMemo(() => {
    if (!data || customerId === null) return NO_BILLS;
    const bills = shareOut(data.rows, manner === 'none' ? paise(0) : has, currency);
    const amounts = Object.entries(typed).map(([id, text]) => [Number(id), readMoney(text, base)] as const);
    return givenTo(bills, new Map(amounts));
  }, [data, customerId, manner, has, currency, typed, base]);
}

type AllocationFieldsProps = {
  readonly values: MoneyValues;
  readonly bills: readonly OpenBill[];
  readonly error: ReactNode;
  readonly onManner: (manner: Manner) => void;
  readonly onType: (typed: Readonly<Record<string, string>>) => void;
};

/** Which bills the money pays: the oldest, those that are chosen, or none yet. */
export function AllocationFields(props: AllocationFieldsProps): JSX.Element {
  const { values, bills, error, onManner, onType } = props;
  const { t } = useTranslation('documents');
  const base = useCurrency();
  // A bill left as it was proposed keeps that amount when another is changed by hand.
  const keep = (): Readonly<Record<string, string>> =>
    Object.fromEntries(
      bills.map((bill) => [bill.billId, bill.amountPaise === 0 ? '' : formatMoney(bill.amountPaise, base)]),
    );
  return (
    <div className="form-grid__whole">
      <SegmentedControl
        size="xs"
        aria-label={t('allocate.how')}
        data={manners.map((value) => ({ value, label: t(`manner.${value}`) }))}
        value={values.manner}
        onChange={(value) => {
          const manner = manners.find((one) => one === value);
          if (manner) onManner(manner);
        }}
      />
      {values.customerId === null || values.manner === 'none' ? (
        <p className="entry-note">
          {t(values.customerId === null ? 'allocate.first' : 'allocate.onAccount')}
        </p>
      ) : (
        <AllocationGrid
          bills={bills}
          hasPaise={basePaiseOf(values, base) ?? paise(0)}
          typed={values.typed}
          onType={(billId, text) =>
            onType({ ...(values.manner === 'by-hand' ? values.typed : keep()), [billId]: text })
          }
          error={error}
        />
      )}
    </div>
  );
}
