import { Button, CopyButton } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';

/** What to do now that WhatsApp is open, and the address for whoever's browser did not come up. */
export function OpenedLink({ url }: { readonly url: string }): JSX.Element {
  const { t } = useTranslation('messages');
  return (
    <div className="opened-link">
      <p>{t('hand.opened')}</p>
      <CopyButton value={url}>
        {({ copied, copy }) => (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
            onClick={copy}
          >
            {t(copied ? 'hand.copied' : 'hand.copy')}
          </Button>
        )}
      </CopyButton>
    </div>
  );
}
