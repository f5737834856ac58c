import type { MoneyIn } from '#contract/engine/customers.ts';
import { DayText } from '#kit/day-text.tsx';
import { currencySign, MoneyText, useCurrency } from '#kit/money-text.tsx';
import { Section } from '#kit/page.tsx';
import { Button } from '@mantine/core';
import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import './customers.css';

const AT_FIRST = 20;
const MORE_AT_ONCE = 100;

/** Receipts and credits, the latest first, each with what no bill has taken of it. */
export function CustomerMoneyIn({ moneyIn }: { readonly moneyIn: readonly MoneyIn[] }): JSX.Element {
  const { t } = useTranslation('customers');
  const [shown, setShown] = useState(AT_FIRST);
  const sign = currencySign(useCurrency());
  const left = moneyIn.length - shown;
  return (
    <Section title={t('moneyIn.title')} aside={t('moneyIn.count', { count: moneyIn.length })}>
      {moneyIn.length === 0 ? (
        <p className="sum__why">{t('moneyIn.none')}</p>
      ) : (
        <table className="papers">
          <thead>
            <tr>
              <th scope="col">{t('moneyIn.what')}</th>
              <th scope="col">{t('moneyIn.day')}</th>
              <th scope="col" className="papers__number">
                {t('moneyIn.amount', { sign })}
              </th>
              <th scope="col" className="papers__number">
                {t('moneyIn.unallocated', { sign })}
              </th>
            </tr>
          </thead>
          <tbody>
            {moneyIn.slice(0, shown).map((money) => (
              <MoneyLine key={`${money.kind}:${money.documentId}`} money={money} />
            ))}
          </tbody>
        </table>
      )}
      {left > 0 ? (
        <Button variant="default" mt="sm" onClick={() => setShown((was) => was + MORE_AT_ONCE)}>
          {t('moneyIn.more', { count: Math.min(left, MORE_AT_ONCE) })}
        </Button>
      ) : null}
    </Section>
  );
}

function MoneyLine({ money }: { readonly money: MoneyIn }): JSX.Element {
  const { t } = useTranslation('customers');
  // Most are plain receipts: their number says enough.
  const nameOf = (kind: MoneyIn['kind'], number: string | null): string =>
    kind === 'receipt' && number !== null ? number : `${t(`kind.${kind}`)} ${number ?? ''}`;
  return (
    <tr>
      <td>
        {nameOf(money.kind, money.number)}
        {money.currency === null || money.foreignMinor === null ? null : (
          <span className="papers__foreign">
            {' '}
            {money.currency} <MoneyText paise={money.foreignMinor} currency={money.currency} />
          </span>
        )}
      </td>
      <td>
        <DayText day={money.day} />
        {money.chequeDay === null ? null : (
          <span className="papers__foreign">
            {' '}
            {t('moneyIn.cheque')} <DayText day={money.chequeDay} />
          </span>
        )}
      </td>
      <td className="papers__number">
        <MoneyText paise={-Math.abs(money.amountPaise)} />
      </td>
      <td className="papers__number">
        {money.unallocatedPaise === 0 ? '–' : <MoneyText paise={-Math.abs(money.unallocatedPaise)} />}
      </td>
    </tr>
  );
}
