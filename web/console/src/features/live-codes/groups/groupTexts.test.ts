import { describe, expect, it } from 'vitest';
import type { Group } from '@/api/types';
import { fullnessOf, needsSync, toneOf } from './groupTexts';

const group = (change: Partial<Group>): Group => ({
  id: '1', codeId: '2', number: 2, linked: false, name: '演示群2', realName: '演示群2', renaming: null, roomId: 'r@chatroom', robotId: '3',
  robotName: '小助手', members: 90, pressVisitors: 0, memberThreshold: 180,
  state: 'serving', failure: null, qrUrl: null, qrExpiresAt: null, createdAt: '2026-11-22T04:00:00.000Z', isRobotOwner: true,
  ...change,
});

describe('a group', () => {
  it('is as full as its members say, and never fuller than full', () => {
    expect(fullnessOf(group({}))).toBe(50);
    expect(fullnessOf(group({ members: 300 }))).toBe(100);
  });

  it('needs its name once it exists and is called otherwise', () => {
    expect(needsSync(group({}))).toBe(false);
    expect(needsSync(group({ realName: null }))).toBe(true);
    expect(needsSync(group({ realName: '群聊' }))).toBe(true);
    expect(needsSync(group({ realName: null, roomId: null }))).toBe(false);
  });

  it('stands out when it failed', () => expect([toneOf(group({ state: 'failed' })), toneOf(group({}))]).toEqual(['bad', 'good']));
});
