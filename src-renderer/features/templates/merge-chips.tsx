import { mergeFields } from '#domain/reminders/template-facts.ts';
import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { orpc } from '../../client.ts';
import type { TemplateDraft } from './draft.ts';

type MergeChipsProps = Pick<TemplateDraft, 'channel' | 'language'> & {
  readonly customerId: number | null;
  readonly onInsert: (field: string) => void;
};

/** Every field with what it says for the customer of the preview; pressed, it is put at the cursor. */
export function MergeChips({ channel, language, customerId, onInsert }: MergeChipsProps): JSX.Element {
  const { t } = useTranslation('templates');
  const wish = { channel, language };
  const { data } = useQuery(
    orpc.templates.fields.queryOptions({ input: customerId === null ? wish : { ...wish, customerId } }),
  );
  const values = new Map((data ?? []).map((one) => [one.field, one.value]));
  return (
    <div>
      <div className="texts__soft" id="merge-fields">
        {t('fields.about')}
      </div>
      <div className="merge" role="group" aria-labelledby="merge-fields">
        {mergeFields.map((field) => {
          const value = values.get(field) ?? null;
          return (
            <button
              key={field}
              type="button"
              className="merge__field"
              title={`{{${field}}}`}
              // The text keeps its cursor while a field is pressed.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => onInsert(field)}
            >
              <span className="merge__name">{t(`fields.${field}`)}</span>
              <span className="merge__value" lang={language}>
                {value ?? t('fields.nothing')}
              </span>
            </button>
          );
        })}
      </div>
    </div>
  );
}
