import { useTranslation } from 'react-i18next';
import en from './en/starters.json' with { type: 'json' };
import hi from './hi/starters.json' with { type: 'json' };
import type { Language } from './index.ts';

type Names = Readonly<Record<string, string>>;

const named = { en, hi } as const satisfies Record<Language, Names>;

/**
 * A cadence or text that Baaki began with keeps the name of the language it was added in; as long as nobody renamed it, it
 * is said in the window's own. Every other name stays as it is.
 */
export function starterNameIn(language: Language): (name: string) => string {
  const keys = new Map(
    Object.values<Names>(named).flatMap((names) => Object.entries(names).map(([key, name]) => [name, key])),
  );
  const shown: Names = named[language];
  return (name) => shown[keys.get(name) ?? ''] ?? name;
}

const namers = { en: starterNameIn('en'), hi: starterNameIn('hi') } as const;

export function useStarterName(): (name: string) => string {
  const { i18n } = useTranslation();
  return i18n.language === 'hi' ? namers.hi : namers.en;
}
