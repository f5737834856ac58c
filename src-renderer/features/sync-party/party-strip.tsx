import type { PartyState } from '#contract/engine/sync.ts';
import { AgoText } from '#kit/ago-text.tsx';
import { useMoneyWords } from '#kit/money-text.tsx';
import { useTellProblem } from '#kit/undo.tsx';
import { Button } from '@mantine/core';
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { orpc, problemOf } from '../../client.ts';
import { partyChanges, type PartyChanges } from './party-changes.ts';
import './party-strip.css';

type PartyStripProps = { readonly customerId: number; readonly isReadOnly: boolean };

/** What Tally says of this customer and how old that is; nothing for one that is not from Tally. */
export function PartyStrip({ customerId, isReadOnly }: PartyStripProps): JSX.Element | null {
  const { t } = useTranslation('tally-tie-out');
  const { party, changes, isBusy, refresh } = useParty(customerId);
  if (!party) return null;
  return (
    <section className="card party-strip" aria-label={t('strip.label')} data-testid="party-strip">
      <div className="party-strip__line">
        <PartyFigures party={party} />
        <Button
          variant="default"
          size="compact-sm"
          disabled={isReadOnly}
          loading={isBusy}
          leftSection={<IconRefresh size={15} aria-hidden />}
          onClick={refresh}
        >
          {t('strip.refresh')}
        </Button>
        {party.tiesOut ? null : (
          <span className="party-strip__differs">
            <IconAlertTriangle size={16} aria-hidden />
            {t('strip.differs')} <Link href="/tally/tie-out">{t('strip.why')}</Link>
          </span>
        )}
      </div>
      <div role="status">{changes ? <ChangesText changes={changes} /> : null}</div>
    </section>
  );
}

type Party = {
  readonly party: PartyState | null | undefined;
  /** Of the last reading on this page; undefined before there was one. */
  readonly changes: PartyChanges | undefined;
  readonly isBusy: boolean;
  readonly refresh: () => void;
};

function useParty(customerId: number): Party {
  const wish = orpc.sync.party.queryOptions({ input: { customerId }, placeholderData: undefined });
  const { data: party } = useQuery(wish);
  const cache = useQueryClient();
  const tellProblem = useTellProblem(problemOf);
  const [changes, setChanges] = useState<PartyChanges>();
  const { mutate, isPending } = useMutation(
    orpc.sync.refreshParty.mutationOptions({
      onSuccess: (after) => {
        setChanges(partyChanges(party ?? null, after));
        cache.setQueryData(wish.queryKey, after);
      },
      onError: tellProblem,
    }),
  );
  return { party, changes, isBusy: isPending, refresh: () => mutate({ customerId }) };
}

function PartyFigures({ party }: { readonly party: PartyState }): JSX.Element {
  const { t } = useTranslation('tally-tie-out');
  const saySides = useSides();
  return (
    <span>
      <strong>{t('strip.tally')}</strong> {t('strip.closing')}{' '}
      <span className="money">{saySides(party.tallyPaise)}</span>
      {party.onAccountPaise === 0 ? null : (
        <>
          {' · '}
          {t('strip.onAccount')} <span className="money">{saySides(party.onAccountPaise)}</span>
        </>
      )}
      {party.isBillWise ? null : ` · ${t('strip.notBillWise')}`}
      {' · '}
      <span className="party-strip__age">
        {t('strip.read')} <AgoText at={party.readAt} />
      </span>
    </span>
  );
}

/** Returns how to write a balance as Tally does: what a customer owes is a debit. */
function useSides(): (paise: number) => string {
  const { t } = useTranslation('tally-tie-out');
  const sayMoney = useMoneyWords();
  return (paise) => {
    const amount = sayMoney(Math.abs(paise));
    if (paise === 0) return amount;
    return t(paise > 0 ? 'strip.debit' : 'strip.credit', { amount });
  };
}

const REFS_TOLD = 3;

function ChangesText({ changes }: { readonly changes: PartyChanges }): JSX.Element {
  const { t } = useTranslation('tally-tie-out');
  const saySides = useSides();
  const { closing } = changes;
  const refsOf = (all: readonly string[]): string => {
    const refs = all.slice(0, REFS_TOLD).join(', ');
    return all.length > REFS_TOLD ? t('strip.andMore', { refs, count: all.length - REFS_TOLD }) : refs;
  };
  const bills = (['newBills', 'closedBills', 'movedBills'] as const).flatMap((kind) => {
    const all = changes[kind];
    return all.length === 0 ? [] : [t(`strip.${kind}`, { count: all.length, refs: refsOf(all) })];
  });
  const said = [
    ...(closing === null
      ? []
      : [
          t('strip.closingMoved', {
            before: saySides(closing.beforePaise),
            after: saySides(closing.afterPaise),
          }),
        ]),
    ...bills,
  ];
  return <p className="party-strip__changes">{said.length === 0 ? t('strip.same') : said.join(' ')}</p>;
}
