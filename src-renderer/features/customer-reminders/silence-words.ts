import type { SilenceReason } from '#domain/reminders/words.ts';
import { isDay } from '#domain/days.ts';
import { dayWords } from '#kit/day-text.tsx';
import { useTranslation } from 'react-i18next';

type Values = Readonly<Record<string, string | number>>;

/** Days among the values of a reason, as India writes them. */
function withDayWords(values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'string' && isDay(value) ? dayWords(value) : value,
    ]),
  );
}

/** Returns how to say in a sentence why somebody gets nothing; what the owner wrote himself stands behind it. */
export function useSilenceWords(): (reason: SilenceReason, values?: Values) => string {
  const { t } = useTranslation('reminders');
  return (reason, values = {}) => {
    const sentence = t(`silence.${reason}.sentence`, withDayWords(values));
    const own = values['why'] ?? values['reason'];
    return typeof own === 'string' && own !== '' ? `${sentence} (${own})` : sentence;
  };
}
