import type { FakeBook } from './records.ts';

/** The book while it changes. Maps that a view was made of are copied before the next change. */
export type OpenBook = {
  -readonly [Key in keyof FakeBook]: FakeBook[Key] extends ReadonlyMap<infer Id, infer Row>
    ? Map<Id, Row>
    : FakeBook[Key];
};

export type BookHolder = {
  readonly read: () => FakeBook;
  readonly write: () => OpenBook;
  readonly view: () => FakeBook;
  readonly replace: (book: FakeBook) => void;
};

export function bookHolder(first: FakeBook): BookHolder {
  let open = thaw(first);
  let isShared = false;
  return {
    read: () => open,
    write: () => {
      if (isShared) open = thaw(open);
      isShared = false;
      return open;
    },
    view: () => {
      isShared = true;
      return open;
    },
    replace: (book) => {
      open = thaw(book);
      isShared = false;
    },
  };
}

function thaw(book: FakeBook): OpenBook {
  return {
    ...book,
    groups: new Map(book.groups),
    ledgers: new Map(book.ledgers),
    voucherTypes: new Map(book.voucherTypes),
    vouchers: new Map(book.vouchers),
    daySequences: new Map(book.daySequences),
    lastNumbers: new Map(book.lastNumbers),
    refs: new Map(book.refs),
  };
}
