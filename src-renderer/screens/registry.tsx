import { ChecksPanel } from '#features/registry-checks/checks-panel.tsx';
import { DisputesPanel } from '#features/registry-disputes/disputes-panel.tsx';
import { MembershipPanel } from '#features/registry-membership/membership-panel.tsx';
import { isMember, tabsFor, type RegistryTab } from '#features/registry-membership/standing.ts';
import { useMembership } from '#features/registry-membership/use-membership.ts';
import { CandidatesPanel } from '#features/registry-publish/candidates-panel.tsx';
import { PublishedPanel } from '#features/registry-publish/published-panel.tsx';
import { useAsOf } from '#kit/as-of.tsx';
import { Delayed } from '#kit/delayed.tsx';
import { Page } from '#kit/page.tsx';
import { ProblemNote } from '#kit/problem.tsx';
import { Skeleton, Tabs } from '@mantine/core';
import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useSearch } from 'wouter';
import { problemOf } from '../client.ts';
import './registry.css';

/** '/registry?tab=publish&customer=7': what a tab is asked to show follows its name. */
function addressOf(tab: string, asked: Readonly<Record<string, string>> = {}): string {
  return `/registry?${new URLSearchParams({ tab, ...asked }).toString()}`;
}

const idIn = (text: string | null): number | undefined =>
  text !== null && /^\d{1,15}$/.test(text) ? Number(text) : undefined;

/** The shared registry: what it is, what is said there of whom, and what may be asked. */
export function RegistryScreen(): JSX.Element {
  const { t } = useTranslation('registry');
  const { data: membership, error, refetch } = useMembership();
  const [, goTo] = useLocation();
  const search = new URLSearchParams(useSearch());
  const [wished, setWished] = useState<boolean>();
  if (!membership) {
    return (
      <Page title={t('title')} note={t('note')}>
        {error ? <ProblemNote problem={problemOf(error)} onRetry={() => void refetch()} /> : null}
        <Delayed>{error ? null : <Skeleton height={260} />}</Delayed>
      </Page>
    );
  }
  // Who has asked for a password comes back to where it is typed.
  const isJoining = wished ?? (search.get('join') === 'yes' || membership.status === 'applied');
  const hasTabs = isMember(membership) && !isJoining;
  const tab = tabsFor(membership).find((one) => one === search.get('tab')) ?? 'standing';
  const isTable = hasTabs && (tab === 'publish' || tab === 'published' || tab === 'checks');
  return (
    <Page
      title={t('title')}
      note={t('note')}
      body={isTable ? 'fill' : 'scroll'}
      toolbar={
        hasTabs ? (
          <RegistryTabs
            tab={tab}
            membership={membership}
            onTab={(next) => goTo(addressOf(next), { replace: true })}
          />
        ) : null
      }
    >
      {hasTabs && tab !== 'standing' ? (
        <Panel tab={tab} search={search} />
      ) : (
        <Membership membership={membership} isJoining={isJoining} onJoining={setWished} />
      )}
    </Page>
  );
}

type RegistryTabsProps = Pick<MembershipProps, 'membership'> & {
  readonly tab: RegistryTab;
  readonly onTab: (tab: string) => void;
};

/** The parts that this member has; beside the disputes, how many wait. */
function RegistryTabs({ tab, membership, onTab }: RegistryTabsProps): JSX.Element {
  const { t } = useTranslation('registry');
  const { openDisputeCount } = membership;
  return (
    <Tabs
      value={tab}
      onChange={(next) => onTab(next ?? 'standing')}
      className="registry__tabs"
      keepMounted={false}
    >
      <Tabs.List aria-label={t('tabs.label')}>
        {tabsFor(membership).map((one) => (
          <Tabs.Tab
            key={one}
            value={one}
            rightSection={
              one === 'disputes' && openDisputeCount > 0 ? (
                <span className="registry__count">{openDisputeCount}</span>
              ) : null
            }
          >
            {t(one === 'checks' && membership.purpose === 'publish' ? 'tabs.consents' : `tabs.${one}`)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
    </Tabs>
  );
}

type MembershipProps = Pick<Parameters<typeof MembershipPanel>[0], 'membership' | 'isJoining' | 'onJoining'>;

function Membership({ membership, isJoining, onJoining }: MembershipProps): JSX.Element {
  const { isMoved } = useAsOf();
  const [, goTo] = useLocation();
  return (
    <MembershipPanel
      membership={membership}
      isOff={isMoved}
      isJoining={isJoining}
      onJoining={onJoining}
      onTab={(next) => goTo(addressOf(next))}
    />
  );
}

type PanelProps = { readonly tab: Exclude<RegistryTab, 'standing'>; readonly search: URLSearchParams };

function Panel({ tab, search }: PanelProps): JSX.Element {
  const { isMoved } = useAsOf();
  const [, goTo] = useLocation();
  const go = (to: RegistryTab, asked: Readonly<Record<string, string>> = {}): void =>
    goTo(addressOf(to, asked), { replace: to === tab });
  const askedId = idIn(search.get('ask'));
  const purpose = search.get('for') === 'TC02' ? 'TC02' : 'TC01';
  switch (tab) {
    case 'publish':
      return (
        <CandidatesPanel
          isOff={isMoved}
          customerId={idIn(search.get('customer'))}
          onAllCustomers={() => go('publish')}
          onAskConsent={(customerId) => go('checks', { ask: String(customerId), for: 'TC02' })}
        />
      );
    case 'published':
      return <PublishedPanel isOff={isMoved} onPublish={() => go('publish')} />;
    case 'disputes':
      return <DisputesPanel isOff={isMoved} />;
    case 'checks':
      return (
        <ChecksPanel
          isOff={isMoved}
          asked={askedId === undefined ? undefined : { customerId: askedId, purpose }}
          isAsking={search.get('ask') === 'new'}
          onAskedDone={() => go('checks')}
        />
      );
  }
}
