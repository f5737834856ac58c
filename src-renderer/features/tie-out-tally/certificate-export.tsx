import type { TieOut, TieOutParty } from '#contract/engine/sync.ts';
import { dayWords } from '#kit/day-text.tsx';
import { tableFromColumns } from '#kit/export-columns.ts';
import { useExportHead } from '#kit/export-head.ts';
import { ExportMenu } from '#kit/export-menu.tsx';
import { useCurrency } from '#kit/money-text.tsx';
import type { JSX, RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { writeTable } from '../../client.ts';
import { useStatement } from './certificate-head.tsx';
import { usePartyColumns } from './party-columns.tsx';

type CertificateExportProps = {
  readonly tieOut: TieOut;
  /** The parties as the screen shows them, in their order. */
  readonly shownRef: RefObject<readonly TieOutParty[]>;
};

/** The parties of the certificate in a file. They hold for Tally's day, whatever day the window shows. */
export function CertificateExport({ tieOut, shownRef }: CertificateExportProps): JSX.Element {
  const { t } = useTranslation(['tally-tie-out', 'kit']);
  const currency = useCurrency();
  const columns = usePartyColumns('');
  const statement = useStatement(tieOut);
  const { totalWord } = useExportHead();
  const day = dayWords(tieOut.asOf);
  return (
    <ExportMenu
      name={t('kit:export.name', { what: t('title'), day })}
      makeTable={() =>
        tableFromColumns({
          title: t('title'),
          lines: [tieOut.companyName, t('kit:export.asOf', { day }), statement],
          columns: columns(shownRef.current),
          rows: shownRef.current,
          currency,
          totalWord,
        })
      }
      onWrite={writeTable}
    />
  );
}
