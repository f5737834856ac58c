import type { TallyFailureShown } from '#contract/engine/sync.ts';
import { useTranslation } from 'react-i18next';

export type FailureWords = {
  /** What is the matter. */
  readonly title: string;
  /** What to do next. */
  readonly next: string;
};

type Where = { readonly company?: string; readonly host?: string; readonly port?: number };

/** Returns how to say what stands between us and a Tally, and the next step, in the window's language. */
export function useFailureWords(): (failure: TallyFailureShown, where?: Where) => FailureWords {
  const { t } = useTranslation('sync');
  return ({ code, values }, where = {}) => {
    const company = where.company ?? '';
    const said = { ...values, ...where, company: company === '' ? t('failure.ourCompany') : company };
    return { title: t(`failure.${code}.title`, said), next: t(`failure.${code}.next`, said) };
  };
}
