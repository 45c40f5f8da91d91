import { describe, expect, it } from 'vitest';
import type { Slot } from '@/api/types';
import type { BatchRow } from './batchQueue';
import { rowErrors, slotErrors, slotNameFor, warningsOf } from './batchRules';

describe('slotNameFor', () => {
  it.each([
    ['福利3群.jpg', '福利3群'],
    ['group-001.jpg', 'group-001'],
    ['IMG_2034.PNG', '群5'],
    ['微信图片_20261122093000.jpg', '群5'],
    ['mmexport1700000000000.jpg', '群5'],
    ['Screenshot 2026-11-22.png', '群5'],
    ['20261122-1.png', '群5'],
    ['.jpg', '群5'],
    ['', '群5'],
    ['a.b.c.jpeg', 'a.b.c'],
  ])('calls %j %s', (file, name) => {
    expect(slotNameFor('group', file, 5)).toBe(name);
  });

  it('calls cards what they are', () => expect([slotNameFor('card', 'IMG_1.jpg', 2), slotNameFor('card', '小明.png', 2)]).toEqual(['名片2', '小明']));

  it('cuts a long name without splitting a letter', () => {
    const name = slotNameFor('group', `${'𠮷'.repeat(40)}.jpg`, 1);
    expect(Array.from(name)).toHaveLength(30);
    expect(name).toBe('𠮷'.repeat(30));
  });
});

describe('warningsOf', () => {
  function row(key: number, payload: string | null, codes: string[] = []): BatchRow {
    const warnings = codes.map((code) => ({ code, message: code }));
    return { key, name: `群${key}`, state: 'checked', payloads: payload === null ? null : [payload], warnings } as unknown as BatchRow;
  }

  it('sees the same QR twice in one batch, at the second one', () => {
    const rows = [row(1, 'a'), row(2, 'b'), row(3, 'a')];
    expect(rows.map((one) => warningsOf(one, { rows, saved: [] }).length)).toEqual([0, 0, 1]);
    expect(warningsOf(rows[2]!, { rows, saved: [] })[0]).toMatchObject({ code: 'picture.already-used', message: '与「群1」是同一个二维码' });
  });

  it('remembers what it has saved already', () => {
    const rows = [row(2, 'a')];
    expect(warningsOf(rows[0]!, { rows, saved: [{ name: '群1', payload: 'a' } as Slot] })).toHaveLength(1);
  });

  it('does not say it twice when the server has said it', () => {
    const rows = [row(1, 'a'), row(2, 'a', ['picture.already-used'])];
    expect(warningsOf(rows[1]!, { rows, saved: [] })).toHaveLength(1);
  });

  it('does not take two pictures without a QR for the same', () => {
    const rows = [row(1, null), row(2, null)];
    expect(warningsOf(rows[1]!, { rows, saved: [] })).toEqual([]);
  });
});

describe('slotErrors', () => {
  const now = Date.parse('2026-11-22T08:00:00Z');
  const good = { name: '群1', expiresAt: '2026-11-29T16:00', threshold: 100 as number | null };

  it('lets a good one pass', () => expect(slotErrors(good, now)).toEqual({}));
  it.each([0, 501, 1.5, null, -3])('refuses a threshold of %s', (threshold) => expect(slotErrors({ ...good, threshold }, now)).toHaveProperty('threshold'));
  it.each([1, 500])('takes a threshold of %d', (threshold) => expect(slotErrors({ ...good, threshold }, now)).toEqual({}));
  it('refuses the present minute and the past', () => expect(slotErrors({ ...good, expiresAt: '2026-11-22T16:00' }, now)).toHaveProperty('expiresAt'));
  it('asks for no 有效期 where there is none', () => expect(slotErrors({ ...good, expiresAt: null }, now)).toEqual({}));
  it('wants a reason where there is a warning', () => {
    const warning = [{ code: 'picture.no-qr', message: '' }];
    expect(rowErrors({ ...good, reason: ' ' }, warning, now)).toHaveProperty('reason');
    expect(rowErrors({ ...good, reason: '可以进群' }, warning, now)).toEqual({});
  });
});
