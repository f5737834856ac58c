import type { Channel } from '#domain/reminders/words.ts';
import {
  IconBrandWhatsapp,
  IconMail,
  IconMailForward,
  IconMessage,
  IconPhone,
  IconPhoneCall,
  type TablerIcon,
} from '@tabler/icons-react';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';

const icons = {
  sms: IconMessage,
  whatsapp: IconBrandWhatsapp,
  email: IconMail,
  voice: IconPhoneCall,
  letter: IconMailForward,
  call: IconPhone,
} as const satisfies Record<Channel, TablerIcon>;

type ChannelIconProps = { readonly channel: Channel; readonly size?: number };

/** The sign of a channel, with its word for who does not see it. */
export function ChannelIcon({ channel, size = 15 }: ChannelIconProps): JSX.Element {
  const { t } = useTranslation('reminders');
  const Icon = icons[channel];
  const word = t(`channel.${channel}`);
  return (
    <span className="text-channel" title={word}>
      <Icon size={size} stroke={1.7} aria-hidden />
      <span className="unseen">{word}</span>
    </span>
  );
}
