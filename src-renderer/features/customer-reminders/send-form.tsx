import { useBusy } from '#kit/use-busy.ts';
import type { Customer } from '#contract/engine/customers.ts';
import type { TemplateShown } from '#contract/engine/templates.ts';
import { channels, type Channel } from '#domain/reminders/words.ts';
import { useAsOf } from '#kit/as-of.tsx';
import { EntryForm } from '#kit/entry-form.tsx';
import { ProblemNote } from '#kit/problem.tsx';
import { Shortcut } from '#kit/shortcut.tsx';
import { useDone } from '#kit/undo.tsx';
import { Button, Select } from '@mantine/core';
import { IconSend2 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { client, orpc, problemOf, queryClient } from '../../client.ts';
import { SendDraft } from './send-draft.tsx';
import { sendChannels, sendTexts } from './send-texts.ts';

type Draft = Awaited<ReturnType<typeof client.reminders.sendOne>>;

type SendFormProps = {
  readonly customer: Customer;
  readonly texts: readonly TemplateShown[];
  /** The channel to begin with, where there is a text for it. */
  readonly askedChannel: string | null;
  readonly onClose: () => void;
};

/** Channel and text, the message as he would get it, changed where that is wanted; then it goes. */
export function SendForm({ customer, texts, askedChannel, onClose }: SendFormProps): JSX.Element {
  const { t } = useTranslation('customer-reminders');
  const { customerId, language } = customer;
  const daysLate = useDaysLate(customerId);
  const offered = sendChannels(texts, channels);
  const [wishedChannel, setChannel] = useState<Channel>();
  const [wishedId, setTemplateId] = useState<number>();
  const [typed, setTyped] = useState<string>();
  const [told, setTold] = useState<Draft>();
  const { isBusy, problem, run } = useBusy(problemOf);
  const done = useDone(problemOf);
  const channel = wishedChannel ?? offered.find((one) => one === askedChannel) ?? offered[0];
  const fitting = channel === undefined ? [] : sendTexts(texts, { channel, language, daysLate });
  const template = fitting.find(({ templateId }) => templateId === wishedId) ?? fitting[0];
  const draft = useDraft({ customerId, template });
  const shown = told ?? draft.data;
  const change = (set: () => void): void => {
    set();
    setTyped(undefined);
    setTold(undefined);
  };
  if (channel === undefined || template === undefined) return <NoTexts />;
  const send = (): void => {
    if (!draft.data || isBusy || draft.data.silence !== null) return;
    run(async () => {
      const sent = await client.reminders.sendOne({
        customerId,
        channel,
        templateId: template.templateId,
        ...(typed === undefined ? {} : { text: typed }),
        balancePaise: draft.data.row.balancePaise,
        isDraft: false,
      });
      const { messageId } = sent;
      // It did not leave: what stands in the way is told with the message.
      if (messageId === null) return setTold(sent);
      onClose();
      done({
        message: t('send.done', { name: customer.name }),
        undo: () => client.messages.cancel({ messageIds: [messageId] }),
      });
      await queryClient.invalidateQueries({ queryKey: orpc.messages.key() });
    });
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    send();
  };
  return (
    <EntryForm onSubmit={submit}>
      <div className="send__choices">
        <Select
          label={t('send.channel')}
          allowDeselect={false}
          data-autofocus
          value={channel}
          data={offered.map((value) => ({ value, label: t(`channel.${value}`, { ns: 'reminders' }) }))}
          onChange={(next) => change(() => setChannel(offered.find((one) => one === next)))}
        />
        <Select
          label={t('send.text')}
          allowDeselect={false}
          value={String(template.templateId)}
          data={fitting.map((one) => ({
            value: String(one.templateId),
            label: `${one.name} · ${t(`language.${one.language}`, { ns: 'reminders' })}`,
          }))}
          onChange={(next) => change(() => setTemplateId(Number(next)))}
        />
      </div>
      {draft.error ? <ProblemNote problem={problemOf(draft.error)} /> : null}
      <div className="send__draft">
        {shown ? <SendDraft draft={shown} typed={typed} onType={setTyped} /> : null}
      </div>
      {problem ? <ProblemNote problem={problem} /> : null}
      <div className="form-foot">
        <Button variant="default" onClick={onClose}>
          {t('cancel')}
        </Button>
        <Button
          type="submit"
          loading={isBusy}
          disabled={!draft.data || draft.data.silence !== null}
          leftSection={<IconSend2 size={16} aria-hidden />}
          rightSection={<Shortcut keys="Ctrl+↵" />}
        >
          {t('send.now')}
        </Button>
      </div>
    </EntryForm>
  );
}

/** Of his oldest open bill, as the page behind the dialog has it already. */
function useDaysLate(customerId: number): number {
  const { wish } = useAsOf();
  const { data } = useQuery(orpc.customers.get.queryOptions({ input: { customerId, asOf: wish } }));
  const open = data?.bills.filter(({ openPaise }) => openPaise > 0) ?? [];
  return open.length === 0 ? -1 : Math.max(...open.map((bill) => bill.daysLate));
}

type DraftWish = { readonly customerId: number; readonly template: TemplateShown | undefined };

/** The message as it would leave now; nothing is sent. */
function useDraft({ customerId, template }: DraftWish): ReturnType<typeof useQuery<Draft>> {
  const { templateId = 1, channel = 'sms', language = 'en' } = template ?? {};
  return useQuery({
    ...orpc.reminders.sendOne.queryOptions({
      input: { customerId, channel, templateId, language, isDraft: true },
    }),
    enabled: template !== undefined,
    // Another text is no placeholder for this one.
    placeholderData: undefined,
  });
}

function NoTexts(): JSX.Element {
  const { t } = useTranslation('customer-reminders');
  return (
    <p className="care__line">
      {t('send.noTexts')} <Link href="/reminders?tab=templates">{t('send.toTexts')}</Link>
    </p>
  );
}
