import type { PlannedRow } from '#contract/engine/reminders.ts';
import { useTranslation } from 'react-i18next';
import { useStarterName } from '../../words/starter-names.ts';

type Asked = Pick<PlannedRow, 'why' | 'purpose' | 'cadenceName' | 'stepNumber' | 'bills'>;

/** How late the latest bill of a message is; negative before its day. */
export function daysLateOf(bills: Asked['bills']): number {
  return bills.reduce((most, { daysLate }) => Math.max(most, daysLate), Number.NEGATIVE_INFINITY);
}

/** Returns how to say why a message is planned: 'Step 2 of “Gentle”, 7 days late'. */
export function useWhyWords(): (row: Asked) => string {
  const { t } = useTranslation('reminders');
  const sayName = useStarterName();
  return (row) => {
    const { why, purpose, cadenceName, stepNumber, bills } = row;
    if (cadenceName === null || stepNumber === null) return t(`purpose.${purpose}`);
    const words = t(`why.${why.code}`, {
      ...why.values,
      cadence: sayName(cadenceName),
      step: stepNumber,
      defaultValue: t(`purpose.${purpose}`),
    });
    const told = why.values['daysLate'];
    const late = typeof told === 'number' ? told : daysLateOf(bills);
    if (!Number.isFinite(late)) return words;
    const when =
      late > 0
        ? t('late.after', { count: late })
        : late < 0
          ? t('late.before', { count: 0 - late })
          : t('late.on');
    return `${words} · ${when}`;
  };
}
