import type { OpenBook } from '#contract/engine/books.ts';
import { useProblemWords } from '#kit/problem.tsx';
import { Badge, Menu, UnstyledButton } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconBook2, IconCheck, IconChevronDown, IconPlus } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { orpc, problemOf } from '../client.ts';

const BOOKS_IN_MENU_MOST = 8;

/** The open company's name; pressed, the others. */
export function BookSwitcher({ book }: { readonly book: OpenBook | null }): JSX.Element {
  const { t } = useTranslation('frame');
  const [, goTo] = useLocation();
  const say = useProblemWords();
  const { data: list = [] } = useQuery(orpc.books.list.queryOptions());
  const open = useMutation(
    orpc.books.open.mutationOptions({
      onSuccess: () => goTo('/'),
      onError: (error) =>
        notifications.show({ title: t('books.notOpened'), message: say(problemOf(error)), color: 'gray' }),
    }),
  );
  return (
    <Menu width={280}>
      <Menu.Target>
        <UnstyledButton className="top__book">
          <span className="top__book-name">{book?.name ?? t('books.none')}</span>
          {book?.isDemo ? <DemoBadge /> : null}
          <span className="unseen">{t('books.switch')}</span>
          <IconChevronDown size={14} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {list.slice(0, BOOKS_IN_MENU_MOST).map(({ bookId, name, isDemo }) => (
          <Menu.Item
            key={bookId}
            leftSection={bookId === book?.bookId ? <IconCheck size={16} /> : <span className="top__gap" />}
            rightSection={isDemo ? <DemoBadge /> : null}
            onClick={() => (bookId === book?.bookId ? goTo('/') : open.mutate({ bookId }))}
          >
            {name}
          </Menu.Item>
        ))}
        {list.length > 0 ? <Menu.Divider /> : null}
        <Menu.Item leftSection={<IconBook2 size={16} />} onClick={() => goTo('/books')}>
          {t('books.all')}
        </Menu.Item>
        <Menu.Item leftSection={<IconPlus size={16} />} onClick={() => goTo('/books')}>
          {t('books.new')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function DemoBadge(): JSX.Element {
  const { t } = useTranslation('frame');
  return (
    <Badge size="sm" variant="default" radius="sm" className="demo-badge">
      {t('demo.badge')}
    </Badge>
  );
}
