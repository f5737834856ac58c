import type { GatewayKind } from '#contract/engine/gateways.ts';
import { useTranslation } from 'react-i18next';

type Bilingual = GatewayKind['about'];

/** Returns how to read what a gateway says of itself, in the window's language. */
export function useBilingual(): (words: Bilingual) => string {
  const { i18n } = useTranslation('gateways');
  return ({ en, hi }) => (i18n.language === 'hi' ? hi : en);
}
