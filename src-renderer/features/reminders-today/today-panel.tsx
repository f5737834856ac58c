import { useAsOf } from '#kit/as-of.tsx';
import { currencySign, useCurrency, useMoneyWords } from '#kit/money-text.tsx';
import {
  IconBellRinging,
  IconBrandWhatsapp,
  IconMailForward,
  IconMessageReply,
  IconPhone,
  IconReceipt,
  IconUserQuestion,
  type TablerIcon,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { orpc } from '../../client.ts';
import { paiseOfMicros } from '#kit/micros.ts';
import { todayCards, type TodayCard } from './today-cards.ts';
import './today.css';

const icons = {
  claims: IconReceipt,
  hand: IconBrandWhatsapp,
  replies: IconMessageReply,
  needsYou: IconUserQuestion,
  run: IconBellRinging,
  call: IconPhone,
  print: IconMailForward,
} as const satisfies Record<TodayCard['kind'], TablerIcon>;

/** What to do today, each a press away; nothing at all while there is nothing to do. */
export function TodayPanel(): JSX.Element | null {
  const { t } = useTranslation('replies');
  const { isMoved } = useAsOf();
  const { data: status } = useQuery(orpc.reminders.status.queryOptions());
  const cards = status && !isMoved ? todayCards(status) : [];
  if (cards.length === 0) return null;
  return (
    <nav className="today" aria-label={t('today.title')}>
      {cards.map((card) => (
        <Card key={card.kind} card={card} />
      ))}
    </nav>
  );
}

function Card({ card: { kind, count, href } }: { readonly card: TodayCard }): JSX.Element {
  const { t } = useTranslation('replies');
  const Icon = icons[kind];
  return (
    <Link href={href} className="today__card card">
      <Icon size={20} stroke={1.6} aria-hidden />
      <span className="today__words">
        <span className="today__what">{t(`today.${kind}`, { count })}</span>
        <span className="today__note">{kind === 'run' ? <RunNote /> : t(`today.${kind}Note`)}</span>
      </span>
    </Link>
  );
}

/** What the run would cost, where a price is known. */
function RunNote(): JSX.Element {
  const { t } = useTranslation('replies');
  const sayMoney = useMoneyWords();
  const sign = currencySign(useCurrency());
  const { data: micros = 0 } = useQuery({
    ...orpc.reminders.plan.queryOptions({ input: {} }),
    select: ({ totals }) => totals.costMicros,
  });
  if (micros === 0) return <>{t('today.runNote')}</>;
  return <>{t('today.runCost', { cost: `${sign} ${sayMoney(paiseOfMicros(micros))}` })}</>;
}
