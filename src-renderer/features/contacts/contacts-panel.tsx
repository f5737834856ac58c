import type { Contact } from '#contract/engine/contacts.ts';
import { Section } from '#kit/page.tsx';
import { useDone, useTellProblem } from '#kit/undo.tsx';
import { ActionIcon, Button, CopyButton, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy, IconMail, IconPencil, IconPhone, IconPlus, IconX } from '@tabler/icons-react';
import { useState, type JSX, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { client, problemOf } from '../../client.ts';
import { ContactForm } from './contact-form.tsx';
import './contacts.css';

type ContactsPanelProps = {
  readonly customerId: number;
  readonly contacts: readonly Contact[];
  readonly isReadOnly: boolean;
};

/** The people of a customer: whom to call and write to, each number copied by one press. */
export function ContactsPanel({ customerId, contacts, isReadOnly }: ContactsPanelProps): JSX.Element {
  const { t } = useTranslation('contacts');
  const [editedId, setEditedId] = useState<number | 'new' | null>(null);
  const close = (): void => setEditedId(null);
  return (
    <Section
      title={t('title')}
      aside={
        isReadOnly ? null : (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => setEditedId('new')}
          >
            {t('add')}
          </Button>
        )
      }
    >
      {contacts.length === 0 && editedId === null ? <p className="contacts__none">{t('none')}</p> : null}
      <ul className="contacts">
        {contacts.map((contact) =>
          editedId === contact.contactId ? (
            <li key={contact.contactId}>
              <ContactForm customerId={customerId} contact={contact} onClose={close} />
            </li>
          ) : (
            <ContactLine
              key={contact.contactId}
              contact={contact}
              isReadOnly={isReadOnly}
              onEdit={() => setEditedId(contact.contactId)}
            />
          ),
        )}
      </ul>
      {editedId === 'new' ? <ContactForm customerId={customerId} onClose={close} /> : null}
    </Section>
  );
}

type ContactLineProps = {
  readonly contact: Contact;
  readonly isReadOnly: boolean;
  readonly onEdit: () => void;
};

function ContactLine({ contact, isReadOnly, onEdit }: ContactLineProps): JSX.Element {
  const { t } = useTranslation('contacts');
  const { contactId, role, name, phone, email } = contact;
  const done = useDone(problemOf);
  const tell = useTellProblem(problemOf);
  const who = name === '' ? t(`role.${role}`) : name;
  const remove = async (): Promise<void> => {
    try {
      await client.contacts.remove({ contactId });
      done({ message: t('removed', { who }), undo: () => client.contacts.restore({ contactId }) });
    } catch (error) {
      tell(error);
    }
  };
  return (
    <li className="contacts__line">
      <div className="contacts__who">
        <strong>{who}</strong>
        {name === '' ? null : <span className="contacts__role">{t(`role.${role}`)}</span>}
        <Way icon={<IconPhone size={14} aria-hidden />} text={phone} />
        <Way icon={<IconMail size={14} aria-hidden />} text={email} />
      </div>
      {isReadOnly ? null : (
        <span className="contacts__buttons">
          <ActionIcon size={22} aria-label={t('change', { who })} onClick={onEdit}>
            <IconPencil size={14} aria-hidden />
          </ActionIcon>
          <ActionIcon size={22} aria-label={t('remove', { who })} onClick={() => void remove()}>
            <IconX size={14} aria-hidden />
          </ActionIcon>
        </span>
      )}
    </li>
  );
}

function Way({ icon, text }: { readonly icon: ReactNode; readonly text: string | null }): JSX.Element | null {
  const { t } = useTranslation('contacts');
  if (text === null) return null;
  return (
    <span className="contacts__way">
      {icon}
      <span className="selectable">{text}</span>
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Tooltip label={t(copied ? 'copied' : 'copy')}>
            <ActionIcon size={20} onClick={copy} aria-label={t('copyWhat', { text })}>
              {copied ? <IconCheck size={13} aria-hidden /> : <IconCopy size={13} aria-hidden />}
            </ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
    </span>
  );
}
