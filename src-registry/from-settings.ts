import path from 'node:path';
import { byChannels } from './notifier/by-channels.ts';
import { fileSink } from './notifier/file-sink.ts';
import { smsChannel } from './notifier/http-sms.ts';
import type { Notifier } from './notifier/notifier.ts';
import { smtpChannel } from './notifier/smtp.ts';
import type { RegistryWish } from './open-registry.ts';
import {
  packagedPostgres,
  runningPostgres,
  startPostgres,
  systemPostgres,
  type RunningPostgres,
} from './postgres/start-postgres.ts';
import type { Settings } from './settings.ts';
import { logLine } from './structured-log.ts';

// What the settings say, as what the registry is opened with: by the server, and by the operator's commands beside it.

/** All but where its events go. */
export function wishOf(settings: Settings, databaseUrl: string): Omit<RegistryWish, 'log' | 'onBug'> {
  return {
    databaseUrl,
    keyFolder: settings.keyFolder,
    notifier: notifierOf(settings),
    name: settings.REGISTRY_NAME,
    origin: settings.origin,
    publicUrl: settings.publicUrl,
    admits: settings.admits,
    hosts: settings.hosts,
    ...(settings.REGISTRY_GRIEVANCE !== undefined && { grievance: settings.REGISTRY_GRIEVANCE }),
    connectionsMost: settings.REGISTRY_CONNECTIONS,
    togetherMost: settings.REGISTRY_TOGETHER,
    strangersPerMinute: settings.REGISTRY_STRANGERS_PER_MINUTE,
    pressure: {
      maxEventLoopDelay: settings.REGISTRY_LAG_MS,
      maxHeapUsedBytes: settings.REGISTRY_HEAP_MB * 1024 * 1024,
    },
    ...(settings.REGISTRY_PROXIES !== undefined && { trustProxy: settings.REGISTRY_PROXIES }),
  };
}

export async function ownPostgres(settings: Settings): Promise<RunningPostgres> {
  const programs = packagedPostgres() ?? systemPostgres();
  if (programs === null)
    throw new Error('There is no PostgreSQL here. Install one, or name another machine’s in DATABASE_URL.');
  return await startPostgres({ programs, folder: folderOf(settings, programs.version) });
}

/** The address of the one that a running server brought; null where no server runs. */
export function postgresOfServer(settings: Settings): string | null {
  const programs = packagedPostgres() ?? systemPostgres();
  return programs === null ? null : runningPostgres(folderOf(settings, programs.version));
}

function folderOf({ REGISTRY_DATA }: Settings, version: string): string {
  return path.resolve(REGISTRY_DATA, `postgres-${version.split('.')[0]}`);
}

function notifierOf(settings: Settings): Notifier {
  const { MAIL_URL, MAIL_FROM, SMS_URL } = settings;
  if (MAIL_URL === undefined && SMS_URL === undefined)
    return fileSink(path.resolve(settings.REGISTRY_DATA, 'notices.jsonl'));
  return byChannels(
    {
      mail: MAIL_URL === undefined ? null : smtpChannel({ url: MAIL_URL, from: MAIL_FROM ?? '' }),
      sms:
        SMS_URL === undefined
          ? null
          : smsChannel({
              url: SMS_URL,
              method: settings.SMS_METHOD,
              headers: settings.SMS_HEADERS,
              body: settings.SMS_BODY,
              templates: settings.SMS_TEMPLATES,
              okPattern: settings.SMS_OK ?? null,
            }),
    },
    (kind) => logLine('notice.failed', { kind }),
  );
}
