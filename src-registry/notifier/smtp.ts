import { createTransport } from 'nodemailer';
import type { Channel } from './channel.ts';

const TIMEOUT_MS = 20_000;

export type SmtpWish = {
  /** smtp://user:password@host:587 or smtps://…:465. */
  readonly url: string;
  readonly from: string;
};

/** Plain texts by mail: nothing in them is fetched from anywhere. */
export function smtpChannel({ url, from }: SmtpWish): Channel {
  const transport = createTransport({
    url,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    send: async (to, { subject, text }) => {
      const { rejected } = await transport.sendMail({ from, to, subject, text });
      return rejected.length === 0;
    },
    close: () => transport.close(),
  };
}
