import type { OpenBook } from '#contract/engine/books.ts';
import { MoneyText } from '#kit/money-text.tsx';
import { useStatus, type Work } from '#kit/status.ts';
import { Progress, UnstyledButton } from '@mantine/core';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';

/** The bottom line: what the screen counts, the selection's sum, work under way. */
export function StatusLine({ book }: { readonly book: OpenBook | null }): JSX.Element {
  const { t } = useTranslation('frame');
  const { counts, selection, works } = useStatus();
  const whole = book
    ? `${t('status.customers', { count: book.customerCount })} · ${t('status.bills', { count: book.billCount })}`
    : t('status.noBook');
  return (
    <footer className="status">
      <span>{counts === '' ? whole : counts}</span>
      <span className="status__selection" aria-live="polite">
        {selection.count > 0 ? (
          <>
            {t('status.selected', { count: selection.count })}{' '}
            <strong data-testid="selection-sum">
              <MoneyText paise={selection.paise} withSign />
            </strong>
          </>
        ) : null}
      </span>
      <span className="status__works">
        {works.map((work) => (
          <WorkItem key={work.id} work={work} />
        ))}
      </span>
      <span>{t('status.keys')}</span>
    </footer>
  );
}

function WorkItem({ work }: { readonly work: Work }): JSX.Element {
  const { t } = useTranslation('frame');
  const percent = work.of > 0 ? Math.floor((work.done * 100) / work.of) : 100;
  return (
    <span className="status__work">
      <span>{work.label}</span>
      <Progress
        className="status__progress"
        value={percent}
        animated={work.of === 0}
        size="sm"
        aria-label={work.label}
      />
      {work.stop ? (
        <UnstyledButton className="status__stop" onClick={work.stop}>
          {t('status.stop')}
        </UnstyledButton>
      ) : null}
    </span>
  );
}
