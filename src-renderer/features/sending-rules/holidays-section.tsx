import { useAsOf } from '#kit/as-of.tsx';
import { channels, type Channel } from '#domain/reminders/words.ts';
import { DayField } from '#kit/day-field.tsx';
import { readDay } from '#kit/day-input.ts';
import { DayText, dayWords } from '#kit/day-text.tsx';
import { Section } from '#kit/page.tsx';
import { ActionIcon, Button, Menu, Text, TextInput } from '@mantine/core';
import { IconCheck, IconPlus, IconX } from '@tabler/icons-react';
import { useState, type FormEvent, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { festivals, nationalHolidays, withHolidays, type Holiday } from './holidays.ts';
import type { RulesProps } from './sending-rules-panel.tsx';

const NAME_LETTERS_MOST = 120;

/** Days on which nothing leaves; what would have left goes on the next working day. */
export function HolidaysSection({ policy, save, isOff }: RulesProps): JSX.Element {
  const { t } = useTranslation('sending-rules');
  const { today } = useAsOf();
  const { holidays } = policy;
  const add = (more: readonly Holiday[]): void => {
    const next = withHolidays(holidays, more);
    if (next.length > holidays.length) save({ holidays: next });
  };
  const isNew = ({ day }: { readonly day: string }): boolean => !holidays.some((one) => one.day === day);
  const presets = { national: nationalHolidays(today), festivals: festivals(today) };
  const toCome = holidays.filter(({ day }) => day >= today);
  return (
    <Section title={t('holidays.title')} aside={t('holidays.count', { count: toCome.length })}>
      <Text size="xs" c="dimmed">
        {t('holidays.says')}
      </Text>
      <ul className="holidays">
        {toCome.map((holiday) => (
          <HolidayRow
            key={holiday.day}
            holiday={holiday}
            isOff={isOff}
            onOpen={(open) =>
              save({
                holidays: holidays.map((one) => (one.day === holiday.day ? { ...one, open } : one)),
              })
            }
            onRemove={() => save({ holidays: holidays.filter(({ day }) => day !== holiday.day) })}
          />
        ))}
      </ul>
      {toCome.length === 0 ? <p className="holidays__none">{t('holidays.none')}</p> : null}
      <NewHoliday isOff={isOff} onAdd={(holiday) => add([holiday])} />
      <div className="holidays__presets">
        {(['national', 'festivals'] as const).map((preset) => (
          <Button
            key={preset}
            size="compact-sm"
            variant="default"
            disabled={isOff || !presets[preset].some(isNew)}
            onClick={() => add(presets[preset].map(({ day, name }) => ({ day, name: t(`holiday.${name}`) })))}
          >
            {t(`holidays.${preset}`)}
          </Button>
        ))}
        <Text size="xs" c="dimmed">
          {t('holidays.estimated')}
        </Text>
      </div>
    </Section>
  );
}

type HolidayRowProps = {
  readonly holiday: Holiday;
  readonly isOff: boolean;
  readonly onOpen: (channels: Channel[]) => void;
  readonly onRemove: () => void;
};

function HolidayRow({ holiday, isOff, onOpen, onRemove }: HolidayRowProps): JSX.Element {
  const { t } = useTranslation('sending-rules');
  const { day, name, open = [] } = holiday;
  // Those that Baaki starts with are kept by their English names.
  const said = t(`known.${name}`, { defaultValue: name });
  return (
    <li className="holidays__one">
      <DayText day={day} />
      <span className="holidays__name" title={said}>
        {said}
      </span>
      <OpenChannels open={open} isOff={isOff} of={said} onOpen={onOpen} />
      <ActionIcon
        size={22}
        disabled={isOff}
        aria-label={t('holidays.remove', { name: said, day: dayWords(day) })}
        onClick={onRemove}
      >
        <IconX size={14} aria-hidden />
      </ActionIcon>
    </li>
  );
}

type OpenChannelsProps = Pick<HolidayRowProps, 'isOff' | 'onOpen'> & {
  readonly open: readonly Channel[];
  /** Name of the holiday, for whoever does not see the row. */
  readonly of: string;
};

/** What may leave on the day all the same: usually nothing. */
function OpenChannels({ open, of, isOff, onOpen }: OpenChannelsProps): JSX.Element {
  const { t } = useTranslation('sending-rules');
  const said = open.map((channel) => t(`channel.${channel}`)).join(', ');
  return (
    <Menu closeOnItemClick={false} disabled={isOff}>
      <Menu.Target>
        <Button
          className="holidays__open"
          size="compact-xs"
          variant="subtle"
          disabled={isOff}
          title={said}
          aria-label={t('holidays.openOf', { name: of })}
        >
          {open.length === 0 ? t('holidays.closed') : said}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('holidays.openAll')}</Menu.Label>
        {channels.map((channel) => {
          const isOpen = open.includes(channel);
          const others = open.filter((one) => one !== channel);
          return (
            <Menu.Item
              key={channel}
              role="menuitemcheckbox"
              aria-checked={isOpen}
              leftSection={<IconCheck size={14} aria-hidden visibility={isOpen ? 'visible' : 'hidden'} />}
              onClick={() => onOpen(isOpen ? others : [...others, channel])}
            >
              {t(`channel.${channel}`)}
            </Menu.Item>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}

type NewHolidayProps = { readonly isOff: boolean; readonly onAdd: (holiday: Holiday) => void };

function NewHoliday({ isOff, onAdd }: NewHolidayProps): JSX.Element {
  const { t } = useTranslation('sending-rules');
  const { today } = useAsOf();
  const [text, setText] = useState('');
  const [name, setName] = useState('');
  const day = readDay(text, today);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (day === undefined) return;
    onAdd({ day, name: name.trim() === '' ? t('holidays.unnamed') : name.trim() });
    setText('');
    setName('');
  };
  return (
    <form className="holidays__new" onSubmit={submit}>
      <DayField aria-label={t('holidays.day')} value={text} onChange={setText} disabled={isOff} w={130} />
      <TextInput
        className="holidays__word"
        aria-label={t('holidays.name')}
        placeholder={t('holidays.name')}
        autoComplete="off"
        maxLength={NAME_LETTERS_MOST}
        disabled={isOff}
        value={name}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
      />
      <Button
        type="submit"
        variant="default"
        leftSection={<IconPlus size={16} aria-hidden />}
        disabled={isOff || day === undefined}
      >
        {t('holidays.add')}
      </Button>
    </form>
  );
}
