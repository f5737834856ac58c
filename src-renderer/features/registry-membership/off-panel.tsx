import type { Membership } from '#contract/engine/registry.ts';
import { Section } from '#kit/page.tsx';
import { Button } from '@mantine/core';
import { IconCheck, IconLock, IconSend2 } from '@tabler/icons-react';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import './registry-membership.css';

const whats = ['publish', 'debtor', 'check', 'never'] as const;
const leaves = ['join', 'tokens', 'dues', 'contact', 'proof'] as const;
const stays = ['names', 'numbers', 'goods', 'others', 'ledger', 'keys'] as const;

type OffPanelProps = {
  readonly membership: Membership;
  /** Another day is looked at: nothing may be written. */
  readonly isOff: boolean;
  readonly onJoin: () => void;
};

/** What a registry is, what leaves this machine if one joins, and what never does. Nothing is asked of any network. */
export function OffPanel({ membership, isOff, onJoin }: OffPanelProps): JSX.Element {
  const { t } = useTranslation('registry');
  const { status, registryName } = membership;
  return (
    <div className="registry-off">
      {status === 'left' ? (
        <p className="registry-off__left card" role="status">
          {t('off.left', { name: registryName ?? '' })}
        </p>
      ) : null}
      <Section title={t('off.title')} className="registry-off__what">
        <p className="registry-off__lead">{t('off.lead')}</p>
        <ol className="registry-off__steps">
          {whats.map((one) => (
            <li key={one}>
              <strong>{t(`off.what.${one}.title`)}</strong> {t(`off.what.${one}.text`)}
            </li>
          ))}
        </ol>
        <div className="registry-off__foot">
          <Button onClick={onJoin} disabled={isOff}>
            {t(status === 'applied' ? 'off.goOn' : 'off.join')}
          </Button>
          <span className="registry-off__soft">{t('off.ignore')}</span>
        </div>
      </Section>
      <Section
        title={
          <span className="registry-off__heading">
            <IconSend2 size={17} aria-hidden />
            {t('off.leaves.title')}
          </span>
        }
      >
        <ul className="registry-off__list">
          {leaves.map((one) => (
            <li key={one}>
              <IconCheck size={15} aria-hidden />
              <span>{t(`off.leaves.${one}`)}</span>
            </li>
          ))}
        </ul>
      </Section>
      <Section
        title={
          <span className="registry-off__heading">
            <IconLock size={17} aria-hidden />
            {t('off.stays.title')}
          </span>
        }
      >
        <ul className="registry-off__list">
          {stays.map((one) => (
            <li key={one}>
              <IconLock size={15} aria-hidden />
              <span>{t(`off.stays.${one}`)}</span>
            </li>
          ))}
        </ul>
      </Section>
    </div>
  );
}
