import { addDays, day } from '#domain/days.ts';
import { mayFollow, versionOf, type Due } from '#domain/registry/dues.ts';
import { dueStates } from '#domain/registry/words.ts';
import type { Call } from '#registry/api/app.ts';
import { sendBatch } from '#registry/batches/send-batch.ts';
import { newEpoch } from '#registry/store/devices.ts';
import { upsertDues, upsertMemberDues, type DueWrite } from '#registry/store/dues.ts';
import { asIfBlinded, batcher, due, refOf } from '#tests/builders/registry/batch.ts';
import { member } from '#tests/builders/registry/member.ts';
import { tempRegistry } from '#tests/builders/registry/temp-registry.ts';
import { expect, it } from 'vitest';

// Whatever order the versions of dues arrive in, however often, and however they are put into batches: the newest stands.
// BAAKI_MERGE_HISTORIES=10000: so many of them.

const HISTORIES = Number(process.env['BAAKI_MERGE_HISTORIES'] ?? 1_500);
const SEED = Number(process.env['BAAKI_SEED'] ?? 6);
const HISTORIES_A_MEMBER = 2_000;

function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

type Version = { readonly epoch: number; readonly due: Due };

/** What one due says from its first word to its last, step by step as a ledger may; a restored backup begins epoch 2. */
function history(ref: string, random: (below: number) => number): readonly Version[] {
  const versions: Version[] = [];
  const restoredAt = random(8);
  let [rev, settled] = [0, day('2026-10-25')];
  for (let step = 0; step <= random(6); step += 1) {
    const before = versions.at(-1)?.due ?? null;
    const next = dueStates.filter((state) => mayFollow(before, { state }, 5));
    const state = next[random(next.length)] ?? 'open';
    rev = step === restoredAt ? 1 : rev + 1 + random(3);
    settled = addDays(settled, 1);
    const openPaise = { settled: 0, open: 1_000_00 }[state as string] ?? 1 + random(999_99);
    const settledDay = state === 'settled' ? settled : null;
    versions.push({
      epoch: step >= restoredAt ? 2 : 1,
      due: due({ ref, of: ref, rev, state, openPaise, settledDay }),
    });
  }
  return versions;
}

function shuffled<One>(all: readonly One[], random: (below: number) => number): readonly One[] {
  const made = [...all];
  for (let at = made.length - 1; at > 0; at -= 1) {
    const other = random(at + 1);
    [made[at], made[other]] = [made[other] as One, made[at] as One];
  }
  return made;
}

it(
  `brings ${HISTORIES} histories to the same end, whatever order they come in`,
  { timeout: Math.max(60_000, HISTORIES * 20) },
  async () => {
    const registry = await tempRegistry();
    const random = chance(SEED);
    let [divergences, dues, items] = [0, 0, 0];
    for (let done = 0; done < HISTORIES; done += HISTORIES_A_MEMBER) {
      const seller = await member(registry);
      await newEpoch(registry.registry.store, seller.memberNo, 1);
      const count = Math.min(HISTORIES_A_MEMBER, HISTORIES - done);
      const histories = Array.from({ length: count }, (_one, at) => history(`${done + at}`, random));
      const all = histories.flat();
      const twice = all.filter(() => random(5) === 0);
      const sent = shuffled([...all, ...twice], random);
      items += sent.length;
      await sendAll(sent);
      const ends = new Map(
        histories.map((versions) => [versions.at(-1)?.due.dueRef, versions.at(-1)] as const),
      );
      for (const table of ['due', 'member_due']) {
        const rows = await registry.registry.store.rows<{
          due_ref: Buffer;
          ver: number;
          state: string;
          open_p: number;
        }>({
          text: `SELECT due_ref, ver, state, open_p FROM ${table} WHERE member_no = $1`,
          values: [seller.memberNo],
        });
        dues += rows.length;
        expect(rows).toHaveLength(count);
        for (const row of rows) {
          const end = ends.get(row.due_ref.toString('base64url'));
          const isSame =
            end !== undefined &&
            row.ver === versionOf(end.epoch, end.due.rev) &&
            row.state === end.due.state &&
            row.open_p === end.due.openPaise;
          if (!isSame) divergences += 1;
        }
      }

      async function sendAll(versions: readonly Version[]): Promise<void> {
        const { origin, now, today } = registry.registry;
        const { member_id } = seller.member;
        const next = batcher({ origin, memberId: member_id, deviceId: 'd1', key: seller.key, now });
        let seq = 0;
        for (let from = 0; from < versions.length;) {
          const part = versions.slice(from, (from += 1 + random(500)));
          for (const epoch of [1, 2]) {
            const dues_ = part.filter((version) => version.epoch === epoch).map((version) => version.due);
            // What is missing in between may still come.
            const body = next.batch(dues_, { epoch, seq: (seq += 2) });
            const caller = {
              memberNo: seller.memberNo,
              deviceNo: 1,
              epoch: 2,
              status: 'probation',
              joinedOn: today(),
              purpose: 'both',
              contributedOn: null,
            };
            await asIfBlinded(registry.registry, body.items);
            const call = { body, bytes: Buffer.from('x'), caller, idempotencyKey: body.batch_id };
            const receipt = await sendBatch(registry.registry, call as unknown as Call<'sendBatch'>);
            expect(receipt.errors).toEqual([]);
          }
        }
      }
    }
    expect({ dues, divergences, isMany: items > dues }).toEqual({
      dues: HISTORIES * 2,
      divergences: 0,
      isMany: true,
    });
    expect(refOf('0')).toHaveLength(22);
  },
);

it('keeps the newer version by the tables’ own rule, whoever writes an older one after it', async () => {
  const { store, newId, now } = (await tempRegistry()).registry;
  const write = async (ver: number, openPaise: number, state: DueWrite['state']): Promise<void> => {
    const key = Buffer.alloc(32, 1);
    const ref = Buffer.alloc(16, 2);
    const { dueDay, invoiceDay, amountPaise } = due();
    const row: DueWrite = {
      subjectKey: key,
      dueRef: ref,
      ver,
      state,
      entity: 'C',
      invoiceDay,
      dueDay,
      amountPaise,
      openPaise,
      settledDay: state === 'settled' ? dueDay : null,
      evidence: 'doc',
      evidenceHash: null,
      consentId: null,
      subject: '{}',
      salt: ref,
      itemAt: 0,
      content: key,
      judged: null,
      isHeld: false,
    };
    const of = { memberNo: 1, batchId: newId(), at: now(), dues: [row] };
    await upsertDues(store, of);
    await upsertMemberDues(store, of);
  };
  await write(5, 500, 'part');
  for (const ver of [4, 5]) {
    await write(ver, 900, 'open');
    await write(ver, 0, 'settled');
  }
  for (const table of ['due', 'member_due'])
    expect(await store.rows({ text: `SELECT ver, state, open_p FROM ${table}` })).toEqual([
      { ver: 5, state: 'part', open_p: 500 },
    ]);
});
