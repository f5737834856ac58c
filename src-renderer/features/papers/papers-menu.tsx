import { useAsOf } from '#kit/as-of.tsx';
import { dayWords } from '#kit/day-text.tsx';
import type { LetterKind } from '#domain/reminders/words.ts';
import { Button, Menu } from '@mantine/core';
import { IconFileTypePdf } from '@tabler/icons-react';
import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { client, problemOf, shell } from '../../client.ts';
import { paperKinds } from './paper-words.ts';
import { useTellPaper } from './use-tell-paper.tsx';
import { useTellProblem } from '#kit/undo.tsx';

type PapersMenuProps = {
  readonly customer: { readonly customerId: number; readonly name: string };
};

/** Statement, list of what is open, or letter, as a PDF at a place that the user names. */
export function PapersMenu({ customer }: PapersMenuProps): JSX.Element {
  const { t } = useTranslation('papers');
  const { day, wish } = useAsOf();
  const tell = useTellProblem(problemOf);
  const tellSaved = useTellPaper();
  const [isBusy, setBusy] = useState(false);
  const { customerId, name } = customer;
  const write = async (kind: LetterKind): Promise<void> => {
    const file = t('file', { paper: t(`fileKind.${kind}`), name, day: dayWords(day) });
    const path = await shell.pickSaveFile({ name: file, kind: 'pdf' });
    if (path === null) return;
    setBusy(true);
    try {
      await client.papers.write({ kind, customerId, path, ...(wish === undefined ? {} : { asOf: wish }) });
      tellSaved(path);
    } catch (error) {
      tell(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Button variant="default" loading={isBusy} leftSection={<IconFileTypePdf size={16} aria-hidden />}>
          {t('button')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {paperKinds.map((kind) => (
          <Menu.Item key={kind} onClick={() => void write(kind)}>
            {t(`kind.${kind}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
