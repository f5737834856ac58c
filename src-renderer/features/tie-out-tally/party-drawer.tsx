import type { TieOutParty } from '#contract/engine/sync.ts';
import { Delayed } from '#kit/delayed.tsx';
import { ProblemNote } from '#kit/problem.tsx';
import { Button, Drawer, Skeleton } from '@mantine/core';
import { IconUser } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { orpc, problemOf } from '../../client.ts';
import { BillsBeside } from './bills-beside.tsx';
import { CauseList } from './cause-text.tsx';
import './tie-out-tally.css';

type PartyDrawerProps = {
  readonly party: TieOutParty | undefined;
  readonly opened: boolean;
  readonly onClose: () => void;
};

/** One party: why it differs, what to do in Tally, and its bills of both side by side. */
export function PartyDrawer({ party, opened, onClose }: PartyDrawerProps): JSX.Element {
  const { t } = useTranslation('tally-tie-out');
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      position="right"
      size="min(980px, 94vw)"
      title={t('drawer.title', { name: party?.name ?? '' })}
      closeButtonProps={{ 'aria-label': t('drawer.close') }}
      attributes={{ header: { role: 'none' } }}
      classNames={{ body: 'beside', title: 'beside__title' }}
      transitionProps={{ duration: 120 }}
    >
      {/* Another party's bills must not stand here while this one's are fetched. */}
      {party && opened ? <PartyShown key={party.ledgerGuid} party={party} /> : null}
    </Drawer>
  );
}

function PartyShown({ party }: { readonly party: TieOutParty }): JSX.Element {
  const { t } = useTranslation('tally-tie-out');
  const [, goTo] = useLocation();
  const { customerId, causes } = party;
  return (
    <>
      {causes.length === 0 ? null : <h3 className="beside__heading">{t('drawer.what')}</h3>}
      <CauseList causes={causes} />
      {customerId === null ? (
        <p className="tally-tie__none">{t('drawer.noCustomer')}</p>
      ) : (
        <>
          <PartyBills party={party} customerId={customerId} />
          <Button
            variant="default"
            leftSection={<IconUser size={16} aria-hidden />}
            onClick={() => goTo(`/customers/${customerId}`)}
          >
            {t('drawer.customer')}
          </Button>
        </>
      )}
    </>
  );
}

type PartyBillsProps = { readonly party: TieOutParty; readonly customerId: number };

function PartyBills({ party, customerId }: PartyBillsProps): JSX.Element | null {
  const { data, error, refetch } = useQuery(
    orpc.sync.party.queryOptions({ input: { customerId }, placeholderData: undefined }),
  );
  if (error) return <ProblemNote problem={problemOf(error)} onRetry={() => void refetch()} />;
  if (data === undefined) {
    return (
      <Delayed>
        <Skeleton height={240} />
      </Delayed>
    );
  }
  return <BillsBeside party={party} bills={data?.bills ?? []} />;
}
