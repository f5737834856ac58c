import type { Shell } from '#contract/shell.ts';

declare global {
  // Interfaces merge, types do not: this is how the window's own global is widened.
  // oxlint-disable-next-line typescript/consistent-type-definitions
  interface Window {
    readonly baaki: Shell;
  }
}
