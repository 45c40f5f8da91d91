import { describe, expect, it } from 'vitest';
import type { AuditEntry } from '@/api/types';
import { changesOf, deedOf, fieldName, formerPicture, valueText } from './auditTexts';

function entry(change: Partial<AuditEntry>): AuditEntry {
  return {
    id: '1', at: '2026-11-22T04:00:00.000Z', actor: { id: null, name: '系统' }, action: 'edited', way: 'direct', code: null, changes: [],
    subject: { kind: 'slot', id: '2', name: '一群' }, ...change,
  };
}

describe('the log in words', () => {
  it('tells deeds, and an undo apart from a replacement', () => {
    expect(deedOf(entry({ action: 'picture-replaced' }))).toBe('更换了「一群」的图片');
    expect(deedOf(entry({ action: 'picture-replaced', way: 'undo' }))).toBe('撤销更换，换回了「一群」原来的图片');
    expect(deedOf(entry({ subject: { kind: 'user', id: '3', name: '小李' }, action: 'password-changed' }))).toBe('修改了「小李」的密码');
  });

  it.each([
    ['status', 'off', '已关闭'],
    ['role', 'viewer', '查看者'],
    ['expiresAt', '2026-11-22T04:00:00.000Z', '2026-11-22 12:00'],
    ['seats.cap', null, '（空）'],
    ['groupIntro', '', '（空）'],
    ['seats.leaseMinutes', 5, '5 分钟'],
    ['threshold', 100, '100 人'],
    ['round', 2, '第 2 轮'],
    ['sticky', false, '关闭'],
    ['disabled', true, '已停用'],
    ['order', ['二群', '一群'], '二群、一群'],
    ['kinds', ['slot-expired', 'last-slot'], '群二维码已过期、最后一个群'],
    ['kind', 'dingtalk', '钉钉群机器人'],
    ['settings', true, '新的'],
  ])('says %s %j as %s', (field, value, text) => {
    expect(valueText(field, value)).toBe(text);
  });

  it('names fields, and shows those of a newer server as they are', () => {
    expect(fieldName('live-code', 'welcome.groupIntro')).toBe('群介绍');
    expect(fieldName('live-code', 'moonPhase')).toBe('moonPhase');
    expect(valueText('moonPhase', 7)).toBe('7');
  });

  it('leaves out what looks the same before and after', () => {
    const change = (field: string, old: unknown, now: unknown, oldUrl: string | null = null, newUrl: string | null = null) =>
      ({ field, old, new: now, oldUrl, newUrl });
    const changes = [
      change('imageId', 'a', 'b', '/m/a.jpg', '/m/b.jpg'),
      change('expiresAt', '2026-11-22T04:00:01.000Z', '2026-11-22T04:00:59.000Z'),
      change('threshold', 100, 50),
    ] as unknown as AuditEntry['changes'];
    expect(changesOf(entry({ changes })).map(({ field }) => field)).toEqual(['imageId', 'threshold']);
  });

  it('knows the former picture of a replacement only', () => {
    const changes = [{ field: 'imageId', old: 'a', new: 'b', oldUrl: null, newUrl: null }] as unknown as AuditEntry['changes'];
    expect(formerPicture(entry({ action: 'picture-replaced', changes }))).toBe('a');
    expect(formerPicture(entry({ action: 'created', changes }))).toBeNull();
    expect(formerPicture(entry({ action: 'picture-replaced' }))).toBeNull();
  });
});
