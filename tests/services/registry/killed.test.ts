import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { repository } from '#tests/architecture/read-tree.ts';
import { bundleSources } from '#tests/builders/bundle.ts';
import { fileOf, moneyIn } from '#tests/builders/facts.ts';
import { meddler, type Meddler } from '#tests/builders/registry/between.ts';
import {
  addressOf,
  desktop,
  joinAs,
  owes,
  publishAll,
  synced,
  VAULT_KEY,
} from '#tests/builders/registry/desktop.ts';
import { gstinOf } from '#tests/builders/registry/member.ts';
import { tempRegistry, type TempRegistry } from '#tests/builders/registry/temp-registry.ts';
import { expect, it, onTestFinished } from 'vitest';
import type { ChildSaid, ChildWish } from './syncing-child.ts';

// Killed between freezing, sending and the receipt: nothing is there twice and nothing is lost. BAAKI_KILLS is how many
// moments among the statements are tried besides those of the network.

const KILLS = Number(process.env['BAAKI_KILLS'] ?? 3);

type Moment =
  { readonly statement: number } | { readonly at: 'request' | 'answer'; readonly path: string } | null;

const network: readonly Moment[] = [
  { at: 'request', path: '/v1/batches' },
  { at: 'answer', path: '/v1/batches' },
  { at: 'answer', path: '/v1/changes' },
];

function buildChild(): Promise<string> {
  const results = path.join(repository, 'test-results');
  mkdirSync(results, { recursive: true });
  const outDir = mkdtempSync(path.join(results, 'killed-syncing-'));
  onTestFinished(() => rmSync(outDir, { recursive: true, force: true }));
  const built = bundleSources(outDir, { child: path.join(import.meta.dirname, 'syncing-child.ts') });
  return built.then(() => path.join(outDir, 'child.js'));
}

async function syncAndKill(
  program: string,
  wish: Omit<ChildWish, 'dieBefore'>,
  { moment, between }: { readonly moment: Moment; readonly between: Meddler },
): Promise<Extract<ChildSaid, { kind: 'done' }> | null> {
  const child = fork(program, { execArgv: [] });
  const gone = once(child, 'exit');
  await once(child, 'message');
  let done: Extract<ChildSaid, { kind: 'done' }> | null = null;
  child.on('message', (said: ChildSaid) => {
    if (said.kind !== 'done') return;
    done = said;
    child.kill('SIGKILL');
  });
  const isAt = (at: 'request' | 'answer', to: string): boolean =>
    moment !== null && 'at' in moment && moment.at === at && to.startsWith(moment.path);
  between.onRequest = (to) => void (isAt('request', to) && child.kill('SIGKILL'));
  between.meddle((to, answer) => {
    if (isAt('answer', to)) child.kill('SIGKILL');
    return answer;
  });
  child.send({ ...wish, dieBefore: moment !== null && 'statement' in moment ? moment.statement : null });
  await gone;
  between.onRequest = null;
  between.meddle(null);
  return done;
}

async function submissions(registry: TempRegistry): Promise<readonly { seq: number; epoch: number }[]> {
  return await registry.registry.store.rows({
    text: `select seq::int, epoch::int from submission where kind = 'incremental' order by epoch, seq`,
  });
}

it('says everything once, whenever the engine is killed', { timeout: 240_000 }, async () => {
  const registry = await tempRegistry();
  const between = await meddler(await addressOf(registry));
  const program = await buildChild();
  const seller = await desktop(registry);
  await joinAs(registry, seller, { address: between.address });
  const { dataFolder } = seller;
  const owed = owes(seller, { gstin: gstinOf(1), amounts: [10_000, 20_000, 30_000] });
  await publishAll(seller, owed.billIds);
  registry.pass({ days: 1, minutes: 1 });
  await seller.close();
  const wish = { dataFolder, now: registry.registry.now(), vaultKey: [...VAULT_KEY] };
  const whole = await syncAndKill(program, wish, { moment: null, between });
  expect(whole).toMatchObject({ trouble: null });
  const most = whole?.statements ?? 1;
  const moments: readonly Moment[] = [
    ...network,
    ...Array.from({ length: KILLS }, (_, at) => ({ statement: 1 + Math.floor((at * most) / KILLS) })),
  ];
  let paid = 0;
  let killed = 0;
  for (const moment of moments) {
    const engine = await desktop(registry, { dataFolder });
    fileOf(engine).write((tx) =>
      moneyIn(tx, owed.customerId, {
        amount: 100,
        day: '2026-11-20',
        allocated: new Map([[owed.billIds[paid % 3] ?? 0, 100]]),
      }),
    );
    paid += 1;
    await engine.close();
    if ((await syncAndKill(program, wish, { moment, between })) === null) killed += 1;
  }
  expect(killed).toBeGreaterThanOrEqual(network.length + Math.floor(KILLS / 2));
  const last = await desktop(registry, { dataFolder });
  await synced(last);
  expect(await last.client.registry.membership()).toMatchObject({ trouble: null, queuedCount: 0 });
  const open = [10_000, 20_000, 30_000].map(
    (amount, at) => amount * 100 - Math.floor((paid - at + 2) / 3) * 100 * 100,
  );
  const rows = await registry.registry.store.rows<{ open_p: number }>({
    text: 'select open_p from due order by amount_p',
  });
  expect(rows.map(({ open_p }) => open_p)).toEqual(open);
  expect(
    (await last.client.registry.published({})).map(({ openPaise }) => openPaise).toSorted((a, b) => a - b),
  ).toEqual(open);
  // One chain without a gap and without a fork: no batch was made twice, and none was lost.
  const made = await submissions(registry);
  expect(made).toEqual(made.map((_, seq) => ({ seq, epoch: 1 })));
  expect(registry.bugs).toEqual([]);
});
