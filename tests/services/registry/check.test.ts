import { fileOf, refusalOf } from '#tests/builders/facts.ts';
import { keyOfToken } from '#registry/ids.ts';
import { page, vouch } from '#tests/builders/registry/debtor.ts';
import { addressOf, desktop, joinAs, owes, publishAll, synced } from '#tests/builders/registry/desktop.ts';
import { gstinOf, member, panOf } from '#tests/builders/registry/member.ts';
import { meddler } from '#tests/builders/registry/between.ts';
import { tempRegistry, type TempRegistry } from '#tests/builders/registry/temp-registry.ts';
import { beforeAll, describe, expect, it } from 'vitest';

let registry: TempRegistry;

beforeAll(async () => {
  registry = await tempRegistry();
});

const asked = (gstin: string, mobile: string) => ({
  name: 'Prospect Mills',
  gstin,
  contact: { mobile, email: null },
  purpose: 'TC01' as const,
  language: 'en' as const,
});

async function approve(gstin: string, mobile: string, consentId: string): Promise<void> {
  const own = await page(registry, { mobile, identifier: panOf(gstin) });
  await own.answer('answerConsent', { body: { consent_id: consentId, answer: 'approve' } });
}

describe('a look at somebody’s record', () => {
  it('needs his consent, is taken once, is kept for its time and erased after it', async () => {
    const gstin = gstinOf(301);
    const mobile = '+919888800301';
    // Two suppliers know his number, so that it is believed to be his.
    for (const amount of [80_000, 90_000]) {
      const supplier = await desktop(registry);
      await joinAs(registry, supplier);
      await publishAll(supplier, owes(supplier, { gstin, amounts: [amount], phone: mobile }).billIds);
      registry.pass({ days: 1, minutes: 1 });
      await synced(supplier);
      expect((await supplier.client.registry.membership()).trouble).toBeNull();
    }
    const buyer = await desktop(registry);
    await joinAs(registry, buyer);
    const own = owes(buyer, { gstin: gstinOf(302), amounts: [70_000], phone: '+919888800302' });
    await publishAll(buyer, own.billIds);
    registry.pass({ days: 1, minutes: 1 });
    await synced(buyer);
    // What was said of his number only just now is not believed yet.
    registry.pass({ days: 3 });
    const consent = await buyer.client.registry.askConsent(asked(gstin, mobile));
    expect(consent).toMatchObject({ state: 'sent', name: 'Prospect Mills', checkId: null });
    const { consentId } = consent;
    expect((await refusalOf(buyer.client.registry.check({ consentId }))).code).toBe(
      'registry-consent-not-granted',
    );
    await approve(gstin, mobile, consentId);
    await synced(buyer);
    expect(await buyer.client.registry.consents({})).toMatchObject([{ consentId, state: 'granted' }]);
    const result = await buyer.client.registry.check({ consentId });
    expect(result).toMatchObject({ name: 'Prospect Mills', isSignatureGood: true });
    expect(['strong', 'weak']).toContain(result.strength);
    expect(await buyer.client.registry.check({ consentId })).toEqual(result);
    expect(await buyer.client.registry.checks({})).toEqual([result]);
    expect(await buyer.client.registry.consents({})).toMatchObject([
      { state: 'used', checkId: result.checkId },
    ]);
    registry.pass({ days: 40 });
    expect(await buyer.client.registry.checks({})).toEqual([]);
    expect((await buyer.client.registry.looks()).map(({ what }) => what)).toEqual([
      'erased',
      'opened',
      'checked',
      'asked',
    ]);
    expect(buyer.bugs).toEqual([]);
  });

  it('is not lost with its answer: it is fetched again under the same id', async () => {
    const between = await meddler(await addressOf(registry));
    const gstin = gstinOf(311);
    const mobile = '+919888800311';
    const vouching = await desktop(registry);
    await joinAs(registry, vouching);
    await publishAll(vouching, owes(vouching, { gstin, amounts: [80_000], phone: mobile }).billIds);
    registry.pass({ days: 1, minutes: 1 });
    await synced(vouching);
    const buyer = await desktop(registry);
    await joinAs(registry, buyer, { address: between.address });
    const own = owes(buyer, { gstin: gstinOf(312), amounts: [70_000], phone: '+919888800312' });
    await publishAll(buyer, own.billIds);
    registry.pass({ days: 1, minutes: 1 });
    await synced(buyer);
    const { consentId } = await buyer.client.registry.askConsent(asked(gstin, mobile));
    // He is the second to name this number, and is believed three days later.
    registry.pass({ days: 3 });
    await approve(gstin, mobile, consentId);
    // A proof that somebody wrote over is none.
    between.meddle((path, answer) =>
      path.startsWith('/v1/consents/')
        ? { ...answer, text: answer.text.replace('"method":"otp_sms"', '"method":"otp_email"') }
        : answer,
    );
    await synced(buyer);
    expect((await buyer.client.registry.membership()).trouble?.code).toBe('foreign');
    between.meddle(null);
    await synced(buyer);
    expect((await buyer.client.registry.membership()).trouble).toBeNull();
    between.meddle((_path, answer) => ({ ...answer, type: 'text/html', text: 'log in first' }));
    const look = () => buyer.client.registry.check({ consentId });
    await expect(look()).rejects.toMatchObject({ code: 'FAILED' });
    // One that says something else than the registry signed is not taken either.
    between.meddle((_path, answer) => ({
      ...answer,
      text: answer.text.replace('"weak"', '"strong"').replace('"n":0', '"n":7'),
    }));
    await expect(look()).rejects.toMatchObject({ code: 'FAILED' });
    between.meddle(null);
    expect(await look()).toMatchObject({ isSignatureGood: true, reporterCount: 0 });
    fileOf(buyer).write((tx) =>
      tx.sqlite.exec(`update registry_checks set report = replace(report, '"n":0', '"n":7')`),
    );
    expect(await look()).toMatchObject({ isSignatureGood: false, reporterCount: 7 });
    const ids = between.seen
      .filter(({ path }) => path === '/v1/checks')
      .map(({ body }) => String(JSON.parse(body.toString('utf8')).check_id));
    expect(new Set(ids).size).toBe(1);
  });

  it('is asked for at the next sync where there was no network, and taken back before without one', async () => {
    const between = await meddler(await addressOf(registry));
    const buyer = await desktop(registry);
    await joinAs(registry, buyer, { address: between.address });
    between.meddle(() => ({ status: 302, type: 'text/html', text: '' }));
    const first = await buyer.client.registry.askConsent(asked(gstinOf(321), '+919888800321'));
    const second = await buyer.client.registry.askConsent(asked(gstinOf(322), '+919888800322'));
    expect([first.state, second.state]).toEqual(['queued', 'queued']);
    expect(await buyer.client.registry.dropConsent({ consentId: second.consentId })).toMatchObject({
      state: 'revoked',
    });
    between.meddle(null);
    await synced(buyer);
    const states = (await buyer.client.registry.consents({})).map(({ consentId, state }) => [
      consentId,
      state,
    ]);
    expect(new Map(states.map(([id, state]) => [id, state])).get(second.consentId)).toBe('revoked');
    expect(['sent', 'held']).toContain(
      new Map(states.map(([id, state]) => [id, state])).get(first.consentId),
    );
  });

  it('lets a person’s dues be published once he agreed to that', async () => {
    const supplier = await desktop(registry);
    await joinAs(registry, supplier);
    const gstin = gstinOf(331, 'P');
    const mobile = '+919888800331';
    const { billIds, customerId } = owes(supplier, { gstin, amounts: [60_000], phone: mobile });
    // Another business names the same number, so that it is believed to be his.
    const pan = panOf(gstin);
    const [token = null] = await registry.registry.blinder.blind([{ kind: 'pan', value: pan }]);
    const subject = { pan: token, gstin: null, mobile: null, entity: 'P' as const };
    const debtor = { gstin, pan, mobile, subject, key: keyOfToken(token ?? '') };
    for (const by of [await member(registry), await member(registry)]) await vouch(registry, by, debtor);
    const barsNow = async () => (await supplier.client.registry.candidates({})).candidates[0]?.bars;
    expect(await barsNow()).toEqual(['consent-missing']);
    const { consentId } = await supplier.client.registry.askConsent({
      ...asked(gstin, mobile),
      customerId,
      purpose: 'TC02',
    });
    fileOf(supplier).write((tx) =>
      tx.sqlite.prepare(`update registry_consents set state = 'granted' where consent_id = ?`).run(consentId),
    );
    expect(await barsNow()).toEqual([]);
    await publishAll(supplier, billIds);
    registry.pass({ days: 1, minutes: 1 });
    await synced(supplier);
    // The debtor never agreed: the registry does not take this book’s word for it.
    expect(await supplier.client.registry.published({})).toMatchObject([
      { errorCode: 'basis_unknown', sentAt: null },
    ]);
    await supplier.client.registry.withdraw({ billIds });
    expect(await supplier.client.registry.published({})).toEqual([]);
    // With his real leave it is published anew, after another day in which it may be taken back.
    await approve(gstin, mobile, consentId);
    await synced(supplier);
    await publishAll(supplier, billIds);
    await synced(supplier);
    expect(await supplier.client.registry.published({})).toMatchObject([{ errorCode: null, sentAt: null }]);
    registry.pass({ days: 1, minutes: 1 });
    await synced(supplier);
    expect(await supplier.client.registry.published({})).toMatchObject([{ errorCode: null, state: 'open' }]);
    expect((await supplier.client.registry.published({}))[0]?.sentAt).not.toBeNull();
  });
});
