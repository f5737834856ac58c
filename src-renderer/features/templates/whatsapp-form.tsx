import { approvalText, whatsappParameters } from '#domain/reminders/texts/whatsapp.ts';
import { whatsappStatuses } from '#domain/reminders/words.ts';
import { ActionIcon, Button, Checkbox, Select, Switch, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyText } from './copy-text.tsx';
import type { TemplateDraft } from './draft.ts';

type WhatsappFormProps = {
  readonly draft: TemplateDraft;
  readonly onChange: (change: Partial<TemplateDraft>) => void;
};

type Whatsapp = NonNullable<TemplateDraft['whatsapp']>;

const NAME_MOST = 512;
const LANGUAGE_MOST = 15;

/** The template that WhatsApp has to approve before it can be sent through an account; wa.me needs none. */
export function WhatsappForm({ draft, onChange }: WhatsappFormProps): JSX.Element {
  const { t } = useTranslation('templates');
  const { whatsapp } = draft;
  const inText = whatsappParameters(draft.body);
  const start: Whatsapp = {
    name: `${draft.key.replaceAll('-', '_')}_${draft.language}`,
    language: draft.language,
    status: 'pending',
    parameters: [...inText],
    hasDocument: false,
  };
  const set = (change: Partial<Whatsapp>): void =>
    onChange({ whatsapp: { ...(whatsapp ?? start), ...change } });
  return (
    <section className="text-part">
      <Switch
        label={t('whatsapp.title')}
        description={t('whatsapp.about')}
        checked={whatsapp !== null}
        onChange={({ currentTarget }) => onChange({ whatsapp: currentTarget.checked ? start : null })}
      />
      {whatsapp ? (
        <>
          <div className="text-part__grid">
            <TextInput
              label={t('whatsapp.name')}
              description={t('whatsapp.nameHint')}
              maxLength={NAME_MOST}
              value={whatsapp.name}
              onChange={({ currentTarget: { value } }) => set({ name: value })}
            />
            <TextInput
              label={t('whatsapp.language')}
              description={t('whatsapp.languageHint')}
              maxLength={LANGUAGE_MOST}
              value={whatsapp.language}
              onChange={({ currentTarget: { value } }) => set({ language: value })}
            />
            <Select
              label={t('whatsapp.status')}
              allowDeselect={false}
              value={whatsapp.status}
              data={whatsappStatuses.map((value) => ({ value, label: t(`whatsapp.statuses.${value}`) }))}
              onChange={(chosen) =>
                set({ status: whatsappStatuses.find((one) => one === chosen) ?? whatsapp.status })
              }
            />
            <Checkbox
              className="text-part__tick"
              label={t('whatsapp.document')}
              checked={whatsapp.hasDocument}
              onChange={({ currentTarget }) => set({ hasDocument: currentTarget.checked })}
            />
          </div>
          <Parameters
            parameters={whatsapp.parameters}
            inText={inText}
            onChange={(parameters) => set({ parameters })}
          />
        </>
      ) : null}
      <CopyText label={t('whatsapp.approval')} text={approvalText(draft.body)} language={draft.language} />
    </section>
  );
}

type ParametersProps = {
  readonly parameters: readonly string[];
  readonly inText: readonly string[];
  readonly onChange: (parameters: string[]) => void;
};

/** Which field stands for {{1}}, {{2}}, … of the approved template. */
function Parameters({ parameters, inText, onChange }: ParametersProps): JSX.Element {
  const { t } = useTranslation('templates');
  const move = (at: number, by: -1 | 1): void => {
    const one = parameters[at];
    if (one !== undefined) onChange([...parameters].toSpliced(at, 1).toSpliced(at + by, 0, one));
  };
  const isSame = parameters.join() === inText.join();
  return (
    <div className="variables">
      <div className="texts__label">{t('whatsapp.parameters')}</div>
      {parameters.map((field, at) => {
        const name = t(`fields.${field}`, { defaultValue: field });
        return (
          <div key={field} className="variables__parameter">
            <code>{`{{${at + 1}}}`}</code>
            <span>{name}</span>
            <ActionIcon
              size={22}
              disabled={at === 0}
              aria-label={t('whatsapp.earlier', { name })}
              onClick={() => move(at, -1)}
            >
              <IconArrowUp size={14} aria-hidden />
            </ActionIcon>
            <ActionIcon
              size={22}
              disabled={at === parameters.length - 1}
              aria-label={t('whatsapp.later', { name })}
              onClick={() => move(at, 1)}
            >
              <IconArrowDown size={14} aria-hidden />
            </ActionIcon>
          </div>
        );
      })}
      {isSame ? null : (
        <div className="variables__differ">
          <span>{t('whatsapp.differs')}</span>
          <Button size="compact-xs" variant="default" onClick={() => onChange([...inText])}>
            {t('dlt.take')}
          </Button>
        </div>
      )}
      {isSame && parameters.length === 0 ? <span className="texts__soft">{t('dlt.noVariables')}</span> : null}
    </div>
  );
}
