import { formatMoney, paise, type Paise } from '#domain/money.ts';
import { DayText } from '#kit/day-text.tsx';
import { MoneyField } from '#kit/money-field.tsx';
import { currencySign, MoneyText, useCurrency } from '#kit/money-text.tsx';
import type { JSX, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { givenSum, type OpenBill } from './share-out.ts';

type AllocationGridProps = {
  readonly bills: readonly OpenBill[];
  /** What the receipt or credit has to give. */
  readonly hasPaise: Paise;
  /** The texts that were typed, by bill; the others show what is proposed. */
  readonly typed: Readonly<Record<string, string>>;
  readonly onType: (billId: number, text: string) => void;
  readonly error?: ReactNode;
};

/** Open bills, oldest first, each with what it is given; below, what stays on account. */
export function AllocationGrid({ bills, hasPaise, typed, onType, error }: AllocationGridProps): JSX.Element {
  const { t } = useTranslation('documents');
  const base = useCurrency();
  const sign = currencySign(base);
  const given = givenSum(bills);
  const left = paise(hasPaise - given);
  if (bills.length === 0) return <p className="entry-note">{t('allocate.noBills')}</p>;
  return (
    <>
      <div className="entry-scroll">
        <table className="entry-grid">
          <thead>
            <tr>
              <th scope="col">{t('allocate.bill')}</th>
              <th scope="col">{t('allocate.due')}</th>
              <th scope="col" className="entry-grid__number">
                {t('allocate.open', { sign })}
              </th>
              <th scope="col" className="entry-grid__number">
                {t('allocate.gets', { sign })}
              </th>
            </tr>
          </thead>
          <tbody>
            {bills.map((bill) => (
              <GridLine key={bill.billId} {...{ bill, typed, onType, base }} />
            ))}
          </tbody>
        </table>
      </div>
      <dl className="entry-sum" aria-live="polite">
        <div>
          <dt>{t('allocate.given')}</dt>
          <dd>
            <MoneyText paise={given} withSign />
          </dd>
        </div>
        <div>
          <dt>{t('allocate.left')}</dt>
          <dd data-testid="left-on-account">
            <MoneyText paise={left} withSign />
          </dd>
        </div>
      </dl>
      {left < 0 ? (
        <p className="entry-error" role="alert">
          {t('fault.overMoney', { over: formatMoney(0 - left, base), sign })}
        </p>
      ) : null}
      {error ? (
        <p className="entry-error" role="alert">
          {error}
        </p>
      ) : null}
    </>
  );
}

type GridLineProps = Pick<AllocationGridProps, 'typed' | 'onType'> & {
  readonly bill: OpenBill;
  readonly base: string;
};

function GridLine({ bill, typed, onType, base }: GridLineProps): JSX.Element {
  const { t } = useTranslation('documents');
  const { billId, openPaise, amountPaise } = bill;
  const name = bill.number ?? t('allocate.unnumbered');
  const isOver = amountPaise > openPaise;
  return (
    <tr>
      <td>{name}</td>
      <td>
        <DayText day={bill.dueDay} />
      </td>
      <td className="entry-grid__number">
        <MoneyText paise={openPaise} />
      </td>
      <td>
        <MoneyField
          aria-label={t('allocate.getsBill', { bill: name })}
          value={typed[billId] ?? (amountPaise === 0 ? '' : formatMoney(amountPaise, base))}
          onChange={(text) => onType(billId, text)}
          error={isOver ? t('fault.overBill') : undefined}
        />
      </td>
    </tr>
  );
}
