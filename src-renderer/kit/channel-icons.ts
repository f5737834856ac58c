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

export const channelIcons = {
  sms: IconMessage,
  whatsapp: IconBrandWhatsapp,
  email: IconMail,
  voice: IconPhoneCall,
  letter: IconMailForward,
  call: IconPhone,
} as const satisfies Record<Channel, TablerIcon>;
