import type { Membership } from '#contract/engine/registry.ts';
import { AgoText } from '#kit/ago-text.tsx';
import { Alert, Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { canRejoin, troubleKindOf } from './standing.ts';

type TroubleNoteProps = {
  readonly trouble: NonNullable<Membership['trouble']>;
  readonly membership: Membership;
  readonly onRejoin: () => void;
};

/** What is in the way, since when, and what to do about it. */
export function TroubleNote({ trouble, membership, onRejoin }: TroubleNoteProps): JSX.Element {
  const { t } = useTranslation('registry');
  const { code, at } = trouble;
  const kind = troubleKindOf(code);
  return (
    <Alert
      role="alert"
      color="gray"
      icon={<IconAlertTriangle size={18} />}
      title={
        <>
          {t('trouble.title')} (<AgoText at={at} />)
        </>
      }
    >
      <div className="standing__trouble">
        <p>{t(`trouble.say.${kind}`, { code })}</p>
        <p>{t(`trouble.next.${kind}`)}</p>
        {canRejoin(membership) ? (
          <Button variant="default" onClick={onRejoin}>
            {t('trouble.rejoin')}
          </Button>
        ) : null}
      </div>
    </Alert>
  );
}
