/** What a reminder must not say (docs/gateways.md 7), and 'legal', which a person must read first. */
export const wordingKinds = [
  'threat',
  'police',
  'caste-religion',
  'family',
  'shaming',
  'false-legal',
  'abuse',
  'third-party',
  'offer',
  'legal',
] as const;
export type WordingKind = (typeof wordingKinds)[number];

/**
 * Words divided by '|'. Latin words stand whole unless they end in *; words of Indian scripts are beginnings (their
 * endings change) unless they end in $. Family is offensive only together with telling them: `familyActs`.
 */
export type WordList = Readonly<Record<WordingKind, string>> & { readonly familyActs: string };
