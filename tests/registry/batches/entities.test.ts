import type { Receipt } from '#contract/registry/batches.ts';
import { day, type Day } from '#domain/days.ts';
import { dueItem, type Due } from '#domain/registry/dues.ts';
import type { Subject } from '#domain/registry/subjects.ts';
import { batcher, due } from '#tests/builders/registry/batch.ts';
import { gstinOf, member, panOf, type TestMember } from '#tests/builders/registry/member.ts';
import { tempRegistry, type TempRegistry } from '#tests/builders/registry/temp-registry.ts';
import { beforeAll, describe, expect, it } from 'vitest';

// Who a debtor is, is what the blinder's caller saw, and not what a member says of him.

let registry: TempRegistry;
let seller: TestMember;
let next: ReturnType<typeof batcher>;
beforeAll(async () => {
  registry = await tempRegistry();
  seller = await member(registry);
  const { member_id: memberId, device_id: deviceId } = seller.member;
  const { origin, now } = registry.registry;
  next = batcher({ origin, memberId, deviceId, key: seller.key, now });
});

type Id = { readonly kind: 'pan' | 'gstin' | 'mobile'; readonly value: string };

async function blinded(...ids: readonly Id[]): Promise<readonly string[]> {
  const { tokens } = await seller.answer('blind', { body: { schema: 'blind.v1', kv: 'h1', ids: [...ids] } });
  return tokens.map((token) => token ?? 'none');
}

let refs = 0;
const of = (subject: Partial<Subject>, more: Partial<Due> = {}): Due => {
  refs += 1;
  const one = due({ ref: `bill ${refs}` });
  return { ...one, subject: { pan: null, gstin: null, mobile: null, entity: 'C', ...subject }, ...more };
};

const sent = async (...dues: readonly Due[]): Promise<Receipt> =>
  await seller.answer('sendBatch', { body: next.items(dues.map(dueItem)) });
const codes = ({ errors }: Receipt): readonly string[] => errors.map(({ i, code }) => `${i} ${code}`);
const nobody = `h1.${'A'.repeat(43)}`;

describe('a due', () => {
  it('of a person is not taken as a company’s, nor a company’s as a person’s, nor of whom nobody blinded', async () => {
    const [person, company, firm] = [gstinOf(9_001, 'P'), gstinOf(9_002, 'C'), gstinOf(9_003, 'C')];
    const [pan = '', companys = '', firms = '', personsGstin = ''] = await blinded(
      { kind: 'pan', value: panOf(person) },
      { kind: 'pan', value: panOf(company) },
      { kind: 'gstin', value: firm },
      // As somebody may write it: what is seen of it is the same.
      { kind: 'gstin', value: ` ${person.toLowerCase()} ` },
    );
    const receipt = await sent(
      of({ pan }),
      of({ pan: companys }),
      of({ pan: companys, entity: 'P' }),
      of({ pan, entity: 'P' }),
      of({ pan: nobody }),
      of({ pan: companys, gstin: nobody }),
      of({ gstin: firms }),
      of({ pan: companys, gstin: personsGstin }),
      of({ pan: companys, gstin: firms }),
    );
    expect(codes(receipt)).toEqual([
      '0 entity_wrong',
      '2 entity_wrong',
      '3 basis_required',
      '4 token_unknown',
      '5 token_unknown',
      '6 pan_needed',
      '7 entity_wrong',
    ]);
    const [counted] = await registry.registry.store.rows({
      text: 'SELECT said_items, unmatched_items FROM member WHERE member_no = $1',
      values: [seller.memberNo],
    });
    expect(counted).toEqual({ said_items: 9, unmatched_items: 2 });
  });

  it('cannot change what its debtor is on the way to its end, and may always be taken back', async () => {
    const [pan = ''] = await blinded({ kind: 'pan', value: panOf(gstinOf(9_010, 'C')) });
    const open = of({ pan });
    expect(codes(await sent(open))).toEqual([]);
    const paid = {
      ...open,
      rev: 2,
      state: 'settled',
      openPaise: 0,
      settledDay: registry.registry.today(),
    } as const;
    expect(codes(await sent({ ...paid, subject: { ...open.subject, entity: 'P' } }))).toEqual([
      '0 entity_wrong',
    ]);
    // What was forgotten meanwhile is no hindrance.
    await registry.registry.store.rows({ text: 'DELETE FROM subject_entity' });
    expect(codes(await sent(paid))).toEqual([]);
    expect(codes(await sent({ ...open, rev: 3, state: 'withdrawn' }))).toEqual([]);
  });
});

describe('what is kept beside a token', () => {
  it('is the kind of its holder, once: nothing of who asked, and nothing of a mobile', async () => {
    await registry.registry.store.rows({ text: 'DELETE FROM subject_entity' });
    const gstin = gstinOf(9_020, 'P');
    const all: readonly Id[] = [
      { kind: 'gstin', value: gstin },
      { kind: 'mobile', value: '+919812345678' },
      { kind: 'pan', value: panOf(gstin) },
      { kind: 'pan', value: 'no pan at all' },
      { kind: 'pan', value: panOf(gstin) },
    ];
    const before = await countOf();
    await blinded(...all);
    await (await member(registry)).answer('blind', { body: { schema: 'blind.v1', kv: 'h1', ids: [...all] } });
    expect(before).toEqual([]);
    expect(await countOf()).toEqual([
      { is_person: true, holds_pan: false },
      { is_person: true, holds_pan: true },
    ]);
  });

  const countOf = (): Promise<readonly object[]> =>
    registry.registry.store.rows({
      text: 'SELECT is_person, holds_pan FROM subject_entity ORDER BY holds_pan',
    });
});

describe('the day that a member writes on a batch', () => {
  it('opens nothing that was settled after it, or more than a month before it came in', async () => {
    const [pan = ''] = await blinded({ kind: 'pan', value: panOf(gstinOf(9_030, 'C')) });
    const settled = (settledDay: Day): Due => of({ pan }, { state: 'settled', openPaise: 0, settledDay });
    const [late, old, lately] = ['2026-11-20', '2026-09-10', '2026-10-30'].map((one) => settled(day(one)));
    if (!late || !old || !lately) throw new Error('no dues');
    expect(codes(await sent(late, old, lately))).toEqual([]);
    const again = [late, old, lately].map((one) =>
      dueItem({ ...one, rev: 2, state: 'reopened', openPaise: one.amountPaise, settledDay: null }),
    );
    const body = next.items(again, { asOf: day('2026-09-20') });
    expect(codes(await seller.answer('sendBatch', { body }))).toEqual([
      '0 bad_transition',
      '1 bad_transition',
      '2 bad_transition',
    ]);
    const honest = next.items(again, { asOf: registry.registry.today() });
    expect(codes(await seller.answer('sendBatch', { body: honest }))).toEqual(['1 bad_transition']);
  });
});
