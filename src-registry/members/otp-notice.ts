import { OTP_MINUTES } from '#domain/registry/quotas.ts';
import type { Notice } from '../notifier/notifier.ts';
import type { Contact } from './contacts.ts';

type Wish = {
  readonly to: Contact;
  readonly otp: string;
  readonly lang: 'en' | 'hi';
  readonly registryName: string;
};

/** The password of whoever joins, or takes his membership to a new machine. */
export function otpNotice({ to, otp, lang, registryName }: Wish): Notice {
  const [subject, text] =
    lang === 'hi'
      ? [
          `${registryName}: आपका पासवर्ड`,
          `${registryName} से जुड़ने का एक बार का पासवर्ड ${otp} है। यह ${OTP_MINUTES} मिनट चलेगा। इसे किसी को न बताएं। यह आपने नहीं माँगा था तो कुछ न करें।`,
        ]
      : [
          `${registryName}: your password`,
          `${otp} is your one-time password to join ${registryName}. It is good for ${OTP_MINUTES} minutes. Tell it to nobody. If you did not ask for it, do nothing.`,
        ];
  return { to, kind: 'otp', template: 'join', lang, subject, text };
}
