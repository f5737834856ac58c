import type { Claim } from '#contract/engine/replies.ts';
import { Button } from '@mantine/core';
import { IconMessage } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { orpc } from '../../client.ts';
import { instantWords } from '#kit/instant-text.ts';

/** Who says so, how and when, and the way to what he wrote. */
export function ClaimHead({ claim }: { readonly claim: Claim }): JSX.Element {
  const { t } = useTranslation('replies');
  const { data: book } = useQuery(orpc.books.current.queryOptions());
  const { customerId, customerName, source, at, replyId } = claim;
  return (
    <header className="claims__head">
      <div>
        <h2 className="claims__name">
          <Link href={`/customers/${customerId}`}>{customerName}</Link>
        </h2>
        <p className="claims__how">
          {t(`claims.told.${source}`)} · {instantWords(at, { zone: book?.timeZone })}
        </p>
      </div>
      {replyId === null ? null : (
        <Button
          component={Link}
          href={`/inbox?customer=${customerId}`}
          size="compact-sm"
          variant="subtle"
          leftSection={<IconMessage size={15} aria-hidden />}
        >
          {t('claims.conversation')}
        </Button>
      )}
    </header>
  );
}
