// Our own narrow reading of an address. A mail library takes far more, and once read the last address out of a text with
// a line break in it (docs/gateways.md 4.3), which would have sent one customer's dues to somebody else.

const LOCAL_MOST = 64;
const ADDRESS_MOST = 254;
const LOCAL = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const LABEL = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/;

/** One plain address and nothing beside it: no name, no quotes, no comment, no list, no space, ASCII only. */
export function isPlainAddress(text: string): boolean {
  if (text.length > ADDRESS_MOST) return false;
  const at = text.indexOf('@');
  if (at < 1 || at !== text.lastIndexOf('@')) return false;
  const local = text.slice(0, at);
  const labels = text.slice(at + 1).split('.');
  if (local.length > LOCAL_MOST || !LOCAL.test(local)) return false;
  return (
    labels.length > 1 && labels.every((label) => LABEL.test(label)) && !/^\d+$/.test(labels.at(-1) ?? '')
  );
}

/** One Message-ID in its angle brackets, as it may stand in a header. */
export function isMessageId(text: string): boolean {
  return text.length <= 250 && /^<[^\s<>@]+@[^\s<>@]+>$/.test(text) && isPrintable(text);
}

/** Text for one header line: no line break and no control character can open another header. */
export function oneLine(text: string): string {
  return Array.from(text, (char) => (isControl(char) ? ' ' : char))
    .join('')
    .trim();
}

export function isPrintable(text: string): boolean {
  return !Array.from(text).some(isControl);
}

export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}

function isControl(char: string): boolean {
  const code = char.codePointAt(0) ?? 0;
  return code < 32 || code === 127 || code === 0x2028 || code === 0x2029;
}
