import { ProblemNote } from '#kit/problem.tsx';
import { Badge, Button, Text } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportBatch } from './types.ts';
import type { Revert } from './use-revert.ts';

type RevertProps = { readonly batch: ImportBatch; readonly revert: Revert };

/** The last cell of a past import: a button that takes it back, or the mark that this was done. */
export function RevertCell({ batch, revert }: RevertProps): JSX.Element {
  const { t } = useTranslation('imports');
  if (batch.revertedAt !== null)
    return (
      <Badge size="sm" variant="default" radius="sm" tt="none" className="past__reverted">
        {t('revert.reverted')}
      </Badge>
    );
  return (
    <Button
      size="compact-xs"
      variant="default"
      aria-label={t('revert.that', { file: batch.fileName })}
      title={revert.isOff ? t('revert.asOfMoved') : undefined}
      disabled={revert.isOff || revert.runningId !== null}
      loading={revert.runningId === batch.batchId}
      onClick={(event) => {
        event.stopPropagation();
        revert.start(batch);
      }}
      // The row opens by a double click and by Enter; the button keeps both to itself.
      onDoubleClick={(event) => event.stopPropagation()}
      onKeyDown={(event) => {
        if (event.key === 'Enter' || event.key === ' ') event.stopPropagation();
      }}
    >
      {t('past.action')}
    </Button>
  );
}

/** The same right after an import, while the mistake is still fresh. */
export function RevertThis({ batch, revert }: RevertProps): JSX.Element {
  const { t } = useTranslation('imports');
  return (
    <Button
      variant="subtle"
      leftSection={<IconArrowBackUp size={16} aria-hidden />}
      title={revert.isOff ? t('revert.asOfMoved') : undefined}
      disabled={revert.isOff}
      loading={revert.runningId !== null}
      onClick={() => revert.start(batch)}
    >
      {t('revert.this')}
    </Button>
  );
}

/** Why an import was not taken back, with its name: the table beside it may hold many. */
export function RevertRefused({ revert }: { readonly revert: Revert }): JSX.Element | null {
  const { t } = useTranslation('imports');
  if (revert.refused === null) return null;
  return (
    <div className="revert-refused">
      <Text size="sm" fw={600}>
        {t('revert.refused', { file: revert.refused.fileName })}
      </Text>
      <ProblemNote problem={revert.refused.problem} />
    </div>
  );
}
