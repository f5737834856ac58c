import { createContext, useContext } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsOf } from './as-of.tsx';
import { dayWords } from './day-text.tsx';

/** The open company's name: every file that leaves the window bears it. */
const CompanyContext = createContext('');
export const CompanyProvider = CompanyContext.Provider;

export type ExportHead = {
  /** What stands under the title of a file: company, as-of day, and what more there is to say, empty texts left out. */
  readonly lines: (...more: readonly string[]) => readonly string[];
  /** What a file is called before the user says otherwise: what it holds and the day it holds for. */
  readonly nameOf: (what: string) => string;
  /** The word of a totals row. */
  readonly totalWord: string;
};

export function useExportHead(): ExportHead {
  const { t } = useTranslation('kit');
  const company = useContext(CompanyContext);
  const day = dayWords(useAsOf().day);
  return {
    lines: (...more) => [company, t('export.asOf', { day }), ...more].filter((line) => line !== ''),
    nameOf: (what) => t('export.name', { what, day }),
    totalWord: t('table.total'),
  };
}
