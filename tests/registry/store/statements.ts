import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export type Statement = { readonly file: string; readonly name: string | null; readonly text: string };

const FOLDER = path.resolve(import.meta.dirname, '../../../src-registry');

/** Every SQL text that the registry's sources write down, with the name it is prepared under. */
export function statements(): readonly Statement[] {
  return readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => statementsIn(file, readFileSync(path.join(FOLDER, file), 'utf8')));
}

function statementsIn(file: string, source: string): readonly Statement[] {
  const constants = new Map<string, string>();
  for (const [, name = '', long, short = ''] of source.matchAll(
    /const ([A-Z_]+) =\s+(?:`([^`]*)`|'([^']*)')/g,
  ))
    constants.set(name, long ?? short);
  const found = source.matchAll(
    /(?:name: '([^']+)',\s*)?text:\s*(?:`([^`]*)`|'((?:[^'\\]|\\.)*)'|"([^"]*)")/g,
  );
  return [...found].map(([, name, long, short, double]) => ({
    file,
    name: name ?? null,
    text: (long ?? short ?? double ?? '').replaceAll(
      /\$\{([A-Z_]+)\}/g,
      (all, constant: string) => constants.get(constant) ?? all,
    ),
  }));
}

/** Written by hand into one text; others are put together as the program runs. */
export function isWhole({ text }: Statement): boolean {
  return !text.includes('${');
}
