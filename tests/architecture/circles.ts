import type { Module } from './read-module.ts';
import { resolveImport, type Tree } from './resolve-import.ts';

type Linked = { readonly path: string; readonly module: Module };

/**
 * Circles of imports that run at start, each once, from the file that comes first in the alphabet. Types may refer
 * to each other: they are gone when the program runs.
 */
export function circlesOf(modules: readonly Linked[], tree: Tree): readonly (readonly string[])[] {
  const edges = new Map<string, readonly string[]>();
  for (const file of modules) {
    const targets = file.module.imports
      .filter((wish) => !wish.isPattern && !wish.typeOnly)
      .map((wish) => resolveImport(file.path, wish, tree))
      .flatMap((target) => (target.kind === 'file' ? [target.path] : []));
    edges.set(file.path, targets);
  }
  const circles: (readonly string[])[] = [];
  const state = new Map<string, 'open' | 'closed'>();
  const walk = (at: string, trail: readonly string[]): void => {
    if (state.get(at) === 'closed') return;
    if (state.get(at) === 'open') {
      circles.push([...trail.slice(trail.indexOf(at)), at]);
      return;
    }
    state.set(at, 'open');
    for (const next of edges.get(at) ?? []) walk(next, [...trail, at]);
    state.set(at, 'closed');
  };
  for (const start of [...edges.keys()].toSorted()) walk(start, []);
  return circles;
}
