import { useRefusalWords } from '#kit/problem.tsx';
import { useTranslation } from 'react-i18next';
import type { JoinFaults } from './join-values.ts';

/** Returns how to say what is wrong with a field: in the form's own words, or in those of the rule. */
export function useFaultWords(): (fault: JoinFaults[keyof JoinFaults]) => string | undefined {
  const { t } = useTranslation('registry');
  const sayRefusal = useRefusalWords();
  return (fault) => {
    if (fault === undefined) return undefined;
    return typeof fault === 'string' ? t(`join.fault.${fault}`) : sayRefusal(fault);
  };
}
