import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { SourceFile } from './check-house.ts';
import type { Aliases } from './resolve-import.ts';

export const repository = path.resolve(import.meta.dirname, '../..');

const houseFolders = /^(src-[a-z]+|resources|tests|scripts)$/;
const textEndings = /\.(ts|tsx|mts|cts|js|mjs|cjs|jsx|json|css|html|sql)$/;

/** Every text file of the house as it stands on the disk, committed or not. */
export function readTree(): readonly SourceFile[] {
  const top = readdirSync(repository, { withFileTypes: true });
  const folders = top.filter((entry) => entry.isDirectory() && houseFolders.test(entry.name));
  const settings = top.filter((entry) => entry.isFile() && /\.config\.(ts|mjs)$/.test(entry.name));
  const paths = [
    ...settings.map((entry) => entry.name),
    ...folders.flatMap((folder) =>
      readdirSync(path.join(repository, folder.name), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && textEndings.test(entry.name))
        .map((entry) => path.relative(repository, path.join(entry.parentPath, entry.name))),
    ),
  ];
  return paths.map((relative) => ({
    path: relative.split(path.sep).join('/'),
    text: readFileSync(path.join(repository, relative), 'utf8'),
  }));
}

const manifestShape = z.object({ imports: z.record(z.string(), z.string()) });

/** The one alias mechanism: package.json's `imports`. */
export function readAliases(): Aliases {
  return manifestShape.parse(JSON.parse(readFileSync(path.join(repository, 'package.json'), 'utf8'))).imports;
}
