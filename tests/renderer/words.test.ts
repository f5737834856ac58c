import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createInstance } from 'i18next';
import { expect, it } from 'vitest';
import { repository } from '../architecture/read-tree.ts';

const WORDS = path.join(repository, 'src-renderer/words');
const namespaces = readdirSync(path.join(WORDS, 'en')).map((name) => name.replace(/\.json$/, ''));

/** 'a.b' → text, of one namespace in one language. */
function wordsOf(language: string, namespace: string): ReadonlyMap<string, string> {
  const flat = new Map<string, string>();
  const walk = (value: unknown, at: string): void => {
    if (typeof value === 'string') flat.set(at, value);
    else for (const [key, one] of Object.entries(value ?? {})) walk(one, at === '' ? key : `${at}.${key}`);
  };
  walk(JSON.parse(readFileSync(path.join(WORDS, language, `${namespace}.json`), 'utf8')), '');
  return flat;
}

/** The {{values}} that a text needs. */
const valuesOf = (text: string): readonly string[] =>
  [...text.matchAll(/\{\{(\w+)/g)].map((found) => found[1] ?? '').toSorted();

it('finds the namespaces of the window', () => {
  expect(namespaces).toEqual(expect.arrayContaining(['frame', 'dashboard', 'imports', 'refusals']));
});

it.each(namespaces)('says everything of %s in Hindi too, with the same values', (namespace) => {
  const [english, hindi] = [wordsOf('en', namespace), wordsOf('hi', namespace)];
  expect([...hindi.keys()].toSorted()).toEqual([...english.keys()].toSorted());
  const unlike = [...english].filter(
    ([key, text]) => JSON.stringify(valuesOf(text)) !== JSON.stringify(valuesOf(hindi.get(key) ?? '')),
  );
  // A plural form may leave its number out ("a bill").
  expect(unlike.filter(([key]) => !/_(?:one|other)$/.test(key)).map(([key]) => key)).toEqual([]);
});

/** Why a message was planned or is held: told where messages are shown, and no refusals. */
const notRefusals: ReadonlySet<string> = new Set([
  'gentler-first',
  'next-channel',
  'link-no-attachment',
  'repeat',
  'receipt',
  'notice',
  'papers',
  'no-secrets',
  'unknown-kind',
]);

it('has words for every code with which a rule or the engine refuses', () => {
  const folders = [
    'src-domain',
    'src-engine/services',
    'src-engine/storage',
    'src-engine/adapters',
    'src-engine',
  ];
  const files = folders.flatMap((folder) =>
    readdirSync(path.join(repository, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
      .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'utf8')),
  );
  const codes = new Set(
    files.flatMap((text) =>
      [...text.matchAll(/(?:refuse\(\s*|(?<=[{,]\s*)code: )'([a-z0-9-]+)'/g)].map((found) => found[1] ?? ''),
    ),
  );
  expect(codes.size).toBeGreaterThan(30);
  const known = wordsOf('en', 'refusals');
  const base = (key: string): string => key.replace(/^doubt-/, '').replace(/_(?:one|other)$/, '');
  const said = new Set([...known.keys()].map(base));
  expect([...codes].filter((code) => !said.has(code) && !notRefusals.has(code))).toEqual([]);
});

it('says in words, in both languages, why a message is not needed any more', async () => {
  const read = (language: string, namespace: string): Record<string, unknown> =>
    JSON.parse(readFileSync(path.join(WORDS, language, `${namespace}.json`), 'utf8'));
  const of = (language: string) => ({
    refusals: read(language, 'refusals'),
    reminders: read(language, 'reminders'),
  });
  const words = createInstance();
  await words.init({ lng: 'en', resources: { en: of('en'), hi: of('hi') }, returnNull: false });
  const say = (lng: string): string =>
    words.t('refusals:message-not-needed', { lng, reason: 'amount-changed' });
  expect(say('en')).toBe('This message is not needed any more: Amount changed.');
  expect(say('hi')).toBe('अब इस संदेश की ज़रूरत नहीं है: राशि बदली।');
});
