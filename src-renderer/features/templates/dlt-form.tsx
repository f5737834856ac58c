import { dltFields, registrationText } from '#domain/reminders/texts/dlt.ts';
import { dltCategories, dltTags } from '#domain/reminders/words.ts';
import { Button, NumberInput, Select, Switch, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { orpc } from '../../client.ts';
import { CopyText } from './copy-text.tsx';
import { registeredAs, withVariables, type TemplateDraft } from './draft.ts';
import type { ListedTemplate } from './template-grid.ts';

type DltFormProps = {
  readonly draft: TemplateDraft;
  /** The texts of the book: what the business has registered already. */
  readonly templates: readonly ListedTemplate[];
  readonly onChange: (change: Partial<TemplateDraft>) => void;
};

type Dlt = NonNullable<TemplateDraft['dlt']>;

const EMPTY: Dlt = { entityId: '', header: '', templateId: '', category: 'service-implicit', variables: [] };
const LENGTHS = { entityId: 40, header: 20, templateId: 40 } as const;

/** What the operators' DLT portal knows of an SMS: without it nothing arrives in India. */
export function DltForm({ draft, templates, onChange }: DltFormProps): JSX.Element {
  const { t } = useTranslation('templates');
  const { dlt } = draft;
  const { data: business } = useQuery(orpc.business.get.queryOptions());
  const brand = { businessName: business?.name ?? '', businessPhone: business?.phone ?? null };
  const set = (change: Partial<Dlt>): void => onChange({ dlt: { ...(dlt ?? EMPTY), ...change } });
  const turn = (isOn: boolean): void =>
    onChange(
      isOn
        ? { dlt: withVariables({ ...draft, dlt: { ...EMPTY, ...registeredAs(templates) } }).dlt }
        : { dlt: null },
    );
  return (
    <section className="text-part">
      <Switch
        label={t('dlt.title')}
        description={t('dlt.about')}
        checked={dlt !== null}
        onChange={({ currentTarget }) => turn(currentTarget.checked)}
      />
      {dlt ? (
        <>
          <div className="text-part__grid">
            {(['entityId', 'header', 'templateId'] as const).map((field) => (
              <TextInput
                key={field}
                label={t(`dlt.${field}`)}
                placeholder={t(`dlt.${field}Hint`)}
                maxLength={LENGTHS[field]}
                value={dlt[field]}
                onChange={({ currentTarget: { value } }) => set({ [field]: value.trim() })}
              />
            ))}
            <Select
              label={t('dlt.category')}
              allowDeselect={false}
              value={dlt.category}
              data={dltCategories.map((value) => ({ value, label: t(`dlt.categories.${value}`) }))}
              onChange={(chosen) =>
                set({ category: dltCategories.find((one) => one === chosen) ?? dlt.category })
              }
            />
          </div>
          <Variables draft={draft} dlt={dlt} onChange={onChange} />
        </>
      ) : null}
      <CopyText
        label={t('dlt.registration')}
        language={draft.language}
        text={registrationText(
          { ...withVariables({ ...draft, dlt: dlt ?? EMPTY }), templateId: 0, version: 0 },
          brand,
        )}
      />
    </section>
  );
}

type VariablesProps = Omit<DltFormProps, 'templates'> & { readonly dlt: Dlt };

const CHARS_MOST = 200;

/** The variables in the order of the text, each with what it stands for here. */
function Variables({ draft, dlt, onChange }: VariablesProps): JSX.Element {
  const { t } = useTranslation('templates');
  const fields = dltFields(draft.body);
  const isSame = fields.length === dlt.variables.length;
  const set = (at: number, change: Partial<Dlt['variables'][number]>): void =>
    onChange({
      dlt: {
        ...dlt,
        variables: dlt.variables.map((one, place) => (place === at ? { ...one, ...change } : one)),
      },
    });
  return (
    <div className="variables">
      <div className="texts__label">{t('dlt.variables')}</div>
      {dlt.variables.map((variable, at) => (
        // A variable is its place: the operator knows it by nothing else.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={at} className="variables__one">
          <span>
            {at + 1}.{' '}
            {fields[at] === undefined
              ? t('dlt.unused')
              : t(`fields.${fields[at]}`, { defaultValue: fields[at] })}
          </span>
          <Select
            size="xs"
            aria-label={t('dlt.tagOf', { number: at + 1 })}
            allowDeselect={false}
            value={variable.tag}
            data={dltTags.map((value) => ({ value, label: t(`dlt.tags.${value}`) }))}
            onChange={(chosen) => set(at, { tag: dltTags.find((one) => one === chosen) ?? variable.tag })}
          />
          <NumberInput
            size="xs"
            aria-label={t('dlt.charsOf', { number: at + 1 })}
            suffix={` ${t('dlt.chars')}`}
            min={1}
            max={CHARS_MOST}
            clampBehavior="strict"
            allowDecimal={false}
            value={variable.charsMost}
            onChange={(typed) => {
              if (typed !== '' && Number(typed) > 0) set(at, { charsMost: Number(typed) });
            }}
          />
        </div>
      ))}
      {isSame ? null : (
        <div className="variables__differ">
          <span>{t('dlt.differs', { count: fields.length, registered: dlt.variables.length })}</span>
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => onChange({ dlt: withVariables(draft).dlt })}
          >
            {t('dlt.take')}
          </Button>
        </div>
      )}
      {isSame && fields.length === 0 ? <span className="texts__soft">{t('dlt.noVariables')}</span> : null}
    </div>
  );
}
