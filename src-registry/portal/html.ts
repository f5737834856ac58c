/** Text that is safe inside a page as it stands. */
export type Html = { readonly html: string };

type Part = Html | string | number | null | false | readonly Part[];

const ESCAPED: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A page's text; every value in it is escaped unless it was made by this, too. */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { html: texts.map((text, at) => `${text}${spelt(parts[at] ?? null)}`).join('') };
}

function spelt(part: Part): string {
  if (part === null || part === false) return '';
  if (typeof part === 'string') return part.replaceAll(/[&<>"']/g, (one) => ESCAPED[one] ?? '');
  if (typeof part === 'number') return String(part);
  if (isList(part)) return part.map(spelt).join('');
  return part.html;
}

function isList(part: Html | readonly Part[]): part is readonly Part[] {
  return Array.isArray(part);
}
