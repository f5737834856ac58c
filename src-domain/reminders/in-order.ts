/**
 * The same as toSorted, for lists that are short and mostly in order already: a month of a book sorts a hundred thousand
 * lists of two or three.
 */
export function inOrder<T>(list: readonly T[], compare: (a: T, b: T) => number): readonly T[] {
  const isSorted = list.every((one, at) => {
    const before = list[at - 1];
    return at === 0 || before === undefined || compare(before, one) <= 0;
  });
  return isSorted ? list : list.toSorted(compare);
}
