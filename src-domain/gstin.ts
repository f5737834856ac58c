import { ok, refuse, type Result } from './result.ts';

// State (2), PAN (10), number of the registration, type, check digit. Most are of
// type Z; others (1–9, A, B, D–J) exist, and offices of the UN, non-residents and online sellers have forms of their own.
const NORMAL = /^[0-9]{2}[A-Z]{5}[0-9]{4}[A-Z][1-9A-Z][0-9A-Z]{2}$/;
/** Deducted or collected at source: a deductor's number (TAN) may stand where others bear a PAN. */
const DEDUCTOR = /^[0-9]{2}[A-Z]{4}[0-9A-Z][0-9]{4}[A-Z][1-9A-Z][CDK][0-9A-Z]$/;
const WITHOUT_PAN = /^[0-9]{4}[A-Z]{3}[0-9]{5}(?:[UO]N|NR|OS)[0-9A-Z]$/;
/** The fourth letter names the kind of holder; no serial is 0000. */
const PAN = /^[A-Z]{3}[ABCFGHJLPT][A-Z](?!0000)[0-9]{4}[A-Z]$/;

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const STATE_MOST = 38;
const SPECIAL_STATES: readonly number[] = [96, 97, 99];
const LENGTH = 15;

/** A GSTIN in capitals without blanks, or what is wrong with it: 'gstin-form', 'gstin-state' or 'gstin-check'. */
export function checkGstin(text: string): Result<string> {
  const gstin = tidy(text);
  if (WITHOUT_PAN.test(gstin)) return ok(gstin);
  if (!NORMAL.test(gstin) && !DEDUCTOR.test(gstin)) return badForm(gstin);
  const state = Number(gstin.slice(0, 2));
  if (!isState(state)) {
    const code = gstin.slice(0, 2);
    const sentence = `The GSTIN ${gstin} begins with ${code}, which is no state of India.`;
    return refuse('gstin-state', sentence, { field: 'gstin', values: { text: gstin, state: code } });
  }
  const right = gstinCheck(gstin);
  if (gstin.endsWith(right)) return ok(gstin);
  const sentence = `The GSTIN ${gstin} has a wrong letter or digit somewhere: its last one should be ${right}.`;
  return refuse('gstin-check', sentence, { field: 'gstin', values: { text: gstin, right } });
}

/** A PAN in capitals without blanks; the code of what is wrong is 'pan-form'. */
export function checkPan(text: string): Result<string> {
  const pan = tidy(text);
  if (PAN.test(pan)) return ok(pan);
  const shown = shorten(pan);
  const sentence = `“${shown}” is no PAN. A PAN is five letters, four digits and a letter, like AAACB1234F.`;
  return refuse('pan-form', sentence, { field: 'pan', values: { text: shown } });
}

/** The PAN that a GSTIN holds; null where it holds none. */
export function panOfGstin(gstin: string): string | null {
  const pan = tidy(gstin).slice(2, 12);
  return PAN.test(pan) ? pan : null;
}

/** The last character that the first fourteen ask for: base 36, weights 1 and 2 by turns. */
export function gstinCheck(gstin: string): string {
  let sum = 0;
  for (let at = 0; at < LENGTH - 1; at += 1) {
    const product = ALPHABET.indexOf(gstin[at] ?? '0') * (at % 2 === 0 ? 1 : 2);
    sum += Math.floor(product / ALPHABET.length) + (product % ALPHABET.length);
  }
  return ALPHABET[(ALPHABET.length - (sum % ALPHABET.length)) % ALPHABET.length] ?? '0';
}

function badForm(gstin: string): ReturnType<typeof refuse> {
  const shown = shorten(gstin);
  const sentence = `“${shown}” is no GSTIN. A GSTIN has ${LENGTH} letters and digits, like 27AAPFU0939F1ZV.`;
  return refuse('gstin-form', sentence, { field: 'gstin', values: { text: shown } });
}

function isState(code: number): boolean {
  return (code >= 1 && code <= STATE_MOST) || SPECIAL_STATES.includes(code);
}

function tidy(text: string): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s.-]/g, '');
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
