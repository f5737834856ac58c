import type { Channel } from '#domain/reminders/words.ts';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { channelIcons } from './channel-icons.ts';

type ChannelIconProps = { readonly channel: Channel; readonly size?: number };

/** The sign of a channel, with its word for who does not see it. */
export function ChannelIcon({ channel, size = 16 }: ChannelIconProps): JSX.Element {
  const { t } = useTranslation('reminders');
  const Icon = channelIcons[channel];
  const word = t(`channel.${channel}`);
  return (
    <span className="channel" title={word}>
      <Icon size={size} stroke={1.7} aria-hidden />
      <span className="unseen">{word}</span>
    </span>
  );
}
