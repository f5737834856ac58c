import type { Channel } from './channel.ts';
import type { Notice, Notifier } from './notifier.ts';

export type Channels = { readonly sms: Channel | null; readonly mail: Channel | null };

type Way = { readonly channel: Channel; readonly to: string };

/**
 * A one-time password goes one way, by SMS where there is a mobile: two ways are two places to read it. Everything else goes
 * every way that there is, and is sent once one of them took it.
 */
export function byChannels(channels: Channels, onTrouble: (kind: Notice['kind']) => void): Notifier {
  return {
    send: async (notice) => {
      const ways = waysOf(channels, notice);
      const [first] = ways;
      if (!first) return 'no-way';
      const outcomes: boolean[] = [];
      for (const way of notice.kind === 'otp' ? [first] : ways)
        outcomes.push(await tried(way, notice, onTrouble));
      return outcomes.includes(true) ? 'sent' : 'failed';
    },
  };
}

function waysOf({ sms, mail }: Channels, { to }: Notice): readonly Way[] {
  return [
    ...(sms !== null && to.mobile !== null ? [{ channel: sms, to: to.mobile }] : []),
    ...(mail !== null && to.email !== null ? [{ channel: mail, to: to.email }] : []),
  ];
}

async function tried(
  { channel, to }: Way,
  notice: Notice,
  onTrouble: (kind: Notice['kind']) => void,
): Promise<boolean> {
  try {
    return await channel.send(to, notice);
  } catch {
    // What a gateway says of a failure may hold the number or the text: only that it failed is told.
    onTrouble(notice.kind);
    return false;
  }
}
