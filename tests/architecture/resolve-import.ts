import path from 'node:path/posix';
import type { Import } from './read-module.ts';

/** package.json's `imports`, e.g. { '#domain/*': './src-domain/*' }. */
export type Aliases = Readonly<Record<string, string>>;

export type Tree = { readonly paths: ReadonlySet<string>; readonly aliases: Aliases };

export type Target =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'package'; readonly name: string }
  | { readonly kind: 'missing' };

/** What an import of a file means: a file of the tree, the folder of a pattern, a package, or nothing. */
export function resolveImport(from: string, wish: Import, tree: Tree): Target {
  const specifier = wish.specifier.replace(/\?[a-z=&]+$/, '');
  const inTree = specifier.startsWith('#') ? unalias(specifier, tree.aliases) : relative(from, specifier);
  if (inTree === undefined) {
    return specifier.startsWith('#')
      ? { kind: 'missing' }
      : { kind: 'package', name: packageName(specifier) };
  }
  if (wish.isPattern) return { kind: 'file', path: inTree.replace(/[^/]*[*{].*$/, '') };
  if (inTree === 'package.json' || tree.paths.has(inTree)) return { kind: 'file', path: inTree };
  return { kind: 'missing' };
}

function relative(from: string, specifier: string): string | undefined {
  return specifier.startsWith('.') ? path.join(path.dirname(from), specifier) : undefined;
}

function unalias(specifier: string, aliases: Aliases): string | undefined {
  for (const [alias, target] of Object.entries(aliases)) {
    const head = alias.replace('*', '');
    if (specifier.startsWith(head)) return path.normalize(target.replace('*', specifier.slice(head.length)));
  }
  return undefined;
}

/** The package of a specifier without its sub-path; 'node:' stands for all of Node's own modules. */
export function packageName(specifier: string): string {
  if (specifier.startsWith('node:')) return 'node:';
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
