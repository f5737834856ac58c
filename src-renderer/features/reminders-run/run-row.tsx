import { MoneyText } from '#kit/money-text.tsx';
import { Checkbox } from '@mantine/core';
import { IconAlertTriangle, IconEye, IconPencil } from '@tabler/icons-react';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { ChannelIcon } from '#kit/channel-icon.tsx';
import { CostText } from './cost-text.tsx';
import { isBlocked, type RunItem } from './run-items.ts';
import { useWhyWords } from './why-words.ts';

type RunRowProps = {
  readonly item: RunItem;
  readonly domId: string;
  readonly top: number;
  readonly isActive: boolean;
  readonly isTicked: boolean;
  readonly isReadOnly: boolean;
  readonly place: readonly [at: number, of: number];
  readonly onActive: () => void;
  readonly onTick: () => void;
  readonly onOpen: () => void;
};

/** One message of the run: to whom, on which channel, why, what it costs, and what to look at. */
export function RunRow(props: RunRowProps): JSX.Element {
  const { item, isActive, isTicked, isReadOnly, place } = props;
  const { row, isFirst } = item;
  const { t } = useTranslation('reminders');
  const sayWhy = useWhyWords();
  const isHeld = isBlocked(row);
  return (
    // The list itself takes the keys, and names its active row.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      id={props.domId}
      role="option"
      aria-selected={isTicked}
      aria-disabled={isHeld}
      aria-posinset={place[0]}
      aria-setsize={place[1]}
      className={`run-row${isActive ? ' run-row--active' : ''}${isFirst ? ' run-row--first' : ''}`}
      style={{ transform: `translateY(${props.top}px)` }}
      onClick={props.onActive}
      onDoubleClick={props.onOpen}
    >
      {/* Only looks: the row itself is what a screen reader hears as ticked, and Space ticks it. */}
      <Checkbox.Indicator
        size="xs"
        aria-hidden
        checked={isTicked}
        disabled={isReadOnly || isHeld}
        onClick={(event) => {
          event.stopPropagation();
          if (!isReadOnly) props.onTick();
        }}
      />
      <ChannelIcon channel={row.channel} />
      <span className="run-row__words">
        <span className="run-row__name" title={row.customerName}>
          {isFirst ? (
            row.customerName
          ) : (
            <span className="run-row__same">{t('run.same', { name: row.customerName })}</span>
          )}
        </span>
        <span className="run-row__why" title={sayWhy(row)}>
          {sayWhy(row)}
        </span>
      </span>
      <span className="run-row__marks">
        {row.isEdited ? <IconPencil size={14} aria-label={t('mark.edited')} /> : null}
        {row.needsPerson ? <IconEye size={14} aria-label={t('mark.needs-person')} /> : null}
        {row.warnings.length + row.problems.length > 0 ? (
          <IconAlertTriangle
            size={14}
            className={isHeld ? 'run-row__blocked' : 'run-row__warned'}
            aria-label={t(isHeld ? 'run.blocked' : 'run.warned')}
          />
        ) : null}
      </span>
      <span className="run-row__figures">
        <MoneyText paise={row.overduePaise === 0 ? row.balancePaise : row.overduePaise} withSign />
        <span className="run-row__cost">
          <CostText row={row} />
          {row.parts !== null && row.parts > 1 ? ` · ${t('run.parts', { count: row.parts })}` : ''}
        </span>
      </span>
    </div>
  );
}
