import { addDays, day } from '#domain/days.ts';
import { putDue } from '#tests/builders/registry/debtor.ts';
import { member, type TestMember } from '#tests/builders/registry/member.ts';
import { runJob } from '#tests/builders/registry/run-job.ts';
import { tempRegistry, type TempRegistry } from '#tests/builders/registry/temp-registry.ts';
import { beforeAll, describe, expect, it } from 'vitest';

// Today is 22 November 2026. Whatever is put here stays today and goes tomorrow; what is a day younger stays tomorrow, too.

let registry: TempRegistry;
let seller: TestMember;
beforeAll(async () => {
  registry = await tempRegistry();
  seller = await member(registry);
});

type Row = Readonly<Record<string, unknown>>;

const rows = (text: string, values: readonly unknown[] = []): Promise<readonly Row[]> =>
  registry.registry.store.rows<Row>({ text, values });

async function put(table: string, row: Row): Promise<void> {
  const names = Object.keys(row);
  const places = names.map((_name, at) => `$${at + 1}`).join(', ');
  await rows(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${places})`, Object.values(row));
}

let count = 0;
/** Another one each time; the last byte says whether it is to go. */
function bytes(isOld: boolean): Buffer {
  count += 1;
  const made = Buffer.alloc(32);
  made.writeUInt32BE(count, 0);
  made[31] = isOld ? 1 : 2;
  return made;
}

const noonOf = (text: string): string => `${text}T12:00:00+05:30`;
const newId = (): string => registry.registry.newId();

/** What is put, and how many of it there are. */
type Line = {
  readonly name: string;
  /** The day it is from: the first that goes, and one later. */
  readonly days: readonly [goes: string, stays: string];
  readonly put: (day: string, isOld: boolean) => Promise<void>;
  readonly count: string;
};

async function putOwn(
  isOld: boolean,
  row: Parameters<typeof putDue>[2],
): Promise<{ key: Buffer; ref: Buffer }> {
  const key = bytes(isOld);
  const ref = await putDue(registry, key, row);
  return { key, ref };
}

const duesOf = (what: string): string => `SELECT 1 FROM due WHERE evidence_hash = '${what}'::bytea`;
const mark = async (key: Buffer, what: string): Promise<void> => {
  await rows('UPDATE due SET evidence_hash = $2::bytea WHERE subject_key = $1', [key, Buffer.from(what)]);
};

const lines: readonly Line[] = [
  {
    name: 'a settled due 24 months after it was settled, salt and all',
    days: ['2024-11-23', '2024-11-24'],
    put: async (of, isOld) => {
      const { key } = await putOwn(isOld, { memberNo: seller.memberNo, settledDay: day(of) });
      await mark(key, 'settled');
    },
    count: duesOf('settled'),
  },
  {
    name: 'a settled due of a person 12 months after it was settled',
    days: ['2025-11-23', '2025-11-24'],
    put: async (of, isOld) => {
      const row = { memberNo: seller.memberNo, settledDay: day(of), entity: 'P' } as const;
      await mark((await putOwn(isOld, row)).key, 'person');
    },
    count: duesOf('person'),
  },
  {
    name: 'an open due 36 months after it fell due',
    days: ['2023-11-23', '2023-11-24'],
    put: async (of, isOld) => {
      const { key } = await putOwn(isOld, { memberNo: seller.memberNo, dueDay: day(of) });
      await mark(key, 'open');
    },
    count: duesOf('open'),
  },
  {
    name: 'a withdrawn due after 30 days, from both of its tables',
    days: ['2026-10-24', '2026-10-25'],
    put: async (of, isOld) => {
      const { key, ref } = await putOwn(isOld, { memberNo: seller.memberNo, state: 'withdrawn' });
      await put('member_due', {
        member_no: seller.memberNo,
        due_ref: ref,
        subject_key: key,
        ver: 1,
        state: 'withdrawn',
        open_p: 0,
        content: bytes(isOld),
        seen_at: noonOf(of),
        gone_at: noonOf(of),
      });
    },
    count: `SELECT 1 FROM due d JOIN member_due m USING (member_no, due_ref, subject_key) WHERE d.state = 'withdrawn'`,
  },
  {
    name: 'a due that was found false after 30 days',
    days: ['2026-10-24', '2026-10-25'],
    put: async (of, isOld) => {
      const row = { memberNo: seller.memberNo, dispute: 'resolved_for_debtor' } as const;
      const { key, ref } = await putOwn(isOld, row);
      await put('dispute', {
        subject_key: key,
        dispute_id: newId(),
        member_no: seller.memberNo,
        due_ref: ref,
        reason: 'not_mine',
        state: 'resolved_for_debtor',
        opened_on: '2026-10-14',
        closed_on: of,
      });
    },
    count: `SELECT 1 FROM due WHERE dispute = 'resolved_for_debtor'`,
  },
  {
    name: 'the bytes of a batch after 13 months',
    days: ['2025-10-23', '2025-10-24'],
    put: async (of, isOld) =>
      await put('submission', {
        member_no: seller.memberNo,
        batch_id: newId(),
        device_no: 1,
        epoch: 1,
        seq: 1,
        kind: 'incremental',
        digest: bytes(isOld),
        root: bytes(isOld),
        header: 'reg/batch/v1',
        signature: bytes(isOld),
        body: bytes(isOld),
        received_at: noonOf(of),
        receipt: '{}',
        leaf: bytes(isOld),
      }),
    count: 'SELECT 1 FROM submission WHERE body IS NOT NULL',
  },
  {
    name: 'a consent 36 months after its end',
    days: ['2023-11-23', '2023-11-24'],
    put: async (of, isOld) => {
      const key = bytes(isOld);
      const id = newId();
      const end = { state: 'used', expires_at: noonOf(of), purpose: 'TC01' };
      await put('consent', {
        ...end,
        member_no: seller.memberNo,
        consent_id: id,
        subject_key: key,
        request: '{}',
        assurance: 'A2',
        lang: 'en',
        asked_at: noonOf(of),
        life_days: 30,
        contact_key: bytes(isOld),
        link: bytes(isOld),
      });
      await put('consent_of_subject', {
        ...end,
        subject_key: key,
        consent_id: id,
        member_no: seller.memberNo,
      });
    },
    count: 'SELECT 1 FROM consent JOIN consent_of_subject USING (subject_key, consent_id)',
  },
  {
    name: 'the address of a consent 30 days after its end',
    days: ['2026-10-24', '2026-10-25'],
    put: async (of, isOld) =>
      await put('consent_link', {
        link: bytes(isOld),
        member_no: seller.memberNo,
        consent_id: newId(),
        expires_at: noonOf(of),
      }),
    count: 'SELECT 1 FROM consent_link',
  },
  {
    name: 'a look after 36 months',
    days: ['2023-11-23', '2023-11-24'],
    put: async (of, isOld) =>
      await put('access_log', {
        subject_key: bytes(isOld),
        look_id: newId(),
        member_no: seller.memberNo,
        at: noonOf(of),
        purpose: 'TC01',
        outcome: 'told',
        is_news: false,
      }),
    count: 'SELECT 1 FROM access_log',
  },
  {
    name: 'what was written to a debtor after 36 months',
    days: ['2023-11-23', '2023-11-24'],
    put: async (of, isOld) =>
      await put('notice', {
        subject_key: bytes(isOld),
        notice_id: newId(),
        kind: 'publication',
        dues: '{}',
        state: 'sent',
        queued_at: noonOf(of),
      }),
    count: 'SELECT 1 FROM notice',
  },
  {
    name: 'a dispute after 36 months, from both of its tables',
    days: ['2023-11-23', '2023-11-24'],
    put: async (of, isOld) => {
      const key = bytes(isOld);
      const id = newId();
      await put('dispute', {
        subject_key: key,
        dispute_id: id,
        member_no: seller.memberNo,
        due_ref: bytes(isOld),
        reason: 'not_mine',
        state: 'resolved_for_reporter',
        opened_on: of,
      });
      await put('dispute_of_member', { member_no: seller.memberNo, dispute_id: id, subject_key: key });
    },
    count: 'SELECT 1 FROM dispute_of_member JOIN dispute USING (subject_key, dispute_id)',
  },
  {
    name: 'another identifier of a subject after 12 months',
    days: ['2025-11-23', '2025-11-24'],
    put: async (of, isOld) =>
      await put('alias', {
        other_key: bytes(isOld),
        subject_key: bytes(isOld),
        member_no: seller.memberNo,
        seen_on: of,
      }),
    count: 'SELECT 1 FROM alias',
  },
  {
    name: 'what a member was told after 13 months',
    days: ['2025-10-23', '2025-10-24'],
    put: async (of) =>
      await put('feed', {
        member_no: 1,
        n: (count += 1),
        at: noonOf(of),
        change: '{"type":"policy.changed"}',
      }),
    count: 'SELECT 1 FROM feed WHERE member_no = 1',
  },
  {
    name: 'a request for erasure after 36 months',
    days: ['2023-11-23', '2023-11-24'],
    put: async (of, isOld) =>
      await put('erase_request', {
        subject_key: bytes(isOld),
        request_id: newId(),
        reason: '',
        at: noonOf(of),
      }),
    count: 'SELECT 1 FROM erase_request',
  },
  {
    name: 'the contacts of whom nothing is open 90 days after the last was settled, with their key',
    days: ['2026-08-25', '2026-08-26'],
    put: async (of, isOld) => {
      const key = bytes(isOld);
      await putDue(registry, key, { memberNo: seller.memberNo, settledDay: day(of) });
      await putContact(key);
    },
    count: `SELECT 1 FROM contact JOIN contact_vault USING (subject_key) WHERE member_no = 2`,
  },
  {
    name: 'a result 30 days after the check, when its life is over',
    days: ['2026-11-22', '2026-11-23'],
    put: async (of, isOld) =>
      await put('check_result', {
        subject_key: bytes(isOld),
        check_id: newId(),
        member_no: seller.memberNo,
        consent_id: newId(),
        report: '{}',
        valid_until: of,
      }),
    count: 'SELECT 1 FROM check_result',
  },
];

async function putContact(key: Buffer): Promise<void> {
  const { contacts } = registry.registry;
  await put('contact', {
    subject_key: key,
    contact_key: contacts.keyOf(`+9190000${String(count).padStart(5, '0')}`),
    member_no: 2,
    ct: await contacts.seal(key, 'sealed'),
    first_at: noonOf('2026-08-01'),
    seen_on: '2026-08-01',
  });
}

async function night(): Promise<void> {
  await runJob(registry, 'retention');
  await runJob(registry, 'check-results');
}

const counts = async (): Promise<Readonly<Record<string, number>>> =>
  Object.fromEntries(
    await Promise.all(lines.map(async ({ name, count: text }) => [name, (await rows(text)).length] as const)),
  );

describe('what is kept for its time only', () => {
  let before: Readonly<Record<string, number>>;
  let after: Readonly<Record<string, number>>;
  const openOne = Buffer.alloc(32, 9);
  beforeAll(async () => {
    for (const line of lines) {
      await line.put(line.days[0], true);
      await line.put(line.days[1], false);
    }
    // Something is open of this one: his contact stays, however long ago anybody named it.
    await putDue(registry, openOne, { memberNo: seller.memberNo });
    await putContact(openOne);
    await night();
    before = await counts();
    registry.pass({ days: 1 });
    await night();
    after = await counts();
  });

  for (const { name } of lines)
    it(`${name}: there the day before, gone on its day, a day younger one there still`, () => {
      const isContacts = name.startsWith('the contacts');
      // The third contact is that of whom something is open.
      expect([before[name], after[name]]).toEqual(isContacts ? [3, 2] : [2, 1]);
    });

  it('keeps the header of a batch whose bytes are gone', async () => {
    expect(await rows('SELECT header FROM submission WHERE body IS NULL')).toEqual([
      { header: 'reg/batch/v1' },
    ]);
  });

  it('keeps the entity’s due that is settled for more than a person’s time', async () => {
    const kept = await rows(`SELECT 1 FROM due WHERE settled_on = '2025-11-24'`);
    expect(kept).toHaveLength(1);
    await putOwn(true, { memberNo: seller.memberNo, settledDay: day('2025-06-01') });
    registry.pass({ days: 1 });
    await night();
    expect(await rows(`SELECT entity FROM due WHERE settled_on = '2025-06-01'`)).toEqual([{ entity: 'C' }]);
    expect(await rows(duesOf('person'))).toEqual([]);
  });

  it('says how many of what went, and nothing else', () => {
    const said = registry.logged.filter((line) => line.startsWith('retention.'));
    expect(said).toContain('retention.dues.settled {"count":1}');
    for (const line of said) expect(line).toMatch(/^retention\.[a-z.-]+ \{"count":\d+\}$/);
  });
});

it('counts from the first day, not the last: today is where these tests say it is', () => {
  expect(addDays(day('2026-10-24'), 30)).toBe('2026-11-23');
  expect(addDays(day('2026-08-25'), 90)).toBe('2026-11-23');
});
