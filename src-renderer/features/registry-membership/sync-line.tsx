import type { Membership } from '#contract/engine/registry.ts';
import { AgoText } from '#kit/ago-text.tsx';
import { Button, Progress } from '@mantine/core';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { stopSync, type SyncRun } from './sync-run.ts';

const WHOLE_PERCENT = 100;

type SyncLineProps = { readonly membership: Membership; readonly progress: SyncRun['progress'] };

/** What is being sent and fetched; its place stays when nothing is, so that nothing jumps. */
export function SyncLine({ membership, progress }: SyncLineProps): JSX.Element {
  const { t } = useTranslation('registry');
  const { queuedCount, isSending, lastSyncAt } = membership;
  if (progress === null) {
    return (
      <p className="standing__line" role="status">
        <span>{queuedCount === 0 ? t('sync.nothing') : t('sync.waiting', { count: queuedCount })}</span>
        {isSending ? <span>{t('sync.onItsWay')}</span> : null}
        <span className="standing__soft">
          {lastSyncAt === null ? (
            t('sync.never')
          ) : (
            <>
              {t('sync.last')} <AgoText at={lastSyncAt} />
            </>
          )}
        </span>
      </p>
    );
  }
  const { phase, done, of } = progress;
  const label = t(`sync.phase.${phase}`);
  return (
    <div className="standing__line" role="group" aria-label={t('sync.label')}>
      <span aria-live="polite">{label}</span>
      <Progress
        className="standing__bar"
        size="md"
        value={of === 0 ? WHOLE_PERCENT : Math.round((done * WHOLE_PERCENT) / of)}
        animated={of === 0}
        aria-label={label}
      />
      <span className="standing__soft">{of === 0 ? '' : t('sync.doneOf', { done, of })}</span>
      <Button size="compact-sm" variant="default" onClick={stopSync}>
        {t('sync.stop')}
      </Button>
    </div>
  );
}
