import { Section } from '#kit/page.tsx';
import { SegmentedControl, useMantineColorScheme } from '@mantine/core';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { chooseLanguage, languageNames, languages } from '../../words/index.ts';
import { SettingRow } from './setting-row.tsx';

const THEMES = { light: 'light', dark: 'dark', auto: 'system' } as const;
type Theme = keyof typeof THEMES;

/** Theme and language; both show at once what was chosen. */
export function LookSection(): JSX.Element {
  const { t, i18n } = useTranslation('settings');
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const themes = Object.keys(THEMES).filter(isTheme);
  return (
    <Section title={t('look.heading')}>
      <SettingRow label={t('look.theme')}>
        <SegmentedControl
          size="xs"
          aria-label={t('look.theme')}
          value={colorScheme}
          data={themes.map((value) => ({ value, label: t(`look.${THEMES[value]}`) }))}
          onChange={(chosen) => {
            if (isTheme(chosen)) setColorScheme(chosen);
          }}
        />
      </SettingRow>
      <SettingRow label={t('look.language')}>
        <SegmentedControl
          size="xs"
          aria-label={t('look.language')}
          value={i18n.language}
          data={languages.map((value) => ({ value, label: languageNames[value] }))}
          onChange={(chosen) => {
            const language = languages.find((one) => one === chosen);
            if (language) chooseLanguage(language);
          }}
        />
      </SettingRow>
    </Section>
  );
}

function isTheme(text: string): text is Theme {
  return text in THEMES;
}
