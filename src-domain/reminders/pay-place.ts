// A payment link is made only when its message leaves: no plan talks to a gateway, and a link that nobody was sent need not
// be paid. Until then something of the same length stands in the text. Names under .invalid belong to nobody, ever.

const PLACE = 'https://pay.invalid/later';

/** What stands for a link of so many characters; never shorter than itself. */
export function payPlace(chars: number): string {
  return PLACE.padEnd(chars, 'x');
}

export function hasPayPlace(text: string): boolean {
  return text.includes(PLACE);
}

type Pair = { readonly name: string; readonly value: string };

/** What a message says where its text has the link: a place at first, the link itself once it was put in. */
export function payLinkIn(values: readonly Pair[]): string | null {
  return values.find(({ name }) => name === 'pay_link')?.value ?? null;
}

export type LinkedText = {
  readonly subject: string | null;
  readonly text: string;
  readonly values: readonly Pair[];
};

/** The same text with another link; the text of a message without one is as it was. */
export function withPayLink({ subject, text, values }: LinkedText, link: string): LinkedText {
  const before = payLinkIn(values);
  if (before === null) return { subject, text, values };
  return {
    subject: subject?.replaceAll(before, () => link) ?? null,
    text: text.replaceAll(before, () => link),
    values: values.map((one) => (one.name === 'pay_link' ? { ...one, value: link } : one)),
  };
}
