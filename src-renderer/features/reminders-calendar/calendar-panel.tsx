import { laterDay, type Day } from '#domain/days.ts';
import { useAsOf } from '#kit/as-of.tsx';
import { ProblemNote } from '#kit/problem.tsx';
import { ActionIcon, Button } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState, type JSX, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { orpc, problemOf } from '../../client.ts';
import { CalendarDay, type DayCount } from './calendar-day.tsx';
import './calendar.css';
import { dayByKey, lastOf, monthBeside, monthOf, weeksOf } from './month-grid.ts';

const NOTHING = '\u00a0';
const WEEKDAYS = [0, 1, 2, 3, 4, 5, 6] as const;

type CalendarPanelProps = {
  /** Of the address: 'YYYY-MM'. */
  readonly askedMonth: string | null;
  readonly onMonth: (month: string) => void;
  readonly onDay: (day: Day) => void;
};

/** What would leave on each day of a month, by channel; a day opens its plan. */
export function CalendarPanel({ askedMonth, onMonth, onDay }: CalendarPanelProps): JSX.Element {
  const { t } = useTranslation('reminders');
  const { today } = useAsOf();
  const month = monthOf(askedMonth, today);
  const last = lastOf(month);
  const { data, error, refetch } = useQuery({
    ...orpc.reminders.calendar.queryOptions({
      input: { from: laterDay(month, today), to: laterDay(last, today) },
    }),
    enabled: last >= today,
  });
  const byDay = new Map((data ?? []).map((one) => [one.day, one]));
  const show = (day: Day): void => onMonth(day.slice(0, 7));
  const total = weeksOf(month)
    .flat()
    .reduce((sum, day) => sum + (day === null ? 0 : (byDay.get(day)?.count ?? 0)), 0);
  return (
    <div className="month">
      <header className="month__head">
        <ActionIcon
          size={30}
          aria-label={t('calendar.previous')}
          onClick={() => show(monthBeside(month, -1))}
        >
          <IconChevronLeft size={18} aria-hidden />
        </ActionIcon>
        <h2 className="month__name" aria-live="polite">
          {t(`calendar.month.${Number(month.slice(5, 7))}`)} {month.slice(0, 4)}
        </h2>
        <ActionIcon size={30} aria-label={t('calendar.next')} onClick={() => show(monthBeside(month, 1))}>
          <IconChevronRight size={18} aria-hidden />
        </ActionIcon>
        <Button size="compact-sm" variant="default" onClick={() => show(today)}>
          {t('calendar.today')}
        </Button>
        <span className="month__total" title={t('calendar.keys')}>
          {data
            ? `${total === 0 ? t('calendar.empty') : t('calendar.total', { count: total })} · ${t('calendar.note')}`
            : ''}
        </span>
      </header>
      {error ? <ProblemNote problem={problemOf(error)} onRetry={() => void refetch()} /> : null}
      <MonthGrid {...{ month, today, byDay, onDay }} onLeave={show} />
    </div>
  );
}

type MonthGridProps = {
  readonly month: Day;
  readonly today: Day;
  readonly byDay: ReadonlyMap<Day, DayCount>;
  readonly onDay: (day: Day) => void;
  /** The keyboard left the month for this day. */
  readonly onLeave: (day: Day) => void;
};

function MonthGrid({ month, today, byDay, onDay, onLeave }: MonthGridProps): JSX.Element {
  const { t } = useTranslation('reminders');
  const gridRef = useRef<HTMLTableElement>(null);
  const hasMoved = useRef(false);
  const [stood, setStood] = useState<Day>(today);
  const isHere = stood.slice(0, 7) === month.slice(0, 7);
  const active = isHere ? stood : month;
  useEffect(() => {
    if (hasMoved.current)
      gridRef.current?.querySelector<HTMLButtonElement>(`[data-day="${active}"]`)?.focus();
  }, [active]);
  const onKeyDown = (event: KeyboardEvent): void => {
    const moved = event.altKey || event.ctrlKey ? undefined : dayByKey(event.key, active);
    if (moved === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    hasMoved.current = true;
    setStood(moved);
    if (moved.slice(0, 7) !== month.slice(0, 7)) onLeave(moved);
  };
  const name = `${t(`calendar.month.${Number(month.slice(5, 7))}`)} ${month.slice(0, 4)}`;
  return (
    // The arrows go through its days.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <table
      ref={gridRef}
      className="month__grid card"
      aria-label={t('calendar.grid', { month: name })}
      onKeyDown={onKeyDown}
    >
      <thead>
        <tr>
          {WEEKDAYS.map((weekday) => (
            <th key={weekday} scope="col">
              {t(`calendar.weekday.${weekday}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeksOf(month).map((week, row) => (
          // Weeks of a month never move.
          // oxlint-disable-next-line react/no-array-index-key
          <tr key={row} className={isOver(week, today) ? 'month__week--over' : ''}>
            {week.map((day, at) =>
              day === null ? (
                // oxlint-disable-next-line react/no-array-index-key
                <td key={at} className="month__blank">
                  {NOTHING}
                </td>
              ) : (
                <CalendarDay
                  key={day}
                  day={day}
                  count={byDay.get(day)}
                  isPast={day < today}
                  isToday={day === today}
                  isActive={day === active}
                  onFocus={() => setStood(day)}
                  onOpen={() => onDay(day)}
                />
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A week that lies behind needs little room. */
function isOver(week: readonly (Day | null)[], today: Day): boolean {
  return week.every((day) => day === null || day < today);
}
