import { useTranslation } from 'react-i18next';
import type { Say } from './cadence-words.ts';

/** The window's words, as the sentences of a cadence ask for them. */
export function useSay(): Say {
  const { t } = useTranslation(['cadences', 'reminders']);
  return (key, values = {}) => t(key, values);
}
