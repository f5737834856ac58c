import type { Explained } from '#contract/engine/aging.ts';
import { subtract, sumOf } from '#domain/money.ts';
import { DayText } from '#kit/day-text.tsx';
import { LateMark } from '#kit/late-label.tsx';
import { currencySign, MoneyText, useCurrency } from '#kit/money-text.tsx';
import { Fragment, type JSX, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useBucketRanges } from './use-bucket-ranges.ts';

type Document = Explained['documents'][number];
type ExplainedTableProps = {
  readonly explained: Explained;
  /** A customer was opened: the drawer goes away. */
  readonly onLeave: () => void;
};

const COLUMNS = 6;

/** The documents, under each what was applied to it, and the lines that lead to the figure. */
export function ExplainedTable({ explained, onLeave }: ExplainedTableProps): JSX.Element {
  const { t } = useTranslation('aging');
  const sign = currencySign(useCurrency());
  const { documents, restCount, restPaise, roundingPaise, totalPaise } = explained;
  const listedPaise = sumOf(documents, ({ openPaise }) => openPaise);
  if (documents.length === 0 && restCount === 0) return <p className="explain__none">{t('explain.none')}</p>;
  return (
    // The arrows go from customer to customer as in every other list; the links stay links.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div onKeyDown={moveByArrows}>
      <table className="explain__table">
        <thead>
          <tr>
            <th scope="col">{t('explain.document')}</th>
            <th scope="col">{t('explain.customer')}</th>
            <th scope="col">{t('explain.day')}</th>
            <th scope="col" className="explain__number">
              {t('explain.late')}
            </th>
            <th scope="col" className="explain__number">
              {t('explain.amount', { sign })}
            </th>
            <th scope="col" className="explain__number">
              {t('explain.open', { sign })}
            </th>
          </tr>
        </thead>
        <tbody>
          {documents.map((document) => (
            <DocumentRows key={document.key} document={document} onLeave={onLeave} />
          ))}
        </tbody>
        <tfoot>
          <SumLine name={t('explain.listed', { count: documents.length })}>
            <MoneyText paise={listedPaise} />
          </SumLine>
          {restCount > 0 ? (
            <SumLine name={t('explain.rest', { count: restCount })}>
              <MoneyText paise={restPaise} />
            </SumLine>
          ) : null}
          {roundingPaise === 0 ? null : (
            <SumLine name={t('explain.rounding')}>
              <MoneyText paise={roundingPaise} />
            </SumLine>
          )}
          <SumLine name={t('explain.total')} isTotal>
            <MoneyText paise={totalPaise} withSign />
          </SumLine>
        </tfoot>
      </table>
    </div>
  );
}

type DocumentRowsProps = { readonly document: Document; readonly onLeave: () => void };

function DocumentRows({ document, onLeave }: DocumentRowsProps): JSX.Element {
  const { t } = useTranslation('aging');
  const bucketCount = useBucketRanges().length;
  const { applied, amountPaise, openPaise } = document;
  const appliedPaise = sumOf(applied, (one) => one.amountPaise);
  // What the rows do not show by themselves, e.g. instalments paid in one sum.
  const otherPaise = subtract(subtract(amountPaise, appliedPaise), openPaise);
  return (
    <Fragment>
      <tr className="explain__document">
        <th scope="row">
          {t(`kind.${document.kind}`)} {document.number ?? ''}
        </th>
        <td className="explain__name">
          <Link href={`/customers/${document.customerId}`} onClick={onLeave} data-explained>
            {document.customerName}
          </Link>
        </td>
        <td>
          <DayText day={document.day} />
          {document.dueDay === document.day ? null : (
            <span className="explain__due">
              {t('explain.due')} <DayText day={document.dueDay} />
            </span>
          )}
        </td>
        <td className="explain__number">
          <span className="explain__late">
            <LateMark bucket={document.bucket} bucketCount={bucketCount} />
            {document.daysLate > 0 ? document.daysLate : t('explain.notDue')}
          </span>
        </td>
        <td className="explain__number">
          <MoneyText paise={amountPaise} />
        </td>
        <td className="explain__number">
          <MoneyText paise={openPaise} />
        </td>
      </tr>
      {applied.map((one, at) => (
        <tr key={at} className="explain__applied">
          <th scope="row" colSpan={2}>
            {t('explain.less', { what: `${t(`kind.${one.kind}`)} ${one.number ?? ''}`.trim() })}
          </th>
          <td colSpan={2}>
            <DayText day={one.day} />
            {one.allocationDay === one.day ? null : (
              <span className="explain__due">
                {t('explain.matched')} <DayText day={one.allocationDay} />
              </span>
            )}
          </td>
          <td className="explain__number">
            <MoneyText paise={0 - one.amountPaise} />
          </td>
          <td>&nbsp;</td>
        </tr>
      ))}
      {otherPaise === 0 || applied.length === 0 ? null : (
        <tr className="explain__applied">
          <th scope="row" colSpan={COLUMNS - 2}>
            {t('explain.other')}
          </th>
          <td className="explain__number">
            <MoneyText paise={0 - otherPaise} />
          </td>
          <td>&nbsp;</td>
        </tr>
      )}
    </Fragment>
  );
}

type SumLineProps = {
  readonly name: string;
  readonly isTotal?: boolean;
  readonly children: ReactNode;
};

function SumLine({ name, isTotal = false, children }: SumLineProps): JSX.Element {
  return (
    <tr className={isTotal ? 'explain__total' : ''}>
      <th scope="row" colSpan={COLUMNS - 1}>
        {name}
      </th>
      <td className="explain__number">{children}</td>
    </tr>
  );
}

/** Enter on a link opens its customer by itself; up and down go to the next one. */
function moveByArrows(event: KeyboardEvent<HTMLDivElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-explained]')];
  const at = links.findIndex((link) => link === document.activeElement);
  const next = links[at < 0 ? 0 : at + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
