import type { AgingWish } from '#contract/engine/aging.ts';
import type { AgingPart } from '#domain/aging.ts';
import { useAsOf } from '#kit/as-of.tsx';
import { dayWords } from '#kit/day-text.tsx';
import { Delayed } from '#kit/delayed.tsx';
import { ProblemNote } from '#kit/problem.tsx';
import { Drawer, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { orpc, problemOf } from '../../client.ts';
import './explain.css';
import { ExplainExport } from './explain-export.tsx';
import { ExplainedTable } from './explained-table.tsx';

/** Which figure is explained: of the whole book or one customer, one bucket, one part or one bill; as of the window's day. */
export type ExplainWish = Pick<AgingWish, 'by' | 'bounds'> & {
  readonly customerId?: number;
  readonly bucket?: number;
  readonly part?: AgingPart;
  readonly billId?: number;
};

type ExplainDrawerProps = {
  readonly wish: ExplainWish;
  /** The figure's name. */
  readonly title: string;
  readonly opened: boolean;
  readonly onClose: () => void;
};

/** "How this number came to be": documents, what was applied to each, what is left; they add up to the figure. */
export function ExplainDrawer({ wish, title, opened, onClose }: ExplainDrawerProps): JSX.Element {
  const { t } = useTranslation('aging');
  const { day } = useAsOf();
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      position="right"
      size="min(880px, 92vw)"
      title={t('explain.title', { figure: title, day: dayWords(day) })}
      closeButtonProps={{ 'aria-label': t('explain.close') }}
      attributes={{ header: { role: 'none' } }}
      classNames={{ body: 'explain', title: 'explain__title' }}
      transitionProps={{ duration: 120 }}
    >
      {/* Another figure's documents must not stand here while this one's are fetched. */}
      {opened ? <Explanation key={JSON.stringify(wish)} {...{ wish, title }} onLeave={onClose} /> : null}
    </Drawer>
  );
}

function Explanation({
  wish,
  title,
  onLeave,
}: {
  readonly wish: ExplainWish;
  readonly title: string;
  readonly onLeave: () => void;
}): JSX.Element {
  const { wish: asOf } = useAsOf();
  const { data, error, refetch } = useQuery(orpc.aging.explain.queryOptions({ input: { ...wish, asOf } }));
  if (error) return <ProblemNote problem={problemOf(error)} onRetry={() => void refetch()} />;
  if (!data) {
    return (
      <Delayed>
        <Skeleton height={360} />
      </Delayed>
    );
  }
  return (
    <>
      {data.documents.length === 0 ? null : (
        <div className="explain__tools">
          <ExplainExport wish={wish} title={title} />
        </div>
      )}
      <ExplainedTable explained={data} onLeave={onLeave} />
    </>
  );
}

type Asked = { readonly wish: ExplainWish; readonly title: string };

/** Opens the drawer from any figure of a screen, one at a time; lay `drawer` anywhere in the panel. */
export function useExplain(): {
  readonly explain: (wish: ExplainWish, title: string) => void;
  readonly drawer: JSX.Element | null;
} {
  const [asked, setAsked] = useState<Asked>();
  const [isOpen, setOpen] = useState(false);
  return {
    explain: (wish, title) => {
      setAsked({ wish, title });
      setOpen(true);
    },
    drawer: asked ? <ExplainDrawer {...asked} opened={isOpen} onClose={() => setOpen(false)} /> : null,
  };
}
