import { createInstance, type i18n, type Resource } from 'i18next';
import { initReactI18next } from 'react-i18next';

export const languages = ['en', 'hi'] as const;
export type Language = (typeof languages)[number];

const STORED_AS = 'baaki.language';

/** Each language's name is said in that language, so that a lost user finds his way back. */
export const languageNames = { en: 'English', hi: 'हिन्दी' } as const satisfies Record<Language, string>;

const files = import.meta.glob<Record<string, unknown>>('./*/*.json', { eager: true, import: 'default' });

/** './hi/frame.json' → language 'hi', namespace 'frame'. A new file of words needs no line anywhere. */
function resourcesOf(found: Record<string, Record<string, unknown>>): Resource {
  const resources: Record<string, Record<string, Record<string, unknown>>> = {};
  for (const [path, words] of Object.entries(found)) {
    const [, language, file] = path.split('/');
    if (language === undefined || file === undefined) continue;
    resources[language] = { ...resources[language], [file.replace('.json', '')]: words };
  }
  return resources as Resource;
}

function isLanguage(text: string | null): text is Language {
  return languages.some((language) => language === text);
}

function storedLanguage(): Language {
  const stored = localStorage.getItem(STORED_AS);
  if (isLanguage(stored)) return stored;
  return navigator.language.startsWith('hi') ? 'hi' : 'en';
}

const indian = new Intl.NumberFormat('en-IN');

export const words: i18n = createInstance();

/** Ready when it returns: the words are part of the bundle, nothing is fetched. */
export function loadWords(): void {
  const language = storedLanguage();
  document.documentElement.lang = language;
  words.use(initReactI18next);
  void words.init({
    resources: resourcesOf(files),
    lng: language,
    fallbackLng: 'en',
    defaultNS: 'frame',
    initAsync: false,
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  // {{count, grouped}}: numbers in lakh groups and Latin digits in every language.
  words.services.formatter?.add('grouped', (value: unknown) =>
    typeof value === 'number' ? indian.format(value) : String(value),
  );
}

export function chooseLanguage(language: Language): void {
  localStorage.setItem(STORED_AS, language);
  document.documentElement.lang = language;
  void words.changeLanguage(language);
}
