import { hkdfSync, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import { makeApp, type AppWish, type Handlers } from './api/app.ts';
import { addHealth } from './api/health.ts';
import { batchHandlers } from './batches/handlers.ts';
import { startBlinder, type Blinder } from './blinder/start-blinder.ts';
import { checkHandlers } from './checks/handlers.ts';
import { checkJobs } from './checks/jobs.ts';
import { indiaDayOf, machineTime } from './clock.ts';
import { consentHandlers } from './consents/handlers.ts';
import { consentJobs } from './consents/jobs.ts';
import { signingKey } from './crypto.ts';
import { disputeHandlers } from './disputes/handlers.ts';
import { idMaker } from './ids.ts';
import { dailyJobs } from './jobs/daily-jobs.ts';
import type { Job } from './jobs/job.ts';
import { KEY_BYTES, keyFrom } from './key-files.ts';
import { logHandlers } from './log/handlers.ts';
import { logJobs } from './log/jobs.ts';
import { addTiles } from './log/tiles.ts';
import { memberHandlers } from './members/handlers.ts';
import { memberJobs } from './members/jobs.ts';
import { addTerms } from './members/terms.ts';
import { contactSeal } from './notifier/contact-seal.ts';
import type { Notifier } from './notifier/notifier.ts';
import { operatorJobs } from './operator/jobs.ts';
import { portalHandlers } from './portal/handlers.ts';
import { portalJobs } from './portal/jobs.ts';
import { addPages } from './portal/pages.ts';
import { debtorOf } from './portal/sessions.ts';
import type { Registry } from './registry.ts';
import { openStore } from './store/database.ts';
import { headOf } from './store/log.ts';
import { migrate } from './store/migrate.ts';

// The one wiring file of the registry: where the database, the blinder, the keys and the clock meet the handlers.

export type RegistryWish = {
  readonly databaseUrl: string;
  /** Holds blinder.key, contacts.key, receipt.key and log.key, each made when it is missing. */
  readonly keyFolder: string;
  readonly notifier: Notifier;
  readonly name: string;
  /** The log's name, without a scheme. */
  readonly origin: string;
  readonly publicUrl: string;
  /** Whether new members wait for the operator; they do where it is not said. */
  readonly admits?: Registry['admits'];
  /** Mail address of the grievance officer; grievance@ the public address where it is not given. */
  readonly grievance?: string;
  readonly log: Registry['log'];
  /** Bugs of ours, under the id that the caller was told. */
  readonly onBug: AppWish['onBug'];
  readonly now?: () => number;
  readonly connectionsMost?: number;
  readonly togetherMost?: number;
} & Pick<AppWish, 'pressure' | 'trustProxy' | 'strangersPerMinute' | 'onAnswer' | 'hosts'>;

export type OpenRegistry = {
  readonly app: FastifyInstance;
  readonly registry: Registry;
  readonly jobs: readonly Job[];
  readonly close: () => Promise<void>;
};

export async function openRegistry(wish: RegistryWish): Promise<OpenRegistry> {
  const store = openStore({
    url: wish.databaseUrl,
    onTrouble: () => wish.log('database.connection-lost'),
    ...(wish.connectionsMost !== undefined && { connectionsMost: wish.connectionsMost }),
    ...(wish.togetherMost !== undefined && { togetherMost: wish.togetherMost }),
  });
  let blinder: Blinder | null = null;
  try {
    await migrate(store);
    await refuseLostKeys(store, wish.keyFolder);
    blinder = await startBlinder(path.join(wish.keyFolder, 'blinder.key'));
    const registry = registryOf(wish, store, blinder);
    const app = await appOf(wish, registry);
    const close = async (): Promise<void> => {
      await app.close();
      await registry.blinder.close();
      await store.close();
    };
    return {
      app,
      registry,
      jobs: [
        ...memberJobs,
        ...operatorJobs,
        ...logJobs,
        ...consentJobs,
        ...checkJobs,
        ...portalJobs,
        ...dailyJobs,
      ],
      close,
    };
  } catch (error) {
    await blinder?.close();
    await store.close();
    throw error;
  }
}

const KEY_FILES = ['blinder', 'contacts', 'receipt', 'log'] as const;

/**
 * Keys are made for a registry that begins. One that has a log and finds a key gone was started without the disk they lie
 * on: a new pepper would orphan every token, and a new log key would break with every checkpoint.
 */
async function refuseLostKeys(store: Registry['store'], keyFolder: string): Promise<void> {
  const lost = KEY_FILES.filter((name) => !existsSync(path.join(keyFolder, `${name}.key`)));
  if (lost.length > 0 && (await headOf(store)) !== null)
    throw new Error(
      `There is a log already, and no ${lost.join('.key, ')}.key in ${keyFolder}. Bring it back.`,
    );
}

function registryOf(wish: RegistryWish, store: Registry['store'], blinder: Blinder): Registry {
  const now = wish.now ?? machineTime;
  const keyOf = (name: string): Uint8Array => keyFrom(path.join(wish.keyFolder, `${name}.key`));
  const contactsKey = keyOf('contacts');
  return {
    store,
    blinder,
    notifier: wish.notifier,
    contacts: contactSeal(store, contactsKey, () => indiaDayOf(now())),
    otpKey: new Uint8Array(hkdfSync('sha256', contactsKey, '', 'baaki/otp', KEY_BYTES)),
    receiptKey: signingKey(keyOf('receipt')),
    logKey: signingKey(keyOf('log')),
    origin: wish.origin,
    publicUrl: wish.publicUrl,
    name: wish.name,
    admits: wish.admits ?? 'operator',
    grievance: wish.grievance ?? `grievance@${new URL(wish.publicUrl).hostname}`,
    now,
    today: () => indiaDayOf(now()),
    newId: idMaker(now, randomBytes),
    randomBytes: (count) => new Uint8Array(randomBytes(count)),
    log: wish.log,
  };
}

async function appOf(wish: RegistryWish, registry: Registry): Promise<FastifyInstance> {
  const app = await makeApp({
    store: registry.store,
    handlers: handlersOf(registry),
    debtorOf: (request) => debtorOf(registry, request),
    now: registry.now,
    newId: registry.newId,
    onBug: wish.onBug,
    ...(wish.pressure && { pressure: wish.pressure }),
    ...(wish.trustProxy !== undefined && { trustProxy: wish.trustProxy }),
    ...(wish.strangersPerMinute !== undefined && { strangersPerMinute: wish.strangersPerMinute }),
    ...(wish.onAnswer && { onAnswer: wish.onAnswer }),
    ...(wish.hosts && { hosts: wish.hosts }),
  });
  addHealth(app, registry);
  addTerms(app);
  addTiles(app, registry);
  addPages(app, registry);
  await app.ready();
  return app;
}

function handlersOf(registry: Registry): Handlers {
  return {
    ...memberHandlers(registry),
    ...batchHandlers(registry),
    ...logHandlers(registry),
    ...consentHandlers(registry),
    ...checkHandlers(registry),
    ...disputeHandlers(registry),
    ...portalHandlers(registry),
  };
}
