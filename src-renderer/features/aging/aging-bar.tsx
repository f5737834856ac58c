import { Delayed } from '#kit/delayed.tsx';
import { useLateWords } from '#kit/late-label.tsx';
import { MoneyText } from '#kit/money-text.tsx';
import { Section } from '#kit/page.tsx';
import { StackedBar } from '#kit/stacked-bar.tsx';
import { Skeleton } from '@mantine/core';
import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import './aging.css';
import { useExplain } from './explain-drawer.tsx';
import { useShownSummary } from './time-travel.tsx';

/** All of the outstanding money by lateness; each bucket leads to its bills. */
export function AgingBar(): JSX.Element {
  const { t } = useTranslation('dashboard');
  const [, goTo] = useLocation();
  const { data } = useShownSummary();
  const { explain, drawer } = useExplain();
  const sayRange = useLateWords();
  const explainPart = (bucket: number): void => {
    const range = data?.buckets[bucket];
    if (range) explain({ bucket }, sayRange(range));
  };
  return (
    <Section title={t('bar.title')} aside={t('bar.aside')} className="aging-bar">
      {data ? (
        <>
          <StackedBar
            parts={data.buckets.map((range, index) => ({
              range,
              amountPaise: data.totals.buckets[index] ?? 0,
              note: t('figures.bills', { count: data.bucketBillCounts[index] ?? 0 }),
            }))}
            actionWords={t('bar.action')}
            onPress={(index) => goTo(`/bills?bucket=${index}`)}
            onExplain={explainPart}
          />
          <PostDated paise={data.totals.postDatedPaise} />
        </>
      ) : (
        <Delayed>
          <Skeleton height={88} />
        </Delayed>
      )}
      {drawer}
    </Section>
  );
}

/** Cheques at hand that count only later: a line of its own, drawn only where there are any. */
function PostDated({ paise }: { readonly paise: number }): JSX.Element | null {
  const { t } = useTranslation('dashboard');
  // While the slider moves, the line stays once it was there: a panel that jumps cannot be read.
  const [wasThere, setWasThere] = useState(paise !== 0);
  if (paise !== 0 && !wasThere) setWasThere(true);
  if (!wasThere) return null;
  return (
    <p className="aging-bar__post-dated">
      {t('bar.postDated')} <MoneyText paise={paise} withSign />
    </p>
  );
}
