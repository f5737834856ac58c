import type { GatewayKind, GatewayShown } from '#contract/engine/gateways.ts';
import { Drawer } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { orpc } from '../../client.ts';
import { useBilingual } from './bilingual.ts';
import { GatewayForm } from './gateway-form.tsx';

type FormDrawerProps = {
  /** undefined while it is closed; without a gateway a new one is made. */
  readonly wish: { readonly kind: GatewayKind; readonly gateway?: GatewayShown } | undefined;
  readonly gateways: readonly GatewayShown[];
  readonly onSaved: (gatewayId: number) => void;
  readonly onClose: () => void;
};

/** Sets a gateway up, or changes it. */
export function FormDrawer({ wish, gateways, onSaved, onClose }: FormDrawerProps): JSX.Element {
  const { t } = useTranslation('gateways');
  const say = useBilingual();
  const { data: business, isPending } = useQuery(orpc.business.get.queryOptions());
  const title = wish ? t(wish.gateway ? 'form.change' : 'form.new', { name: say(wish.kind.name) }) : ' ';
  return (
    <Drawer
      opened={wish !== undefined}
      onClose={onClose}
      position="right"
      size="min(560px, 94vw)"
      title={title}
      closeButtonProps={{ 'aria-label': t('close') }}
      attributes={{ header: { role: 'none' } }}
      transitionProps={{ duration: 120 }}
    >
      {wish && !isPending ? (
        <GatewayForm
          key={`${wish.kind.kind} ${wish.gateway?.gatewayId ?? 'new'}`}
          kind={wish.kind}
          gateway={wish.gateway}
          gateways={gateways}
          businessName={business?.name ?? ''}
          onSaved={onSaved}
          onClose={onClose}
        />
      ) : null}
    </Drawer>
  );
}
