import type { GatewayKind, GatewayShown } from '#contract/engine/gateways.ts';
import { AgoText } from '#kit/ago-text.tsx';
import { useAsOf } from '#kit/as-of.tsx';
import { Button } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useBilingual } from './bilingual.ts';
import { GatewayFacts } from './gateway-facts.tsx';
import { LightMark } from './gateway-light.tsx';
import { GatewayMenu } from './gateway-menu.tsx';
import type { GatewayActions } from './use-gateway-actions.ts';

export type GatewayCardProps = {
  readonly gateway: GatewayShown;
  /** undefined while the kinds are loading, or for one that this version does not know. */
  readonly kind: GatewayKind | undefined;
  readonly actions: GatewayActions;
  readonly onChange: () => void;
  readonly onTest: () => void;
  /** Left out for the first. */
  readonly onUp: (() => void) | undefined;
  /** Left out for the last. */
  readonly onDown: (() => void) | undefined;
};

/** One gateway: how it is, what to do about it, and what left through it today. */
export function GatewayCard(props: GatewayCardProps): JSX.Element {
  const { gateway, kind, onTest } = props;
  const { t } = useTranslation('gateways');
  const { isMoved } = useAsOf();
  const say = useBilingual();
  const kindName = kind ? say(kind.name) : gateway.kind;
  return (
    <li className={`card gateway${gateway.isOn ? '' : ' gateway--off'}`}>
      <div className="gateway__names">
        <span className="gateway__name" title={gateway.name}>
          {gateway.name}
        </span>
        {kindName === gateway.name ? null : <span className="gateway__kind">{kindName}</span>}
      </div>
      <LightMark light={gateway.light} />
      <div className="gateway__buttons">
        <Button
          variant="default"
          disabled={isMoved}
          aria-label={t('testOf', { name: gateway.name })}
          onClick={onTest}
        >
          {t('test')}
        </Button>
        <GatewayMenu {...props} isOff={isMoved} />
      </div>
      <GatewayFacts gateway={gateway} />
      <Trouble {...props} isOff={isMoved} />
    </li>
  );
}

type TroubleProps = GatewayCardProps & { readonly isOff: boolean };

/** Why it does not send, or not to everybody, and what to do next. Nothing for one that is well. */
function Trouble({ gateway, actions, onChange, isOff }: TroubleProps): JSX.Element | null {
  const { t } = useTranslation('gateways');
  if (gateway.light === 'paused' && gateway.pause) {
    return <Paused gateway={gateway} pause={gateway.pause} actions={actions} isOff={isOff} />;
  }
  if (gateway.light === 'no-secrets') {
    return (
      <div className="gateway__trouble">
        <p>{t('next.no-secrets')}</p>
        <Button size="compact-sm" variant="default" disabled={isOff} onClick={onChange}>
          {t('change')}
        </Button>
      </div>
    );
  }
  const isHeldBack = gateway.channel !== 'payment' && gateway.isOn && !gateway.hasReachedOwner;
  const said =
    gateway.light === 'off' || gateway.light === 'failing' || gateway.light === 'never-tested'
      ? gateway.light
      : isHeldBack
        ? 'owner'
        : null;
  if (said === null) return null;
  return (
    <div className="gateway__trouble">
      <p>{t(`next.${said === 'never-tested' && isHeldBack ? 'owner' : said}`)}</p>
    </div>
  );
}

type PausedProps = Pick<TroubleProps, 'gateway' | 'actions' | 'isOff'> & {
  readonly pause: NonNullable<GatewayShown['pause']>;
};

function Paused({ gateway, pause, actions, isOff }: PausedProps): JSX.Element {
  const { t } = useTranslation('gateways');
  const { heldCount, errorClass, detail, code } = pause;
  return (
    <div className="gateway__trouble gateway__trouble--paused">
      <p>
        {t(`pause.${errorClass ?? 'unknown'}`)}{' '}
        <span className="gateway__since">
          (<AgoText at={pause.at} />)
        </span>
        {detail === '' && code === '' ? null : (
          <span className="gateway__vendor selectable">
            {t('pause.said')} {[code, detail].filter((part) => part !== '').join(' · ')}
          </span>
        )}
      </p>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconPlayerPlay size={14} aria-hidden />}
        disabled={isOff || actions.isBusy}
        onClick={() => actions.resume(gateway)}
      >
        {heldCount === 0 ? t('resume') : t('resumeHeld', { count: heldCount })}
      </Button>
    </div>
  );
}
