import type { GatewayKind } from '#contract/engine/gateways.ts';
import { Modal, UnstyledButton } from '@mantine/core';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useBilingual } from './bilingual.ts';
import { ServedIcon } from './served-icon.tsx';
import { kindsInOrder, needOf, type Need } from './gateway-order.ts';

type KindPickerProps = {
  /** undefined while it is closed. */
  readonly kinds: readonly GatewayKind[] | undefined;
  readonly onPick: (kind: GatewayKind) => void;
  readonly onClose: () => void;
};

const needs: readonly Need[] = ['free', 'in-house', 'account'];

/** Every kind of gateway as a card: first what needs nothing but what is there, then what needs an account. */
export function KindPicker({ kinds, onPick, onClose }: KindPickerProps): JSX.Element {
  const { t } = useTranslation('gateways');
  return (
    <Modal
      opened={kinds !== undefined}
      onClose={onClose}
      title={t('picker.title')}
      size="min(1040px, 94vw)"
      closeButtonProps={{ 'aria-label': t('close') }}
      transitionProps={{ duration: 0 }}
    >
      {needs.map((need) => {
        const fitting = kindsInOrder(kinds ?? []).filter((kind) => needOf(kind) === need);
        return fitting.length === 0 ? null : (
          <section key={need} className="kinds" aria-labelledby={`kinds-${need}`}>
            <h2 id={`kinds-${need}`} className="kinds__title">
              {t(`picker.${need}`)}
            </h2>
            <div className="kinds__cards">
              {fitting.map((kind) => (
                <KindCard key={kind.kind} kind={kind} onPick={() => onPick(kind)} />
              ))}
            </div>
          </section>
        );
      })}
    </Modal>
  );
}

type KindCardProps = { readonly kind: GatewayKind; readonly onPick: () => void };

function KindCard({ kind, onPick }: KindCardProps): JSX.Element {
  const { t } = useTranslation('gateways');
  const say = useBilingual();
  return (
    <UnstyledButton className="card kind" onClick={onPick}>
      <span className="kind__head">
        <ServedIcon channel={kind.channel} />
        <span className="kind__name">{say(kind.name)}</span>
        <span className="kind__channel">{t(`channel.${kind.channel}`)}</span>
      </span>
      <span className="kind__about">{say(kind.about)}</span>
    </UnstyledButton>
  );
}
