import type { Book, OpenBook } from '#contract/engine/books.ts';
import { useDone, useTellProblem } from '#kit/undo.tsx';
import { ActionIcon, Button, Menu, Modal, TextInput } from '@mantine/core';
import { IconCheck, IconDots, IconDoorExit, IconPencil } from '@tabler/icons-react';
import { useState, type FormEvent, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { client, problemOf } from '../../client.ts';

const NAME_LENGTH_MOST = 120;

type BookMenuProps = { readonly book: Book; readonly current: OpenBook | null | undefined };

/** What can be done with a book: rename any, close and check the open one. */
export function BookMenu({ book, current }: BookMenuProps): JSX.Element {
  const { t } = useTranslation('books');
  const done = useDone(problemOf);
  const tell = useTellProblem(problemOf);
  const [isRenamed, setRenamed] = useState(false);
  const { bookId, name } = book;
  const isOpen = current?.bookId === bookId;
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      tell(error);
    }
  };
  const check = async (): Promise<void> => {
    const { isSound, problemCount } = await client.books.check();
    done({ message: t(isSound ? 'check.sound' : 'check.unsound', { name, count: problemCount }) });
  };
  const close = async (): Promise<void> => {
    await client.books.close();
    done({ message: t('closed', { name }), undo: () => client.books.open({ bookId }) });
  };
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon size={24} aria-label={t('actions', { name })}>
            <IconDots size={15} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={15} />} onClick={() => setRenamed(true)}>
            {t('rename')}
          </Menu.Item>
          {isOpen ? (
            <>
              <Menu.Item leftSection={<IconCheck size={15} />} onClick={() => void attempt(check)}>
                {t('check.run')}
              </Menu.Item>
              <Menu.Item leftSection={<IconDoorExit size={15} />} onClick={() => void attempt(close)}>
                {t('close')}
              </Menu.Item>
            </>
          ) : null}
        </Menu.Dropdown>
      </Menu>
      {isRenamed ? (
        <RenameForm
          name={name}
          onClose={() => setRenamed(false)}
          onName={(next) =>
            void attempt(async () => {
              await client.books.rename({ bookId, name: next });
              done({
                message: t('renamed', { name: next }),
                undo: () => client.books.rename({ bookId, name }),
              });
            })
          }
        />
      ) : null}
    </>
  );
}

type RenameFormProps = {
  readonly name: string;
  readonly onName: (name: string) => void;
  readonly onClose: () => void;
};

function RenameForm({ name, onName, onClose }: RenameFormProps): JSX.Element {
  const { t } = useTranslation('books');
  const [text, setText] = useState(name);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const next = text.trim();
    if (next === '') return;
    onClose();
    if (next !== name) onName(next);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('rename')}
      closeButtonProps={{ 'aria-label': t('cancel') }}
      transitionProps={{ duration: 0 }}
    >
      <form onSubmit={submit}>
        <TextInput
          label={t('form.name')}
          value={text}
          data-autofocus
          maxLength={NAME_LENGTH_MOST}
          autoComplete="off"
          error={text.trim() === '' ? t('form.nameMissing') : undefined}
          onChange={(event) => setText(event.currentTarget.value)}
          onFocus={(event) => event.currentTarget.select()}
        />
        <div className="form-foot">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit">{t('rename')}</Button>
        </div>
      </form>
    </Modal>
  );
}
