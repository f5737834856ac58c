import { BusinessSection } from '#features/business/business-section.tsx';
import { AgingSection } from '#features/settings/aging-section.tsx';
import { DataSection } from '#features/settings/data-section.tsx';
import { DiagnosticsSection } from '#features/settings/diagnostics-section.tsx';
import { EngineSection } from '#features/settings/engine-section.tsx';
import { LookSection } from '#features/settings/look-section.tsx';
import { NotifySection } from '#features/settings/notify-section.tsx';
import { UpdateSection } from '#features/settings/update-section.tsx';
import { Page } from '#kit/page.tsx';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';

/** What the user may choose, and what he may want to know of the app. There is nothing to save. */
export function SettingsScreen(): JSX.Element {
  const { t } = useTranslation('settings');
  return (
    <Page title={t('title')} note={t('atOnce')}>
      <div className="settings">
        <div className="settings__column">
          <BusinessSection />
          <AgingSection />
        </div>
        <div className="settings__column">
          <LookSection />
          <NotifySection />
          <DataSection />
          <UpdateSection />
          <EngineSection />
          <DiagnosticsSection />
        </div>
      </div>
    </Page>
  );
}
