import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { registry as command } from '#cli/commands/registry.ts';
import type { Options } from '#cli/command.ts';
import type { Ending } from '#cli/ending.ts';
import { VAULT_KEY, addressOf, desktop, joinAs, owes, publishAll } from '#tests/builders/registry/desktop.ts';
import { gstinOf } from '#tests/builders/registry/member.ts';
import { tempRegistry } from '#tests/builders/registry/temp-registry.ts';
import { openEngine, type Engine } from '#engine/open-engine.ts';
import { builtCli, type Ran } from './run-cli.ts';

/** Six programs are started, one after another. */
const ON_A_BUSY_MACHINE_MS = 60_000;

describe('baaki registry', () => {
  const cli = builtCli('all tests');
  const run = (...words: readonly string[]): Promise<Ran> => cli.run('registry', ...words);

  it(
    'tells how a book stands, takes a due back, and says where the keys are',
    async () => {
      const registry = await tempRegistry();
      const address = await addressOf(registry);
      const engine = await openEngine({
        dataFolder: path.join(cli.folder, 'data'),
        version: '0.0.0-test',
        vaultKey: VAULT_KEY,
      });
      await engine.client.books.create({ name: 'Gupta Traders' });
      const { billIds } = owes(engine, { gstin: gstinOf(1), amounts: [50_000, 500], name: 'Asha Stores' });
      expect((await run('status')).stdout).toContain('belongs to no registry');
      const who = ['--gstin', gstinOf(2), '--name', 'Gupta'];
      const refused = await run('join', '--address', address, ...who, '--yes', '--format', 'json');
      const { error } = JSON.parse(refused.stdout) as { error: { code: string; sentence: string } };
      expect(error.code).toBe('vault-closed');
      expect(error.sentence).toContain('Open Baaki, go to Registry');

      await joinAs(registry, engine);
      await publishAll(engine, billIds);
      await engine.close();
      expect((await run('status')).stdout).toMatch(/Membership +member\nMember +m_/);
      expect((await run('sync', '--format', 'json')).stdout).toContain('vault-closed');
      expect((await run('withdraw', String(billIds[0]))).stdout).toContain('1 taken back unheard');
      const { stderr, code } = await run('publish');
      expect([stderr, code]).toEqual([expect.stringContaining('Which bills?'), 2]);
    },
    ON_A_BUSY_MACHINE_MS,
  );
});

/** A command as the program runs it, without a process of its own. */
async function said(
  { client }: Engine,
  rest: readonly string[],
  options: Options = {},
): Promise<{ readonly text: string; readonly ending: Ending }> {
  const job = command.read({ options, rest });
  if (typeof job !== 'function') return { text: '', ending: job };
  let text = '';
  const nothing = (): undefined => undefined;
  const terminal = {
    out: (line: string) => void (text += line),
    note: nothing,
    progress: nothing,
    isInteractive: false,
    confirm: () => Promise.resolve(false),
    isClosed: () => false,
  };
  return { ending: await job({ client, terminal }), text };
}

describe('what each command of the registry does', () => {
  it('marks, proves, writes off and lists without a network', async () => {
    const registry = await tempRegistry();
    const one = await desktop(registry);
    await joinAs(registry, one);
    const { billIds } = owes(one, {
      gstin: gstinOf(3),
      amounts: [50_000, 20_000],
      name: 'Asha Stores',
      withProof: false,
    });
    const [first = '', second = ''] = billIds.map(String);
    const readyCount = async (): Promise<number> =>
      (await one.client.registry.candidates({ which: 'ready' })).readyCount;
    expect((await said(one, ['proof', first, import.meta.filename])).text).toContain('(doc)');
    await said(one, ['proof', second, import.meta.filename], { kind: 'ack' });
    expect(await readyCount()).toBe(2);
    expect((await said(one, ['proof', second, '/no/such.json'], { kind: 'irp' })).ending).toMatchObject({
      code: 'registry-file-unread',
    });
    await said(one, ['never', first]);
    expect(await readyCount()).toBe(1);
    await said(one, ['never'], { customer: 'asha stores' });
    expect(await readyCount()).toBe(0);
    expect((await said(one, ['candidates'], { all: true })).text).toContain('do-not-publish');
    expect((await said(one, ['allow'], { customer: 'nobody' })).ending).toMatchObject({
      code: 'no-customer',
    });
    await said(one, ['allow'], { customer: 'Asha Stores' });
    await said(one, ['allow', first]);
    expect(await readyCount()).toBe(2);
    const { confirmation } = await one.client.registry.preview({ billIds });
    expect((await said(one, ['publish', first, second], { confirm: confirmation ?? '' })).text).toContain(
      '2 published, held for a day.',
    );
    registry.pass({ days: 1, minutes: 1 });
    expect((await said(one, ['sync'])).text).toMatch(/Trouble +none/);
    expect((await said(one, ['write-off', first])).text).toContain('1 written off');
    await said(one, ['sync']);
    expect((await said(one, ['published'])).text).toMatch(/50,000\.00 +written_off/);
  });

  it('asks somebody, and keeps account of it', async () => {
    const registry = await tempRegistry();
    const one = await desktop(registry);
    const terms = await said(one, ['join'], { address: await addressOf(registry) });
    expect(terms.text).toContain('Test registry, terms of 2026-11');
    await joinAs(registry, one);
    const whom = { name: 'Prospect Mills', gstin: gstinOf(4), mobile: '+919811100012' };
    expect((await said(one, ['ask'], whom)).text).toMatch(/Prospect Mills +TC01 +held/);
    expect((await said(one, ['consents'])).text).toMatch(/Prospect Mills +TC01 +held/);
    expect((await said(one, ['looks'])).text).toMatch(/asked +Prospect Mills/);
    expect((await said(one, ['results'])).text).toBe('Nothing is kept.');
    expect((await said(one, ['disputes'], { format: 'json' })).text).toBe('{"disputes":[]}');
    const [asked] = await one.client.registry.consents({});
    const consentId = asked?.consentId ?? '';
    await expect(said(one, ['check', consentId])).rejects.toMatchObject({
      data: { code: 'registry-consent-not-granted' },
    });
    await expect(said(one, ['confirm', '123456'])).rejects.toMatchObject({
      data: { code: 'registry-not-member' },
    });
  });

  it.each([
    [[], 'Say what to do'],
    [['status', 'now'], 'Say what to do'],
    [['publish'], 'Which bills?'],
    [['withdraw', 'all'], 'Which bills?'],
    [['write-off', '0'], 'Which bills?'],
    [['never'], 'Which bills, or --customer'],
    [['proof', '12'], 'Which bill, and what proves it?'],
    [['join'], 'Which registry?'],
    [['confirm'], 'Which password?'],
    [['ask'], 'Whom?'],
    [['check'], 'Which consent?'],
  ])('refuses %j before anything is opened', (rest, sentence) => {
    expect(command.read({ options: {}, rest })).toMatchObject({
      kind: 'usage',
      sentence: expect.stringContaining(sentence),
    });
  });

  it('tells every command in its help', () => {
    const told = [...command.help.matchAll(/^ {2}([a-z-]+)(?= )/gm)].map(([, verb = '']) => verb);
    const all =
      'allow ask candidates check confirm consents disputes join looks never proof publish published results status sync withdraw write-off';
    expect(new Set(told)).toEqual(new Set(all.split(' ')));
  });
});
