import { describe, expect, it } from 'vitest';
import { check, emptyForm, obstacleOf, toNew } from './campaignForm';

const filled = { ...emptyForm('code'), name: ' a ', posterImageId: 'image', rewardUrl: 'https://example.com' };

describe('the form of a campaign', () => {
  it('is complete with a code, a name, a goal, a poster and a reward', () => {
    expect(check(filled)).toEqual({});
    expect(Object.keys(check(emptyForm())).sort()).toEqual(['codeId', 'name', 'posterImageId', 'reward.url']);
  });

  it.each(['javascript:alert(1)', '', 'example.com', 'https://'])('does not take %j for an address', (rewardUrl) => {
    expect(check({ ...filled, rewardUrl })).toHaveProperty(['reward.url']);
  });

  it('asks for no address when the reward is a stock of codes', () => {
    expect(check({ ...filled, rewardKind: 'codes', rewardUrl: '' })).toEqual({});
    expect(toNew({ ...filled, rewardKind: 'codes' }).reward).toEqual({ kind: 'codes', url: null });
  });

  it.each([[0], [101], [null]])('does not take %j for a goal', (goal) => {
    expect(check({ ...filled, goal })).toHaveProperty('goal');
  });

  it('says which codes can not carry it, and why', () => {
    expect(obstacleOf({ kind: 'group', building: 'auto', status: 'on' })).toBeNull();
    expect(obstacleOf({ kind: 'card', building: 'manual', status: 'on' })).toBe('card');
    expect(obstacleOf({ kind: 'group', building: 'manual', status: 'on' })).toBe('manual');
    expect(obstacleOf({ kind: 'group', building: 'auto', status: 'off' })).toBe('off');
  });
});
