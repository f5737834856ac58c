import { addDays, isDay, type Day } from '#domain/days.ts';
import { ActionIcon, Popover, TextInput, type TextInputProps } from '@mantine/core';
import { DatePicker } from '@mantine/dates';
import { IconCalendar } from '@tabler/icons-react';
import { useState, type FocusEvent, type JSX, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useCalendarWords } from './calendar-words.ts';
import { useAsOf } from './as-of.tsx';
import { readDay } from './day-input.ts';
import { dayWords } from './day-text.tsx';

type DayFieldProps = Omit<TextInputProps, 'value' | 'onChange' | 'onBlur'> & {
  /** The text as typed; `readDay` makes a day of it. */
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly onBlur?: (event: FocusEvent<HTMLInputElement>) => void;
};

/** A day, typed as dd/mm/yyyy or in short, moved by the arrows, or picked from the calendar behind the button. */
export function DayField({ value, onChange, onBlur, ...field }: DayFieldProps): JSX.Element {
  const { t } = useTranslation('kit');
  const { today } = useAsOf();
  const read = readDay(value, today);
  const isWrong = read === undefined && value.trim() !== '';
  const tidy = (event: FocusEvent<HTMLInputElement>): void => {
    if (read !== undefined) onChange(dayWords(read));
    onBlur?.(event);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    onChange(dayWords(addDays(read ?? today, event.key === 'ArrowUp' ? 1 : -1)));
    event.preventDefault();
  };
  return (
    <TextInput
      placeholder={t('field.dayShape')}
      {...field}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      onFocus={(event) => event.currentTarget.select()}
      onBlur={tidy}
      onKeyDown={onKeyDown}
      autoComplete="off"
      error={field.error ?? (isWrong ? t('field.notDay') : undefined)}
      rightSection={<Calendar shown={read ?? today} onPick={(day) => onChange(dayWords(day))} />}
    />
  );
}

type CalendarProps = { readonly shown: Day; readonly onPick: (day: Day) => void };

function Calendar({ shown, onPick }: CalendarProps): JSX.Element {
  const { t } = useTranslation('kit');
  const calendarWords = useCalendarWords();
  const [isOpen, setOpen] = useState(false);
  const pick = (chosen: string | null): void => {
    if (chosen !== null && isDay(chosen)) onPick(chosen);
    setOpen(false);
  };
  return (
    <Popover opened={isOpen} onChange={setOpen} trapFocus returnFocus position="bottom-end" shadow="md">
      <Popover.Target>
        {/* Typing is quicker: Tab goes on to the next field, not to each calendar. */}
        <ActionIcon
          size={24}
          tabIndex={-1}
          aria-label={t('field.calendar')}
          onClick={() => setOpen((was) => !was)}
        >
          <IconCalendar size={15} aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('field.calendar')}>
        <DatePicker
          value={shown}
          defaultDate={shown}
          hideOutsideDates
          onChange={pick}
          ariaLabels={calendarWords}
        />
      </Popover.Dropdown>
    </Popover>
  );
}
