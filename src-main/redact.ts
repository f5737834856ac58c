// Takes out of a text what names a person: the home folder, the user, the computer, addresses and numbers.

export type Person = { readonly home: string; readonly user: string; readonly computer: string };

/** A name shorter than this stands inside too many other words to be taken out. */
const NAME_LENGTH_LEAST = 3;

const EMAIL = /[\w.+-]+@[\w-]+\.[\w.-]+/g;
const PHONE = /(?<![\w.-])\+?\d[\d ]{8,13}\d(?![\w.-])/g;
const GSTIN = /\b\d{2}[A-Z]{5}\d{4}[A-Z][A-Z\d]Z[A-Z\d]\b/g;

const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

function takeOutName(text: string, name: string, instead: string): string {
  if (name.length < NAME_LENGTH_LEAST) return text;
  return text.replace(new RegExp(`(?<![\\p{L}\\d])${literally(name)}(?![\\p{L}\\d])`, 'giu'), instead);
}

export function redact(text: string, person: Person): string {
  const homes = [person.home, person.home.replaceAll('\\', '/'), person.home.replaceAll('\\', '\\\\')];
  let clean = text;
  // A bare root would take out every separator.
  for (const home of homes)
    if (home.length > 1) clean = clean.replaceAll(new RegExp(literally(home), 'gi'), '~');
  clean = takeOutName(clean, person.user, '(user)');
  clean = takeOutName(clean, person.computer, '(computer)');
  return clean.replace(EMAIL, '(address)').replace(GSTIN, '(gstin)').replace(PHONE, '(number)');
}
