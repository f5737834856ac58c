import type { GatewayKind, GatewayShown } from '#contract/engine/gateways.ts';
import { EntryForm } from '#kit/entry-form.tsx';
import { ProblemNote } from '#kit/problem.tsx';
import { Button, TextInput } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useEffect, useRef, useState, type JSX, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { useBilingual } from './bilingual.ts';
import { DescribedInput } from './described-input.tsx';
import { foldedFrom, SIGN_IN_FIELD, shownFields, type DescribedField } from './form-values.ts';
import { LimitFields } from './limit-fields.tsx';
import { SignInButton } from './sign-in-button.tsx';
import { useGatewayForm, type GatewayFormState } from './use-gateway-form.ts';

type GatewayFormProps = {
  readonly kind: GatewayKind;
  readonly gateway: GatewayShown | undefined;
  readonly gateways: readonly GatewayShown[];
  readonly businessName: string;
  readonly onSaved: (gatewayId: number) => void;
  readonly onClose: () => void;
};

/** The form that a kind of gateway describes of itself, with what is the same for all of them below it. */
export function GatewayForm({ onSaved, onClose, ...wish }: GatewayFormProps): JSX.Element {
  const { kind } = wish;
  const { t } = useTranslation('gateways');
  const say = useBilingual();
  const form = useGatewayForm(wish);
  const fields = shownFields(kind, form.values.fields);
  const fold = foldedFrom(fields);
  const foot = useFirstFault(form);
  const submit = async (): Promise<void> => {
    const gatewayId = await form.save();
    if (gatewayId !== null) onSaved(gatewayId);
  };
  return (
    <EntryForm
      className="gateway-form"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <p className="gateway-form__about">{say(kind.about)}</p>
      <TextInput
        label={t('form.name')}
        description={t('form.nameHint')}
        autoComplete="off"
        maxLength={80}
        value={form.values.name}
        onChange={({ currentTarget }) => form.set({ name: currentTarget.value })}
        error={form.errors['name']}
        withAsterisk
      />
      <Fields form={form} fields={fields.slice(0, fold)} />
      {fold < fields.length ? <MoreFields form={form} fields={fields.slice(fold)} /> : null}
      {kind.channel === 'payment' ? null : <LimitFields form={form} kind={kind} />}
      {form.problem ? <ProblemNote problem={form.problem} /> : null}
      <div ref={foot} className="form-foot">
        <span className="form-foot__aside">{t('form.vault')}</span>
        <Button variant="default" onClick={onClose}>
          {t('cancel')}
        </Button>
        <Button type="submit" loading={form.isBusy}>
          {t('form.save')}
        </Button>
      </div>
    </EntryForm>
  );
}

/** A form is longer than the screen: the keyboard goes to the first field that is not right. */
function useFirstFault({ errors }: GatewayFormState): RefObject<HTMLDivElement | null> {
  const foot = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (Object.keys(errors).length === 0) return;
    foot.current?.closest('form')?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
  }, [errors]);
  return foot;
}

type FieldsProps = { readonly form: GatewayFormState; readonly fields: readonly DescribedField[] };

function Fields({ form, fields }: FieldsProps): JSX.Element {
  return (
    <>
      {fields.map((field) =>
        field.key === SIGN_IN_FIELD ? (
          <SignInButton
            key={field.key}
            form={form}
            label={field.label}
            provider={form.values.fields['provider'] ?? ''}
          />
        ) : (
          <DescribedInput key={field.key} form={form} field={field} />
        ),
      )}
    </>
  );
}

/** What hardly anybody changes; it opens by itself when something in it is wrong. */
function MoreFields({ form, fields }: FieldsProps): JSX.Element {
  const { t } = useTranslation('gateways');
  const [isOpen, setOpen] = useState(false);
  const isWrong = fields.some(({ key }) => form.errors[`fields.${key}`] !== undefined);
  const isShown = isOpen || isWrong;
  const Icon = isShown ? IconChevronDown : IconChevronRight;
  return (
    <>
      <Button
        className="gateway-form__more"
        variant="subtle"
        size="compact-sm"
        aria-expanded={isShown}
        leftSection={<Icon size={15} aria-hidden />}
        onClick={() => setOpen(!isShown)}
      >
        {t('form.more', { count: fields.length })}
      </Button>
      {isShown ? <Fields form={form} fields={fields} /> : null}
    </>
  );
}
