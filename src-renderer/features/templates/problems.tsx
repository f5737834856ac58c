import type { ProblemShown } from '#contract/engine/reminder-fields.ts';
import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';

type ProblemsProps = { readonly problems: readonly ProblemShown[]; readonly isPaused: boolean };

/** What is wrong with the text and what it means for sending; what keeps it back comes first. */
export function Problems({ problems, isPaused }: ProblemsProps): JSX.Element {
  const { t, i18n } = useTranslation('templates');
  const [, goTo] = useLocation();
  const sorted = problems.toSorted((a, b) => Number(b.isBlocking) - Number(a.isBlocking));
  const isHeld = sorted[0]?.isBlocking === true;
  return (
    <div className="text-problems" role="status">
      {sorted.map((one) => (
        <div
          key={`${one.code} ${one.detail.en}`}
          className={`text-problems__one ${one.isBlocking ? 'text-problems__one--blocking' : ''}`}
        >
          <IconAlertTriangle size={15} aria-hidden />
          <span>
            {i18n.language === 'hi' ? one.detail.hi : one.detail.en}{' '}
            <span className="texts__soft">{t(`todo.${one.code}`, { defaultValue: '' })}</span>
            {one.code === 'merge-value-missing' ? (
              <Button size="compact-xs" variant="subtle" onClick={() => goTo('/settings')}>
                {t('problems.toBusiness')}
              </Button>
            ) : null}
          </span>
        </div>
      ))}
      <div className="text-problems__then">
        {problems.length === 0 ? <IconCircleCheck size={15} aria-hidden /> : null}
        {t(
          isHeld
            ? 'problems.held'
            : isPaused
              ? 'problems.paused'
              : problems.length > 0
                ? 'problems.may'
                : 'problems.none',
        )}
      </div>
    </div>
  );
}
