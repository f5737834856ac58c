import type { SyncStatus } from '#contract/engine/sync.ts';
import { DayText } from '#kit/day-text.tsx';
import { Button, Progress, UnstyledButton } from '@mantine/core';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { isOnlyHistory } from './only-history.ts';
import { percentOf, useDurationWords } from './durations.ts';

type ReadingLineProps = { readonly status: SyncStatus; readonly onStop: () => void };

/** What the figures need and is read just now. Its place stays when nothing is, so that nothing jumps. */
export function ReadingLine({ status, onStop }: ReadingLineProps): JSX.Element {
  const { t } = useTranslation('sync');
  const { progress, isReading, syncedAt, connection } = status;
  const isQuiet = isOnlyHistory(status);
  if (!isReading || isQuiet) {
    const minutes = connection?.options.everyMinutes ?? null;
    return (
      <div className="reading reading--idle">
        <span>
          {isQuiet ? t('progress.complete') : null}
          {!isQuiet && minutes === null ? t('progress.onlyAsked') : null}
          {!isQuiet && minutes !== null ? t('progress.every', { count: minutes }) : null}
        </span>
        {syncedAt === null ? null : <ToDashboard />}
      </div>
    );
  }
  const label = t(`stage.${progress?.stage ?? 'greeting'}`);
  return (
    <div className="reading" role="group" aria-label={t('progress.label')}>
      <span className="reading__stage" aria-live="polite">
        {label}
      </span>
      <Progress
        className="reading__bar"
        size="md"
        // While nobody knows the whole, a full bar that moves says only that something goes on.
        value={progress && progress.of !== null ? percentOf(progress.done, progress.of) : 100}
        animated={!progress || progress.of === null}
        aria-label={label}
      />
      <Figures progress={progress} />
      <span className="reading__buttons">
        {syncedAt === null ? null : <ToDashboard />}
        <Button variant="default" onClick={onStop}>
          {t('progress.stop')}
        </Button>
      </span>
    </div>
  );
}

function ToDashboard(): JSX.Element {
  const { t } = useTranslation('sync');
  return (
    <Link href="/" className="reading__link">
      {t('progress.dashboard')}
    </Link>
  );
}

/** Each figure has a place of its own width: digits change, nothing moves. */
function Figures({ progress }: Pick<SyncStatus, 'progress'>): JSX.Element {
  const { t } = useTranslation('sync');
  const { sayRoughly } = useDurationWords();
  if (!progress) return <span className="reading__figures" />;
  const { done, of, rowsPerSecond, secondsLeft } = progress;
  return (
    <span className="reading__figures">
      <span className="reading__count">
        {of === null ? null : t('progress.doneOf', { done, of })}
        {of === null && done > 0 ? t('progress.done', { done }) : null}
      </span>
      <span className="reading__rate">
        {rowsPerSecond === null ? '' : t('progress.rate', { rows: rowsPerSecond })}
      </span>
      <span className="reading__left">
        {secondsLeft === null ? '' : t('progress.left', { time: sayRoughly(secondsLeft) })}
      </span>
    </span>
  );
}

type HistoryLineProps = {
  readonly history: NonNullable<SyncStatus['history']>;
  readonly progress: SyncStatus['progress'];
  readonly onPause: () => void;
  readonly onResume: () => void;
};

/** The vouchers of the past come quietly, after all that the figures need. */
export function HistoryLine({ history, progress, onPause, onResume }: HistoryLineProps): JSX.Element {
  const { t } = useTranslation('sync');
  const { state, windowsDone, windowCount, voucherCount, from } = history;
  const { sayRoughly } = useDurationWords();
  const live = progress?.stage === 'history' ? progress : null;
  const isOpen = state === 'reading' || state === 'waiting';
  return (
    <div className="past-vouchers">
      <span className="past-vouchers__state">{t(`history.state.${state}`)}</span>
      <Progress
        className="past-vouchers__bar"
        size="xs"
        color="gray"
        value={state === 'complete' ? 100 : percentOf(windowsDone, windowCount)}
        aria-label={t('history.label')}
      />
      <span className="past-vouchers__count">{t('history.vouchers', { count: voucherCount })}</span>
      <span className="past-vouchers__from">
        {from === null ? null : (
          <>
            {t('history.since')} <DayText day={from} />
          </>
        )}
      </span>
      <span className="past-vouchers__rate">
        {[
          live && live.rowsPerSecond !== null ? t('progress.rate', { rows: live.rowsPerSecond }) : '',
          live && live.secondsLeft !== null ? t('progress.left', { time: sayRoughly(live.secondsLeft) }) : '',
        ]
          .filter((part) => part !== '')
          .join(' · ')}
      </span>
      <span className="past-vouchers__button">
        {isOpen || state === 'paused' ? (
          <UnstyledButton className="past-vouchers__press" onClick={isOpen ? onPause : onResume}>
            {t(isOpen ? 'history.pause' : 'history.resume')}
          </UnstyledButton>
        ) : null}
      </span>
    </div>
  );
}
