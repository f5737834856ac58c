import type { GatewayKind, GatewayShown } from '#contract/engine/gateways.ts';

/** What a gateway serves; 'payment' ones make payment links and send nothing. */
export type Served = GatewayShown['channel'];

/** In the order in which most owners set them up: what costs nothing first. */
const servedInOrder = [
  'whatsapp',
  'email',
  'sms',
  'voice',
  'letter',
  'call',
  'payment',
] as const satisfies readonly Served[];

export type ServedGroup = { readonly channel: Served; readonly gateways: readonly GatewayShown[] };

/** The gateways by channel, each channel's in the order of their use; channels without any are left out. */
export function groupsOf(gateways: readonly GatewayShown[]): readonly ServedGroup[] {
  return servedInOrder
    .map((channel) => ({
      channel,
      gateways: gateways
        .filter((one) => one.channel === channel)
        .toSorted((a, b) => a.place - b.place || a.gatewayId - b.gatewayId),
    }))
    .filter((group) => group.gateways.length > 0);
}

type Place = Pick<GatewayShown, 'gatewayId' | 'place'>;

/** The new places after one gateway of a channel was moved; only those whose place changes. */
export function placesAfterMove(
  group: readonly Place[],
  gatewayId: number,
  step: -1 | 1,
): readonly { readonly gatewayId: number; readonly place: number }[] {
  const from = group.findIndex((one) => one.gatewayId === gatewayId);
  const to = from + step;
  const [moved, other] = [group[from], group[to]];
  if (moved === undefined || other === undefined) return [];
  const order = group.with(from, other).with(to, moved);
  return order
    .map((one, place) => ({ gatewayId: one.gatewayId, place, was: one.place }))
    .filter(({ place, was }) => place !== was)
    .map(({ was: _was, ...one }) => one);
}

export type Need = 'free' | 'in-house' | 'account';

/**
 * What one needs before it can send: nothing but what every office has (WhatsApp on this computer, a mailbox), a device
 * in the house, or an account with a vendor.
 */
export function needOf({ channel, fields, capabilities }: GatewayKind): Need {
  if (channel === 'email' || fields.length === 0) return 'free';
  return capabilities?.needsInternet === false ? 'in-house' : 'account';
}

const NEEDS: readonly Need[] = ['free', 'in-house', 'account'];

/** The kinds as the picker shows them: free ones first, then by channel as above. */
export function kindsInOrder(kinds: readonly GatewayKind[]): readonly GatewayKind[] {
  const rank = (kind: GatewayKind): number =>
    NEEDS.indexOf(needOf(kind)) * servedInOrder.length + servedInOrder.indexOf(kind.channel);
  return kinds.toSorted((a, b) => rank(a) - rank(b));
}
