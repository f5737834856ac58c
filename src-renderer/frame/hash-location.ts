import { useSyncExternalStore } from 'react';
import type { BaseLocationHook } from 'wouter';

// wouter's own hash hook keeps the query before the hash, where it would stay when the screen changes.
// Here both are one address inside the hash: '#/bills?bucket=3'.

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}

function address(): string {
  return window.location.hash.replace(/^#?\/?/, '/');
}

function path(): string {
  return address().split('?')[0] ?? '/';
}

function search(): string {
  return address().split('?')[1] ?? '';
}

/** Goes to an address such as '/bills?bucket=3'; `replace` leaves no step to go back to. */
export function goTo(to: string, options: { readonly replace?: boolean } = {}): void {
  const hash = `#${to}`;
  if (window.location.hash === hash) return;
  if (options.replace === true) window.location.replace(hash);
  else window.location.hash = hash;
}

function useHashSearch(): string {
  return useSyncExternalStore(subscribe, search);
}

export const useHashPath: BaseLocationHook = Object.assign(
  (): [string, typeof goTo] => [useSyncExternalStore(subscribe, path), goTo],
  { searchHook: useHashSearch, hrefs: (href: string) => `#${href}` },
);
