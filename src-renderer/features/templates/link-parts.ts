type LinkPart = { readonly at: number; readonly text: string; readonly isLink: boolean };

/** The same links that the mail itself makes of https addresses. */
export function linkParts(text: string): readonly LinkPart[] {
  let at = 0;
  return text
    .split(/(https:\/\/[^\s<>"']+[^\s<>"'.,;:!?)])/u)
    .map((part, index) => {
      const found = { at, text: part, isLink: index % 2 === 1 };
      at += part.length;
      return found;
    })
    .filter((part) => part.text !== '');
}
