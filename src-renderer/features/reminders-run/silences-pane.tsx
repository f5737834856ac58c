import type { SilenceShown } from '#contract/engine/reminders.ts';
import { dayWords } from '#kit/day-text.tsx';
import { MoneyText } from '#kit/money-text.tsx';
import { ActionIcon, Button, UnstyledButton } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef, useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useSilenceWords } from './silence-words.ts';
import { silenceGroups } from './silences.ts';

const ROW_HEIGHT = 28;
const ROWS_SHOWN_MOST = 6;
const BORDER = 1;
const OVERSCAN_ROWS = 6;

/** What the owner puts right on the page of his business. */
const inSettings: ReadonlySet<string> = new Set(['no-business-phone', 'no-payment-details']);

type SilencesPaneProps = {
  readonly silences: readonly SilenceShown[];
  readonly onCustomer: (customerId: number) => void;
};

/** Who gets nothing, by reason; a reason opens its customers. */
export function SilencesPane({ silences, onCustomer }: SilencesPaneProps): JSX.Element {
  const { t } = useTranslation('reminders');
  const [chosen, setChosen] = useState<string>();
  const [, goTo] = useLocation();
  const groups = silenceGroups(silences);
  const shown = groups.find(({ reason }) => reason === chosen);
  return (
    <section className="silences card" aria-label={t('silences.title', { count: silences.length })}>
      <header className="silences__head">
        <h2 className="silences__title">{t('silences.title', { count: silences.length })}</h2>
        <div className="silences__reasons" role="group" aria-label={t('silences.reasons')}>
          {groups.map(({ reason, silences: own }) => (
            <UnstyledButton
              key={reason}
              className={`silences__reason${reason === chosen ? ' silences__reason--here' : ''}`}
              aria-expanded={reason === chosen}
              onClick={() => setChosen(reason === chosen ? undefined : reason)}
            >
              {t(`silence.${reason}.label`)} <strong>{own.length}</strong>
            </UnstyledButton>
          ))}
        </div>
        {shown && inSettings.has(shown.reason) ? (
          <Button size="compact-xs" variant="default" onClick={() => goTo('/settings')}>
            {t('setup.toSettings')}
          </Button>
        ) : null}
        {shown ? (
          <ActionIcon size={22} aria-label={t('silences.close')} onClick={() => setChosen(undefined)}>
            <IconX size={14} aria-hidden />
          </ActionIcon>
        ) : null}
      </header>
      {shown ? <SilenceList key={shown.reason} silences={shown.silences} onCustomer={onCustomer} /> : null}
    </section>
  );
}

function SilenceList({ silences, onCustomer }: SilencesPaneProps): JSX.Element {
  const { t } = useTranslation('reminders');
  const scroller = useRef<HTMLDivElement>(null);
  // No compiler memoizes this component, which is what the rule warns of.
  // oxlint-disable-next-line react/incompatible-library
  const virtualizer = useVirtualizer({
    count: silences.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN_ROWS,
  });
  const sayReason = useSilenceWords();
  return (
    <div
      className="silences__list"
      ref={scroller}
      style={{ height: Math.min(silences.length, ROWS_SHOWN_MOST) * ROW_HEIGHT + BORDER }}
    >
      <div className="run-list__rows" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const one = silences[index];
          if (!one) return null;
          const until = one.until === null ? [] : [t('silences.until', { day: dayWords(one.until) })];
          const why = [sayReason(one.reason, one.values), ...until].join(' ');
          return (
            <UnstyledButton
              key={`${one.customerId} ${one.billIds[0] ?? ''} ${index}`}
              className="silences__row"
              style={{ transform: `translateY(${start}px)` }}
              onClick={() => onCustomer(one.customerId)}
            >
              <span className="silences__name" title={one.customerName}>
                {one.customerName}
              </span>
              <span className="silences__why" title={why}>
                {why}
              </span>
              <MoneyText paise={one.balancePaise} withSign />
            </UnstyledButton>
          );
        })}
      </div>
    </div>
  );
}
