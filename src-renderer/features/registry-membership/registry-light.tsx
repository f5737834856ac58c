import { Tooltip, UnstyledButton } from '@mantine/core';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Lamp } from './lamp.tsx';
import './registry-membership.css';
import { lampOf } from './standing.ts';
import { useMembership } from './use-membership.ts';

/** How the book stands with its registry, for the top bar; who belongs to none sees nothing of it. */
export function RegistryLight({ onOpen }: { readonly onOpen: () => void }): JSX.Element | null {
  const { t } = useTranslation('registry');
  const { data: membership } = useMembership();
  if (!membership) return null;
  const lamp = lampOf(membership);
  if (lamp === 'off') return null;
  return (
    <Tooltip label={t(`light.${lamp}`)}>
      <UnstyledButton className="registry-light" onClick={onOpen}>
        <Lamp lamp={lamp} />
        <span>{t('light.short')}</span>
        {membership.openDisputeCount > 0 ? (
          <span className="registry-light__count">
            {t('light.disputes', { count: membership.openDisputeCount })}
          </span>
        ) : null}
      </UnstyledButton>
    </Tooltip>
  );
}
