import type { Explained } from '#contract/engine/aging.ts';
import { bucketOfItem, customerOf, type OpenItem } from '#domain/aging.ts';
import type { Question } from '#domain/aging-columns.ts';
import type { Faces } from '#domain/customer-groups.ts';
import { appliedTo } from '#domain/explain.ts';
import { foreignOpen } from '#domain/foreign-open.ts';
import { mulDiv, paise, sumOf, type Paise } from '#domain/money.ts';
import { questionOf } from '../aging-view.ts';
import { showOpenItem } from '../bills/list-open.ts';
import { bookDoor } from '../door.ts';
import { facesNow } from '../ledger.ts';
import { chooseItems, type Chosen } from './open-items.ts';

/** The documents behind a figure, largest first; what is left of each is its amount less what was applied to it. */
export const explain = bookDoor.aging.explain.handler(({ context, input }): Explained => {
  const question = questionOf(context, input);
  const chosen = chooseItems(context.db, question, input);
  const items = chosen.items.toSorted((a, b) => Math.abs(b.openPaise) - Math.abs(a.openPaise));
  const shown = items.slice(0, input.most);
  const rest = items.slice(input.most);
  const faces = facesNow(context.db);
  return {
    asOf: question.asOf,
    totalPaise: sumOf(items, (item) => item.openPaise),
    documents: documentsOf({ ...chosen, items: shown }, question, faces),
    restCount: rest.length,
    restPaise: sumOf(rest, (item) => item.openPaise),
    roundingPaise: roundingOf(chosen, question),
  };
});

function documentsOf(chosen: Chosen, { asOf, view }: Question, faces: Faces): Explained['documents'] {
  const applied = appliedTo(chosen.ledger, chosen.items, asOf);
  return chosen.items.map((item) => {
    const name = faces.byId.get(customerOf(item))?.name ?? '';
    const { currency: _, foreignMinor: _minor, ...shown } = showOpenItem(item, name);
    return { ...shown, bucket: bucketOfItem(item, view), applied: [...(applied.get(item) ?? [])] };
  });
}

/** What the base amounts differ from what is open in the foreign ones at the rate of each document. */
function roundingOf({ ledger, items }: Chosen, { asOf }: Question): Paise {
  const inForeign = foreignOpen(ledger, items, asOf);
  let rounding = 0;
  for (const [item, minor] of inForeign) rounding += item.openPaise - atOwnRate(item, minor);
  return paise(rounding);
}

function atOwnRate(item: OpenItem, minor: number): Paise {
  const { amountPaise, foreignMinor } = item.bill ?? item.moneyIn;
  return mulDiv(minor, amountPaise, foreignMinor ?? 1);
}
