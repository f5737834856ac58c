import type { Claim } from '#contract/engine/replies.ts';
import { AgoText } from '#kit/ago-text.tsx';
import type { Column } from '#kit/data-table.tsx';
import { currencySign, MoneyText, useCurrency } from '#kit/money-text.tsx';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { orpc } from '../../client.ts';
import { instantWords } from '#kit/instant-text.ts';

/** Who says that he has paid what, how he said it, and what became of it. */
export function useClaimColumns(isOpenOnly: boolean, activeId: number | undefined): readonly Column<Claim>[] {
  const { t, i18n } = useTranslation('replies');
  const { data: book } = useQuery(orpc.books.current.queryOptions());
  const zone = book?.timeZone;
  const sign = currencySign(useCurrency());
  return useMemo(() => {
    const columns: readonly Column<Claim>[] = [
      {
        key: 'customer',
        header: t('claims.column.customer'),
        width: 170,
        grow: 2,
        sortBy: (claim) => claim.customerName,
        cell: (claim) => (
          <span
            title={claim.customerName}
            className={claim.claimId === activeId ? 'claims__now' : undefined}
            aria-current={claim.claimId === activeId}
          >
            {claim.customerName}
          </span>
        ),
      },
      {
        key: 'source',
        header: t('claims.column.source'),
        width: 130,
        grow: 1,
        sortBy: (claim) => claim.source,
        cell: (claim) => t(`claims.source.${claim.source}`),
      },
      {
        key: 'when',
        header: t('claims.column.when'),
        width: 105,
        sortBy: (claim) => claim.at,
        sortFirst: 'desc',
        cell: (claim) => (
          <span title={instantWords(claim.at, { zone })}>
            <AgoText at={claim.at} />
          </span>
        ),
      },
      {
        key: 'amount',
        header: t('claims.column.amount', { sign }),
        align: 'end',
        width: 120,
        sortBy: (claim) => claim.amountPaise,
        cell: (claim) => (claim.amountPaise === null ? '–' : <MoneyText paise={claim.amountPaise} />),
      },
      {
        key: 'state',
        header: t('claims.column.state'),
        width: 110,
        sortBy: (claim) => claim.state,
        cell: (claim) => t(`claims.state.${claim.state}`),
      },
    ];
    return isOpenOnly ? columns.filter(({ key }) => key !== 'state') : columns;
    // The words change with the language.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [t, i18n.language, zone, sign, isOpenOnly, activeId]);
}
