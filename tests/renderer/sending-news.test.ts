import { expect, it } from 'vitest';
import { newsSince } from '#renderer/frame/sending-news.ts';

const none = { repliesCount: 0, claimsCount: 0, toApproveCount: 0 };

it('tells what rose and a run that begins to wait, and nothing at the start or when something is done', () => {
  expect(newsSince(null, { ...none, repliesCount: 4 })).toEqual([]);
  expect(newsSince(none, { repliesCount: 2, claimsCount: 1, toApproveCount: 7 })).toEqual([
    { key: 'replies', count: 2 },
    { key: 'claims', count: 1 },
    { key: 'approve', count: 7 },
  ]);
  expect(
    newsSince({ repliesCount: 2, claimsCount: 1, toApproveCount: 7 }, { ...none, toApproveCount: 9 }),
  ).toEqual([]);
});
