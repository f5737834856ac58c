import type { CustomerPage } from '#contract/engine/customers.ts';
import { MoneyText } from '#kit/money-text.tsx';
import { Section } from '#kit/page.tsx';
import { ProblemNote } from '#kit/problem.tsx';
import { Button, CopyButton, SegmentedControl } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { orpc, problemOf } from '../../client.ts';
import './customer-reminders.css';
import { payableBills, type PayPart } from './payable.ts';
import { PayLinks } from './pay-links.tsx';
import { QrCode } from './qr-code.tsx';

type PayCardProps = { readonly page: CustomerPage; readonly isReadOnly: boolean };

/** How he can pay at once: a UPI code to show or a link to send, and links of a payment company. */
export function PayCard({ page, isReadOnly }: PayCardProps): JSX.Element | null {
  const { t } = useTranslation('customer-reminders');
  const { customer, bills } = page;
  const overdue = payableBills(bills, 'overdue');
  const all = payableBills(bills, 'all');
  const [wished, setWished] = useState<PayPart>();
  const part = wished ?? (overdue.length > 0 ? 'overdue' : 'all');
  const billIds = part === 'overdue' ? overdue : all;
  if (all.length === 0) return null;
  return (
    <Section
      title={t('pay.title')}
      aside={
        <SegmentedControl
          size="xs"
          aria-label={t('pay.part')}
          value={part}
          onChange={(next) => setWished(next === 'all' ? 'all' : 'overdue')}
          data={[
            { value: 'overdue', label: t('pay.overdue'), disabled: overdue.length === 0 },
            { value: 'all', label: t('pay.all') },
          ]}
        />
      }
    >
      <div className="care">
        <Upi customerId={customer.customerId} billIds={billIds} />
        <PayLinks customerId={customer.customerId} billIds={billIds} isReadOnly={isReadOnly} />
      </div>
    </Section>
  );
}

type UpiProps = { readonly customerId: number; readonly billIds: readonly number[] };

function Upi({ customerId, billIds }: UpiProps): JSX.Element {
  const { t } = useTranslation('customer-reminders');
  const { data, error } = useQuery(
    orpc.payLinks.upi.queryOptions({ input: { customerId, billIds: [...billIds] } }),
  );
  if (error) return <ProblemNote problem={problemOf(error)} />;
  return (
    <div className="upi">
      <div className="upi__code">{data ? <QrCode qr={data.qr} label={t('pay.code')} /> : null}</div>
      {data ? (
        <div className="upi__facts">
          <p className="upi__amount">
            <MoneyText paise={data.amountPaise} withSign />
          </p>
          <p className="care__soft care__line">
            {t('pay.bills', { count: billIds.length })} {t('pay.scan')}
          </p>
          <CopyButton value={data.link}>
            {({ copied, copy }) => (
              <Button
                size="compact-sm"
                variant="default"
                leftSection={
                  copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />
                }
                onClick={copy}
              >
                {t(copied ? 'pay.copied' : 'pay.copy')}
              </Button>
            )}
          </CopyButton>
        </div>
      ) : null}
    </div>
  );
}
