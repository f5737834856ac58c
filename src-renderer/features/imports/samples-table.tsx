import { DayText } from '#kit/day-text.tsx';
import { MoneyText } from '#kit/money-text.tsx';
import { Text } from '@mantine/core';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import type { Sample } from './types.ts';

/** The first documents as they will stand in the book. */
export function SamplesTable({ samples }: { readonly samples: readonly Sample[] }): JSX.Element {
  const { t } = useTranslation('imports');
  if (samples.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t('check.noSamples')}
      </Text>
    );
  return (
    <div className="facts__scroll">
      <table className="facts facts--list" data-testid="import-samples">
        <thead>
          <tr>
            <th scope="col">{t('check.row')}</th>
            {(['kind', 'customer', 'number', 'day', 'dueDay'] as const).map((head) => (
              <th key={head} scope="col" className="facts__text">
                {t(`check.${head}`)}
              </th>
            ))}
            <th scope="col">{t('check.amount')}</th>
            <th scope="col">{t('check.open')}</th>
          </tr>
        </thead>
        <tbody>
          {samples.map((sample, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- Several documents may come from one row.
            <tr key={`${sample.row}-${index}`}>
              <td>{sample.row}</td>
              <td className="facts__text">{t(`kind.${sample.kind}`, { defaultValue: sample.kind })}</td>
              <td className="facts__text facts__name" title={sample.customerName}>
                {sample.customerName}
              </td>
              <td className="facts__text">{sample.number ?? '–'}</td>
              <td className="facts__text">
                <DayText day={sample.day} />
              </td>
              <td className="facts__text">
                <DayText day={sample.dueDay} />
              </td>
              <td>
                <MoneyText paise={sample.amountPaise} />
              </td>
              <td>
                <MoneyText paise={sample.openPaise} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
