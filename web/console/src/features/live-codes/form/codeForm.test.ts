import { describe, expect, it } from 'vitest';
import type { LiveCode } from '@/api/types';
import { check, differences, emptyForm, formOf, same, stillWrong, toChange, toNewCode, type CodeForm } from './codeForm';

function filled(change: Partial<CodeForm> = {}): CodeForm {
  return { ...emptyForm('group'), name: '双十一福利群', remark: '朋友圈', ...change };
}

function seats(change: Partial<CodeForm['seats']>): Pick<CodeForm, 'seats'> {
  return { seats: { ...emptyForm('group').seats, ...change } };
}

describe('check', () => {
  it('lets a filled form pass', () => expect(check(filled())).toEqual({}));
  it('wants a name and a remark', () => expect(Object.keys(check(filled({ name: ' ', remark: '' })))).toEqual(['name', 'remark']));
  it('wants a poster for the welcome page only', () => {
    const welcome = { ...emptyForm('group').welcome, enabled: true };
    expect(check(filled({ welcome }))).toHaveProperty(['welcome.imageId']);
    expect(check(filled({ welcome: { ...welcome, imageId: 'a' } }))).toEqual({});
  });
  it.each([[1, true], [500, true], [0, false], [501, false], [1.5, false], [null, false]])('a cap of %s is fine: %s', (cap, fine) => {
    expect(Object.keys(check(filled(seats({ limited: true, cap }))))).toEqual(fine ? [] : ['seats.cap']);
    expect(check(filled(seats({ cap })))).toEqual({});
  });
  it.each([[1, true], [60, true], [0, false], [61, false], [null, false]])('a lease of %s minutes is fine: %s', (leaseMinutes, fine) => {
    expect(Object.keys(check(filled(seats({ limited: true, leased: true, leaseMinutes }))))).toEqual(fine ? [] : ['seats.leaseMinutes']);
    expect(check(filled(seats({ limited: true, leaseMinutes })))).toEqual({});
  });
});

describe('stillWrong', () => {
  it('keeps what is shown and still holds, and shows nothing new', () => {
    expect(Object.keys(stillWrong({ name: 'x', remark: 'y' }, filled({ name: '', remark: 'z' })))).toEqual(['name']);
    expect(stillWrong({}, filled({ name: '' }))).toEqual({});
  });
});

describe('toNewCode', () => {
  it('sends what the form says, without white space around it', () => {
    expect(toNewCode(filled({ name: ' 群 ' }))).toMatchObject({ kind: 'group', building: 'manual', name: '群', sticky: true });
  });
});

describe('toChange', () => {
  it.each([
    [{}, { cap: null, leaseMinutes: null }],
    [{ leased: true }, { cap: null, leaseMinutes: null }],
    [{ limited: true }, { cap: 180, leaseMinutes: null }],
    [{ limited: true, cap: 90, leased: true, leaseMinutes: 3 }, { cap: 90, leaseMinutes: 3 }],
  ])('sends the seats of %j', (change, sent) => expect(toChange(filled(seats(change))).seats).toEqual(sent));

  it('sends back what the code had', () => {
    for (const had of [{ cap: null, leaseMinutes: null }, { cap: 100, leaseMinutes: null }, { cap: 100, leaseMinutes: 8 }]) {
      const code = { ...filled(), seats: had } as unknown as LiveCode;
      expect(toChange(formOf(code)).seats).toEqual(had);
    }
  });
});

describe('a card code', () => {
  const card: CodeForm = { ...emptyForm('card'), name: '客服', remark: '群满以后', recycle: true };

  it('sends neither a welcome page nor seats, so that they stay as they are', () => {
    expect(toNewCode(card)).toEqual({
      kind: 'card', building: 'manual', name: '客服', remark: '群满以后', sticky: true, recycle: true, handOver: { enabled: false },
    });
  });
  it('is not asked for what it does not have', () => {
    const welcome = { ...card.welcome, enabled: true };
    expect(check({ ...card, welcome, ...seats({ limited: true, cap: null }) })).toEqual({});
    expect(check({ ...card, name: '' })).toEqual({ name: '请填写名片码名称' });
  });
  it('is compared in its own words', () => {
    const found = differences(card, { ...card, name: '别的', recycle: false }, card);
    expect(found.map(({ field }) => field)).toEqual(['card.code.groupName', 'form.recycle']);
  });
  it('checks where it hands over to', () => {
    expect(check({ ...card, handOver: { ...card.handOver, enabled: true, afterPresses: 0 } })).toHaveProperty(['handOver.afterPresses']);
    expect(same(card, { ...card, handOver: { ...card.handOver, afterPresses: 5 } })).toBe(true);
  });
});

describe('differences', () => {
  it('shows what the other one has changed, and nothing else', () => {
    const found = differences(filled(), filled({ name: '对方的', sticky: false }), filled({ name: '我的', remark: '我的备注' }));
    expect(found.map(({ field }) => field)).toEqual(['code.groupName', 'form.sticky']);
    expect(found[0]).toMatchObject({ base: '双十一福利群', theirs: '对方的', mine: '我的' });
  });

  it('tells caps and leases, and not the numbers behind a switch that is off', () => {
    const found = differences(filled(), filled(seats({ limited: true, leased: true })), filled(seats({ cap: 90 })));
    expect(found.map(({ field, theirs }) => [field, theirs])).toEqual([['form.seatCap', '180 人'], ['form.seatLease', '5 分钟']]);
    expect(differences(filled(), filled(seats({ cap: 90, leased: true })), filled())).toEqual([]);
  });
});

describe('same', () => {
  it('does not mind the address of the picture', () => {
    expect(same(filled(), filled({ welcome: { ...emptyForm('group').welcome, imageUrl: '/m/x.jpg' } }))).toBe(true);
  });
  it('does not mind a number behind a switch that is off', () => expect(same(filled(), filled(seats({ cap: 90 })))).toBe(true));
  it('sees a cap', () => expect(same(filled(), filled(seats({ limited: true })))).toBe(false));
});
