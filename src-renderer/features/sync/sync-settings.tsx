import type { SyncStatus } from '#contract/engine/sync.ts';
import { ledgerScopes, syncSpeeds } from '#contract/engine/sync-words.ts';
import { useAsOf } from '#kit/as-of.tsx';
import { dayWords } from '#kit/day-text.tsx';
import { Section } from '#kit/page.tsx';
import { SegmentedControl, Select } from '@mantine/core';
import type { JSX, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { AddressForm } from './address-form.tsx';
import { choiceOf, historyChoices, historyFromOf } from './history-choice.ts';
import type { SyncActions } from './use-sync-actions.ts';

type Connection = NonNullable<SyncStatus['connection']>;
type SyncSettingsProps = { readonly connection: Connection; readonly actions: SyncActions };

/** Minutes between two looks that can be chosen; '0' = only when asked. */
const SCHEDULES = [1, 5, 15, 60, 0] as const;

/** How often, which ledgers, how far back and how fast; each choice is kept at once. */
export function SyncSettings({ connection, actions }: SyncSettingsProps): JSX.Element {
  const { t } = useTranslation('sync');
  const { options, host, port } = connection;
  const minutes = options.everyMinutes ?? 0;
  const schedules = [...new Set<number>([...SCHEDULES, minutes])];
  return (
    <Section title={t('settings.title')} aside={t('settings.atOnce')}>
      <div className="sync-rows">
        <Row label={t('settings.schedule')}>
          <Select
            aria-label={t('settings.schedule')}
            data={schedules.map((value) => ({
              value: String(value),
              label: value === 0 ? t('settings.onlyAsked') : t('settings.every', { count: value }),
            }))}
            value={String(minutes)}
            allowDeselect={false}
            onChange={(next) => actions.save({ everyMinutes: next === '0' ? null : Number(next) })}
          />
        </Row>
        <Row label={t('scope.label')} hint={t(`scope.hint.${options.scope}`)}>
          <SegmentedControl
            size="xs"
            aria-label={t('scope.label')}
            value={options.scope}
            data={ledgerScopes.map((value) => ({ value, label: t(`scope.${value}`) }))}
            onChange={(next) => {
              const scope = ledgerScopes.find((one) => one === next);
              if (scope) actions.save({ scope });
            }}
          />
        </Row>
        <Row label={t('history.label')} hint={t('history.hint')}>
          <HistorySelect connection={connection} actions={actions} />
        </Row>
        <Row label={t('settings.speed')} hint={t(`settings.speedHint.${options.speed}`)}>
          <SegmentedControl
            size="xs"
            aria-label={t('settings.speed')}
            value={options.speed}
            data={syncSpeeds.map((value) => ({ value, label: t(`settings.speeds.${value}`) }))}
            onChange={(next) => {
              const speed = syncSpeeds.find((one) => one === next);
              if (speed) actions.save({ speed });
            }}
          />
        </Row>
        <Row label={t('settings.address')}>
          <AddressForm
            key={`${host}:${port}`}
            initial={{ host, port }}
            submit={t('settings.move')}
            isBusy={actions.isBusy}
            onAddress={actions.moveTo}
          />
        </Row>
      </div>
    </Section>
  );
}

function HistorySelect({ connection, actions }: SyncSettingsProps): JSX.Element {
  const { t } = useTranslation('sync');
  const { today } = useAsOf();
  const { historyFrom } = connection.options;
  const chosen = choiceOf(historyFrom, today);
  const choices = historyChoices.map((value) => ({
    value: String(value),
    label: t(`history.from.${value}`),
  }));
  // A day that was chosen last year is none of today's choices, and must not read as another.
  if (chosen === undefined && historyFrom !== null)
    choices.push({ value: historyFrom, label: t('history.fromDay', { day: dayWords(historyFrom) }) });
  return (
    <Select
      aria-label={t('history.label')}
      data={choices}
      value={chosen ?? historyFrom}
      allowDeselect={false}
      onChange={(next) => {
        const choice = historyChoices.find((one) => one === next);
        if (choice) actions.save({ historyFrom: historyFromOf(choice, today) });
      }}
    />
  );
}

type RowProps = { readonly label: string; readonly hint?: string; readonly children: ReactNode };

function Row({ label, hint, children }: RowProps): JSX.Element {
  return (
    <div className="sync-row">
      <span className="sync-row__label">{label}</span>
      <div className="sync-row__value">
        {children}
        {hint === undefined ? null : <p className="sync-row__hint">{hint}</p>}
      </div>
    </div>
  );
}
