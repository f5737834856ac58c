import { useTranslation } from 'react-i18next';

type CalendarWords = Readonly<
  Record<
    'previousMonth' | 'nextMonth' | 'previousYear' | 'nextYear' | 'previousDecade' | 'nextDecade',
    string
  >
>;

/** What a calendar's arrows say to a screen reader; every calendar of the window says the same. */
export function useCalendarWords(): CalendarWords {
  const { t } = useTranslation('kit');
  return {
    previousMonth: t('asOf.previousMonth'),
    nextMonth: t('asOf.nextMonth'),
    previousYear: t('asOf.previousYear'),
    nextYear: t('asOf.nextYear'),
    previousDecade: t('asOf.previousDecade'),
    nextDecade: t('asOf.nextDecade'),
  };
}
