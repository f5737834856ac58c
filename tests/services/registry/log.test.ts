import { signedCheckpoint } from '#registry/log/checkpoints.ts';
import { fileOf } from '#tests/builders/facts.ts';
import { meddler, type Answered } from '#tests/builders/registry/between.ts';
import { addressOf, desktop, joinAs, owes, publishAll, synced } from '#tests/builders/registry/desktop.ts';
import { gstinOf } from '#tests/builders/registry/member.ts';
import { runJob } from '#tests/builders/registry/run-job.ts';
import { tempRegistry } from '#tests/builders/registry/temp-registry.ts';
import { expect, it } from 'vitest';

// A registry that holds the right keys and tells this desktop another story than it told before, or than it tells others.

it('believes no log but the one it knows, and no receipt that is not in it, whoever signs', async () => {
  const registry = await tempRegistry();
  const between = await meddler(await addressOf(registry));
  const one = await desktop(registry);
  await joinAs(registry, one, { address: between.address });
  const { billIds } = owes(one, { gstin: gstinOf(1), amounts: [10_000, 20_000] });
  for (const billId of billIds) {
    await publishAll(one, [billId]);
    registry.pass({ days: 1, minutes: 1 });
    await synced(one);
    await runJob(registry, 'log.sequence');
  }
  await synced(one);
  const membership = () => one.client.registry.membership();
  expect(await membership()).toMatchObject({ trouble: null, log: { size: 2 } });
  const kept = (): unknown =>
    fileOf(one).read((tx) => tx.sqlite.prepare('select checkpoint from registry_membership').pluck().get());
  const before = kept();
  // A sync that was on its way by itself may have seen the registry before it began to lie.
  const seen = async (): Promise<string | null> => {
    await synced(one);
    return (await membership()).trouble?.code ?? null;
  };
  const within = { timeout: 10_000 };

  const forged = signedCheckpoint(registry.registry, 2, Buffer.alloc(32, 7));
  const otherHash = (text: string): string =>
    text.replace(/^[A-Za-z0-9+/]{43}=$/m, Buffer.alloc(32, 7).toString('base64'));
  const lies: readonly ((path: string, answer: Answered) => Answered)[] = [
    (path, answer) => (path === '/v1/log/checkpoint' ? { ...answer, text: forged } : answer),
    (path, answer) => (path.endsWith('/proof') ? { ...answer, text: otherHash(answer.text) } : answer),
  ];
  for (const lie of lies) {
    between.meddle(lie);
    await expect.poll(seen, within).toBe('log-broken');
    expect(kept()).toBe(before);
    between.meddle(null);
    await expect.poll(seen, within).toBeNull();
  }
  // What no registry wrote says nothing of its log.
  between.meddle((path, answer) =>
    path === '/v1/log/checkpoint' ? { ...answer, type: 'text/html', text: '<html>Log in</html>' } : answer,
  );
  await expect.poll(seen, within).toBe('foreign');
});
