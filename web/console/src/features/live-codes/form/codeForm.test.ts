import { describe, expect, it } from 'vitest';
import { check, differences, emptyForm, same, toNewCode, type CodeForm } from './codeForm';

function filled(change: Partial<CodeForm> = {}): CodeForm {
  return { ...emptyForm(), name: '双十一福利群', remark: '朋友圈', ...change };
}

describe('check', () => {
  it('lets a filled form pass', () => expect(check(filled())).toEqual({}));
  it('wants a name and a remark', () => expect(Object.keys(check(filled({ name: ' ', remark: '' })))).toEqual(['name', 'remark']));
  it('wants a poster for the welcome page only', () => {
    const welcome = { ...emptyForm().welcome, enabled: true };
    expect(check(filled({ welcome }))).toHaveProperty(['welcome.imageId']);
    expect(check(filled({ welcome: { ...welcome, imageId: 'a' } }))).toEqual({});
  });
});

describe('toNewCode', () => {
  it('sends what the form says, without white space around it', () => {
    expect(toNewCode(filled({ name: ' 群 ' }))).toMatchObject({ kind: 'group', building: 'manual', name: '群', sticky: true });
  });
});

describe('differences', () => {
  it('shows what the other one has changed, and nothing else', () => {
    const found = differences(filled(), filled({ name: '对方的', sticky: false }), filled({ name: '我的', remark: '我的备注' }));
    expect(found.map(({ field }) => field)).toEqual(['code.groupName', 'form.sticky']);
    expect(found[0]).toMatchObject({ base: '双十一福利群', theirs: '对方的', mine: '我的' });
  });
});

describe('same', () => {
  it('does not mind the address of the picture', () => {
    expect(same(filled(), filled({ welcome: { ...emptyForm().welcome, imageUrl: '/m/x.jpg' } }))).toBe(true);
  });
});
