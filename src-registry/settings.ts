import path from 'node:path';
import { z } from 'zod';

// Everything that can be set, from the environment. docs/registry.md tells what each is for.

const flag = z.enum(['on', 'off']);
const portField = z.coerce.number().int().min(0).max(65_535);
const jsonOfTexts = z
  .string()
  .transform((text, context) => {
    try {
      const value: unknown = JSON.parse(text);
      return value;
    } catch {
      context.addIssue({ code: 'custom', message: 'is no JSON' });
      return z.NEVER;
    }
  })
  .pipe(z.record(z.string(), z.string()));

const environment = z.object({
  /** A PostgreSQL of one's own; without it the registry brings one, in its data folder. */
  DATABASE_URL: z.string().min(1).optional(),
  REGISTRY_DATA: z.string().min(1).default('registry-data'),
  /** Where the key files lie; another disk than the database's, and backed up by itself. */
  REGISTRY_KEYS: z.string().min(1).optional(),
  REGISTRY_HOST: z.string().min(1).default('127.0.0.1'),
  REGISTRY_PORT: portField.default(8740),
  /** /metrics answers on this machine alone. */
  REGISTRY_METRICS_PORT: portField.default(8741),
  REGISTRY_URL: z.url().optional(),
  REGISTRY_NAME: z.string().min(1).max(60).default('Baaki registry (development)'),
  /** Further names it is called by, 'host' or 'host:port', with commas between them; REGISTRY_URL's own counts by itself. */
  REGISTRY_HOSTS: z.string().min(1).optional(),
  /** Who lets new members in. The operator, wherever it is more than a trial on one machine. */
  REGISTRY_ADMIT: z.enum(['operator', 'everyone']).optional(),
  /** Of the grievance officer, as the law wants him named. */
  REGISTRY_GRIEVANCE: z.email().optional(),
  REGISTRY_ORIGIN: z
    .string()
    .regex(/^[a-z0-9.:-]+\/[a-z0-9-]+$/)
    .optional(),
  /** Addresses of the proxies before it, as fastify's trustProxy takes them. */
  REGISTRY_PROXIES: z.string().min(1).optional(),
  REGISTRY_CONNECTIONS: z.coerce.number().int().min(2).max(200).default(10),
  /** Checks whose statements go to the database as one; 1 where an engine spreads the tables over machines. */
  REGISTRY_TOGETHER: z.coerce.number().int().min(1).max(64).default(32),
  REGISTRY_STRANGERS_PER_MINUTE: z.coerce.number().int().min(1).default(30),
  REGISTRY_JOBS: flag.default('on'),
  /** How loaded it may be before it says 503. */
  REGISTRY_LAG_MS: z.coerce.number().int().min(100).default(2_000),
  REGISTRY_HEAP_MB: z.coerce.number().int().min(64).default(1_500),
  REGISTRY_STOP_SECONDS: z.coerce.number().int().min(1).max(300).default(20),
  MAIL_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  MAIL_FROM: z.string().min(3).optional(),
  SMS_URL: z.string().min(1).optional(),
  SMS_METHOD: z.enum(['GET', 'POST']).default('POST'),
  SMS_HEADERS: jsonOfTexts.default({ 'content-type': 'application/json' }),
  SMS_BODY: z.string().default(''),
  SMS_TEMPLATES: jsonOfTexts.default({}),
  SMS_OK: z.string().min(1).optional(),
});

export type Settings = z.infer<typeof environment> & {
  readonly keyFolder: string;
  readonly publicUrl: string;
  readonly origin: string;
  readonly admits: 'operator' | 'everyone';
  /** What may stand in `Host` where a member signs. */
  readonly hosts: readonly string[];
};

/** Throws with the names of what is set wrongly; never with values, which may be secrets. */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const { success, data, error } = environment.safeParse(given);
  if (!success) {
    const faults = error.issues.map(({ path: at, message }) => `${at.join('.')}: ${message}`);
    throw new Error(`These settings are wrong. ${faults.join('; ')}`);
  }
  const wrong = wrongTogether(data);
  if (wrong.length > 0) throw new Error(`These settings are wrong. ${wrong.join('; ')}`);
  const publicUrl = (data.REGISTRY_URL ?? `http://localhost:${data.REGISTRY_PORT}`).replace(/\/+$/, '');
  const isTrial = !isPublic(data) && data.DATABASE_URL === undefined;
  return {
    ...data,
    keyFolder: path.resolve(data.REGISTRY_KEYS ?? path.join(data.REGISTRY_DATA, 'keys')),
    publicUrl,
    origin: data.REGISTRY_ORIGIN ?? `${new URL(publicUrl).host}/log1`,
    admits: data.REGISTRY_ADMIT ?? (isTrial ? 'everyone' : 'operator'),
    hosts: hostsOf(data, publicUrl),
  };
}

type Plain = z.infer<typeof environment>;

/** It stands where strangers reach it. */
function isPublic({ REGISTRY_URL }: Plain): boolean {
  return REGISTRY_URL?.startsWith('https:') === true;
}

/** What each by itself allows and all of it does not. */
function wrongTogether(data: Plain): readonly string[] {
  const wrong: string[] = [];
  const { MAIL_URL, MAIL_FROM, SMS_URL, REGISTRY_ADMIT, REGISTRY_PROXIES } = data;
  if (MAIL_URL !== undefined && MAIL_FROM === undefined) wrong.push('MAIL_FROM: is needed with MAIL_URL');
  if (!isPublic(data)) return wrong;
  if (MAIL_URL === undefined && SMS_URL === undefined)
    wrong.push(
      'SMS_URL, MAIL_URL: one is needed with an https REGISTRY_URL, or passwords would lie in a file',
    );
  if (REGISTRY_ADMIT === 'everyone')
    wrong.push('REGISTRY_ADMIT: is operator with an https REGISTRY_URL, or anybody would be whom he says');
  if (REGISTRY_PROXIES === undefined)
    wrong.push(
      'REGISTRY_PROXIES: is needed with an https REGISTRY_URL, or all strangers would share one address',
    );
  return wrong;
}

function hostsOf(data: Plain, publicUrl: string): readonly string[] {
  const named = (data.REGISTRY_HOSTS ?? '').split(',').map((host) => host.trim().toLowerCase());
  const near = isPublic(data)
    ? []
    : ['localhost', '127.0.0.1'].map((host) => `${host}:${data.REGISTRY_PORT}`);
  return [...new Set([new URL(publicUrl).host, ...named, ...near])].filter((host) => host !== '');
}
