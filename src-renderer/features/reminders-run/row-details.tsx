import type { PlannedRow } from '#contract/engine/reminders.ts';
import type { SilenceReason } from '#domain/reminders/words.ts';
import { DayText } from '#kit/day-text.tsx';
import { MoneyText } from '#kit/money-text.tsx';
import { Button } from '@mantine/core';
import { IconAlertTriangle, IconBan, IconPencil, IconUser } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { JSX, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { orpc } from '../../client.ts';
import { useStarterName } from '../../words/starter-names.ts';
import { CostText } from './cost-text.tsx';
import { spanWords } from '#kit/instant-text.ts';
import { MessagePreview } from './message-preview.tsx';
import { useWhyWords } from './why-words.ts';

type RowDetailsProps = {
  readonly row: PlannedRow;
  readonly isReadOnly: boolean;
  readonly onEdit: () => void;
  readonly onDecline: () => void;
  readonly onCustomer: () => void;
};

/** One message: what the customer sees, which bills it names, why it is sent, and what to look at. */
export function RowDetails({ row, isReadOnly, ...on }: RowDetailsProps): JSX.Element {
  const { t } = useTranslation('reminders');
  return (
    <>
      <header className="run-details__head">
        <h2 className="run-details__name" title={row.customerName}>
          {row.customerName}
        </h2>
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconUser size={15} />}
          onClick={on.onCustomer}
        >
          {t('run.customer')}
        </Button>
        {isReadOnly ? null : (
          <>
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconPencil size={15} />}
              onClick={on.onEdit}
            >
              {t('run.edit')}
            </Button>
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconBan size={15} />}
              onClick={on.onDecline}
            >
              {t('run.decline')}
            </Button>
          </>
        )}
      </header>
      <Alarms row={row} />
      <MessagePreview row={row} />
      <RowFacts row={row} />
    </>
  );
}

type Alarming = {
  readonly problems: readonly PlannedRow['problems'][number][];
  readonly warnings: readonly SilenceReason[];
  readonly needsPerson: boolean;
};

/** What to look at before it leaves; what blocks comes first. */
export function Alarms({ row }: { readonly row: Alarming }): JSX.Element | null {
  const { t, i18n } = useTranslation('reminders');
  const [, goTo] = useLocation();
  const problems = row.problems.toSorted((a, b) => Number(b.isBlocking) - Number(a.isBlocking));
  if (problems.length + row.warnings.length === 0 && !row.needsPerson) return null;
  return (
    <ul className="run-alarms">
      {problems.map((one) => (
        <Alarm key={one.code} isBlocking={one.isBlocking}>
          {i18n.language === 'hi' ? one.detail.hi : one.detail.en}
          {one.code === 'merge-value-missing' ? (
            <Button size="compact-xs" variant="subtle" onClick={() => goTo('/settings')}>
              {t('run.toBusiness')}
            </Button>
          ) : null}
        </Alarm>
      ))}
      {row.warnings.map((reason) => (
        <Alarm key={reason}>{t(`warning.${reason}`, { defaultValue: t(`silence.${reason}.label`) })}</Alarm>
      ))}
      {row.needsPerson ? <Alarm>{t('run.needsPerson')}</Alarm> : null}
    </ul>
  );
}

type AlarmProps = { readonly isBlocking?: boolean; readonly children: ReactNode };

function Alarm({ isBlocking = false, children }: AlarmProps): JSX.Element {
  const { t } = useTranslation('reminders');
  return (
    <li className={isBlocking ? 'run-alarms__blocking' : ''}>
      <IconAlertTriangle size={15} aria-hidden />
      <span>
        {isBlocking ? <strong>{t('run.blocks')} </strong> : null}
        {children}
      </span>
    </li>
  );
}

/** Why, from whom, when, what it costs, and the bills. */
function RowFacts({ row }: { readonly row: PlannedRow }): JSX.Element {
  const { t } = useTranslation('reminders');
  const sayWhy = useWhyWords();
  const sayName = useStarterName();
  const { data: book } = useQuery(orpc.books.current.queryOptions());
  return (
    <>
      <dl className="run-facts">
        <Fact label={t('facts.why')}>{sayWhy(row)}</Fact>
        <Fact label={t('facts.text')}>
          {sayName(row.templateName)} · {t(`tone.${row.tone}`)} · {t(`language.${row.language}`)}
        </Fact>
        <Fact label={t('facts.by')}>
          {t(`channel.${row.channel}`)}
          {row.gatewayName === null ? '' : ` · ${row.gatewayName}`}
        </Fact>
        <Fact label={t('facts.between')}>
          {t('facts.clock', spanWords(row.notBefore, row.expiresAt, book?.timeZone))}
        </Fact>
        <Fact label={t('facts.cost')}>
          <CostText row={row} />
        </Fact>
      </dl>
      <BillsTable row={row} />
    </>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }): JSX.Element {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function BillsTable({ row }: { readonly row: PlannedRow }): JSX.Element {
  const { t } = useTranslation('reminders');
  return (
    <table className="run-bills">
      <thead>
        <tr>
          <th>{t('bills.number')}</th>
          <th>{t('bills.day')}</th>
          <th>{t('bills.due')}</th>
          <th className="run-bills__end">{t('bills.late')}</th>
          <th className="run-bills__end">{t('bills.open')}</th>
        </tr>
      </thead>
      <tbody>
        {row.bills.map((bill) => (
          <tr key={`${bill.billId} ${bill.dueDay}`}>
            <td>{bill.number ?? '–'}</td>
            <td>
              <DayText day={bill.billDay} />
            </td>
            <td>
              <DayText day={bill.dueDay} />
            </td>
            <td className="run-bills__end">{Math.max(0, bill.daysLate)}</td>
            <td className="run-bills__end">
              {bill.foreignMinor === null || bill.currency === null ? (
                <MoneyText paise={bill.openPaise} withSign />
              ) : (
                <MoneyText paise={bill.foreignMinor} currency={bill.currency} withSign />
              )}
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        {row.creditPaise === 0 ? null : (
          <FootLine label={t('bills.credit')} paise={0 - Math.abs(row.creditPaise)} />
        )}
        <FootLine label={t('bills.overdue')} paise={row.overduePaise} />
        <FootLine label={t('bills.balance')} paise={row.balancePaise} />
      </tfoot>
    </table>
  );
}

function FootLine({ label, paise }: { readonly label: string; readonly paise: number }): JSX.Element {
  return (
    <tr>
      <td colSpan={4}>{label}</td>
      <td className="run-bills__end">
        <MoneyText paise={paise} withSign />
      </td>
    </tr>
  );
}
