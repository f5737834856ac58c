import type { Contact } from '#contract/engine/contacts.ts';
import { contactRoles } from '#contract/engine/customer-words.ts';
import { EntryForm } from '#kit/entry-form.tsx';
import { ProblemNote, useRefusalWords, type Problem } from '#kit/problem.tsx';
import { useDone } from '#kit/undo.tsx';
import { Button, Select, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { client, problemOf } from '../../client.ts';
import './contacts.css';

type ContactFormProps = {
  readonly customerId: number;
  readonly contact?: Contact;
  readonly onClose: () => void;
};

type Values = {
  readonly role: Contact['role'];
  readonly name: string;
  readonly phone: string;
  readonly email: string;
};

/** A person of a customer, entered or changed in the list itself. */
export function ContactForm({ customerId, contact, onClose }: ContactFormProps): JSX.Element {
  const { t } = useTranslation('contacts');
  const sayRefusal = useRefusalWords();
  const done = useDone(problemOf);
  const [problem, setProblem] = useState<Problem>();
  const initialValues: Values = {
    role: contact?.role ?? 'accounts',
    name: contact?.name ?? '',
    phone: contact?.phone ?? '',
    email: contact?.email ?? '',
  };
  const form = useForm<Values>({
    initialValues,
    validate: {
      name: (name, { phone, email }) => (`${name}${phone}${email}`.trim() === '' ? t('empty') : null),
    },
  });
  const known = contact ? { contactId: contact.contactId } : {};
  const save = useMutation({
    mutationFn: (values: Values) => client.contacts.save({ ...known, customerId, ...wishOf(values) }),
    onSuccess: ({ contactId, warnings }, { name, role }) => {
      onClose();
      done({
        message: t(contact ? 'changed' : 'entered', {
          who: name.trim() === '' ? t(`role.${role}`) : name.trim(),
        }),
        warnings,
        undo: contact
          ? () => client.contacts.save({ ...known, customerId, ...wishOf(initialValues) })
          : () => client.contacts.remove({ contactId }),
      });
    },
    onError: (error) => {
      const met = problemOf(error);
      const refusal = met.kind === 'refused' ? met.refusal : undefined;
      const isBeside = refusal?.field !== undefined && refusal.field in initialValues;
      if (refusal?.field !== undefined && isBeside) form.setFieldError(refusal.field, sayRefusal(refusal));
      setProblem(isBeside ? undefined : met);
    },
  });
  return (
    <EntryForm
      className="contacts__form"
      onSubmit={form.onSubmit((values) => save.mutate(values))}
      onEscape={onClose}
    >
      <TextInput label={t('name')} autoComplete="off" {...form.getInputProps('name')} />
      <Select
        label={t('roleLabel')}
        data={contactRoles.map((value) => ({ value, label: t(`role.${value}`) }))}
        allowDeselect={false}
        {...form.getInputProps('role')}
      />
      <TextInput label={t('phone')} autoComplete="off" {...form.getInputProps('phone')} />
      <TextInput label={t('email')} autoComplete="off" {...form.getInputProps('email')} />
      {problem ? <ProblemNote problem={problem} /> : null}
      <div className="contacts__foot">
        <Button variant="default" onClick={onClose}>
          {t('cancel')}
        </Button>
        <Button type="submit" loading={save.isPending}>
          {t('save')}
        </Button>
      </div>
    </EntryForm>
  );
}

function wishOf({ role, name, phone, email }: Values): {
  readonly role: Contact['role'];
  readonly name: string;
  readonly phone: string | null;
  readonly email: string | null;
} {
  const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());
  return { role, name: name.trim(), phone: orNull(phone), email: orNull(email) };
}
