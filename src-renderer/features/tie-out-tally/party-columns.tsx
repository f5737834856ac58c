import type { TieOutParty } from '#contract/engine/sync.ts';
import { sumOf, type Paise } from '#domain/money.ts';
import type { Column } from '#kit/data-table.tsx';
import { MoneyText } from '#kit/money-text.tsx';
import { IconExternalLink } from '@tabler/icons-react';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useCauseWords } from './cause-text.tsx';

const amounts = [
  ['tally', (party) => party.tallyPaise],
  ['bills', (party) => party.billsPaise],
  ['onAccount', (party) => party.onAccountPaise],
  ['baaki', (party) => party.baakiPaise],
  ['difference', (party) => party.differencePaise],
] as const satisfies readonly (readonly [string, (party: TieOutParty) => Paise])[];

/** The sum of all parties is a figure longer than any party's own. */
const WIDE: ReadonlySet<string> = new Set(['tally', 'bills', 'baaki']);

type ColumnsOf = (shown: readonly TieOutParty[]) => readonly Column<TieOutParty>[];

/** The columns of the certificate; those of a file are asked with the rows that stand in it, for their totals. */
export function usePartyColumns(sign: string): ColumnsOf {
  const { t } = useTranslation('tally-tie-out');
  const { ofParty } = useCauseWords();
  const name = useMemo(
    (): Column<TieOutParty> => ({
      key: 'party',
      header: t('column.party'),
      width: 176,
      grow: 3,
      opens: true,
      sortBy: (party) => party.name,
      cell: (party) => party.name,
      export: { kind: 'text', value: (party) => party.name },
    }),
    [t],
  );
  const causes = useMemo(
    (): Column<TieOutParty> => ({
      key: 'causes',
      header: t('column.causes'),
      width: 160,
      grow: 4,
      sortBy: ofParty,
      cell: (party) => {
        const words = ofParty(party);
        return <span title={words}>{words}</span>;
      },
      export: { kind: 'text', value: ofParty },
    }),
    [t, ofParty],
  );
  const customer = useMemo(() => customerColumn((key) => t(key)), [t]);
  return useCallback(
    (shown) => [name, ...amountColumns((key) => t(`column.${key}`, { sign }), shown), causes, customer],
    [t, sign, name, causes, customer],
  );
}

function amountColumns(
  header: (key: string) => string,
  shown: readonly TieOutParty[],
): readonly Column<TieOutParty>[] {
  return amounts.map(([key, of]) => ({
    key,
    header: header(key),
    width: WIDE.has(key) ? 140 : 122,
    align: 'end',
    // A difference is large either way.
    sortBy: (party) => (key === 'difference' ? Math.abs(of(party)) : of(party)),
    sortFirst: 'desc',
    cell: (party) => <MoneyText paise={of(party)} />,
    sum: (parties) => <MoneyText paise={sumOf(parties, of)} />,
    export: { kind: 'money', value: of, total: sumOf(shown, of) },
  }));
}

function customerColumn(t: (key: string) => string): Column<TieOutParty> {
  return {
    key: 'customer',
    header: '',
    title: t('column.open'),
    align: 'end',
    width: 44,
    cell: ({ customerId, name }) =>
      customerId === null ? null : (
        <Link
          className="tally-tie__link"
          href={`/customers/${customerId}`}
          aria-label={`${t('column.open')}: ${name}`}
        >
          <IconExternalLink size={15} aria-hidden />
        </Link>
      ),
  };
}
