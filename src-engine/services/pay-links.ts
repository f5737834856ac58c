import type { PayLink } from '#contract/engine/pay-links.ts';
import { refuse } from '#domain/result.ts';
import { linkById, linkLines, type LinkLine } from '../storage/pay-links.ts';
import { bookDoor, refused, type BookContext } from './door.ts';
import { notReached } from './pay-links/channel.ts';
import { lookAt } from './pay-links/look.ts';
import { makeLink } from './pay-links/make.ts';
import { cancelLink } from './pay-links/tend.ts';
import { upiOf } from './pay-links/upi.ts';

export const payLinks = {
  list: bookDoor.payLinks.list.handler(({ context: { db }, input: { customerId } }) =>
    db.read((tx) => linkLines(tx, customerId ?? null)).map(shown),
  ),
  create: bookDoor.payLinks.create.handler(async ({ context, input, signal }) =>
    shown(await makeLink(context, input, signal ?? new AbortController().signal)),
  ),
  look: bookDoor.payLinks.look.handler(async ({ context, input: { linkId }, signal }) => {
    const link = linkOf(context, linkId);
    const looked = await lookAt(context, link, signal ?? new AbortController().signal);
    if (looked?.ok !== true) throw notReached({ name: link.gatewayName }, looked);
    return shown(linkOf(context, linkId));
  }),
  cancel: bookDoor.payLinks.cancel.handler(async ({ context, input: { linkId }, signal }) => {
    const link = linkOf(context, linkId);
    const cancelled = await cancelLink(context, link, signal ?? new AbortController().signal);
    if (cancelled?.ok !== true) throw notReached({ name: link.gatewayName }, cancelled);
    return shown(linkOf(context, linkId));
  }),
  upi: bookDoor.payLinks.upi.handler(({ context, input }) => upiOf(context, input)),
};

function linkOf({ db }: BookContext, linkId: number): LinkLine {
  const link = db.read((tx) => linkById(tx, linkId));
  if (!link) throw refused(refuse('pay-link-gone', 'This payment link is no longer in the book.').refusal);
  return link;
}

function shown(link: LinkLine): PayLink {
  const { id, customerId, customerName, gatewayName, reference, url, amountPaise, paidPaise, status } = link;
  const { billIds, createdAt, lookedAt } = link;
  return {
    linkId: id,
    customerId,
    customerName,
    gatewayName,
    reference,
    url,
    billIds: [...billIds],
    amountPaise,
    paidPaise,
    status,
    createdAt,
    lookedAt,
  };
}
