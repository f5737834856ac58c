import type { ContactOffer } from '#contract/engine/sync.ts';
import { Section } from '#kit/page.tsx';
import { ProblemNote } from '#kit/problem.tsx';
import { useTellProblem } from '#kit/undo.tsx';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { client, orpc, problemOf } from '../../client.ts';
import { OfferRow } from './offer-row.tsx';
import './offers-panel.css';
import { useDecisions, type Decision, type Decisions } from './use-decisions.ts';

const AT_FIRST = 20;
const MORE_AT_ONCE = 50;

/** Phones and emails that stand in address lines, offered for the customers whose own field is empty. */
export function OffersPanel(): JSX.Element | null {
  const { t } = useTranslation('tally-tie-out');
  const { data, error, refetch } = useQuery(orpc.sync.offers.queryOptions());
  const tellProblem = useTellProblem(problemOf);
  const decisions = useDecisions(carryOut, tellProblem);
  const [shownMost, setShownMost] = useState(AT_FIRST);
  if (error) return <ProblemNote problem={problemOf(error)} onRetry={() => void refetch()} />;
  if (!data || data.length === 0) return null;
  const shown = data.slice(0, shownMost);
  const left = data.length - shown.length;
  return (
    <Section title={t('offers.title')} aside={t('offers.aside', { count: data.length })} className="offers">
      <p className="offers__hint">{t('offers.hint')}</p>
      <Offers offers={shown} decisions={decisions} />
      <div className="offers__foot">
        <BulkButtons offers={shown} decisions={decisions} />
        {left > 0 ? (
          <Button variant="subtle" onClick={() => setShownMost((was) => was + MORE_AT_ONCE)}>
            {t('offers.more', { count: Math.min(left, MORE_AT_ONCE) })}
          </Button>
        ) : null}
        <span className="offers__keys">{t('offers.keys')}</span>
      </div>
    </Section>
  );
}

function carryOut(offerId: number, decision: Decision): Promise<unknown> {
  return decision === 'take' ? client.sync.takeOffer({ offerId }) : client.sync.declineOffer({ offerId });
}

type OffersProps = { readonly offers: readonly ContactOffer[]; readonly decisions: Decisions };

function Offers({ offers, decisions }: OffersProps): JSX.Element {
  return (
    <ul className="offers__list">
      {offers.map((offer) => (
        <OfferRow
          key={offer.offerId}
          offer={offer}
          decision={decisions.of(offer.offerId)}
          onDecide={(decision) => decisions.decide([offer.offerId], decision)}
          onUndo={() => decisions.undo([offer.offerId])}
        />
      ))}
    </ul>
  );
}

function BulkButtons({ offers, decisions }: OffersProps): JSX.Element {
  const { t } = useTranslation('tally-tie-out');
  const open = offers.filter(({ offerId }) => decisions.of(offerId) === undefined);
  return (
    <>
      <Button
        variant="default"
        disabled={open.length === 0}
        onClick={() =>
          decisions.decide(
            open.map(({ offerId }) => offerId),
            'take',
          )
        }
      >
        {t('offers.takeAll', { count: open.length })}
      </Button>
      {decisions.count > 1 ? (
        <Button variant="default" onClick={() => decisions.undo()}>
          {t('offers.undoAll')}
        </Button>
      ) : null}
    </>
  );
}
