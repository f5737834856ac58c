import type { SyncStatus } from '#contract/engine/sync.ts';
import { AgoText } from '#kit/ago-text.tsx';
import { DayText } from '#kit/day-text.tsx';
import { Tooltip, UnstyledButton } from '@mantine/core';
import { IconFileText } from '@tabler/icons-react';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { freshFrom } from './fresh-from.ts';
import { Light } from './light.tsx';
import { useFailureWords } from './failure-words.ts';

type TallyFreshnessProps = { readonly status: SyncStatus; readonly onOpen: () => void };

/** "Tally: 4 min ago" with its light, for the top bar; pressed, it leads to the Tally screen. */
export function TallyFreshness({ status, onOpen }: TallyFreshnessProps): JSX.Element {
  const { from, at } = freshFrom(status);
  if (from === 'files' && at !== null) return <FilesFreshness at={at} {...{ status, onOpen }} />;
  return <LiveFreshness {...{ status, onOpen }} />;
}

function LiveFreshness({ status, onOpen }: TallyFreshnessProps): JSX.Element {
  const { t } = useTranslation('sync');
  const sayFailure = useFailureWords();
  const company = status.connection?.companyName ?? '';
  const state = t(`light.${status.light}`);
  const known = company === '' ? state : t('fresh.hint', { company, state });
  const hint = status.failure ? sayFailure(status.failure, { company }).title : known;
  return (
    <Tooltip label={hint}>
      <UnstyledButton className="fresh" onClick={onOpen}>
        <Light light={status.light}>
          {t('fresh.tally')} <SyncedAgo status={status} />
        </Light>
      </UnstyledButton>
    </Tooltip>
  );
}

/** No light: a book of files is as old as they are, and nothing is amiss. */
function FilesFreshness({ status, onOpen, at }: TallyFreshnessProps & { readonly at: number }): JSX.Element {
  const { t } = useTranslation('sync');
  const hint = (
    <>
      {t('filesCard.asOf')} <DayText day={status.asOf} />
    </>
  );
  return (
    <Tooltip label={hint}>
      <UnstyledButton className="fresh" onClick={onOpen}>
        <span className="light">
          <IconFileText size={16} className="light__lamp" aria-hidden />
          <span>
            {t('fresh.files')} <AgoText at={at} />
          </span>
        </span>
      </UnstyledButton>
    </Tooltip>
  );
}

/** When the book was last known to be in step; "reading" as long as it never was. */
export function SyncedAgo({ status }: { readonly status: SyncStatus }): JSX.Element {
  const { t } = useTranslation('sync');
  const { at } = freshFrom(status);
  if (at !== null) return <AgoText at={at} />;
  return <>{t(status.isReading ? 'fresh.first' : 'fresh.never')}</>;
}
