import type { GatewayKind, GatewayShown } from '#contract/engine/gateways.ts';
import { useAsOf } from '#kit/as-of.tsx';
import { Delayed } from '#kit/delayed.tsx';
import { EmptyState } from '#kit/empty-state.tsx';
import { ProblemNote } from '#kit/problem.tsx';
import { useStatusCounts } from '#kit/status.ts';
import { Button, Skeleton } from '@mantine/core';
import { IconAntennaBars5, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { orpc, problemOf } from '../../client.ts';
import { FormDrawer } from './form-drawer.tsx';
import { GatewayGroup } from './gateway-group.tsx';
import { groupsOf } from './gateway-order.ts';
import './gateways.css';
import { KindPicker } from './kind-picker.tsx';
import { TestDrawer } from './test-drawer.tsx';
import { useGatewayActions } from './use-gateway-actions.ts';

/** What stands over the list. */
type Opened =
  | { readonly what: 'kinds' }
  | { readonly what: 'form'; readonly kind: GatewayKind; readonly gateway?: GatewayShown }
  | { readonly what: 'test'; readonly gatewayId: number };

/** The owner's own ways to send: how each of them is, in the order of their use; to add, change and try out. */
export function GatewaysPanel(): JSX.Element {
  const { t } = useTranslation('gateways');
  const [opened, setOpened] = useState<Opened>();
  const { data: gateways, error, refetch } = useQuery(orpc.gateways.list.queryOptions());
  const { data: kinds } = useQuery(orpc.gateways.kinds.queryOptions());
  useStatusCounts(gateways ? t('counts', { count: gateways.length }) : '');
  const add = <AddButton isReady={kinds !== undefined} onAdd={() => setOpened({ what: 'kinds' })} />;
  const close = (): void => setOpened(undefined);
  const change = (gateway: GatewayShown): void => {
    const kind = kinds?.find((one) => one.kind === gateway.kind);
    if (kind) setOpened({ what: 'form', kind, gateway });
  };
  return (
    <div className="gateways">
      {error ? <ProblemNote problem={problemOf(error)} onRetry={() => void refetch()} /> : null}
      {gateways === undefined && !error ? <Loading /> : null}
      {gateways?.length === 0 ? (
        <EmptyState
          icon={<IconAntennaBars5 size={36} stroke={1.3} />}
          title={t('empty.title')}
          next={t('empty.next')}
          actions={add}
        />
      ) : null}
      {gateways !== undefined && gateways.length > 0 ? (
        <GatewayList
          gateways={gateways}
          kinds={kinds ?? []}
          add={add}
          onChange={change}
          onTest={({ gatewayId }) => setOpened({ what: 'test', gatewayId })}
        />
      ) : null}
      <KindPicker
        kinds={opened?.what === 'kinds' ? kinds : undefined}
        onPick={(kind) => setOpened({ what: 'form', kind })}
        onClose={close}
      />
      <FormDrawer
        wish={opened?.what === 'form' ? opened : undefined}
        gateways={gateways ?? []}
        onSaved={(gatewayId) => setOpened({ what: 'test', gatewayId })}
        onClose={close}
      />
      <TestDrawer
        gateway={
          opened?.what === 'test' ? gateways?.find((one) => one.gatewayId === opened.gatewayId) : undefined
        }
        onChange={change}
        onClose={close}
      />
    </div>
  );
}

type AddButtonProps = { readonly isReady: boolean; readonly onAdd: () => void };

function AddButton({ isReady, onAdd }: AddButtonProps): JSX.Element {
  const { t } = useTranslation('gateways');
  const { isMoved } = useAsOf();
  return (
    <Button leftSection={<IconPlus size={16} aria-hidden />} disabled={!isReady || isMoved} onClick={onAdd}>
      {t('add')}
    </Button>
  );
}

type GatewayListProps = {
  readonly gateways: readonly GatewayShown[];
  readonly kinds: readonly GatewayKind[];
  readonly add: JSX.Element;
  readonly onChange: (gateway: GatewayShown) => void;
  readonly onTest: (gateway: GatewayShown) => void;
};

function GatewayList({ gateways, kinds, add, onChange, onTest }: GatewayListProps): JSX.Element {
  const { t } = useTranslation('gateways');
  const actions = useGatewayActions();
  return (
    <>
      <div className="gateways__head">
        <p className="gateways__note">{t('note')}</p>
        {add}
      </div>
      {groupsOf(gateways).map((group) => (
        <GatewayGroup
          key={group.channel}
          group={group}
          kinds={kinds}
          actions={actions}
          onChange={onChange}
          onTest={onTest}
        />
      ))}
    </>
  );
}

function Loading(): JSX.Element {
  return (
    <Delayed>
      <Skeleton height={96} />
      <Skeleton height={96} />
    </Delayed>
  );
}
