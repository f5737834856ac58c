import { isDay, type Day } from '#domain/days.ts';
import { Button, Popover, Text } from '@mantine/core';
import { DatePicker } from '@mantine/dates';
import { IconCalendar } from '@tabler/icons-react';
import { createContext, useContext, useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useCalendarWords } from './calendar-words.ts';
import { dayWords } from './day-text.tsx';

export type AsOf = {
  /** The day that every figure of the window holds for. */
  readonly day: Day;
  readonly today: Day;
  /** Moved away from today: writing is off. */
  readonly isMoved: boolean;
  /** The day to ask the engine for; undefined means its own today, also past midnight. */
  readonly wish: Day | undefined;
  readonly move: (day: Day | undefined) => void;
};

const AsOfContext = createContext<AsOf | undefined>(undefined);
export const AsOfProvider = AsOfContext.Provider;

export function useAsOf(): AsOf {
  const asOf = useContext(AsOfContext);
  if (!asOf) throw new Error('There is no as-of day outside its provider.');
  return asOf;
}

type AsOfControlProps = {
  /** The last day that may be chosen: figures of a day to come hold if nothing more happens until then. */
  readonly lastDay?: Day | undefined;
};

/** The control in the top bar: the day, a calendar, and the way back to today. */
export function AsOfControl({ lastDay }: AsOfControlProps): JSX.Element {
  const { t } = useTranslation('kit');
  const calendarWords = useCalendarWords();
  const { day, today, isMoved, move } = useAsOf();
  const [isOpen, setOpen] = useState(false);
  const choose = (chosen: string | null): void => {
    if (chosen !== null && isDay(chosen)) move(chosen === today ? undefined : chosen);
    setOpen(false);
  };
  return (
    <Popover opened={isOpen} onChange={setOpen} trapFocus returnFocus position="bottom-end" shadow="md">
      <Popover.Target>
        <Button
          variant={isMoved ? 'filled' : 'default'}
          leftSection={<IconCalendar size={16} aria-hidden />}
          onClick={() => setOpen((open) => !open)}
          data-testid="as-of"
        >
          {isMoved ? dayWords(day) : t('asOf.today', { day: dayWords(day) })}
          <span className="unseen"> {t('asOf.label')}</span>
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('asOf.choose')}>
        <DatePicker
          value={day}
          defaultDate={day}
          maxDate={lastDay ?? today}
          hideOutsideDates
          onChange={choose}
          ariaLabels={calendarWords}
        />
        <Text size="xs" c="dimmed" mt="sm" maw={260}>
          {t('asOf.explain')}
        </Text>
        <Button variant="default" mt="sm" fullWidth disabled={!isMoved} onClick={() => choose(today)}>
          {t('asOf.backToToday')}
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}
