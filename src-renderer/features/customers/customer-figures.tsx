import type { CustomerPage } from '#contract/engine/customers.ts';
import { bucketsOf } from '#domain/aging.ts';
import { sumOf } from '#domain/money.ts';
import { AgingStrip } from '#kit/aging-strip.tsx';
import { FigureTile } from '#kit/figure-tile.tsx';
import { LateMark, useLateWords } from '#kit/late-label.tsx';
import { MoneyText } from '#kit/money-text.tsx';
import { Section } from '#kit/page.tsx';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import './customers.css';

const ranges = bucketsOf();

/** Outstanding, overdue, unallocated, and how late the oldest bill is. */
export function CustomerFigures({ page }: { readonly page: CustomerPage }): JSX.Element {
  const { t } = useTranslation('customers');
  const { figures, customer } = page;
  return (
    <div className="customer__figures">
      <FigureTile
        label={t('figures.outstanding')}
        definition={t('figures.outstandingDefinition')}
        value={<MoneyText paise={figures.outstandingPaise} withSign />}
        note={t('figures.bills', { count: figures.openBillCount })}
      />
      <FigureTile
        label={t('figures.overdue')}
        definition={t('figures.overdueDefinition')}
        value={<MoneyText paise={figures.overduePaise} withSign />}
        note={t('figures.bills', { count: figures.overdueBillCount })}
      />
      <FigureTile
        label={t('figures.unallocated')}
        definition={t('figures.unallocatedDefinition')}
        value={<MoneyText paise={figures.unallocatedPaise} withSign />}
      />
      <FigureTile
        label={t('figures.oldest')}
        definition={t('figures.oldestDefinition')}
        value={t('figures.days', { count: figures.oldestDays })}
        note={
          customer.creditLimitPaise === null ? null : (
            <>
              {t('figures.limit')} <MoneyText paise={customer.creditLimitPaise} withSign />
            </>
          )
        }
      />
    </div>
  );
}

/** The customer's aging: the strip, and each bucket's amount below it. */
export function CustomerAging({ page }: { readonly page: CustomerPage }): JSX.Element {
  const { t } = useTranslation('customers');
  const sayRange = useLateWords();
  const { buckets } = page.figures;
  return (
    <Section title={t('aging')}>
      <div className="customer__strip">
        <AgingStrip amounts={buckets} ranges={ranges} />
        <dl className="customer__late">
          {ranges.map((range, bucket) => (
            <div key={range.key}>
              <dt>
                <LateMark bucket={bucket} bucketCount={ranges.length} /> {sayRange(range)}
              </dt>
              <dd>
                <MoneyText paise={buckets[bucket] ?? 0} />
              </dd>
            </div>
          ))}
        </dl>
      </div>
    </Section>
  );
}

/** How the outstanding figure came to be: open bills less what is not matched to any bill. */
export function CustomerSum({ page }: { readonly page: CustomerPage }): JSX.Element {
  const { t } = useTranslation('customers');
  const { figures, bills, moneyIn } = page;
  const open = bills.filter((bill) => bill.openPaise !== 0);
  const loose = moneyIn.filter((money) => money.unallocatedPaise !== 0);
  return (
    <Section title={t('sum.title')}>
      <dl className="sum">
        <div className="sum__line">
          <dt>{t('sum.bills', { count: open.length })}</dt>
          <dd>
            <MoneyText paise={sumOf(open, (bill) => bill.openPaise)} withSign />
          </dd>
        </div>
        <div className="sum__line">
          <dt>{t('sum.loose', { count: loose.length })}</dt>
          <dd>
            <MoneyText paise={figures.unallocatedPaise} withSign />
          </dd>
        </div>
        <div className="sum__line sum__line--total">
          <dt>{t('sum.outstanding')}</dt>
          <dd>
            <MoneyText paise={figures.outstandingPaise} withSign />
          </dd>
        </div>
      </dl>
      <p className="sum__why">{t('sum.why')}</p>
    </Section>
  );
}
