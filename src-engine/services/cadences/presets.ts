import { cadenceShape } from '#contract/engine/cadences.ts';
import { bilingualShape } from '#contract/engine/reminder-fields.ts';

// The cadences that Baaki knows from the start: resources/messages/cadences.json.

const presetShape = cadenceShape
  .omit({ cadenceId: true, activeFrom: true, isOn: true, name: true })
  .extend({ key: cadenceShape.shape.name, name: bilingualShape });
export type CadencePreset = ReturnType<typeof presetShape.parse>;

const FILES = import.meta.glob<{ readonly cadences: readonly unknown[] }>(
  '../../../resources/messages/cadences.json',
  { eager: true, import: 'default' },
);

export function presetOf(key: 'gentle' | 'standard' | 'firm'): CadencePreset {
  const [file] = Object.values(FILES);
  const preset = presetShape
    .array()
    .parse(file?.cadences ?? [])
    .find((one) => one.key === key);
  if (!preset) throw new Error(`There is no cadence ${key} in the resources.`);
  return preset;
}
