import type { CustomerPage } from '#contract/engine/customers.ts';
import { FigureTile } from '#kit/figure-tile.tsx';
import { MoneyText } from '#kit/money-text.tsx';
import { Progress } from '@mantine/core';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import './customers.css';

/** What of the credit limit is used. A broken limit is said in words: colour means lateness and nothing else. */
export function LimitBar({ page }: { readonly page: CustomerPage }): JSX.Element {
  const { t } = useTranslation('customers');
  const { limit } = page;
  if (!limit) {
    return <FigureTile label={t('limit.label')} definition={t('limit.definition')} value={t('limit.none')} />;
  }
  const { usablePaise, usedPaise, isOver } = limit;
  const percent = usablePaise === 0 ? 100 : Math.min(100, Math.floor((usedPaise * 100) / usablePaise));
  return (
    <FigureTile
      label={t('limit.label')}
      definition={t('limit.definition')}
      value={<MoneyText paise={usablePaise} withSign />}
      note={
        <span className="limit">
          <Progress
            className="limit__bar"
            size="sm"
            color="gray"
            value={percent}
            aria-label={t('limit.used', { percent })}
          />
          {isOver ? (
            <strong>
              {t('limit.over')} <MoneyText paise={usedPaise - usablePaise} withSign />
            </strong>
          ) : (
            t('limit.used', { percent })
          )}
        </span>
      }
    />
  );
}
