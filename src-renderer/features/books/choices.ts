export type Choice = { readonly value: string; readonly label: string };

/** Currencies that a business in India is likely to keep its books in stand first. */
const LIKELY_CURRENCIES = ['INR', 'USD', 'EUR', 'GBP', 'AED', 'SGD', 'NPR', 'BDT', 'LKR'];
const LIKELY_TIME_ZONES = ['Asia/Kolkata', 'Asia/Dubai', 'Asia/Kathmandu', 'Asia/Dhaka', 'Asia/Singapore'];
/** Names that older browsers still list for zones that have been renamed. */
const RENAMED = new Map([
  ['Asia/Calcutta', 'Asia/Kolkata'],
  ['Asia/Katmandu', 'Asia/Kathmandu'],
]);

/** 'INR – Indian Rupee', in the window's language. */
export function currencyChoices(language: string): readonly Choice[] {
  const names = new Intl.DisplayNames([language], { type: 'currency' });
  return likelyFirst(LIKELY_CURRENCIES, Intl.supportedValuesOf('currency')).map((code) => ({
    value: code,
    label: `${code} – ${names.of(code) ?? code}`,
  }));
}

export function timeZoneChoices(): readonly Choice[] {
  const zones = Intl.supportedValuesOf('timeZone').map((zone) => RENAMED.get(zone) ?? zone);
  return likelyFirst(LIKELY_TIME_ZONES, zones).map((zone) => ({
    value: zone,
    label: zone.replaceAll('_', ' '),
  }));
}

function likelyFirst(likely: readonly string[], all: readonly string[]): readonly string[] {
  return [...new Set([...likely, ...all.toSorted()])];
}
