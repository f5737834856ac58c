type Named = { readonly key: string; readonly language: string; readonly name: string };

/**
 * What each message is called, by key, in the order of the texts. Its texts may be called otherwise on another channel: the
 * first in the window's language names them all, else the first in English, else the first.
 */
export function textNames(texts: readonly Named[], language: string): ReadonlyMap<string, string> {
  const rankOf = (one: Named): number => (one.language === language ? 2 : one.language === 'en' ? 1 : 0);
  const best = new Map<string, Named>();
  for (const one of texts) {
    const known = best.get(one.key);
    if (!known || rankOf(one) > rankOf(known)) best.set(one.key, one);
  }
  return new Map([...best].map(([key, { name }]) => [key, name]));
}
