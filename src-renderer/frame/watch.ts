import type { Noun } from '#contract/engine/changes.ts';
import { client, onEngineConnected, orpc, queryClient } from '../client.ts';
import { pacedRefetch } from './paced-refetch.ts';

/** Which calls tell something about a noun: a new receipt changes what customers owe. */
const tellOf = {
  books: ['books'],
  customers: ['customers', 'aging', 'books', 'bills', 'receipts', 'registry'],
  bills: ['bills', 'customers', 'aging', 'books', 'allocations', 'reminders', 'registry'],
  receipts: ['receipts', 'bills', 'customers', 'aging', 'allocations', 'reminders', 'payLinks', 'registry'],
  credits: ['credits', 'bills', 'customers', 'aging', 'allocations', 'registry'],
  imports: ['imports', 'books'],
  aging: ['aging', 'customers', 'bills'],
  contacts: ['customers'],
  notes: ['customers'],
  settings: ['settings', 'aging', 'customers', 'bills', 'business', 'reminders'],
  sync: ['sync', 'reminders'],
  reminders: ['reminders', 'cadences', 'messages'],
  messages: ['messages', 'reminders', 'timelines', 'gateways'],
  replies: ['replies', 'reminders', 'customers', 'registry'],
  gateways: ['gateways', 'reminders'],
  templates: ['templates', 'reminders'],
  cadences: ['cadences', 'reminders'],
  consents: ['consents', 'reminders', 'customers'],
  registry: ['registry'],
} as const satisfies Record<Noun, readonly (keyof typeof keys)[]>;

const keys = {
  aging: orpc.aging.key(),
  allocations: orpc.allocations.key(),
  bills: orpc.bills.key(),
  books: orpc.books.key(),
  business: orpc.business.key(),
  cadences: orpc.cadences.key(),
  consents: orpc.consents.key(),
  credits: orpc.credits.key(),
  customers: orpc.customers.key(),
  gateways: orpc.gateways.key(),
  imports: orpc.imports.key(),
  messages: orpc.messages.key(),
  payLinks: orpc.payLinks.key(),
  receipts: orpc.receipts.key(),
  registry: orpc.registry.key(),
  reminders: orpc.reminders.key(),
  replies: orpc.replies.key(),
  settings: orpc.settings.key(),
  sync: orpc.sync.key(),
  templates: orpc.templates.key(),
  /** Of all that is told of a customer, messages stand in his timeline only. */
  timelines: orpc.customers.timeline.key(),
};

const refetchSoon = pacedRefetch(queryClient);

function refetch(nouns: readonly Noun[]): void {
  for (const call of new Set(nouns.flatMap((noun) => tellOf[noun]))) {
    refetchSoon(keys[call]);
  }
}

/** The one place that listens to the engine's push. Starts anew, and refetches all, at every new connection. */
export function watchChanges(): void {
  let listening = new AbortController();
  onEngineConnected(() => {
    listening.abort();
    listening = new AbortController();
    void listen(listening.signal);
    void queryClient.invalidateQueries();
  });
}

async function listen(signal: AbortSignal): Promise<void> {
  try {
    for await (const { nouns } of await client.changes.watch(undefined, { signal })) refetch(nouns);
  } catch {
    // The engine went away. The overlay tells it, and the next connection starts to listen again.
  }
}

/** Another company: nothing that is remembered of the last one may be seen, not for a moment. */
export function forgetLastBook(): void {
  queryClient.removeQueries({
    predicate: ({ queryKey: [path] }) => Array.isArray(path) && path[0] !== 'books' && path[0] !== 'system',
  });
}
