import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { orpc } from '../../client.ts';
import { CopyText } from './copy-text.tsx';
import type { TemplateDraft } from './draft.ts';
import { msg91Text } from './msg91-text.ts';

const ID_MOST = 120;

type VendorIdFieldProps = {
  readonly draft: TemplateDraft;
  readonly onChange: (change: Partial<TemplateDraft>) => void;
};

/** Some gateways know a text by an id of their own and make it themselves. */
export function VendorIdField({ draft, onChange }: VendorIdFieldProps): JSX.Element {
  const { t } = useTranslation('templates');
  const { data: business } = useQuery(orpc.business.get.queryOptions());
  const isSms = draft.channel === 'sms';
  return (
    <section className="text-part">
      <TextInput
        label={t('vendor.title')}
        description={t(isSms ? 'vendor.sms' : 'vendor.whatsapp')}
        maxLength={ID_MOST}
        value={draft.vendorTemplateId ?? ''}
        onChange={({ currentTarget: { value } }) =>
          onChange({ vendorTemplateId: value.trim() === '' ? null : value.trim() })
        }
      />
      {isSms && draft.vendorTemplateId !== null ? (
        <CopyText
          label={t('vendor.msg91')}
          language={draft.language}
          text={msg91Text(draft.body, {
            businessName: business?.name ?? '',
            businessPhone: business?.phone ?? null,
          })}
        />
      ) : null}
    </section>
  );
}
