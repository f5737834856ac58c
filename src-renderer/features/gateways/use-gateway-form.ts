import type { GatewayKind, GatewayShown } from '#contract/engine/gateways.ts';
import { useRefusalWords, type Problem } from '#kit/problem.tsx';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client, orpc, problemOf, queryClient } from '../../client.ts';
import { useBilingual } from './bilingual.ts';
import { faultsOf, valuesOf, wishOfValues, withField, type GatewayValues } from './form-values.ts';

type FormWish = {
  readonly kind: GatewayKind;
  readonly gateway: GatewayShown | undefined;
  readonly gateways: readonly GatewayShown[];
  readonly businessName: string;
};

export type GatewayFormState = {
  readonly values: GatewayValues;
  readonly set: (change: Partial<GatewayValues>) => void;
  readonly setField: (key: string, value: string) => void;
  readonly setSecret: (key: string, value: string) => void;
  /** A sentence beside each field that is not right: 'name', 'fields.user', 'secrets.password'. */
  readonly errors: Readonly<Record<string, string>>;
  readonly hasSecrets: readonly string[];
  readonly problem: Problem | undefined;
  readonly isBusy: boolean;
  /** The id under which it is kept; null when something has to be put right first. */
  readonly save: () => Promise<number | null>;
};

/** A gateway's form: what is typed, what is wrong with it, and how it is kept. */
export function useGatewayForm({ kind, gateway, gateways, businessName }: FormWish): GatewayFormState {
  const { t } = useTranslation('gateways');
  const say = useBilingual();
  const sayRefusal = useRefusalWords();
  const [values, setValues] = useState(() => valuesOf(kind, gateway, { name: say(kind.name), businessName }));
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const [problem, setProblem] = useState<Problem>();
  const [isBusy, setBusy] = useState(false);
  const [keptId, setKeptId] = useState(gateway?.gatewayId);
  const kept = gateways.find((one) => one.gatewayId === keptId) ?? gateway;
  const hasSecrets = kept?.hasSecrets ?? [];

  const save = async (): Promise<number | null> => {
    const faults = faultsOf(kind, values, hasSecrets);
    setErrors(Object.fromEntries(Object.entries(faults).map(([name, fault]) => [name, t(`fault.${fault}`)])));
    setProblem(undefined);
    if (Object.keys(faults).length > 0) return null;
    setBusy(true);
    try {
      const { isOn = true, place = gateways.filter((one) => one.channel === kind.channel).length } =
        kept ?? {};
      const id = keptId === undefined ? {} : { gatewayId: keptId };
      const { gatewayId } = await client.gateways.save(wishOfValues(kind, values, { ...id, isOn, place }));
      setKeptId(gatewayId);
      await queryClient.invalidateQueries({ queryKey: orpc.gateways.key() });
      return gatewayId;
    } catch (error) {
      const met = problemOf(error);
      const field = met.kind === 'refused' ? met.refusal.field : undefined;
      if (met.kind === 'refused' && field !== undefined && isInForm(kind, field)) {
        setErrors({ [nameInForm(kind, field)]: sayRefusal(met.refusal) });
      } else setProblem(met);
      return null;
    } finally {
      setBusy(false);
    }
  };

  return {
    values,
    set: (change) => setValues((before) => ({ ...before, ...change })),
    setField: (key, value) =>
      setValues((before) => ({ ...before, fields: withField(before.fields, key, value) })),
    setSecret: (key, value) =>
      setValues((before) => ({ ...before, secrets: { ...before.secrets, [key]: value } })),
    errors,
    hasSecrets,
    problem,
    isBusy,
    save,
  };
}

/** The engine names a described field by its key alone. */
function nameInForm({ fields }: GatewayKind, field: string): string {
  const key = field.replace(/^(?:fields|secrets)\./u, '');
  const found = fields.find((one) => one.key === key);
  if (!found) return field;
  return `${found.kind === 'secret' ? 'secrets' : 'fields'}.${key}`;
}

function isInForm(kind: GatewayKind, field: string): boolean {
  return field === 'name' || nameInForm(kind, field) !== field || field.includes('.');
}
