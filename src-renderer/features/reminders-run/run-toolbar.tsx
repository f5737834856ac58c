import { isDay, addDays, type Day } from '#domain/days.ts';
import { useAsOf } from '#kit/as-of.tsx';
import { useCalendarWords } from '#kit/calendar-words.ts';
import { dayWords } from '#kit/day-text.tsx';
import { Button, Checkbox, Chip, Popover, SegmentedControl } from '@mantine/core';
import { DatePicker } from '@mantine/dates';
import { IconCalendar } from '@tabler/icons-react';
import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { ChannelIcon } from '#kit/channel-icon.tsx';
import { countsOf, isBlocked } from './run-items.ts';
import type { Run } from './use-run.ts';

const DAYS_AHEAD_MOST = 180;

type RunToolbarProps = { readonly run: Run; readonly onDay: (day: Day | undefined) => void };

/** Which day, which of its messages are shown, and all ticked or none. */
export function RunToolbar({ run, onDay }: RunToolbarProps): JSX.Element {
  const { t } = useTranslation('reminders');
  const { today } = useAsOf();
  const choose = (kind: string): void => {
    if (kind === 'today') onDay(undefined);
    if (kind === 'tomorrow') onDay(addDays(today, 1));
  };
  return (
    <div className="run-toolbar">
      <SegmentedControl
        size="xs"
        aria-label={t('day.label')}
        value={run.kind}
        onChange={choose}
        data={[
          { value: 'today', label: t('day.today') },
          { value: 'tomorrow', label: t('day.tomorrow') },
          ...(run.kind === 'other' ? [{ value: 'other', label: dayWords(run.day) }] : []),
        ]}
      />
      <OtherDay day={run.day} today={today} onDay={onDay} />
      {run.plan && run.plan.rows.length > 0 ? <TickAll run={run} /> : null}
      <Filters run={run} />
    </div>
  );
}

type OtherDayProps = {
  readonly day: Day;
  readonly today: Day;
  readonly onDay: (day: Day | undefined) => void;
};

function OtherDay({ day, today, onDay }: OtherDayProps): JSX.Element {
  const { t } = useTranslation('reminders');
  const calendarWords = useCalendarWords();
  const [isOpen, setOpen] = useState(false);
  const pick = (chosen: string | null): void => {
    if (chosen !== null && isDay(chosen)) onDay(chosen === today ? undefined : chosen);
    setOpen(false);
  };
  return (
    <Popover opened={isOpen} onChange={setOpen} trapFocus returnFocus position="bottom-start" shadow="md">
      <Popover.Target>
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconCalendar size={15} aria-hidden />}
          onClick={() => setOpen((was) => !was)}
        >
          {t('day.other')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('day.other')}>
        <DatePicker
          value={day}
          defaultDate={day}
          minDate={today}
          maxDate={addDays(today, DAYS_AHEAD_MOST)}
          hideOutsideDates
          onChange={pick}
          ariaLabels={calendarWords}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

function TickAll({ run }: { readonly run: Run }): JSX.Element {
  const { t } = useTranslation('reminders');
  const free = run.items.filter(({ row }) => !isBlocked(row));
  const tickedCount = free.filter(({ row }) => !run.unticked.has(row.rowKey)).length;
  return (
    <Checkbox
      size="xs"
      className="run-toolbar__all"
      label={t('run.all', { count: run.items.length })}
      checked={free.length > 0 && tickedCount === free.length}
      indeterminate={tickedCount > 0 && tickedCount < free.length}
      disabled={run.isReadOnly || free.length === 0}
      onChange={run.tickShown}
    />
  );
}

/** One chip a channel, one a thing to look at; only those that there are. Pressed again, a chip lets go. */
function Filters({ run }: { readonly run: Run }): JSX.Element {
  const { t } = useTranslation('reminders');
  const { channels, marks } = countsOf(run.plan?.rows ?? []);
  const { filter, setFilter } = run;
  const chip = { size: 'xs', radius: 'sm', variant: 'light' } as const;
  return (
    <div className="run-toolbar__filters" role="group" aria-label={t('run.filters')}>
      {[...channels].map(([channel, count]) => (
        <Chip
          {...chip}
          key={channel}
          checked={filter.channel === channel}
          onChange={(isOn) => setFilter({ ...filter, channel: isOn ? channel : null })}
        >
          <span className="run-toolbar__chip">
            <ChannelIcon channel={channel} size={14} /> {count}
          </span>
        </Chip>
      ))}
      {[...marks].map(([mark, count]) => (
        <Chip
          {...chip}
          key={mark}
          checked={filter.mark === mark}
          onChange={(isOn) => setFilter({ ...filter, mark: isOn ? mark : null })}
        >
          {t(`mark.${mark}`, { defaultValue: t(`silence.${mark}.label`) })} {count}
        </Chip>
      ))}
    </div>
  );
}
