import type { PlannedRow } from '#contract/engine/reminders.ts';
import { MoneyText } from '#kit/money-text.tsx';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { paiseOfMicros } from '#kit/micros.ts';
import { isDoneByHand } from './run-items.ts';

/** What a message costs; a letter and a call are work of hands, and of others the price may not be known. */
export function CostText({ row }: { readonly row: Pick<PlannedRow, 'channel' | 'costMicros'> }): JSX.Element {
  const { t } = useTranslation('reminders');
  if (isDoneByHand(row.channel)) return <>{t('run.byHand')}</>;
  if (row.costMicros === null) return <>{t('run.noPrice')}</>;
  return <MoneyText paise={paiseOfMicros(row.costMicros)} withSign />;
}
