import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

/** What the engine calls a file that was never one: cells pasted from a spreadsheet. */
export const PASTED_NAME = 'pasted';

/** Returns what to call the source of an import: its file's name, or that it was pasted. */
export function useFileWords(): (fileName: string) => string {
  const { t } = useTranslation('imports');
  return useCallback((fileName) => (fileName === PASTED_NAME ? t('drop.pasted') : fileName), [t]);
}
