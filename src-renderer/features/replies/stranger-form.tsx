import { PickField } from '#kit/pick-field.tsx';
import { ProblemNote, type Problem } from '#kit/problem.tsx';
import { useDone } from '#kit/undo.tsx';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { client, orpc, problemOf, queryClient } from '../../client.ts';

/** An address that is nobody's yet: somebody says whose, and it becomes a contact of that customer. */
export function StrangerForm({ address }: { readonly address: string }): JSX.Element {
  const { t } = useTranslation('replies');
  const [, goTo] = useLocation();
  const done = useDone(problemOf);
  const [text, setText] = useState('');
  const [customerId, setCustomerId] = useState<number | null>(null);
  const [problem, setProblem] = useState<Problem>();
  const [isBusy, setBusy] = useState(false);
  const { data: found = [] } = useQuery(orpc.customers.search.queryOptions({ input: { text } }));
  const assign = async (): Promise<void> => {
    if (customerId === null) return;
    setBusy(true);
    setProblem(undefined);
    try {
      await client.replies.assign({ address, customerId });
      await queryClient.invalidateQueries({ queryKey: orpc.replies.key() });
      done({ message: t('stranger.done') });
      goTo(`/inbox?customer=${customerId}`, { replace: true });
    } catch (error) {
      setProblem(problemOf(error));
      setBusy(false);
    }
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void assign();
  };
  return (
    <form className="marks" onSubmit={submit}>
      <p className="marks__hint">{t('stranger.ask', { address })}</p>
      <div className="marks__fields">
        <PickField
          className="marks__note"
          aria-label={t('stranger.label')}
          placeholder={t('stranger.placeholder')}
          value={customerId}
          onChange={setCustomerId}
          onSearch={setText}
          found={found.map((one) => ({
            value: one.customerId,
            label: one.code === null ? one.name : `${one.name} · ${one.code}`,
          }))}
        />
        <Button type="submit" loading={isBusy} disabled={customerId === null}>
          {t('stranger.assign')}
        </Button>
      </div>
      {problem ? <ProblemNote problem={problem} /> : null}
    </form>
  );
}
