import { Button, PasswordInput, Select, Switch, Textarea, TextInput } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useBilingual } from './bilingual.ts';
import { SWITCH_ON, switchValue, type DescribedField } from './form-values.ts';
import type { GatewayFormState } from './use-gateway-form.ts';

type DescribedInputProps = { readonly form: GatewayFormState; readonly field: DescribedField };

/** One field as a kind of gateway describes it. */
export function DescribedInput({ form, field }: DescribedInputProps): JSX.Element {
  const say = useBilingual();
  const { key, kind } = field;
  if (kind === 'secret') return <SecretInput form={form} field={field} />;
  const value = form.values.fields[key] ?? '';
  const alike = {
    label: say(field.label),
    description: field.hint ? say(field.hint) : undefined,
    error: form.errors[`fields.${key}`],
    withAsterisk: field.isRequired,
  };
  const change = (text: string): void => form.setField(key, text);
  switch (kind) {
    case 'choice':
      return (
        <Select
          {...alike}
          data={field.choices.map((choice) => ({ value: choice.value, label: say(choice.label) }))}
          value={value}
          allowDeselect={false}
          onChange={(next) => change(next ?? '')}
        />
      );
    case 'switch':
      return (
        <Switch
          label={alike.label}
          description={alike.description}
          checked={value === SWITCH_ON}
          onChange={({ currentTarget }) => change(switchValue(currentTarget.checked))}
        />
      );
    case 'long-text':
      return (
        <Textarea
          {...alike}
          autosize
          minRows={2}
          maxRows={10}
          spellCheck={false}
          value={value}
          onChange={({ currentTarget }) => change(currentTarget.value)}
        />
      );
    case 'number':
    case 'text':
      return (
        <TextInput
          {...alike}
          autoComplete="off"
          spellCheck={false}
          inputMode={kind === 'number' ? 'numeric' : undefined}
          value={value}
          onChange={({ currentTarget }) => change(currentTarget.value)}
        />
      );
  }
}

/** What is in the vault is never shown again: it can only be replaced. */
function SecretInput({ form, field }: DescribedInputProps): JSX.Element {
  const { t } = useTranslation('gateways');
  const say = useBilingual();
  const { key, label, hint, isRequired } = field;
  const [isOpen, setOpen] = useState(!form.hasSecrets.includes(key));
  if (!isOpen) {
    return (
      <div className="secret">
        <span className="secret__label">{say(label)}</span>
        <span className="secret__kept">
          <IconLock size={15} aria-hidden /> {t('secret.kept')}
        </span>
        <Button
          size="compact-sm"
          variant="default"
          aria-label={t('secret.changeOf', { label: say(label) })}
          onClick={() => setOpen(true)}
        >
          {t('secret.change')}
        </Button>
      </div>
    );
  }
  return (
    <PasswordInput
      label={say(label)}
      description={hint ? say(hint) : undefined}
      error={form.errors[`secrets.${key}`]}
      withAsterisk={isRequired}
      autoComplete="new-password"
      placeholder={form.hasSecrets.includes(key) ? t('secret.stays') : undefined}
      visibilityToggleButtonProps={{ 'aria-label': t('secret.show') }}
      value={form.values.secrets[key] ?? ''}
      onChange={({ currentTarget }) => form.setSecret(key, currentTarget.value)}
    />
  );
}
