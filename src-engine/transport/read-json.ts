// An answer is somebody else's: each step into it may find nothing.

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** undefined: the text is no JSON. */
export function readJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** What stands at a path of keys and places in lists; undefined where the path ends. */
export function at(json: Json | undefined, ...path: readonly (string | number)[]): Json | undefined {
  return path.reduce<Json | undefined>((here, step) => {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, step)) return undefined;
    return (here as { readonly [key: string | number]: Json })[step];
  }, json);
}

/** A text, or a number as text: vendors write ids both ways. Null for anything else and for ''. */
export function textAt(json: Json | undefined, ...path: readonly (string | number)[]): string | null {
  const found = at(json, ...path);
  if (typeof found === 'number') return String(found);
  return typeof found === 'string' && found !== '' ? found : null;
}

export function numberAt(json: Json | undefined, ...path: readonly (string | number)[]): number | null {
  const found = textAt(json, ...path);
  const number = Number(found);
  return found === null || !Number.isFinite(number) ? null : number;
}

export function listAt(json: Json | undefined, ...path: readonly (string | number)[]): readonly Json[] {
  const found = at(json, ...path);
  return Array.isArray(found) ? (found as readonly Json[]) : [];
}
