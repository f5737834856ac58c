import { messageLanguages } from '#domain/reminders/languages.ts';
import { channels } from '#domain/reminders/words.ts';
import { useAsOf } from '#kit/as-of.tsx';
import { Button, Menu, SegmentedControl } from '@mantine/core';
import { IconLanguage } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState, type JSX, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ChannelIcon } from '#kit/channel-icon.tsx';
import { useStarterName } from '../../words/starter-names.ts';
import { draftKey, useDraftKeys, type TextPlace } from './draft.ts';
import { NewMessage } from './new-message.tsx';
import {
  languagesOf,
  messageRows,
  stateCounts,
  type ListedTemplate,
  type MessageRow,
  type TextFilter,
} from './template-grid.ts';
import { TextSlots } from './text-slots.tsx';
import { useTemplateActions } from './use-template-actions.ts';

type TemplatesTableProps = {
  readonly templates: readonly ListedTemplate[];
  readonly bookId: string;
  /** The text that was open before: the keyboard comes back to it. */
  readonly last: TextPlace | undefined;
  readonly onOpen: (place: TextPlace) => void;
};

const filters = ['all', 'problem', 'paused'] as const satisfies readonly TextFilter[];

/** Every message of the book with a mark for each channel and language. */
export function TemplatesTable({ templates, bookId, last, onOpen }: TemplatesTableProps): JSX.Element {
  const { t, i18n } = useTranslation(['templates', 'reminders']);
  const [filter, setFilter] = useState<TextFilter>('all');
  const body = useRef<HTMLTableSectionElement>(null);
  const rows = useMemo(
    () => messageRows(templates, filter, i18n.language),
    [templates, filter, i18n.language],
  );
  const counts = stateCounts(templates);
  useEffect(() => {
    if (last) focusSlot(body.current, last.key, `${last.channel} ${last.language}`);
  }, [last]);
  return (
    <div className="texts">
      <div className="texts__bar">
        <SegmentedControl
          size="xs"
          aria-label={t('filter.label')}
          value={filter}
          data={filters.map((value) => ({
            value,
            label: value === 'all' ? t('filter.all') : `${t(`filter.${value}`)} ${counts[value]}`,
          }))}
          onChange={(chosen) => setFilter(filters.find((one) => one === chosen) ?? 'all')}
        />
        <Legend />
        <AddLanguages templates={templates} />
        <NewMessage templates={templates} onOpen={onOpen} />
      </div>
      <div className="card texts__card">
        <table className="texts__table">
          <thead>
            <tr>
              <th scope="col">{t('message')}</th>
              {channels.map((channel) => (
                <th key={channel} scope="col">
                  <span aria-hidden>
                    <ChannelIcon channel={channel} size={15} />
                  </span>{' '}
                  {t(`reminders:channel.${channel}`)}
                </th>
              ))}
            </tr>
          </thead>
          {/* The arrows are a shorter way between the buttons in it. */}
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
          <tbody ref={body} onKeyDown={(event) => moveByKey(event, body.current)}>
            {rows.map((row) => (
              <MessageLine key={row.key} row={row} bookId={bookId} onOpen={onOpen} />
            ))}
          </tbody>
        </table>
        {rows.length === 0 ? <p className="texts__none">{t('filter.none')}</p> : null}
      </div>
    </div>
  );
}

function Legend(): JSX.Element {
  const { t } = useTranslation('templates');
  return <span className="texts__legend">{t('legend')}</span>;
}

type MessageLineProps = {
  readonly row: MessageRow;
  readonly bookId: string;
  readonly onOpen: (place: TextPlace) => void;
};

function MessageLine({ row, bookId, onOpen }: MessageLineProps): JSX.Element {
  const { t } = useTranslation(['templates', 'reminders']);
  const name = useStarterName()(row.name);
  const drafts = useDraftKeys();
  return (
    <tr data-message={row.key}>
      <th scope="row">
        <div className="texts__name">{name}</div>
        <div className="texts__soft">
          {t(`reminders:purpose.${row.purpose}`)} · {t(`reminders:tone.${row.tone}`)}
          {row.isUsed ? ` · ${t('used')}` : ''}
        </div>
      </th>
      {channels.map((channel) => (
        <td key={channel}>
          <TextSlots
            name={name}
            slots={row.slots.get(channel) ?? []}
            isUnsaved={({ language }) => drafts.has(draftKey(bookId, { key: row.key, channel, language }))}
            onOpen={({ language }) => onOpen(placeOf(row, { channel, language }))}
          />
        </td>
      ))}
    </tr>
  );
}

export function placeOf(
  row: MessageRow,
  { channel, language }: Pick<TextPlace, 'channel' | 'language'>,
): TextPlace {
  const { key, name, purpose, tone } = row;
  return { key, name, purpose, tone, channel, language };
}

/** The starter texts of languages that the book does not have yet; those it has are filled up. */
function AddLanguages({ templates }: { readonly templates: readonly ListedTemplate[] }): JSX.Element {
  const { t } = useTranslation(['templates', 'reminders']);
  const { isMoved: isOff } = useAsOf();
  const { addStarters } = useTemplateActions();
  const known = languagesOf(templates);
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          size="compact-sm"
          variant="default"
          disabled={isOff}
          leftSection={<IconLanguage size={14} aria-hidden />}
        >
          {t('starters.add')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {messageLanguages.map((language) => (
          <Menu.Item key={language} onClick={() => void addStarters([language])}>
            {t(`reminders:language.${language}`)}
            {known.includes(language) ? <span className="texts__soft"> · {t('starters.fill')}</span> : null}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function focusSlot(body: HTMLElement | null, key: string, slot: string): void {
  const row = body?.querySelector(`[data-message="${CSS.escape(key)}"]`);
  row?.querySelector<HTMLElement>(`[data-slot="${CSS.escape(slot)}"]`)?.focus();
}

/** Left and right along the marks of a message, up and down to the same mark of another. */
function moveByKey(event: KeyboardEvent, body: HTMLElement | null): void {
  if (!body || !(event.target instanceof HTMLElement)) return;
  const row = event.target.closest('tr');
  const marks = [...(row?.querySelectorAll<HTMLElement>('[data-slot]') ?? [])];
  const at = marks.indexOf(event.target);
  if (!row || at < 0) return;
  const beside = { ArrowLeft: marks[at - 1], ArrowRight: marks[at + 1] };
  const rows = [...body.querySelectorAll('tr')];
  const above = { ArrowUp: rows[rows.indexOf(row) - 1], ArrowDown: rows[rows.indexOf(row) + 1] };
  const next =
    event.key === 'ArrowLeft' || event.key === 'ArrowRight'
      ? beside[event.key]
      : event.key === 'ArrowUp' || event.key === 'ArrowDown'
        ? above[event.key]?.querySelectorAll<HTMLElement>('[data-slot]')[at]
        : undefined;
  if (!next) return;
  next.focus();
  event.preventDefault();
}
