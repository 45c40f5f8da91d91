import { beforeEach, describe, expect, it } from 'vitest';
import { nextTick } from 'vue';
import { emptyForm } from '../form/codeForm';
import { draftOf, useCodeDraft } from './useCodeDraft';

beforeEach(() => localStorage.clear());

describe('draftOf', () => {
  it.each([null, '', '{', '[]', '7', 'null', '"text"'])('has nothing of %j to go on with, or an empty form', (text) => {
    expect(draftOf('group', text) ?? emptyForm('group')).toEqual(emptyForm('group'));
  });

  it('keeps the seats, also of a draft that knew none of them', () => {
    expect(draftOf('group', '{"name":"a"}')?.seats).toEqual(emptyForm('group').seats);
    const kept = draftOf('group', '{"seats":{"limited":true,"cap":"x","leased":true,"leaseMinutes":3}}');
    expect(kept?.seats).toEqual({ limited: true, cap: 180, leased: true, leaseMinutes: 3 });
  });

  it('keeps whom to hand over to', () => {
    const handOver = { ...emptyForm('card').handOver, enabled: true, targetId: 'a', targetNumber: '2026', targetName: '读书会', afterPresses: 5 };
    expect(draftOf('card', JSON.stringify({ handOver }))?.handOver).toEqual(handOver);
    expect(draftOf('card', '{"kind":"group","handOver":{"targetNumber":7}}')).toEqual(emptyForm('card'));
  });

  it('drops what does not fit and keeps the rest', () => {
    const kept = draftOf('group', JSON.stringify({ name: '福利群', remark: 7, unknown: true, welcome: { enabled: 'yes', imageId: 'abc', groupIntro: '你好' } }));
    expect(kept).toEqual({ ...emptyForm('group'), name: '福利群', welcome: { ...emptyForm('group').welcome, imageId: 'abc', groupIntro: '你好' } });
  });
});

describe('useCodeDraft', () => {
  it('is there again after a reload', async () => {
    const first = useCodeDraft('group');
    first.form.value.name = '双十一福利群';
    first.form.value.welcome.groupIntro = '每天三条干货';
    await nextTick();

    const second = useCodeDraft('group');
    expect(second.restored.value).toBe(true);
    expect(second.form.value).toEqual(first.form.value);
  });

  it('is kept apart for the two kinds', async () => {
    useCodeDraft('card').form.value.name = '客服';
    await nextTick();
    expect([useCodeDraft('group').restored.value, useCodeDraft('card').form.value.name]).toEqual([false, '客服']);
  });

  it('keeps nothing of a form that was never filled in', () => {
    expect(useCodeDraft('group').restored.value).toBe(false);
  });

  it('is gone once it was discarded', async () => {
    const draft = useCodeDraft('group');
    draft.form.value.name = '双十一福利群';
    await nextTick();
    draft.discard();
    await nextTick();
    expect(useCodeDraft('group').restored.value).toBe(false);
  });
});
