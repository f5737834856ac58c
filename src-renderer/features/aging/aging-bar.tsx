import type { AgingSummary } from '#contract/engine/aging.ts';
import { useCountWords } from '#kit/count-words.ts';
import { Delayed } from '#kit/delayed.tsx';
import { useLateWords } from '#kit/late-label.tsx';
import { useLiveValue, type Live } from '#kit/live.tsx';
import { LiveMoney } from '#kit/money-text.tsx';
import { Section } from '#kit/page.tsx';
import { StackedBar } from '#kit/stacked-bar.tsx';
import { Skeleton } from '@mantine/core';
import { useState, useSyncExternalStore, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import './aging.css';
import { useExplain } from './explain-drawer.tsx';
import { useShownSummary } from './time-travel.tsx';

/** All of the outstanding money by lateness; each bucket leads to its bills. */
export function AgingBar(): JSX.Element {
  const { t } = useTranslation('dashboard');
  const [, goTo] = useLocation();
  const { live, isThere, ranges: liveRanges } = useShownSummary();
  const ranges = useLiveValue(liveRanges);
  const { explain, drawer } = useExplain();
  const sayRange = useLateWords();
  const sayBills = useCountWords('dashboard', 'figures.bills');
  const explainPart = (bucket: number): void => {
    const range = ranges?.[bucket];
    if (range) explain({ bucket }, sayRange(range));
  };
  return (
    <Section title={t('bar.title')} aside={t('bar.aside')} className="aging-bar">
      {isThere && ranges ? (
        <>
          <StackedBar
            live={live}
            ranges={ranges}
            amountsOf={({ totals }) => totals.buckets}
            sayNote={({ bucketBillCounts }, index) => sayBills(bucketBillCounts[index] ?? 0)}
            actionWords={t('bar.action')}
            onPress={(index) => goTo(`/bills?bucket=${index}`)}
            onExplain={explainPart}
          />
          <PostDated live={live} />
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
function PostDated({ live }: { readonly live: Live<AgingSummary> }): JSX.Element | null {
  const { t } = useTranslation('dashboard');
  const isThere = useSyncExternalStore(live.subscribe, () => (live.get()?.totals.postDatedPaise ?? 0) !== 0);
  // While the slider moves, the line stays once it was there: a panel that jumps cannot be read.
  const [wasThere, setWasThere] = useState(isThere);
  if (isThere && !wasThere) setWasThere(true);
  if (!wasThere) return null;
  return (
    <p className="aging-bar__post-dated">
      {t('bar.postDated')}{' '}
      <LiveMoney live={live} of={({ totals }) => totals.postDatedPaise} withSign className="live-box" />
    </p>
  );
}
