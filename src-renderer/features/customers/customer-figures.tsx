import type { CustomerPage } from '#contract/engine/customers.ts';
import { AgingStrip } from '#kit/aging-strip.tsx';
import { FigureTile } from '#kit/figure-tile.tsx';
import { LateMark, useLateWords } from '#kit/late-label.tsx';
import { MoneyText } from '#kit/money-text.tsx';
import { Section } from '#kit/page.tsx';
import { tenthsWords } from '#kit/tenths-words.ts';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import './customers.css';
import { LimitBar } from './limit-bar.tsx';

/** Which figure is asked how it came to be. */
export type Explained = { readonly title: string; readonly bucket?: number; readonly part?: 'overdue' };

type CustomerFiguresProps = {
  readonly page: CustomerPage;
  readonly onExplain: (explained: Explained) => void;
};

/** Outstanding, overdue, unallocated, how late, and how much of the limit is used. */
export function CustomerFigures({ page, onExplain }: CustomerFiguresProps): JSX.Element {
  const { t } = useTranslation('customers');
  const { figures } = page;
  return (
    <div className="customer__figures">
      <FigureTile
        label={t('figures.outstanding')}
        definition={t('figures.outstandingDefinition')}
        value={<MoneyText paise={figures.outstandingPaise} withSign />}
        note={t('figures.bills', { count: figures.openBillCount })}
        explain={() => onExplain({ title: t('figures.outstanding') })}
      />
      <FigureTile
        label={t('figures.overdue')}
        definition={t('figures.overdueDefinition')}
        value={<MoneyText paise={figures.overduePaise} withSign />}
        note={t('figures.bills', { count: figures.overdueBillCount })}
        explain={() => onExplain({ title: t('figures.overdue'), part: 'overdue' })}
      />
      <FigureTile
        label={t('figures.unallocated')}
        definition={t('figures.unallocatedDefinition')}
        value={<MoneyText paise={figures.unallocatedPaise} withSign />}
        note={
          figures.postDatedPaise === 0 ? null : (
            <>
              {t('figures.postDated')} <MoneyText paise={figures.postDatedPaise} withSign />
            </>
          )
        }
      />
      <FigureTile
        label={t('figures.oldest')}
        definition={t('figures.oldestDefinition')}
        value={t('figures.days', { count: figures.oldestDays })}
        note={
          page.averageDaysLateTenths === null
            ? null
            : t('figures.average', { days: tenthsWords(page.averageDaysLateTenths) })
        }
      />
      <LimitBar page={page} />
    </div>
  );
}

type CustomerAgingProps = {
  readonly page: CustomerPage;
  readonly onExplain: (explained: Explained) => void;
};

/** The customer's aging: the strip, and each bucket's amount below it; pressed, a bucket tells its documents. */
export function CustomerAging({ page, onExplain }: CustomerAgingProps): JSX.Element {
  const { t } = useTranslation('customers');
  const sayRange = useLateWords();
  const ranges = page.buckets;
  const amounts = page.figures.buckets;
  return (
    <Section title={t('aging')}>
      <div className="customer__strip">
        <AgingStrip amounts={amounts} ranges={ranges} />
        <dl className="customer__late">
          {ranges.map((range, bucket) => (
            <div key={range.key}>
              <dt>
                <LateMark bucket={bucket} bucketCount={ranges.length} /> {sayRange(range)}
              </dt>
              <dd>
                <button
                  type="button"
                  className="customer__bucket"
                  disabled={(amounts[bucket] ?? 0) === 0}
                  onClick={() => onExplain({ title: sayRange(range), bucket })}
                >
                  <MoneyText paise={amounts[bucket] ?? 0} />
                </button>
              </dd>
            </div>
          ))}
        </dl>
      </div>
    </Section>
  );
}
