import { describe, expect, it } from 'vitest';
import { autoErrors, autoInWords, emptyAuto, namesOf, toAuto, toAutoChange, type AutoForm } from './autoForm';

const filled = (change: Partial<AutoForm> = {}): AutoForm => ({ ...emptyAuto(), theme: '进群宝演示群', firstNumber: 2, ...change });

describe('the settings of groups that robots build', () => {
  it('names the first groups as the manual does', () => {
    expect(namesOf(filled())).toEqual(['进群宝演示群2', '进群宝演示群3']);
    expect(namesOf(filled({ theme: ' ' }))).toEqual([]);
    expect(namesOf(filled({ groups: null }))).toEqual([]);
  });

  it.each<[Partial<AutoForm>, number | null, string[]]>([
    [{}, 2, []],
    [{}, null, []],
    [{}, 1, ['auto.groups']],
    [{ groups: -1 }, 9, ['auto.groups']],
    [{ groups: 101 }, 900, ['auto.groups']],
    [{ firstNumber: -1 }, 9, ['auto.firstNumber']],
    [{ firstNumber: null }, 9, ['auto.firstNumber']],
    [{ theme: '' }, 9, ['auto.theme']],
    [{ theme: '群'.repeat(39) }, 9, []],
    [{ theme: '群'.repeat(39), firstNumber: 9 }, 9, ['auto.theme']],
    [{ memberThreshold: 501 }, 9, ['auto.memberThreshold']],
  ])('%j with %s left is wrong in %j', (change, left, fields) => expect(Object.keys(autoErrors(filled(change), left))).toEqual(fields));

  it('sends what is said once with a new code only', () => {
    expect(toAuto(filled({ theme: ' 群 ' }))).toEqual({ groups: 2, theme: '群', firstNumber: 2, memberThreshold: 180, replenish: true, blacklist: false });
    expect(toAutoChange(filled())).toEqual({ memberThreshold: 180, replenish: true, blacklist: false });
  });

  it('can be told apart in words', () => expect(autoInWords(filled())).toBe('精准分流频率 180 人、自动补群 开启、黑名单 关闭'));
});
