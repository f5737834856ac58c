import type { PublishedDue } from '#contract/engine/registry.ts';
import { useDone, useTellProblem } from '#kit/undo.tsx';
import { Button } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { client, problemOf } from '../../client.ts';
import { splitWithdrawal } from './published-say.ts';
import { WithdrawDialog } from './withdraw-dialog.tsx';

type WithdrawButtonProps = {
  readonly dues: readonly PublishedDue[];
  readonly isOff: boolean;
  readonly className?: string;
};

/** Takes back what nobody heard of at once; what was told is withdrawn after one look at what that means. */
export function WithdrawButton({ dues, isOff, className = '' }: WithdrawButtonProps): JSX.Element {
  const { t } = useTranslation('registry');
  const [isAsking, setAsking] = useState(false);
  const takeBack = useTakeBack();
  const { unheard, heard } = splitWithdrawal(dues);
  const count = unheard.length + heard.length;
  return (
    <>
      <Button
        className={className}
        variant="default"
        leftSection={<IconArrowBackUp size={16} aria-hidden />}
        disabled={isOff || count === 0}
        onClick={() => (heard.length > 0 ? setAsking(true) : void takeBack(unheard))}
      >
        {t(heard.length > 0 ? 'withdraw.button' : 'withdraw.takeBack', { count })}
      </Button>
      {isAsking ? <WithdrawDialog unheard={unheard} heard={heard} onClose={() => setAsking(false)} /> : null}
    </>
  );
}

function useTakeBack(): (billIds: readonly number[]) => Promise<void> {
  const { t } = useTranslation('registry');
  const done = useDone(problemOf);
  const tellProblem = useTellProblem(problemOf);
  return async (billIds) => {
    try {
      const { undoneCount } = await client.registry.withdraw({ billIds: [...billIds] });
      done({
        message: t('withdraw.tookBack', { count: undoneCount }),
        undo: async () => client.registry.publish({ billIds: [...billIds] }),
      });
    } catch (error) {
      tellProblem(error);
    }
  };
}
