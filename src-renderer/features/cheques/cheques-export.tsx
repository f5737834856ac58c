import type { Cheque } from '#contract/engine/receipts.ts';
import { tableFromColumns } from '#kit/export-columns.ts';
import { useExportHead } from '#kit/export-head.ts';
import { ExportMenu } from '#kit/export-menu.tsx';
import { useCurrency } from '#kit/money-text.tsx';
import type { JSX, RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { writeTable } from '../../client.ts';
import { useChequeColumns } from './cheque-columns.tsx';

type ChequesExportProps = {
  /** The rows as the register shows them, in their order. */
  readonly shownRef: RefObject<readonly Cheque[]>;
  readonly disabled: boolean;
};

/** The register of post-dated cheques in a file. */
export function ChequesExport({ shownRef, disabled }: ChequesExportProps): JSX.Element {
  const { t } = useTranslation('cheques');
  const head = useExportHead();
  const currency = useCurrency();
  const columns = useChequeColumns('', undefined);
  return (
    <ExportMenu
      name={head.nameOf(t('title'))}
      makeTable={() =>
        tableFromColumns({
          title: t('title'),
          lines: head.lines(),
          columns: columns(shownRef.current),
          rows: shownRef.current,
          currency,
          totalWord: head.totalWord,
        })
      }
      onWrite={writeTable}
      disabled={disabled}
    />
  );
}
