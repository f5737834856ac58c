import type { GatewayShown } from '#contract/engine/gateways.ts';
import { AgoText } from '#kit/ago-text.tsx';
import type { JSX, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { priceWords, withGst } from './price.ts';

/** Sent today of what may be sent, price, balance, when it was tried out. */
export function GatewayFacts({ gateway }: { readonly gateway: GatewayShown }): JSX.Element {
  const { t } = useTranslation('gateways');
  const { channel, perDay, sentTodayCount, pricePerPartMicros, gstBps, balance, testedAt } = gateway;
  return (
    <dl className="gateway__facts">
      {channel === 'payment' ? null : (
        <Fact label={t('fact.today')}>
          <Today count={sentTodayCount} most={perDay} />
        </Fact>
      )}
      {channel === 'payment' || (pricePerPartMicros ?? 0) === 0 ? null : (
        <Fact label={t('fact.price')}>₹ {priceWords(withGst(pricePerPartMicros ?? 0, gstBps))}</Fact>
      )}
      {balance === null ? null : <Fact label={t('fact.balance')}>{balance}</Fact>}
      <Fact label={t('fact.tested')}>{testedAt === null ? t('fact.never') : <AgoText at={testedAt} />}</Fact>
    </dl>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }): JSX.Element {
  return (
    <div className="gateway__fact">
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

type TodayProps = { readonly count: number; readonly most: number | null };

/** '12 of 300', with a bar of how much of the day's limit is used. */
function Today({ count, most }: TodayProps): JSX.Element {
  const { t } = useTranslation('gateways');
  if (most === null) return <>{t('fact.sent', { count })}</>;
  const share = Math.min(100, (count * 100) / most);
  return (
    <>
      {t('fact.sentOf', { sent: count, most })}
      <span className="gateway__limit" aria-hidden>
        <span className="gateway__used" style={{ width: `${share}%` }} />
      </span>
    </>
  );
}
