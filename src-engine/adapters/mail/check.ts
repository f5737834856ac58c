import dns from 'node:dns/promises';
import { domainOf } from './address.ts';
import { freemailDomains } from './presets.ts';
import { seeCertificate, type CertificateSeen } from './certificate.ts';
import type { Server, Settings } from './settings.ts';
import type { Bilingual, GatewayCheck, Pulled, TellCheck } from '../message-ports.ts';

type Step = GatewayCheck['step'];

/** What the check needs of an open channel. Each answers null when it works, else what is wrong in words. */
export type CheckPorts = {
  readonly signIn: (signal: AbortSignal) => Promise<string | null>;
  readonly inbox: (signal: AbortSignal) => Promise<Pulled<number>>;
};

type Listener = { readonly signal: AbortSignal; readonly tell: TellCheck | undefined };

/** Step by step until one fails: what comes after it could not work and would only confuse. */
export async function checkMail(
  settings: Settings,
  ports: CheckPorts,
  { signal, tell }: Listener,
): Promise<readonly GatewayCheck[]> {
  const steps: GatewayCheck[] = [];
  for await (const step of stepsOf(settings, ports, signal)) {
    steps.push(step);
    tell?.(step);
    if (step.outcome === 'failed') break;
  }
  return steps;
}

async function* stepsOf(
  settings: Settings,
  ports: CheckPorts,
  signal: AbortSignal,
): AsyncGenerator<GatewayCheck, void> {
  const { smtp } = settings;
  yield ok('settings', 'The settings are complete.', 'सेटिंग पूरी हैं।');
  yield await nameStep(smtp.host);
  yield* connectionSteps(smtp, await seeCertificate(smtp, 'smtp', signal));
  const refused = await ports.signIn(signal);
  yield refused === null
    ? ok('sign-in', 'The server took the sign-in.', 'सर्वर ने साइन-इन मान लिया।')
    : failed(
        'sign-in',
        refused,
        'सर्वर ने साइन-इन नहीं माना। नाम और पासवर्ड जाँचें; Gmail, Zoho और Microsoft में ऐप पासवर्ड या OAuth चाहिए।',
      );
  yield senderStep(settings);
  yield await inboxStep(settings, ports, signal);
}

async function nameStep(host: string): Promise<GatewayCheck> {
  try {
    await dns.lookup(host);
    return ok('name', `${host} was found.`, `${host} मिल गया।`);
  } catch {
    return failed(
      'name',
      `The name ${host} is not known. Check it for typing mistakes, and the internet connection.`,
      `${host} नाम नहीं मिला। नाम में गलती और इंटरनेट जाँच लें।`,
    );
  }
}

function connectionSteps({ host, port, pins }: Server, seen: CertificateSeen): readonly GatewayCheck[] {
  const place = `${host}:${port}`;
  const connected = ok('connect', `${place} answers.`, `${place} जवाब दे रहा है।`);
  if (!seen.ok && seen.step === 'connect' && seen.code !== 'NO-STARTTLS')
    return [
      failed(
        'connect',
        `${place} does not answer (${seen.code}). Check the port, the firewall and the internet connection.`,
        `${place} जवाब नहीं दे रहा (${seen.code})। पोर्ट, फ़ायरवॉल और इंटरनेट जाँचें।`,
      ),
    ];
  if (!seen.ok)
    return [
      connected,
      failed(
        'tls',
        `${place} offers no encrypted connection here (${seen.code}). Try port 465 or 587.`,
        `${place} यहाँ सुरक्षित कनेक्शन नहीं देता (${seen.code})। पोर्ट 465 या 587 आज़माएँ।`,
      ),
    ];
  if (pins.length > 0 && !pins.includes(seen.fingerprint))
    return [
      connected,
      failed(
        'tls',
        `The server shows another certificate than the one in the settings. Now it is ${seen.fingerprint}.`,
        `सर्वर का प्रमाणपत्र सेटिंग वाले से अलग है। अभी का: ${seen.fingerprint}`,
      ),
    ];
  if (pins.length === 0 && seen.doubt !== null)
    return [
      connected,
      failed(
        'tls',
        `No known authority vouches for this certificate (${seen.doubt}). If the server is your own, put this fingerprint into the settings: ${seen.fingerprint}`,
        `इस प्रमाणपत्र की कोई जानी-मानी संस्था पुष्टि नहीं करती (${seen.doubt})। सर्वर आपका अपना हो तो यह फ़िंगरप्रिंट सेटिंग में डालें: ${seen.fingerprint}`,
      ),
    ];
  return [
    connected,
    ok(
      'tls',
      'The connection is encrypted and the certificate is good.',
      'कनेक्शन सुरक्षित है और प्रमाणपत्र सही है।',
    ),
  ];
}

/** DMARC of the free mail houses refuses their addresses from anybody else's server (docs/gateways.md 4.4). */
function senderStep({ from, user, provider, smtp }: Settings): GatewayCheck {
  const domain = domainOf(from);
  if (freemailDomains.has(domain) && provider === 'own' && !smtp.host.toLowerCase().endsWith(domain))
    return warning(
      `Mails from an address at ${domain} through another server end up in spam or are refused. Send from an address of your own domain.`,
      `${domain} का पता किसी और सर्वर से भेजने पर मेल स्पैम में जाती है या ठुकरा दी जाती है। अपने डोमेन के पते से भेजें।`,
    );
  if (user.includes('@') && domainOf(user) !== domain)
    return warning(
      `The sender's domain ${domain} is not that of the account, ${domainOf(user)}. Many servers refuse that.`,
      `भेजने वाले का डोमेन ${domain} खाते के डोमेन ${domainOf(user)} से अलग है। कई सर्वर इसे ठुकराते हैं।`,
    );
  return ok('sender', 'The sender belongs to this account.', 'भेजने वाला पता इसी खाते का है।');
}

async function inboxStep(settings: Settings, ports: CheckPorts, signal: AbortSignal): Promise<GatewayCheck> {
  if (!settings.imap)
    return {
      step: 'inbox',
      outcome: 'left-out',
      detail: {
        en: 'No inbox is set: bounces and answers will not be seen here.',
        hi: 'इनबॉक्स नहीं दिया गया: लौटी मेल और जवाब यहाँ नहीं दिखेंगे।',
      },
    };
  const read = await ports.inbox(signal);
  return read.ok
    ? ok('inbox', `The inbox can be read: ${read.value} mails.`, `इनबॉक्स पढ़ा जा सकता है: ${read.value} मेल।`)
    : failed('inbox', read.detail, 'इनबॉक्स नहीं पढ़ा जा सका। पासवर्ड जाँचें, और देखें कि IMAP चालू है।');
}

function ok(step: Step, en: string, hi: string): GatewayCheck {
  return { step, outcome: 'ok', detail: { en, hi } };
}

function failed(step: Step, en: string, hi: string): GatewayCheck {
  return { step, outcome: 'failed', detail: { en, hi } };
}

function warning(en: string, hi: string): GatewayCheck {
  return { step: 'sender', outcome: 'warning', detail: { en, hi } satisfies Bilingual };
}
