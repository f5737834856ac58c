import type { PurposeCode } from '#domain/registry/words.ts';
import { EntryForm } from '#kit/entry-form.tsx';
import { ProblemNote } from '#kit/problem.tsx';
import { Button, Checkbox, Modal, Radio, SegmentedControl } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { AskFields } from './ask-fields.tsx';
import type { Asked } from './checks-panel.tsx';
import './registry-checks.css';
import { useAsk, type Ask } from './use-ask.ts';
import { WhoField } from './who-field.tsx';

type AskDialogProps = { readonly asked: Asked | undefined; readonly onClose: () => void };

/** Asks somebody for his consent: the registry sends him the request, and he answers on his own page. */
export function AskDialog({ asked, onClose }: AskDialogProps): JSX.Element {
  const { t } = useTranslation('registry');
  const ask = useAsk(asked, (name) => {
    notifications.show({ message: t('ask.done', { name }) });
    onClose();
  });
  const { values, set } = ask;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('ask.title')}
      size={640}
      closeButtonProps={{ 'aria-label': t('close') }}
      transitionProps={{ duration: 0 }}
    >
      <EntryForm
        className="ask"
        onSubmit={(event) => {
          event.preventDefault();
          ask.submit();
        }}
      >
        <WhoField ask={ask} />
        <AskFields ask={ask} />
        <Purpose ask={ask} />
        <div className="ask__row">
          <span>{t('ask.language')}</span>
          <SegmentedControl
            size="xs"
            aria-label={t('ask.language')}
            value={values.language}
            data={[
              { value: 'en', label: 'English' },
              { value: 'hi', label: 'हिन्दी' },
            ]}
            onChange={(next) => set({ language: next === 'hi' ? 'hi' : 'en' })}
          />
        </div>
        <p className="consent__soft">{t('ask.leaves')}</p>
        {ask.problem ? <ProblemNote problem={ask.problem} /> : null}
        <div className="form-foot">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={ask.isBusy}>
            {t('ask.submit')}
          </Button>
        </div>
      </EntryForm>
    </Modal>
  );
}

/** What he is asked for: one look at his record, or leave to report his dues. */
function Purpose({ ask: { values, purposes, set } }: { readonly ask: Ask }): JSX.Element {
  const { t } = useTranslation('registry');
  return (
    <Radio.Group
      label={t('ask.purpose')}
      value={values.purpose}
      onChange={(next) => set({ purpose: purposes.find((one) => one === next) ?? values.purpose })}
    >
      <div className="ask__choices">
        {purposes.includes('TC01') ? <Choice purpose="TC01" /> : null}
        {values.purpose === 'TC01' ? (
          <Checkbox
            className="ask__trend"
            label={t('ask.withTrend')}
            checked={values.withTrend}
            onChange={({ currentTarget }) => set({ withTrend: currentTarget.checked })}
          />
        ) : null}
        {purposes.includes('TC02') ? <Choice purpose="TC02" /> : null}
      </div>
    </Radio.Group>
  );
}

function Choice({ purpose }: { readonly purpose: PurposeCode }): JSX.Element {
  const { t } = useTranslation('registry');
  return <Radio value={purpose} label={t(`code.${purpose}.long`)} description={t(`code.${purpose}.note`)} />;
}
