import type { Candidate } from '#contract/engine/registry.ts';
import { publishBars, type PublishBar } from '#domain/registry/publish.ts';
import { Button, SegmentedControl, Select, TextInput } from '@mantine/core';
import { IconSearch, IconSend2, IconX } from '@tabler/icons-react';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { barCounts, BILLS_MOST, candidateViews, type CandidateView } from './fixes.ts';

export type Candidates = {
  readonly candidates: readonly Candidate[];
  readonly readyCount: number;
  readonly barredCount: number;
};

type CandidatesToolbarProps = {
  readonly data: Candidates | undefined;
  readonly view: CandidateView;
  readonly text: string;
  readonly bar: PublishBar | null;
  readonly isAllowed: boolean;
  readonly selected: readonly Candidate[];
  /** What a press on the button is about. */
  readonly toGo: readonly Candidate[];
  readonly customerId: number | undefined;
  readonly onAllCustomers: () => void;
  readonly onView: (view: CandidateView) => void;
  readonly onText: (text: string) => void;
  readonly onBar: (bar: PublishBar | null) => void;
  readonly onPublish: (candidates: readonly Candidate[]) => void;
  /** One paper for several of them. */
  readonly onProve: (candidates: readonly Candidate[]) => void;
};

/** Which rows are shown, and the one button. */
export function CandidatesToolbar(props: CandidatesToolbarProps): JSX.Element {
  const { data, view, text, isAllowed, selected, toGo, onView, onText, onPublish, onProve } = props;
  const { t } = useTranslation('registry');
  const counts = { ready: data?.readyCount, barred: data?.barredCount, all: data?.candidates.length };
  return (
    <div className="publish__tools">
      <SegmentedControl
        size="xs"
        aria-label={t('publish.which')}
        value={view}
        data={candidateViews.map((value) => ({
          value,
          label: t(`publish.view.${value}`, { count: counts[value] ?? 0 }),
        }))}
        onChange={(next) => onView(candidateViews.find((one) => one === next) ?? 'all')}
      />
      <TextInput
        className="publish__search"
        type="search"
        aria-label={t('publish.search')}
        placeholder={t('publish.search')}
        leftSection={<IconSearch size={16} aria-hidden />}
        value={text}
        onChange={({ currentTarget }) => onText(currentTarget.value)}
        onKeyDown={({ key }) => {
          if (key === 'Escape') onText('');
        }}
      />
      <ReasonField {...props} />
      <OneCustomer {...props} />
      {selected.length > 1 ? (
        <Button
          className="publish__prove"
          variant="default"
          disabled={!isAllowed || selected.length > BILLS_MOST}
          onClick={() => onProve(selected)}
        >
          {t('evidence.many', { count: selected.length })}
        </Button>
      ) : null}
      <Button
        className="publish__go"
        leftSection={<IconSend2 size={16} aria-hidden />}
        disabled={!isAllowed || toGo.length === 0}
        onClick={() => onPublish(toGo)}
      >
        {t(selected.length > 0 ? 'publish.selected' : 'publish.allReady', { count: toGo.length })}
      </Button>
    </div>
  );
}

/** One reason of many, with how often it stands in the way. */
function ReasonField({ data, bar, view, onBar }: CandidatesToolbarProps): JSX.Element | null {
  const { t } = useTranslation('registry');
  const counts = barCounts(data?.candidates ?? []);
  if (counts.length === 0 || view === 'ready') return null;
  return (
    <Select
      className="publish__reason"
      aria-label={t('publish.reason')}
      placeholder={t('publish.reason')}
      clearable
      clearButtonProps={{ 'aria-label': t('publish.anyReason') }}
      data={counts.map(([value, count]) => ({ value, label: `${t(`bar.${value}`)} (${count})` }))}
      value={bar}
      onChange={(next) => onBar(publishBars.find((one) => one === next) ?? null)}
    />
  );
}

/** Says that only one customer's dues are shown, and shows all again. */
function OneCustomer({ data, customerId, onAllCustomers }: CandidatesToolbarProps): JSX.Element | null {
  const { t } = useTranslation('registry');
  if (customerId === undefined) return null;
  const name = data?.candidates.find((one) => one.customerId === customerId)?.customerName;
  return (
    <Button variant="default" rightSection={<IconX size={14} aria-hidden />} onClick={onAllCustomers}>
      {t('publish.only', { name: name ?? t('publish.oneCustomer') })}
    </Button>
  );
}
