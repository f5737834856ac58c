import type { Membership } from '#contract/engine/registry.ts';
import { AgoText } from '#kit/ago-text.tsx';
import { instantWords } from '#kit/instant-text.ts';
import { UnstyledButton } from '@mantine/core';
import type { JSX, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

type StandingFactsProps = {
  readonly membership: Membership;
  readonly onTab: (tab: string) => void;
  /** Undefined where nothing may be written. */
  readonly onRejoin: (() => void) | undefined;
};

/** What is known of the membership, with its days. */
export function StandingFacts({ membership, onTab, onRejoin }: StandingFactsProps): JSX.Element {
  const { t } = useTranslation('registry');
  const { legalName, memberId, deviceId, purpose, joinedAt, nextSyncAt, log, openDisputeCount } = membership;
  return (
    <dl className="standing__facts">
      <Fact name={t('standing.who')}>{legalName ?? '–'}</Fact>
      <Fact name={t('join.purpose')}>
        {purpose === null ? '–' : t(`purpose.${purpose}`)}{' '}
        {purpose === 'both' || onRejoin === undefined ? null : (
          <UnstyledButton className="standing__press" onClick={onRejoin}>
            {t('standing.change')}
          </UnstyledButton>
        )}
      </Fact>
      <Fact name={t('standing.number')}>
        {memberId ?? '–'} {deviceId === null ? null : <span className="standing__soft">/ {deviceId}</span>}
      </Fact>
      <Fact name={t('standing.joined')}>{joinedAt === null ? '–' : instantWords(joinedAt)}</Fact>
      <Fact name={t('standing.next')}>
        {nextSyncAt === null ? t('standing.nextAsked') : instantWords(nextSyncAt)}
      </Fact>
      <Fact name={t('standing.disputes')}>
        {openDisputeCount === 0 ? (
          t('standing.noDisputes')
        ) : (
          <UnstyledButton className="standing__press" onClick={() => onTab('disputes')}>
            {t('standing.someDisputes', { count: openDisputeCount })}
          </UnstyledButton>
        )}
      </Fact>
      <Fact name={t('standing.log')} isWide>
        {log === null ? (
          t('standing.noLog')
        ) : (
          <>
            {t('standing.logGood', { count: log.size })} <AgoText at={log.checkedAt} /> ·{' '}
            <span className="standing__soft">{t('standing.logNote', { origin: log.origin })}</span>
          </>
        )}
      </Fact>
    </dl>
  );
}

type FactProps = { readonly name: string; readonly isWide?: boolean; readonly children: ReactNode };

function Fact({ name, isWide = false, children }: FactProps): JSX.Element {
  return (
    <div className={isWide ? 'standing__wide' : ''}>
      <dt>{name}</dt>
      <dd className="selectable">{children}</dd>
    </div>
  );
}
