import { parseRate } from '#domain/money.ts';
import type { Refusal } from '#domain/result.ts';
import { useRefusalWords } from '#kit/problem.tsx';
import { TextInput } from '@mantine/core';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import type { Drafted } from './wizard.ts';

type RateFieldsProps = {
  readonly currencies: readonly string[];
  readonly drafted: Drafted;
  readonly doubts: readonly Refusal[];
  readonly baseCurrency: string;
  readonly onRate: (currency: string, text: string) => void;
};

/** One field for each foreign currency of the file: how much of the book's money one unit of it is worth. */
export function RateFields(props: RateFieldsProps): JSX.Element | null {
  const { t } = useTranslation('imports');
  const { currencies, drafted, doubts, baseCurrency, onRate } = props;
  const say = useRefusalWords();
  if (currencies.length === 0) return null;
  return (
    <div role="group" aria-label={t('options.rates')} className="rates">
      {currencies.map((currency) => {
        const text = drafted.map.rates[currency] ?? '';
        const read = text === '' ? undefined : parseRate(text);
        const isNeeded = text === '' && doubts.some((one) => isRateMissing(one, currency));
        const error = read && !read.ok ? say(read.refusal) : null;
        return (
          <TextInput
            key={currency}
            id={`rate-${currency}`}
            size="xs"
            inputMode="decimal"
            label={t('options.rate', { foreign: currency, base: baseCurrency })}
            value={text}
            description={isNeeded ? t('options.rateNeeded') : null}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            error={error}
            onChange={(event) => onRate(currency, event.currentTarget.value)}
          />
        );
      })}
    </div>
  );
}

/** Currencies that need a rate: all foreign ones, but where the file bears rates only those it leaves open. */
export function foreignCurrencies(
  { understood, map }: Drafted,
  doubts: readonly Refusal[],
  baseCurrency: string,
): readonly string[] {
  const isNamed = map.columns.currency !== undefined && map.columns.rate === undefined;
  const named = isNamed ? understood.currencies : [];
  const doubted = doubts.filter(({ code }) => code === 'rate-missing').map(currencyOf);
  const all = [
    ...named,
    ...(map.currency === null ? [] : [map.currency]),
    ...doubted,
    ...Object.keys(map.rates),
  ];
  return [...new Set(all)].filter((currency) => currency !== '' && currency !== baseCurrency);
}

export function currencyOf(doubt: Refusal): string {
  return String(doubt.values?.['currency'] ?? '');
}

function isRateMissing(doubt: Refusal, currency: string): boolean {
  return doubt.code === 'rate-missing' && currencyOf(doubt) === currency;
}
