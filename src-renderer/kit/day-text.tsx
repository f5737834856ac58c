import { daysBetween, type Day } from '#domain/days.ts';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';

/** '2026-11-22' → '22-11-2026', as India writes it. */
export function dayWords(day: Day): string {
  return `${day.slice(8, 10)}-${day.slice(5, 7)}-${day.slice(0, 4)}`;
}

type DayTextProps = {
  readonly day: Day | null;
  /** Adds how far it lies from this day: 'today', '5 days ago', 'in 3 days'. */
  readonly from?: Day | undefined;
};

export function DayText({ day, from }: DayTextProps): JSX.Element {
  if (day === null) return <span className="day">–</span>;
  return (
    <time className="day" dateTime={day}>
      {dayWords(day)}
      {from === undefined ? null : <RelativeText day={day} from={from} />}
    </time>
  );
}

function RelativeText({ day, from }: { readonly day: Day; readonly from: Day }): JSX.Element {
  const sayRelative = useRelativeDay();
  return <> ({sayRelative(day, from)})</>;
}

/** Returns how to say a day seen from another: 'today', 'in 3 days', '5 days ago'. */
export function useRelativeDay(): (day: Day, from: Day) => string {
  const { t } = useTranslation('kit');
  return (day, from) => {
    const days = daysBetween(day, from);
    if (days === 0) return t('relative.today');
    return days > 0 ? t('relative.ago', { count: days }) : t('relative.ahead', { count: -days });
  };
}
