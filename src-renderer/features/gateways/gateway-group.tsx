import type { GatewayKind, GatewayShown } from '#contract/engine/gateways.ts';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { ServedIcon } from './served-icon.tsx';
import { GatewayCard } from './gateway-card.tsx';
import type { ServedGroup } from './gateway-order.ts';
import type { GatewayActions } from './use-gateway-actions.ts';

type GatewayGroupProps = {
  readonly group: ServedGroup;
  readonly kinds: readonly GatewayKind[];
  readonly actions: GatewayActions;
  readonly onChange: (gateway: GatewayShown) => void;
  readonly onTest: (gateway: GatewayShown) => void;
};

/** The gateways of one channel; where there are several, the first that can is used. */
export function GatewayGroup(props: GatewayGroupProps): JSX.Element {
  const { group, kinds, actions, onChange, onTest } = props;
  const { t } = useTranslation('gateways');
  return (
    <section className="gateway-group" aria-labelledby={`gateways-${group.channel}`}>
      <header className="gateway-group__head">
        <ServedIcon channel={group.channel} />
        <h2 id={`gateways-${group.channel}`} className="gateway-group__title">
          {t(`channel.${group.channel}`)}
        </h2>
        {group.gateways.length > 1 ? <span className="gateway-group__note">{t('order')}</span> : null}
      </header>
      <ol className="gateway-group__list">
        {group.gateways.map((gateway, at) => (
          <GatewayCard
            key={gateway.gatewayId}
            gateway={gateway}
            kind={kinds.find((one) => one.kind === gateway.kind)}
            actions={actions}
            onChange={() => onChange(gateway)}
            onTest={() => onTest(gateway)}
            onUp={at === 0 ? undefined : () => actions.move(group.gateways, gateway.gatewayId, -1)}
            onDown={
              at === group.gateways.length - 1
                ? undefined
                : () => actions.move(group.gateways, gateway.gatewayId, 1)
            }
          />
        ))}
      </ol>
    </section>
  );
}
