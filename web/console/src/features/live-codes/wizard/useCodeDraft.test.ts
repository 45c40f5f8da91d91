import { beforeEach, describe, expect, it } from 'vitest';
import { nextTick } from 'vue';
import { emptyForm } from '../form/codeForm';
import { draftOf, useCodeDraft } from './useCodeDraft';

beforeEach(() => localStorage.clear());

describe('draftOf', () => {
  it.each([null, '', '{', '[]', '7', 'null', '"text"'])('has nothing of %j to go on with, or an empty form', (text) => {
    expect(draftOf(text) ?? emptyForm()).toEqual(emptyForm());
  });

  it('keeps the seats, also of a draft that knew none of them', () => {
    expect(draftOf('{"name":"a"}')?.seats).toEqual(emptyForm().seats);
    const kept = draftOf('{"seats":{"limited":true,"cap":"x","leased":true,"leaseMinutes":3}}');
    expect(kept?.seats).toEqual({ limited: true, cap: 180, leased: true, leaseMinutes: 3 });
  });

  it('drops what does not fit and keeps the rest', () => {
    const kept = draftOf(JSON.stringify({ name: '福利群', remark: 7, unknown: true, welcome: { enabled: 'yes', imageId: 'abc', groupIntro: '你好' } }));
    expect(kept).toEqual({ ...emptyForm(), name: '福利群', welcome: { ...emptyForm().welcome, imageId: 'abc', groupIntro: '你好' } });
  });
});

describe('useCodeDraft', () => {
  it('is there again after a reload', async () => {
    const first = useCodeDraft();
    first.form.value.name = '双十一福利群';
    first.form.value.welcome.groupIntro = '每天三条干货';
    await nextTick();

    const second = useCodeDraft();
    expect(second.restored.value).toBe(true);
    expect(second.form.value).toEqual(first.form.value);
  });

  it('keeps nothing of a form that was never filled in', () => {
    expect(useCodeDraft().restored.value).toBe(false);
  });

  it('is gone once it was discarded', async () => {
    const draft = useCodeDraft();
    draft.form.value.name = '双十一福利群';
    await nextTick();
    draft.discard();
    await nextTick();
    expect(useCodeDraft().restored.value).toBe(false);
  });
});
