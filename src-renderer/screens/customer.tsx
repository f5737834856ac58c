import { ExplainDrawer } from '#features/aging/explain-drawer.tsx';
import { ContactsPanel } from '#features/contacts/contacts-panel.tsx';
import { CustomerBills } from '#features/customers/customer-bills.tsx';
import { CustomerFamily } from '#features/customers/customer-family.tsx';
import { CustomerAging, CustomerFigures, type Explained } from '#features/customers/customer-figures.tsx';
import { CustomerFlags } from '#features/customers/customer-flags.tsx';
import { CustomerContact } from '#features/customers/customer-header.tsx';
import { CustomerMoneyIn } from '#features/customers/customer-money-in.tsx';
import { CustomerTrend } from '#features/customers/customer-trend.tsx';
import { StatementExport } from '#features/customers/statement-export.tsx';
import { PayCard } from '#features/customer-reminders/pay-card.tsx';
import { RemindersCard } from '#features/customer-reminders/reminders-card.tsx';
import { EnterButtons } from '#features/documents/enter-buttons.tsx';
import { documentActions } from '#features/documents/document-actions.ts';
import { useRestore } from '#features/documents/use-restore.ts';
import { PapersMenu } from '#features/papers/papers-menu.tsx';
import { RegistryCard } from '#features/registry-customer/registry-card.tsx';
import { useBillMarks } from '#features/registry-customer/use-bill-marks.tsx';
import { PartyStrip } from '#features/sync-party/party-strip.tsx';
import { TimelinePanel } from '#features/timeline/timeline-panel.tsx';
import { useAsOf } from '#kit/as-of.tsx';
import { Delayed } from '#kit/delayed.tsx';
import { Page } from '#kit/page.tsx';
import { ProblemNote } from '#kit/problem.tsx';
import { Button, Skeleton } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearch } from 'wouter';
import { orpc, problemOf } from '../client.ts';
import './screens.css';

export function CustomerScreen({ customerId }: { readonly customerId: number }): JSX.Element {
  const { t } = useTranslation('customers');
  const { wish } = useAsOf();
  const { data, error, refetch } = useQuery(
    orpc.customers.get.queryOptions({ input: { customerId, asOf: wish } }),
  );
  if (error) {
    return (
      <Page title={t('one')} actions={<BackButton />}>
        <ProblemNote problem={problemOf(error)} onRetry={() => void refetch()} />
      </Page>
    );
  }
  if (!data) {
    return (
      <Page title={'\u00a0'} actions={<BackButton />}>
        <Delayed>
          <Skeleton height={90} mb="md" />
          <Skeleton height={400} />
        </Delayed>
      </Page>
    );
  }
  return <CustomerShown page={data} />;
}

function BackButton(): JSX.Element {
  const { t } = useTranslation('customers');
  return (
    <Button
      variant="default"
      leftSection={<IconArrowLeft size={16} aria-hidden />}
      onClick={() => window.history.back()}
    >
      {t('back')}
    </Button>
  );
}

type CustomerShownProps = { readonly page: Parameters<typeof CustomerFigures>[0]['page'] };

function CustomerShown({ page }: CustomerShownProps): JSX.Element {
  const { isMoved } = useAsOf();
  const restore = useRestore();
  const markOf = useBillMarks(page.customer.customerId);
  const askedChannel = new URLSearchParams(useSearch()).get('send');
  const [explained, setExplained] = useState<Explained | null>(null);
  const [isExplained, setIsExplained] = useState(false);
  const { customer, buckets } = page;
  const { customerId } = customer;
  const actions = isMoved ? undefined : documentActions;
  const explain = (next: Explained): void => {
    setExplained(next);
    setIsExplained(true);
  };
  const { title = '', ...asked } = explained ?? {};
  return (
    <Page
      title={customer.name}
      note={<CustomerContact customer={customer} />}
      actions={
        <>
          <StatementExport customer={customer} />
          <PapersMenu customer={customer} />
          <EnterButtons customerId={customerId} isReadOnly={isMoved} />
          <BackButton />
        </>
      }
    >
      <div className="customer">
        <CustomerFlags page={page} isReadOnly={isMoved} />
        <PartyStrip customerId={customerId} isReadOnly={isMoved} />
        <CustomerFigures page={page} onExplain={explain} />
        <CustomerAging page={page} onExplain={explain} />
        <div className="customer__columns">
          <div className="customer__side">
            <CustomerBills
              bills={page.bills}
              bucketCount={buckets.length}
              actions={actions}
              markOf={markOf}
            />
            <CustomerMoneyIn moneyIn={page.moneyIn} actions={actions} />
          </div>
          <div className="customer__side">
            <CustomerTrend customerId={customerId} />
            <RemindersCard customer={customer} isReadOnly={isMoved} askedChannel={askedChannel} />
            <PayCard page={page} isReadOnly={isMoved} />
            <RegistryCard customer={customer} isReadOnly={isMoved} />
            <ContactsPanel customerId={customerId} contacts={page.contacts} isReadOnly={isMoved} />
            <CustomerFamily page={page} />
            <TimelinePanel customerId={customerId} isReadOnly={isMoved} onRestore={restore} />
          </div>
        </div>
      </div>
      <ExplainDrawer
        wish={{ ...asked, customerId }}
        title={title}
        opened={isExplained}
        onClose={() => setIsExplained(false)}
      />
    </Page>
  );
}
