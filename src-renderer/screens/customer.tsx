import { CustomerBills } from '#features/customers/customer-bills.tsx';
import { CustomerAging, CustomerFigures, CustomerSum } from '#features/customers/customer-figures.tsx';
import { CustomerContact } from '#features/customers/customer-header.tsx';
import { CustomerMoneyIn } from '#features/customers/customer-money-in.tsx';
import { useAsOf } from '#kit/as-of.tsx';
import { Delayed } from '#kit/delayed.tsx';
import { Page } from '#kit/page.tsx';
import { ProblemNote } from '#kit/problem.tsx';
import { Button, Skeleton } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { orpc, problemOf } from '../client.ts';
import './screens.css';

export function CustomerScreen({ customerId }: { readonly customerId: number }): JSX.Element {
  const { t } = useTranslation('customers');
  const { wish } = useAsOf();
  const { data, error, refetch } = useQuery(
    orpc.customers.get.queryOptions({ input: { customerId, asOf: wish } }),
  );
  const back = (
    <Button
      variant="default"
      leftSection={<IconArrowLeft size={16} aria-hidden />}
      onClick={() => window.history.back()}
    >
      {t('back')}
    </Button>
  );
  if (error) {
    return (
      <Page title={t('one')} actions={back}>
        <ProblemNote problem={problemOf(error)} onRetry={() => void refetch()} />
      </Page>
    );
  }
  if (!data) {
    return (
      <Page title={'\u00a0'} actions={back}>
        <Delayed>
          <Skeleton height={90} mb="md" />
          <Skeleton height={400} />
        </Delayed>
      </Page>
    );
  }
  return (
    <Page title={data.customer.name} note={<CustomerContact customer={data.customer} />} actions={back}>
      <div className="customer">
        <CustomerFigures page={data} />
        <CustomerAging page={data} />
        <div className="customer__columns">
          <CustomerBills bills={data.bills} />
          <div className="customer__side">
            <CustomerSum page={data} />
            <CustomerMoneyIn moneyIn={data.moneyIn} />
          </div>
        </div>
      </div>
    </Page>
  );
}
