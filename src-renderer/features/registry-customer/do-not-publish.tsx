import { useTellProblem } from '#kit/undo.tsx';
import { Switch } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { client, orpc, problemOf } from '../../client.ts';

type DoNotPublishProps = { readonly customerId: number; readonly isReadOnly: boolean };

/** A customer whose dues are never published, whatever happens; also before there is anything to publish. */
export function DoNotPublish({ customerId, isReadOnly }: DoNotPublishProps): JSX.Element | null {
  const { t } = useTranslation('registry');
  const { data } = useQuery(
    orpc.registry.doNotPublish.queryOptions({ input: { customerId }, placeholderData: undefined }),
  );
  const mark = useMutation({
    mutationFn: async (isDoNotPublish: boolean) =>
      client.registry.setDoNotPublish({ customerId, isDoNotPublish }),
    onError: useTellProblem(problemOf),
  });
  if (!data) return null;
  return (
    <Switch
      label={t('doNotPublish.label')}
      description={t('doNotPublish.note')}
      checked={data.isDoNotPublish}
      disabled={isReadOnly}
      // One that is switched off while it is told would lose the keyboard.
      onChange={({ currentTarget }) => {
        if (!mark.isPending) mark.mutate(currentTarget.checked);
      }}
    />
  );
}
