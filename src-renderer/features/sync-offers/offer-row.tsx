import type { ContactOffer } from '#contract/engine/sync.ts';
import { Button } from '@mantine/core';
import { IconMail, IconPhone } from '@tabler/icons-react';
import type { JSX, KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import './offers-panel.css';
import type { Decision } from './use-decisions.ts';

type OfferRowProps = {
  readonly offer: ContactOffer;
  readonly decision: Decision | undefined;
  readonly onDecide: (decision: Decision) => void;
  readonly onUndo: () => void;
};

/** One offer: whose, what, and the two answers; for some seconds the way back stands in their place. */
export function OfferRow({ offer, decision, onDecide, onUndo }: OfferRowProps): JSX.Element {
  const { t } = useTranslation('tally-tie-out');
  const { customerId, customerName: name, field, value } = offer;
  const Icon = field === 'phone' ? IconPhone : IconMail;
  const onKeyDown = (event: KeyboardEvent<HTMLLIElement>): void => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const key = event.key.toLowerCase();
    if (key === 't') onDecide('take');
    else if (key === 'n') onDecide('decline');
    else if (key === 'z' && decision !== undefined) onUndo();
    else if (key === 'arrowdown') focusIn(event.currentTarget.nextElementSibling);
    else if (key === 'arrowup') focusIn(event.currentTarget.previousElementSibling);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    // The keys are a shorter way to the buttons inside.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <li className="offers__row" data-decision={decision} onKeyDown={onKeyDown}>
      <Link href={`/customers/${customerId}`} className="offers__name">
        {name}
      </Link>
      <span className="offers__value">
        <Icon size={15} aria-label={t(`offers.${field}`)} />
        <span className="selectable">{value}</span>
      </span>
      <Answers {...{ offer, decision, onDecide, onUndo }} />
    </li>
  );
}

function Answers({ offer: { customerName: name, value }, ...props }: OfferRowProps): JSX.Element {
  const { decision, onDecide, onUndo } = props;
  const { t } = useTranslation('tally-tie-out');
  const isOpen = decision === undefined;
  return (
    <span className="offers__answers">
      {isOpen ? null : (
        <span role="status">{t(decision === 'take' ? 'offers.taken' : 'offers.declined')}</span>
      )}
      {/* The same button bears the way back, so the focus stays where it is. */}
      <Button
        variant="default"
        size="compact-sm"
        data-answer
        aria-label={isOpen ? t('offers.takeOf', { value, name }) : t('offers.undoOf', { name })}
        onClick={() => (isOpen ? onDecide('take') : onUndo())}
      >
        {t(isOpen ? 'offers.take' : 'offers.undo')}
      </Button>
      {isOpen ? (
        <Button
          variant="subtle"
          size="compact-sm"
          aria-label={t('offers.declineOf', { value, name })}
          onClick={() => onDecide('decline')}
        >
          {t('offers.decline')}
        </Button>
      ) : null}
    </span>
  );
}

function focusIn(row: Element | null): void {
  row?.querySelector<HTMLElement>('[data-answer]')?.focus();
}
