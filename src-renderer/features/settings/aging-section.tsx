import type { Settings } from '#contract/engine/settings.ts';
import { ageBys, creditViews } from '#contract/engine/aging-words.ts';
import { useAsOf } from '#kit/as-of.tsx';
import { Delayed } from '#kit/delayed.tsx';
import { Section } from '#kit/page.tsx';
import { ProblemNote } from '#kit/problem.tsx';
import { useDone, useTellProblem } from '#kit/undo.tsx';
import { NumberInput, SegmentedControl, Skeleton, Switch, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { client, orpc, problemOf } from '../../client.ts';
import { BucketsEditor } from './buckets-editor.tsx';
import { SettingRow } from './setting-row.tsx';

const GRACE_MOST = 365;

/** How the open book counts lateness. It belongs to the book and goes with it. */
export function AgingSection(): JSX.Element {
  const { t } = useTranslation('settings');
  const { data: book } = useQuery(orpc.books.current.queryOptions());
  return (
    <Section title={book ? t('aging.headingOf', { book: book.name }) : t('aging.heading')}>
      {book ? <BookAging key={book.bookId} /> : <Text c="dimmed">{t('aging.noBook')}</Text>}
    </Section>
  );
}

function BookAging(): JSX.Element {
  const { data, error, refetch } = useQuery(orpc.settings.get.queryOptions());
  if (error) return <ProblemNote problem={problemOf(error)} onRetry={() => void refetch()} />;
  if (!data) {
    return (
      <Delayed>
        <Skeleton height={220} />
      </Delayed>
    );
  }
  return <AgingForm settings={data} />;
}

type Change = Partial<Omit<Settings, 'views'>>;

/** Saves one change at once, with the way back. Every figure of the window is asked for again. */
function useSave(settings: Settings): (change: Change) => void {
  const { t } = useTranslation('settings');
  const queryClient = useQueryClient();
  const done = useDone(problemOf);
  const tellProblem = useTellProblem(problemOf);
  const save = useMutation({
    mutationFn: async (change: Change) => client.settings.save(change),
    onSuccess: (saved) => {
      queryClient.setQueryData(orpc.settings.get.queryKey(), saved);
      for (const key of [orpc.aging.key(), orpc.bills.key(), orpc.customers.key()])
        void queryClient.invalidateQueries({ queryKey: key });
    },
    onError: tellProblem,
  });
  return (change) => {
    const before: Change = Object.fromEntries(Object.entries(settings).filter(([name]) => name in change));
    save.mutate(change, {
      onSuccess: () => done({ message: t('aging.saved'), undo: async () => save.mutateAsync(before) }),
    });
  };
}

function AgingForm({ settings }: { readonly settings: Settings }): JSX.Element {
  const { t } = useTranslation('settings');
  const { isMoved: isOff } = useAsOf();
  const save = useSave(settings);
  return (
    <>
      <Text size="sm" c="dimmed" mb="sm">
        {t(isOff ? 'aging.moved' : 'aging.about')}
      </Text>
      <SettingRow label={t('aging.by')}>
        <SegmentedControl
          size="xs"
          aria-label={t('aging.by')}
          disabled={isOff}
          value={settings.ageBy}
          data={ageBys.map((value) => ({ value, label: t(`aging.byDay.${value}`) }))}
          onChange={(chosen) => {
            const ageBy = ageBys.find((one) => one === chosen);
            if (ageBy) save({ ageBy });
          }}
        />
      </SettingRow>
      <SettingRow label={t('aging.buckets')}>
        <BucketsEditor
          bounds={settings.bounds}
          isOff={isOff}
          onChange={(bounds) => save({ bounds: [...bounds] })}
        />
      </SettingRow>
      <SettingRow label={t('aging.grace')}>
        <GraceDays key={settings.graceDays} days={settings.graceDays} isOff={isOff} onSave={save} />
      </SettingRow>
      <SettingRow label={t('aging.credits')}>
        <SegmentedControl
          size="xs"
          aria-label={t('aging.credits')}
          disabled={isOff}
          value={settings.credits}
          data={creditViews.map((value) => ({ value, label: t(`aging.creditView.${value}`) }))}
          onChange={(chosen) => {
            const credits = creditViews.find((one) => one === chosen);
            if (credits) save({ credits });
          }}
        />
        <Text size="xs" c="dimmed" className="setting__hint">
          {t(`aging.creditHint.${settings.credits}`)}
        </Text>
      </SettingRow>
      <SettingRow label={t('aging.matching')}>
        <Switch
          checked={settings.allocatesOldestFirst}
          disabled={isOff}
          label={t('aging.oldestFirst')}
          onChange={({ currentTarget }) => save({ allocatesOldestFirst: currentTarget.checked })}
        />
      </SettingRow>
    </>
  );
}

type GraceDaysProps = {
  readonly days: number;
  readonly isOff: boolean;
  readonly onSave: (change: Change) => void;
};

/** Saved when the field is left or Enter is pressed, not at every digit. */
function GraceDays({ days, isOff, onSave }: GraceDaysProps): JSX.Element {
  const { t } = useTranslation('settings');
  const [typed, setTyped] = useState<number | string>(days);
  const save = (): void => {
    if (typed === '') setTyped(days);
    else if (Number(typed) !== days) onSave({ graceDays: Number(typed) });
  };
  return (
    <>
      <NumberInput
        size="xs"
        w={80}
        min={0}
        max={GRACE_MOST}
        clampBehavior="strict"
        allowDecimal={false}
        allowNegative={false}
        disabled={isOff}
        value={typed}
        aria-label={t('aging.grace')}
        onChange={setTyped}
        onBlur={save}
        onKeyDown={({ key }) => {
          if (key === 'Enter') save();
        }}
      />
      <Text size="xs" c="dimmed" className="setting__hint">
        {t('aging.graceHint')}
      </Text>
    </>
  );
}
