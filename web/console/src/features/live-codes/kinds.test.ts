import { describe, expect, it } from 'vitest';
import type { LiveCode } from '@/api/types';
import { hasHandedOver, isOffDuty, tk } from './kinds';

interface Change {
  kind?: LiveCode['kind'];
  status?: LiveCode['status'];
  recycle?: boolean;
  handOver?: Partial<LiveCode['handOver']>;
  counts?: Partial<LiveCode['counts']>;
}

function code({ handOver, counts, ...change }: Change = {}): LiveCode {
  return {
    status: 'on', recycle: false, ...change, handOver: { enabled: false, when: 'exhausted', afterPresses: null, ...handOver },
    counts: { slots: 2, usableSlots: 1, presses: 10, ...counts },
  } as LiveCode;
}

describe('tk', () => {
  it('takes the words of the kind, or the usual ones', () => {
    expect([tk('group', 'slots.title'), tk('card', 'slots.title')]).toEqual(['群二维码管理', '二维码管理']);
    expect(tk('card', 'common.save')).toBe(tk('group', 'common.save'));
    expect(tk('card', 'batch.saveAll', { n: 3 })).toBe('保存 3 张名片');
  });
});

describe('hasHandedOver', () => {
  const full = { usableSlots: 0 };
  it.each<[boolean, Change]>([
    [false, {}],
    [false, { handOver: { enabled: false, when: 'immediately' } }],
    [true, { handOver: { enabled: true, when: 'immediately' } }],
    [false, { status: 'off', handOver: { enabled: true, when: 'immediately' } }],
    [false, { handOver: { enabled: true, when: 'exhausted' } }],
    [true, { handOver: { enabled: true, when: 'exhausted' }, counts: full }],
    [true, { handOver: { enabled: true, when: 'after-presses', afterPresses: 10 } }],
    [false, { handOver: { enabled: true, when: 'after-presses', afterPresses: 11 }, counts: full }],
  ])('is %s for %j', (handed, change) => expect(hasHandedOver(code(change))).toBe(handed));
});

describe('isOffDuty', () => {
  it.each<[boolean, Change]>([
    [false, {}],
    [true, { status: 'off' }],
    [true, { counts: { usableSlots: 0 } }],
    [false, { kind: 'card', counts: { usableSlots: 0 }, recycle: true }],
    [true, { kind: 'group', counts: { usableSlots: 0 }, recycle: true }],
    [true, { kind: 'card', counts: { usableSlots: 0, slots: 0 }, recycle: true }],
    [false, { counts: { usableSlots: 0 }, handOver: { enabled: true, when: 'exhausted' } }],
    [true, { counts: { usableSlots: 0 }, handOver: { enabled: true, when: 'after-presses', afterPresses: 11 } }],
  ])('is %s for %j', (off, change) => expect(isOffDuty(code(change))).toBe(off));
});
